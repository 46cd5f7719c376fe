//! Schemas that several routes name.

use footfall_query::metric;
use serde_json::{Map, Value, json};

/// Any text.
pub(in crate::http) fn text() -> Value {
    json!({"type": "string"})
}

/// Several texts.
pub(in crate::http) fn texts() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

/// A whole number from zero.
pub(in crate::http) fn number() -> Value {
    json!({"type": "integer", "minimum": 0})
}

/// An object that has all of these.
pub(in crate::http) fn object(fields: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({"type": "object", "properties": properties, "required": names})
}

/// One of [`all`].
pub(in crate::http) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Those that have a name.
pub(super) fn all() -> Value {
    let metrics: Vec<&str> = metric::ALL.iter().map(|metric| metric::name(*metric)).collect();
    let row = object(&[("dimensions", texts()), ("metrics", json!({"type": "array"}))]);
    let problem = object(&[("type", text()), ("title", text()), ("status", number()), ("detail", text())]);
    json!({
        "Problem": problem,
        "Error": {"type": "object", "required": ["error"], "properties": {"error": text(), "path": text()}},
        "Query": {
            "type": "object",
            "required": ["site_id", "metrics", "date_range"],
            "additionalProperties": false,
            "properties": {
                "site_id": text(),
                "metrics": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "enum": metrics}},
                "date_range": {"anyOf": [text(), {"type": "array", "items": text(), "minItems": 2, "maxItems": 2}]},
                "dimensions": texts(),
                "filters": {"type": "array"},
                "order_by": {"type": "array", "items": {"type": "array", "items": text(), "minItems": 2, "maxItems": 2}},
                "include": {"type": "object"},
                "pagination": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {"limit": {"type": "integer", "minimum": 1, "maximum": 10_000}, "offset": number()},
                },
            },
        },
        "Report": object(&[("results", json!({"type": "array", "items": row})), ("meta", json!({"type": "object"})), ("query", json!({"type": "object"}))]),
    })
}
