//! Reports as the old API spells them.

use crate::{By, Report, Row};
use footfall_domain::Metric;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// `{"results": {"visitors": {"value": 5}}}`, with `comparison_value` and `change` when compared.
pub(super) fn aggregate(names: &[&str], report: &Report) -> Value {
    let row = report.rows.first();
    let values = row.map_or_else(Vec::new, |row| numbers(report, &row.metrics));
    let other = row.and_then(|row| row.comparison.as_ref());
    let old = other.map(|other| numbers(report, &other.metrics));
    let mut results = Map::new();
    for (at, (name, value)) in names.iter().zip(values).enumerate() {
        let mut cell = json!({ "value": value });
        if let (Some(other), Some(old)) = (other, &old) {
            cell["comparison_value"] = old[at].clone();
            cell["change"] = json!(other.change[at]);
        }
        results.insert((*name).to_owned(), cell);
    }
    json!({ "results": results })
}

/// `{"results": [{"date": "2026-01-01", "visitors": 5}]}`, those of empty buckets too.
pub(super) fn timeseries(names: &[&str], report: &Report) -> Value {
    let known: HashMap<&str, &Row> = report.rows.iter().filter_map(|row| Some((row.dimensions.first()?.as_str(), row))).collect();
    let nothing: Vec<Option<f64>> = report.query.metrics.iter().map(|metric| (*metric != Metric::TimeOnPage).then_some(0.0)).collect();
    let labels = report.meta.time_labels.as_deref().unwrap_or_default();
    let result = |label: &String| {
        let metrics = known.get(label.as_str()).map_or(&nothing, |row| &row.metrics);
        let mut result = named(names, numbers(report, metrics));
        result.insert("date".to_owned(), json!(date(label)));
        Value::Object(result)
    };
    json!({ "results": labels.iter().map(result).collect::<Value>() })
}

/// `{"results": [{"source": "Google", "visitors": 5}]}`.
pub(super) fn breakdown(names: &[&str], report: &Report) -> Value {
    let result = |row: &Row| {
        let mut result = named(names, numbers(report, &row.metrics));
        for (by, value) in report.query.dimensions.iter().zip(&row.dimensions) {
            result.insert(key(by), json!(value));
        }
        Value::Object(result)
    };
    json!({ "results": report.rows.iter().map(result).collect::<Value>() })
}

/// The metrics by name; one that was added for the order has none.
fn named(names: &[&str], values: Vec<Value>) -> Map<String, Value> {
    names.iter().map(|name| (*name).to_owned()).zip(values).collect()
}

fn numbers(report: &Report, metrics: &[Option<f64>]) -> Vec<Value> {
    match report.numbers(metrics, None) {
        Value::Array(values) => values,
        _ => Vec::new(),
    }
}

/// What a row's value is called: `source` of `visit:source`, and a property by its own name.
fn key(by: &By) -> String {
    let name = by.name();
    match by {
        By::Property(name) => name.clone(),
        _ => name.split_once(':').map_or_else(|| name.clone(), |(_, short)| short.to_owned()),
    }
}

/// A day as it is; an hour as `2026-01-01 13:00:00`, without its offset.
fn date(label: &str) -> String {
    match label.split_once('T') {
        Some((day, time)) => format!("{day} {}", time.get(..8).unwrap_or(time)),
        None => label.to_owned(),
    }
}
