//! What is said about one method of one route.

use super::super::carried::Carried;
use super::super::problem;
use super::schemas;
use serde_json::{Map, Value, json};

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) enum Access {
    /// Anybody.
    Open,
    /// Anybody; who is signed in, as who they are.
    Anybody,
    /// Who is signed in.
    SignIn,
    /// A program with a key.
    Key,
    /// Anybody, where a site is public; else who is signed in, or a program with a key.
    AnybodyOrKey,
    /// A program with a key; from the house itself, anybody.
    InsideOrKey,
}

/// What is said about one method of one route; the names of the path's parameters are found in the path.
#[derive(Clone, Debug)]
pub(in crate::http) struct Doc {
    pub(super) summary: &'static str,
    pub(super) tag: &'static str,
    pub(super) access: Access,
    /// How caches treat its answers.
    pub(super) carried: Carried,
    /// What parts of the path may be, where not every text is one: name, meaning, schema.
    pub(super) parts: Vec<(&'static str, &'static str, Value)>,
    /// Name, meaning, whether it must be there, schema.
    pub(super) query: Vec<(&'static str, &'static str, bool, Value)>,
    pub(super) body: Option<Body>,
    /// Whether a key may ask only so often.
    pub(super) is_limited: bool,
    pub(super) answers: Vec<Answer>,
}

/// What is sent.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub media_type: &'static str,
    /// Whether it must be there.
    pub required: bool,
    pub schema: Value,
    /// Such as this.
    pub example: Option<Value>,
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
        let (parts, query, answers) = (Vec::new(), Vec::new(), Vec::new());
        Self { summary, tag, access: Access::Open, carried: Carried::Private, parts, query, body: None, is_limited: false, answers }
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
        file.answer(200, "The file", media_type, schema)
            .empty(303, "Sign in first")
            .empty(308, "The address in its one spelling")
            .problem(400, "Part of the address says nothing here: it says what")
            .troubles()
    }

    /// A form of a page, sent back; it needs the page's `csrf`. Fields with what may stand in them.
    pub(in crate::http) fn form(summary: &'static str, fields: &[(&str, &str)]) -> Self {
        let texts = |(name, example): &(&str, &str)| ((*name).to_owned(), json!({"type": "string", "examples": [example]}));
        let mut properties: Map<String, Value> = fields.iter().map(texts).collect();
        properties.insert("csrf".to_owned(), json!({"type": "string", "description": "From the page the form is on"}));
        let schema = json!({"type": "object", "properties": properties});
        let example: Map<String, Value> = fields.iter().map(|(name, example)| ((*name).to_owned(), (*example).into())).collect();
        let media_type = "application/x-www-form-urlencoded";
        let body = Body { media_type, required: false, schema, example: Some(Value::Object(example)) };
        let form = Self { access: Access::SignIn, body: Some(body), ..Self::new("Forms", summary) };
        form.html(200, "The page, with what was made")
            .empty(303, "Done: see there")
            .html(400, "The link is not valid")
            .html(401, "Address and password do not match")
            .html(403, "The form is too old, or came from elsewhere")
            .problem(408, "The form did not arrive in time")
            .problem(413, "The form is too large")
            .problem(415, "This is no form")
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

    /// How caches treat the answers to who is not signed in; nothing said: not at all.
    pub(in crate::http) fn carried(mut self, carried: Carried) -> Self {
        self.carried = carried;
        self
    }

    /// A parameter of the query string that may be left out.
    pub(in crate::http) fn query(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.query.push((name, meaning, false, schema));
        self
    }

    /// The names of the parameters of the query string.
    #[cfg(test)]
    pub(in crate::http) fn query_names(&self) -> impl Iterator<Item = &'static str> {
        self.query.iter().map(|(name, ..)| *name)
    }

    /// A parameter of the query string that must be there.
    pub(in crate::http) fn needs(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.query.push((name, meaning, true, schema));
        self
    }

    /// What a part of the path may be.
    pub(in crate::http) fn part(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.parts.push((name, meaning, schema));
        self
    }

    /// The body it takes, and one that is.
    pub(in crate::http) fn takes(mut self, media_type: &'static str, schema: Value, example: Value) -> Self {
        self.body = Some(Body { media_type, required: true, schema, example: Some(example) });
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
        Self { is_limited: true, access: Access::Key, ..self }
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
