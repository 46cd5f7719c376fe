//! A query as the JSON that asks it.

use crate::{Comparison, ComparisonMode, DateRange, Direction, Filter, OrderKey, Query, metric};
use serde_json::{Map, Value, json};

/// All fields but `date_range`, which the report names by its edges.
pub(crate) fn query(query: &Query) -> Map<String, Value> {
    let mut out = Map::new();
    let metrics: Vec<_> = query.metrics.iter().map(|asked| metric::name(*asked)).collect();
    let dimensions: Vec<_> = query.dimensions.iter().map(crate::By::name).collect();
    out.insert("site_id".to_owned(), json!(query.site));
    out.insert("metrics".to_owned(), json!(metrics));
    out.insert("dimensions".to_owned(), json!(dimensions));
    out.insert("filters".to_owned(), query.filters.iter().map(filter).collect());
    out.insert("order_by".to_owned(), query.order_by.iter().map(|(key, direction)| order(key, *direction)).collect());
    out.insert("include".to_owned(), include(query));
    out.insert("pagination".to_owned(), json!({ "limit": query.pagination.limit, "offset": query.pagination.offset }));
    out
}

pub(crate) fn filter(asked: &Filter) -> Value {
    let all = |filters: &[Filter]| filters.iter().map(filter).collect::<Value>();
    match asked {
        Filter::And(filters) => json!(["and", all(filters)]),
        Filter::Or(filters) => json!(["or", all(filters)]),
        Filter::Not(inner) => json!(["not", filter(inner)]),
        Filter::HasDone(inner) => json!(["has_done", filter(inner)]),
        Filter::HasNotDone(inner) => json!(["has_not_done", filter(inner)]),
        Filter::Segment(ids) => json!(["is", "segment", ids]),
        Filter::Scrolled(percent) => json!(["scrolled", percent]),
        Filter::Test { op, by, values, case_sensitive: true } => json!([op.name(), by.name(), values]),
        Filter::Test { op, by, values, case_sensitive: false } => json!([op.name(), by.name(), values, { "case_sensitive": false }]),
    }
}

fn order(key: &OrderKey, direction: Direction) -> Value {
    let key = match key {
        OrderKey::Metric(asked) => metric::name(*asked).to_owned(),
        OrderKey::By(by) => by.name(),
    };
    json!([key, if direction == Direction::Asc { "asc" } else { "desc" }])
}

fn include(query: &Query) -> Value {
    let include = &query.include;
    let mut out = Map::new();
    for (name, asked) in [("imports", include.imports), ("time_labels", include.time_labels), ("total_rows", include.total_rows)] {
        if asked {
            out.insert(name.to_owned(), json!(true));
        }
    }
    if let Some(asked) = &include.comparisons {
        out.insert("comparisons".to_owned(), comparison(asked));
    }
    Value::Object(out)
}

fn comparison(asked: &Comparison) -> Value {
    let mut out = Map::new();
    let mode = match &asked.mode {
        ComparisonMode::PreviousPeriod => "previous_period",
        ComparisonMode::YearOverYear => "year_over_year",
        ComparisonMode::Custom(range) => {
            let range = match range {
                DateRange::Dates(first, last) => json!([first.to_string(), last.to_string()]),
                DateRange::Instants(from, to) => json!([from.timestamp().to_string(), to.timestamp().to_string()]),
                named => json!(named.name()),
            };
            out.insert("date_range".to_owned(), range);
            "custom"
        }
    };
    out.insert("mode".to_owned(), json!(mode));
    if asked.match_day_of_week {
        out.insert("match_day_of_week".to_owned(), json!(true));
    }
    Value::Object(out)
}
