//! What is said about `/api/v1/sites…`.

use super::schemas::{like, list, number, object, one_of, optional, text};
use super::{Access, Doc};
use serde_json::{Value, json};

impl Doc {
    /// A route of the Sites API.
    pub(in crate::http) fn sites(summary: &'static str, answer: Value) -> Self {
        let doc = Self { tag: "Sites", is_limited: true, access: Access::Key, ..Self::json(summary, answer) };
        doc.error(400, "What was sent makes no sense; it says what")
            .error(401, "No key, or none that may do this")
            .error(404, "There is no such site, or the key may not do this there")
            .error(408, "The body did not arrive in time")
            .error(413, "The body is too large")
            .error(415, "A body of another type")
            .error(429, "Too many requests within the hour; Retry-After says how long to wait")
            .error(503, "Not at the moment")
    }

    /// About a site.
    pub(in crate::http) fn of_site(self) -> Self {
        self.needs("site_id", "The site's domain", like("example.com"))
    }

    /// About those of a team.
    pub(in crate::http) fn of_team(self) -> Self {
        self.query("team_id", "Only those of this team", like("1")).forbidden()
    }

    /// What a key may do nowhere.
    pub(in crate::http) fn forbidden(self) -> Self {
        self.error(403, "The key may not do this")
    }

    /// A goal in the path.
    pub(in crate::http) fn of_goal(self) -> Self {
        self.part("goal_id", "The goal's number", json!({"type": "integer", "minimum": 1, "examples": [1]})).of_site()
    }

    /// A list in pages.
    pub(in crate::http) fn pages(self) -> Self {
        let cursor = || like("MDAwMDAwMDAwMDAwMDAwMDAwMDE");
        self.query("limit", "Entries of a page, at most 1,000; 100 without it", json!({"type": "integer", "minimum": 1}))
            .query("after", "From `meta.after` of an answer: the entries after it", cursor())
            .query("before", "From `meta.before` of an answer: the entries before it", cursor())
    }

    /// A body, as JSON; forms of the same fields are taken too.
    pub(in crate::http) fn sends(self, (schema, example): (Value, Value)) -> Self {
        self.takes("application/json", schema, example)
    }
}

/// A list with the ways on and back.
fn pages_of(name: &str, entry: Value) -> Value {
    let cursor = || json!({"type": ["string", "null"]});
    let meta = object(&[("after", cursor()), ("before", cursor()), ("limit", number())]);
    object(&[(name, list(entry)), ("meta", meta)])
}

/// What must be there of some fields.
fn needing(mut fields: Value, names: &[&str]) -> Value {
    fields["required"] = json!(names);
    fields
}

/// What may as well be null.
fn or_null(mut schema: Value) -> Value {
    schema["type"] = json!([schema["type"], "null"]);
    schema
}

fn domain() -> Value {
    like("blog.example.com")
}

pub(in crate::http) fn sites() -> Value {
    pages_of("sites", object(&[("domain", text()), ("timezone", text())]))
}

pub(in crate::http) fn site() -> Value {
    object(&[("domain", text()), ("timezone", text()), ("custom_properties", list(text()))])
}

pub(in crate::http) fn new_site() -> (Value, Value) {
    let fields = optional(&[("domain", domain()), ("timezone", or_null(like("Europe/Berlin"))), ("team_id", or_null(like("1")))]);
    (needing(fields, &["domain"]), json!({"domain": "shop.example.com", "timezone": "Europe/Berlin"}))
}

pub(in crate::http) fn change() -> (Value, Value) {
    let mut fields = optional(&[("domain", or_null(domain())), ("timezone", or_null(like("Europe/Berlin")))]);
    fields["anyOf"] = json!([{"required": ["domain"]}, {"required": ["timezone"]}]);
    (fields, json!({"timezone": "Europe/Berlin"}))
}

pub(in crate::http) fn deleted() -> Value {
    object(&[("deleted", json!({"const": true}))])
}

pub(in crate::http) fn created() -> Value {
    object(&[("created", json!({"const": true}))])
}

pub(in crate::http) fn teams() -> Value {
    pages_of("teams", object(&[("id", text()), ("name", text()), ("api_available", json!({"const": true}))]))
}

pub(in crate::http) fn link() -> Value {
    object(&[("name", text()), ("url", json!({"type": "string", "format": "uri"}))])
}

pub(in crate::http) fn new_link() -> (Value, Value) {
    let fields = object(&[("site_id", like("example.com")), ("name", like("Board"))]);
    (fields, json!({"site_id": "example.com", "name": "Board"}))
}

fn goal(more: &[(&'static str, Value)]) -> Value {
    let or_none = |kind: &str| json!({"type": [kind, "null"]});
    let fields = [
        ("id", number()),
        ("display_name", text()),
        ("goal_type", one_of(["event", "page"])),
        ("event_name", or_none("string")),
        ("page_path", or_none("string")),
        ("custom_props", json!({"type": "object", "additionalProperties": text()})),
        ("scroll_threshold", or_none("integer")),
        ("currency", or_none("string")),
    ];
    object(&fields.into_iter().chain(more.iter().cloned()).collect::<Vec<_>>())
}

pub(in crate::http) fn goals() -> Value {
    pages_of("goals", goal(&[]))
}

pub(in crate::http) fn made_goal() -> Value {
    goal(&[("domain", text())])
}

pub(in crate::http) fn new_goal() -> (Value, Value) {
    let props = or_null(json!({"type": "object", "maxProperties": 3, "additionalProperties": like("gold")}));
    let (site, shown) = (("site_id", like("example.com")), ("display_name", or_null(like("Golden signups"))));
    let event =
        [("goal_type", one_of(["event"])), ("event_name", like("Signup")), ("custom_props", props), ("currency", or_null(like("EUR")))];
    let page = [
        ("goal_type", one_of(["page"])),
        ("page_path", like("/register")),
        ("scroll_threshold", or_null(json!({"type": "integer", "minimum": 1, "maximum": 100}))),
    ];
    let fields =
        |own: &[(&'static str, Value)], needed: &[&str]| needing(optional(&[&[site.clone(), shown.clone()][..], own].concat()), needed);
    let (event, page) = (fields(&event, &["site_id", "goal_type", "event_name"]), fields(&page, &["site_id", "goal_type", "page_path"]));
    let example = json!({"site_id": "example.com", "goal_type": "event", "event_name": "Signup", "custom_props": {"plan": "gold"}});
    (json!({"anyOf": [event, page]}), example)
}

pub(in crate::http) fn properties() -> Value {
    object(&[("custom_properties", list(object(&[("property", text())])))])
}

pub(in crate::http) fn new_property() -> (Value, Value) {
    let fields = object(&[("site_id", like("example.com")), ("property", like("author"))]);
    (fields, json!({"site_id": "example.com", "property": "author"}))
}

fn guest_fields() -> Vec<(&'static str, Value)> {
    vec![("email", text()), ("role", one_of(["viewer", "editor"])), ("status", one_of(["accepted", "invited"]))]
}

pub(in crate::http) fn guests() -> Value {
    pages_of("guests", object(&guest_fields()))
}

pub(in crate::http) fn guest() -> Value {
    let mut fields = guest_fields();
    fields.push(("url", json!({"type": "string", "format": "uri", "description": "The link of a new invitation, told this once"})));
    needing(optional(&fields), &["email", "role", "status"])
}

pub(in crate::http) fn new_guest() -> (Value, Value) {
    let email = like("cleo@mail.example");
    let fields = object(&[("site_id", like("example.com")), ("email", email), ("role", one_of(["viewer", "editor"]))]);
    (fields, json!({"site_id": "example.com", "email": "cleo@mail.example", "role": "viewer"}))
}
