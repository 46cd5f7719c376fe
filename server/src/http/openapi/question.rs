//! The schema of a question: the v2 query, as `footfall_query` reads it. What a schema cannot say (which goals there are,
//! what must go together) the answer says.

use super::schemas::{date, like, list, named, number, object, one_of, only, spelled, text};
use footfall_domain::Dimension;
use footfall_query::query::MAX_LIMIT;
use footfall_query::{By, TimeUnit, metric};
use serde_json::{Value, json};

/// The schemas of a question, by name.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("Query", query()),
        ("Metric", one_of(metric::ALL.iter().map(|metric| metric::name(*metric)))),
        ("DateRange", any_of([relative_range(), ends(date()), ends(instant())])),
        ("Dimension", any_of([of_hits(), of_time()])),
        ("FilterDimension", any_of([filtered_names(), spelled("^event:props:.{1,60}$", "event:props:author")])),
        ("Filter", filter()),
        ("Comparison", comparison()),
    ]
}

/// A question that shows most of what can be asked.
pub(in crate::http) fn example() -> Value {
    json!({
        "site_id": "example.com",
        "metrics": ["visitors", "pageviews", "bounce_rate"],
        "date_range": "30d",
        "dimensions": ["visit:source"],
        "filters": [["not", ["is", "visit:country", ["DE", "AT"]]], ["contains", "event:page", ["/blog", "/docs"], {"case_sensitive": false}]],
        "order_by": [["visitors", "desc"]],
        "include": {"total_rows": true, "comparisons": {"mode": "previous_period"}},
        "pagination": {"limit": 9, "offset": 0},
    })
}

fn query() -> Value {
    let mut query = only(&[
        ("site_id", like("example.com")),
        ("metrics", json!({"type": "array", "minItems": 1, "uniqueItems": true, "items": named("Metric")})),
        ("date_range", named("DateRange")),
        ("dimensions", json!({"type": "array", "maxItems": 10, "uniqueItems": true, "items": named("Dimension")})),
        ("filters", list(named("Filter"))),
        ("order_by", list(tuple(&[any_of([named("Metric"), named("Dimension")]), one_of(["asc", "desc"])]))),
        ("include", include()),
        ("pagination", only(&[("limit", json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT})), ("offset", offset())])),
    ]);
    query["required"] = json!(["site_id", "metrics", "date_range"]);
    query
}

fn offset() -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": u32::MAX})
}

fn include() -> Value {
    let truth = || json!({"type": "boolean"});
    only(&[("imports", truth()), ("time_labels", truth()), ("total_rows", truth()), ("comparisons", named("Comparison"))])
}

fn comparison() -> Value {
    let matched = ("match_day_of_week", json!({"type": "boolean"}));
    let mut before = only(&[("mode", one_of(["previous_period", "year_over_year"])), matched.clone()]);
    before["required"] = json!(["mode"]);
    let mut custom = only(&[("mode", one_of(["custom"])), ("date_range", any_of([ends(date()), ends(instant())])), matched]);
    custom["required"] = json!(["mode", "date_range"]);
    any_of([before, custom])
}

/// Up to 5,000 days and 100 months.
fn relative_range() -> Value {
    spelled("^(day|24h|month|year|all|([1-9][0-9]{0,2}|[1-4][0-9]{3}|5000)d|([1-9][0-9]?|100)mo)$", "28d")
}

/// The first and the last of something.
fn ends(of: Value) -> Value {
    json!({"type": "array", "items": of, "minItems": 2, "maxItems": 2})
}

fn instant() -> Value {
    json!({"type": "string", "format": "date-time", "examples": ["2026-01-31T12:00:00+01:00"]})
}

fn of_hits() -> Value {
    any_of([filtered_names(), one_of([By::Currency.name().as_str()]), spelled("^event:props:.+$", "event:props:author")])
}

fn of_time() -> Value {
    one_of([TimeUnit::Auto, TimeUnit::Minute, TimeUnit::Hour, TimeUnit::Day, TimeUnit::Week, TimeUnit::Month].map(TimeUnit::name))
}

/// What can be filtered by, but for properties.
pub(super) fn filtered_names() -> Value {
    let named = [By::Goal, By::CountryName, By::RegionName, By::CityName];
    let names: Vec<String> = Dimension::ALL.iter().map(|dimension| By::Value(*dimension)).chain(named).map(|by| by.name()).collect();
    json!({"type": "string", "enum": names})
}

fn filter() -> Value {
    let of = |operators: &[&str], rest: Value| tuple(&[one_of(operators.iter().copied()), rest]);
    let value = any_of([text(), json!({"type": "integer", "minimum": i64::MIN, "maximum": i64::MAX})]);
    let test = tuple(&[
        one_of(["is", "is_not", "contains", "contains_not", "matches", "matches_not"]),
        named("FilterDimension"),
        list(value.clone()),
    ]);
    let case = only(&[("case_sensitive", json!({"type": "boolean"}))]);
    let cased = tuple(&[one_of(["is", "is_not", "contains", "contains_not"]), named("FilterDimension"), list(value), case]);
    let numbers = json!({"type": "array", "items": number(), "minItems": 1, "maxItems": 10});
    let segment = tuple(&[one_of(["is"]), one_of(["segment"]), numbers]);
    let several = json!({"type": "array", "items": named("Filter"), "minItems": 1});
    any_of([test, cased, segment, of(&["and", "or"], several), of(&["not", "has_done", "has_not_done"], named("Filter"))])
}

/// A list of exactly these.
fn tuple(items: &[Value]) -> Value {
    json!({"type": "array", "prefixItems": items, "minItems": items.len(), "maxItems": items.len()})
}

fn any_of<const N: usize>(schemas: [Value; N]) -> Value {
    json!({"anyOf": Vec::from(schemas)})
}

/// What a query is echoed as.
pub(super) fn echoed() -> Value {
    object(&[("site_id", text()), ("metrics", list(named("Metric"))), ("date_range", ends(text()))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_query::{DateRange, Query};

    #[test]
    fn the_example_is_a_question() {
        Query::parse(&example()).expect("a question");
    }

    /// Rows: the name of a range, whether there is one. The schema says the same; schemathesis asks a running server.
    #[test]
    fn ranges_end_where_the_schema_says() {
        for (name, is_one) in [("5000d", true), ("5001d", false), ("100mo", true), ("101mo", false), ("0d", false), ("01d", false)] {
            assert_eq!(DateRange::from_name(name).is_some(), is_one, "{name}");
        }
    }
}
