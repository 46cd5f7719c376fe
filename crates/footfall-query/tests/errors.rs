//! What is wrong with a query is said with the path of the field, and what to do.

mod world;

use footfall_query::{By, DateRange, Filter, Goal, Op, Query};
use serde_json::{Value, json};
use world::{World, view};

/// A good query with one field replaced; `null` removes it.
fn with(field: &str, value: Value) -> Value {
    let mut query = json!({ "site_id": "example.com", "metrics": ["visitors"], "date_range": "7d", "dimensions": ["visit:source"] });
    let fields = query.as_object_mut().expect("an object");
    match value {
        Value::Null => fields.remove(field),
        value => fields.insert(field.to_owned(), value),
    };
    query
}

fn filter(filter: Value) -> Value {
    with("filters", json!([filter]))
}

fn include(include: Value) -> Value {
    with("include", include)
}

#[test]
fn each_error_names_its_field() {
    let table = [
        (json!([]), "", "an object is expected"),
        (with("site_id", Value::Null), "site_id", "required"),
        (with("site_id", json!(7)), "site_id", "a text is expected here, not a number"),
        (with("metrics", Value::Null), "metrics", "required"),
        (with("metrics", json!([])), "metrics", "at least one"),
        (with("metrics", json!("visitors")), "metrics", "a list is expected"),
        (with("metrics", json!(["visitors", "hits"])), "metrics[1]", "there are visitors, visits"),
        (with("metrics", json!(["visits", "visits"])), "metrics[1]", "named twice"),
        (with("metrics", json!(["conversion_rate"])), "metrics[0]", "needs 'event:goal'"),
        (with("metrics", json!(["visitors", "group_conversion_rate"])), "metrics[1]", "needs 'event:goal'"),
        (with("date_range", Value::Null), "date_range", "required"),
        (with("date_range", json!("yesterday")), "date_range", "write one of day, 24h"),
        (with("date_range", json!("0d")), "date_range", "write one of"),
        (with("date_range", json!("realtime")), "date_range", "endpoint of their own"),
        (with("date_range", json!(7)), "date_range", "write one of"),
        (with("date_range", json!(["2026-01-01"])), "date_range", "two ends"),
        (with("date_range", json!(["2026-02-30", "2026-03-01"])), "date_range[0]", "'2026-02-30' is no date"),
        (with("date_range", json!(["2026-02-01", "2026-02-30"])), "date_range[1]", "'2026-02-30' is no date"),
        (with("date_range", json!(["2026-01-02", "2026-01-01"])), "date_range", "swap"),
        (with("date_range", json!(["2026-01-01", "2026-01-02T00:00:00Z"])), "date_range", "two dates or two date-times"),
        (with("date_range", json!(["2026-01-01T00:00:00", "2026-01-02T00:00:00"])), "date_range[0]", "with an offset"),
        (with("date_range", json!(["2026-01-01T00:00:00Z", 5])), "date_range[1]", "a text is expected"),
        (with("dimensions", json!(["visit:source", "visit:colour"])), "dimensions[1]", "is no dimension"),
        (with("dimensions", json!(["time:year"])), "dimensions[0]", "is no dimension"),
        (with("dimensions", json!(["segment"])), "dimensions[0]", "segments are filters"),
        (with("dimensions", json!(["event:props:"])), "dimensions[0]", "name the property"),
        (with("dimensions", json!(["event:page", "event:page"])), "dimensions[1]", "named twice"),
        (with("filters", json!({})), "filters", "a list is expected here, not an object"),
        (filter(json!([])), "filters[0]", "a filter is a list"),
        (filter(json!(["equals", "event:page", ["/"]])), "filters[0][0]", "is no operator"),
        (filter(json!(["matches_wildcard", "event:page", ["/*"]])), "filters[0][0]", "is no operator"),
        (filter(json!(["is", "event:page"])), "filters[0]", "a dimension and a list of values"),
        (filter(json!(["is", "event:page", "/"])), "filters[0][2]", "a list is expected"),
        (filter(json!(["is", "event:page", ["/", null]])), "filters[0][2][1]", "a text is expected here, not null"),
        (filter(json!(["is_not", "event:goal", ["Signup"]])), "filters[0][0]", "has_not_done"),
        (filter(json!(["matches", "event:goal", ["."]])), "filters[0][0]", "'is' or 'contains'"),
        (filter(json!(["is", "event:currency", ["EUR"]])), "filters[0][1]", "group by"),
        (filter(json!(["is_not", "segment", [1]])), "filters[0][0]", "filtered by 'is'"),
        (filter(json!(["is", "segment", []])), "filters[0][2]", "name 1 to 10"),
        (filter(json!(["is", "segment", vec![1; 11]])), "filters[0][2]", "name 1 to 10"),
        (filter(json!(["is", "segment", ["1"]])), "filters[0][2][0]", "the number"),
        (filter(json!(["is", "segment", [-1]])), "filters[0][2][0]", "the number"),
        (filter(json!(["is", "segment", [1], {"case_sensitive": true}])), "filters[0][3]", "no modifiers"),
        (filter(json!(["is", "time:day", ["2026-01-01"]])), "filters[0][1]", "say when with date_range"),
        (filter(json!(["matches", "event:page", ["/ok", "(["]])), "filters[0][2][1]", "no regular expression"),
        (filter(json!(["matches", "event:page", ["(?:a{1000}){1000}"]])), "filters[0][2][0]", "too large"),
        (filter(json!(["matches", "event:page", ["a".repeat(2001)]])), "filters[0][2][0]", "shorter"),
        (filter(json!(["is", "event:page", ["/", "a".repeat(2049)]])), "filters[0][2][1]", "at most 2048 bytes"),
        (filter(json!(["contains_not", "event:props:plan", ["ä".repeat(1025)]])), "filters[0][2][0]", "at most 2048 bytes"),
        (filter(json!(["not", ["contains", "event:goal", ["a".repeat(200_000)]]])), "filters[0][1][2][0]", "at most 2048 bytes"),
        (filter(json!(["matches", "event:page", ["a".repeat(200_000)]])), "filters[0][2][0]", "at most 2048 bytes"),
        (filter(json!(["matches", "event:page", vec!["a"; 51]])), "filters", "at most 50 regular expressions"),
        (filter(json!(["matches", "event:page", ["a"], { "case_sensitive": false }])), "filters[0][3].case_sensitive", "(?i)"),
        (filter(json!(["is", "event:page", ["/"], { "case_sensitive": "no" }])), "filters[0][3].case_sensitive", "true or false"),
        (filter(json!(["is", "event:page", ["/"], { "case": false }])), "filters[0][3].case", "no such field"),
        (filter(json!(["and", []])), "filters[0][1]", "at least one"),
        (filter(json!(["or", ["is", "event:page", ["/"]]])), "filters[0][1][0]", "a list is expected"),
        (filter(json!(["not", ["is", "event:page", ["/"]], 1])), "filters[0]", "takes one filter"),
        (filter(json!(["has_done", ["and", [["not", ["is", "event:pages", ["/"]]]]]])), "filters[0][1][1][0][1][1]", "is no dimension"),
        (with("order_by", json!([["visitors"]])), "order_by[0]", "write a pair"),
        (with("order_by", json!([["visitors", "down"]])), "order_by[0][1]", "'asc' or 'desc'"),
        (with("order_by", json!([["visitors", "asc"], ["pageviews", "asc"]])), "order_by[1][0]", "add it there"),
        (with("order_by", json!([["event:page", "asc"]])), "order_by[0][0]", "add it there"),
        (include(json!({ "time_labels": true })), "include.time_labels", "need a time dimension"),
        (include(json!({ "total_rows": 1 })), "include.total_rows", "true or false"),
        (include(json!({ "totals": true })), "include.totals", "no such field"),
        (include(json!({ "comparisons": {} })), "include.comparisons.mode", "required"),
        (include(json!({ "comparisons": { "mode": "last_year" } })), "include.comparisons.mode", "year_over_year"),
        (include(json!({ "comparisons": { "mode": "custom" } })), "include.comparisons.date_range", "required"),
        (include(json!({ "comparisons": { "mode": "custom", "date_range": "7d" } })), "include.comparisons.date_range", "two dates"),
        (
            include(json!({ "comparisons": { "mode": "previous_period", "date_range": ["2026-01-01", "2026-01-02"] } })),
            "include.comparisons.date_range",
            "leave it out",
        ),
        (with("pagination", json!({ "limit": 0 })), "pagination.limit", "1 to 10000"),
        (with("pagination", json!({ "limit": 10001 })), "pagination.limit", "1 to 10000"),
        (with("pagination", json!({ "offset": -1 })), "pagination.offset", "0 or more"),
        (with("pagination", json!({ "page": 2 })), "pagination.page", "no such field"),
        (with("date", json!("2026-01-01")), "date", "no such field"),
        (with("metric", json!("visitors")), "metric", "no such field"),
    ];
    for (query, path, message) in table {
        let error = Query::parse(&query).expect_err(&query.to_string());
        assert_eq!(error.path, path, "{query}: {error}");
        assert!(error.message.contains(message), "{query}: {error}");
        assert_eq!(error.to_json(), json!({ "error": error.message, "path": path }));
    }
}

#[test]
fn a_value_as_long_as_there_are_is_read() {
    assert!(Query::parse(&filter(json!(["is", "event:page", ["a".repeat(2048), "ä".repeat(1024)]]))).is_ok());
}

#[test]
fn nesting_has_a_limit() {
    let mut deep = json!(["is", "event:page", ["/"]]);
    for _ in 0..16 {
        deep = json!(["not", deep]);
    }
    assert!(Query::parse(&filter(deep.clone())).is_ok());
    let error = Query::parse(&filter(json!(["not", deep]))).expect_err("too deep");
    assert!(error.message.contains("16 deep"), "{error}");
}

#[test]
fn every_dimension_and_range_of_the_schema_is_read() {
    let values = "event:page event:hostname event:name event:props:author visit:entry_page visit:exit_page visit:entry_page_hostname \
                  visit:exit_page_hostname visit:source visit:referrer visit:channel visit:utm_medium visit:utm_source visit:utm_campaign \
                  visit:utm_content visit:utm_term visit:device visit:browser visit:browser_version visit:os visit:os_version visit:country \
                  visit:region visit:city visit:country_name visit:region_name visit:city_name visit:screen visit:language event:goal";
    for name in values.split_whitespace().chain("time time:minute time:hour time:day time:week time:month".split(' ')) {
        let query = Query::parse(&with("dimensions", json!([name]))).expect(name);
        assert_eq!(query.dimensions[0].name(), name);
    }
    for name in values.split_whitespace() {
        Query::parse(&filter(json!(["is", name, ["x"]]))).expect(name);
    }
    for name in "day 24h 7d 28d 30d 91d month 6mo 12mo year all".split(' ') {
        assert_eq!(Query::parse(&with("date_range", json!(name))).expect(name).date_range.name().as_deref(), Some(name));
    }
}

#[test]
fn a_query_built_in_code_is_the_one_read_from_json() {
    let read = Query::parse(&json!({
        "site_id": "example.com",
        "metrics": ["visitors"],
        "date_range": ["2026-01-01", "2026-01-31"],
        "dimensions": ["visit:country_name"],
        "filters": [["is", "event:props:amount", [5]]],
        "pagination": { "limit": 9 },
        "include": { "total_rows": true },
    }));
    let day = |text| footfall_domain::LocalDate::parse(text).expect("a date");
    let built = Query::new("example.com", DateRange::Dates(day("2026-01-01"), day("2026-01-31")), [footfall_domain::Metric::Visitors])
        .by(By::CountryName)
        .only(footfall_query::Filter::test(Op::Is, By::Property("amount".to_owned()), ["5".to_owned()]))
        .page(9, 0)
        .with_total_rows();
    assert_eq!(read, Ok(built));
}

/// Patterns that take a backtracking engine longer than anybody lives, on texts as long as any: they end because the engine's time is linear. A test
/// that hangs fails.
#[tokio::test]
async fn no_pattern_hangs() {
    let page = "a".repeat(2_000);
    let world = World::new("UTC", "2026-11-21T12:00:00Z", &[view(1, "2026-11-20T09:10:00Z", &page), view(2, "2026-11-20T09:10:00Z", "/b")]);
    let patterns =
        ["(a*)*$x?b?!", "(a|a)*!", "(a|aa)+!$", "(?:a?){400}a{400}b", "(.*a){60}!", "^(([a-z])+.)+[A-Z]([a-z])+$", "[ab]*a[ab]{500}!?z?$"];
    let ask = async |filter: Value| {
        let query = Query::parse(&json!({"site_id": "example.com", "date_range": "all", "metrics": ["visitors"], "filters": [filter]}))
            .expect("a query");
        world.report(&query).await.expect("a report").value(footfall_domain::Metric::Visitors)
    };
    for pattern in patterns {
        let (some, others) =
            (ask(json!(["matches", "event:page", [pattern]])).await, ask(json!(["matches_not", "event:page", [pattern]])).await);
        assert_eq!(some.zip(others).map(|(some, others)| some + others), Some(2.0), "{pattern}");
    }
    let goal = Goal::page(format!("/{}", "*a".repeat(249)));
    goal.check().expect("a pattern of 499 bytes");
    assert_eq!(ask(json!(["matches", "event:page", ["(?s)^.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a.*a!$"]])).await, Some(0.0));
}

#[tokio::test]
async fn only_what_rows_are_called_by_can_be_searched() {
    let world = World::new("UTC", "2026-11-21T12:00:00Z", &[view(1, "2026-11-20T09:10:00Z", "/")]);
    let pages =
        Query::new("example.com", DateRange::All, [footfall_domain::Metric::Visitors]).by(By::Value(footfall_domain::Dimension::Page));
    let of_source = Filter::test(Op::Is, By::Value(footfall_domain::Dimension::Source), ["Google".to_owned()]);
    for search in [of_source, Filter::Segment(vec![1]), Filter::Scrolled(5)] {
        let error = world.report(&pages.clone().searched(search.clone())).await.expect_err(&format!("{search:?}"));
        assert!(error.to_string().contains("row"), "{search:?}: {error}");
    }
}

/// Every letter of the longest pattern may need a backslash.
#[tokio::test]
async fn the_longest_pattern_of_a_goal_can_be_asked() {
    let page = format!("/{}", ".".repeat(498));
    let mut world = World::new("UTC", "2026-11-21T12:00:00Z", &[view(1, "2026-11-20T09:10:00Z", &page)]);
    let goal = Goal::page(format!("{page}*")).called("Dots");
    goal.check().expect("500 bytes");
    world.named.goals = vec![goal, Goal::page(format!("/{}", "*.".repeat(249))).called("Stars")];
    let query = json!({"site_id": "example.com", "date_range": "all", "metrics": ["visitors"], "dimensions": ["event:goal"]});
    let report = world.report(&Query::parse(&query).expect("a query")).await.expect("a report");
    assert_eq!(report.rows.iter().map(|row| row.dimensions[0].as_str()).collect::<Vec<_>>(), ["Dots", "Stars"]);
}
