//! What is said about one method of one route.

use super::super::problem;
use super::schemas;
use serde_json::{Value, json};

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) enum Access {
    /// Anybody.
    Open,
    /// Who is signed in.
    SignIn,
    /// A program with a key.
    Key,
    /// Either.
    SignInOrKey,
}

/// What is said about one method of one route; parameters of the path are found in the path.
#[derive(Clone, Debug)]
pub(in crate::http) struct Doc {
    pub(super) summary: &'static str,
    pub(super) tag: &'static str,
    pub(super) access: Access,
    /// Name, meaning, whether it must be there, schema.
    pub(super) query: Vec<(&'static str, &'static str, bool, Value)>,
    /// Media type, whether it must be there, schema.
    pub(super) body: Option<(&'static str, bool, Value)>,
    pub(super) answers: Vec<Answer>,
}

/// One answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub meaning: &'static str,
    /// Media types with their schemas; none: no body.
    pub content: Vec<(&'static str, Value)>,
}

const HTML: &str = "text/html";
const JSON: &str = "application/json";

impl Doc {
    /// A description without answers.
    pub(in crate::http) fn new(tag: &'static str, summary: &'static str) -> Self {
        Self { summary, tag, access: Access::Open, query: Vec::new(), body: None, answers: Vec::new() }
    }

    /// A page for who is signed in; others are sent to sign in.
    pub(in crate::http) fn page(summary: &'static str) -> Self {
        let page = Self { access: Access::SignIn, ..Self::new("Pages", summary) };
        page.html(200, "The page")
            .html(400, "The address makes no sense")
            .empty(303, "Sign in first, or another address")
            .empty(308, "The address in its one spelling")
            .troubles()
    }

    /// A file for who is signed in.
    pub(in crate::http) fn download(summary: &'static str, media_type: &'static str, schema: Value) -> Self {
        let file = Self { access: Access::SignIn, ..Self::new("Exports", summary) };
        file.answer(200, "The file", media_type, schema).empty(303, "Sign in first").html(400, "The question makes no sense").troubles()
    }

    /// A form of a page, sent back; it needs the page's `csrf`.
    pub(in crate::http) fn form(summary: &'static str, fields: &[&str]) -> Self {
        let names = fields.iter().chain(&["csrf"]);
        let properties: serde_json::Map<String, Value> = names.map(|name| ((*name).to_owned(), schemas::text())).collect();
        let body = json!({"type": "object", "properties": properties});
        let form =
            Self { access: Access::SignIn, body: Some(("application/x-www-form-urlencoded", false, body)), ..Self::new("Forms", summary) };
        form.html(200, "The page, with what was made")
            .empty(303, "Done: see there")
            .html(400, "The link is not valid")
            .html(401, "Address and password do not match")
            .html(403, "The form is too old, or came from elsewhere")
            .problem(408, "The form did not arrive in time")
            .problem(413, "The form is too large")
            .html(422, "Something in the form is wrong: it says what")
            .html(429, "Wait: too many wrong passwords")
            .troubles()
    }

    /// JSON of ours, with problems for errors.
    pub(in crate::http) fn json(summary: &'static str, schema: Value) -> Self {
        Self::new("API", summary).answer(200, "The answer", JSON, schema)
    }

    /// Who may use it.
    pub(in crate::http) fn access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// A parameter of the query string that may be left out.
    pub(in crate::http) fn query(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.query.push((name, meaning, false, schema));
        self
    }

    /// A parameter of the query string that must be there.
    pub(in crate::http) fn needs(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.query.push((name, meaning, true, schema));
        self
    }

    /// What the site page's address may say: period, comparison, filters.
    pub(in crate::http) fn page_state(self) -> Self {
        let text = schemas::text;
        self.query("period", "`day`, `7d`, `28d`, `month`, `year`, `all`, `custom` and more", text())
            .query("date", "The day, or the first of the month or year", text())
            .query("from", "The first day of a custom period", text())
            .query("to", "The last day of a custom period", text())
            .query("comparison", "`previous_period`, `year_over_year`, `custom`, `off`", text())
            .query("f", "A filter, such as `is,page,/blog`; may be repeated", schemas::texts())
            .query("metric", "What the chart shows", text())
            .query("interval", "How long a point of the chart is", text())
    }

    /// The body it takes.
    pub(in crate::http) fn takes(mut self, media_type: &'static str, schema: Value) -> Self {
        self.body = Some((media_type, true, schema));
        self
    }

    /// One more answer. Of one status, media types add up.
    pub(in crate::http) fn answer(mut self, status: u16, meaning: &'static str, media_type: &'static str, schema: Value) -> Self {
        match self.answers.iter_mut().find(|known| known.status == status) {
            Some(known) => known.content.push((media_type, schema)),
            None => self.answers.push(Answer { status, meaning, content: vec![(media_type, schema)] }),
        }
        self
    }

    /// An answer without a body.
    pub(in crate::http) fn empty(mut self, status: u16, meaning: &'static str) -> Self {
        if self.answers.iter().all(|known| known.status != status) {
            self.answers.push(Answer { status, meaning, content: Vec::new() });
        }
        self
    }

    /// A page as an answer.
    pub(in crate::http) fn html(self, status: u16, meaning: &'static str) -> Self {
        self.answer(status, meaning, HTML, schemas::text())
    }

    /// A problem (RFC 9457) as an answer.
    pub(in crate::http) fn problem(self, status: u16, meaning: &'static str) -> Self {
        self.answer(status, meaning, problem::MEDIA_TYPE, schemas::named("Problem"))
    }

    /// An error in the shape of Plausible's API.
    pub(in crate::http) fn error(self, status: u16, meaning: &'static str) -> Self {
        self.answer(status, meaning, JSON, schemas::named("Error"))
    }

    /// The answers of every report: who may not ask, and when it cannot be made.
    pub(in crate::http) fn report(self) -> Self {
        self.access(Access::Key)
            .error(400, "The question makes no sense; it says what")
            .error(401, "No key, or none that may ask this")
            .error(429, "Too many questions within the hour; Retry-After says how long to wait")
            .error(503, "Not at the moment")
    }

    /// What may happen to any page.
    fn troubles(self) -> Self {
        self.html(404, "There is no such page")
            .html(500, "Something failed; the log says what")
            .html(503, "Not at the moment")
            .problem(503, "Not at the moment")
    }
}
