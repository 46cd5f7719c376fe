//! The schema of an answer: a report of the v2 API.

use super::question;
use super::schemas::{list, named, number, object, optional, text};
use serde_json::{Value, json};

/// The schemas of an answer, by name.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    vec![("Report", report()), ("Row", row()), ("Value", value()), ("Money", money()), ("Freshness", freshness())]
}

fn report() -> Value {
    let warnings = json!({"type": "object", "additionalProperties": object(&[("code", text()), ("warning", text())])});
    let mut meta = optional(&[
        ("freshness", named("Freshness")),
        ("imports_included", json!({"type": "boolean"})),
        ("imports_skip_reason", text()),
        ("metric_warnings", warnings),
        ("time_labels", list(text())),
        ("total_rows", number()),
    ]);
    meta["required"] = json!(["freshness"]);
    object(&[("results", list(named("Row"))), ("meta", meta), ("query", question::echoed())])
}

fn row() -> Value {
    let change = json!({"type": ["integer", "null"]});
    // Of time, the other period may have no bucket at the same place.
    let dimensions = list(json!({"type": ["string", "null"]}));
    let comparison = object(&[("dimensions", dimensions), ("metrics", list(named("Value"))), ("change", list(change))]);
    let mut row = optional(&[("dimensions", list(text())), ("metrics", list(named("Value"))), ("comparison", comparison)]);
    row["required"] = json!(["dimensions", "metrics"]);
    row
}

/// What a metric is: a number, an amount, or nothing.
fn value() -> Value {
    json!({"anyOf": [{"type": ["number", "null"]}, named("Money")]})
}

fn money() -> Value {
    object(&[("value", json!({"type": "number"})), ("currency", text()), ("short", text()), ("long", text())])
}

fn freshness() -> Value {
    let instant = json!({"type": "string", "format": "date-time"});
    let newest = json!({"type": ["string", "null"], "format": "date-time"});
    object(&[("newest_hit", newest), ("lag_seconds", json!({"type": "number"})), ("complete_until", instant)])
}
