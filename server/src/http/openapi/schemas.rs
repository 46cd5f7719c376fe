//! Schemas that several routes name.

use super::{question, report};
use serde_json::{Map, Value, json};

/// Any text.
pub(in crate::http) fn text() -> Value {
    json!({"type": "string"})
}

/// A text, such as this one.
pub(in crate::http) fn like(example: &str) -> Value {
    json!({"type": "string", "examples": [example]})
}

/// A text that a regular expression describes, such as this one.
pub(in crate::http) fn spelled(pattern: &str, example: &str) -> Value {
    json!({"type": "string", "pattern": pattern, "examples": [example]})
}

/// One of these texts.
pub(in crate::http) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    json!({"type": "string", "enum": names.into_iter().collect::<Vec<_>>()})
}

/// A day.
pub(in crate::http) fn date() -> Value {
    json!({"type": "string", "format": "date", "examples": ["2026-01-31"]})
}

/// A whole number from zero.
pub(in crate::http) fn number() -> Value {
    json!({"type": "integer", "minimum": 0})
}

/// A list.
pub(in crate::http) fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

/// An object that has all of these.
pub(in crate::http) fn object(fields: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let mut object = optional(fields);
    object["required"] = json!(names);
    object
}

/// An object that may have some of these.
pub(in crate::http) fn optional(fields: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({"type": "object", "properties": properties})
}

/// An object that has some of these, and nothing else.
pub(super) fn only(fields: &[(&str, Value)]) -> Value {
    let mut object = optional(fields);
    object["additionalProperties"] = json!(false);
    object
}

/// One of [`all`].
pub(in crate::http) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Those that have a name.
pub(super) fn all() -> Map<String, Value> {
    let problem = object(&[("type", text()), ("title", text()), ("status", number()), ("detail", text())]);
    let error = json!({"type": "object", "required": ["error"], "properties": {"error": text(), "path": text()}});
    let messages = json!({"type": "object", "additionalProperties": list(text())});
    let own = [("Problem", problem), ("Error", error), ("Errors", object(&[("errors", messages)]))];
    own.into_iter().chain(question::schemas()).chain(report::schemas()).map(|(name, schema)| (name.to_owned(), schema)).collect()
}
