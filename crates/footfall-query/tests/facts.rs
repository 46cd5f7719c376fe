//! A day made by hand, and what is to be answered about it.

mod world;

use footfall_query::{MachineBy, MachineQuery, MachineTable, Query, SiteContext, Source, current_visitors, machine_report};
use serde_json::{Value, json};
use world::{SITE, World, at, crawler, date, engaged, event, view};

/// Friday, 2026-11-20 in Berlin, and a little of the day before. Four visits of three visitors:
///
/// | who | when | from | country | what |
/// |--|--|--|--|--|
/// | 1 | 09:10 – 09:13 | Google | DE | `/`, `/pricing`, Signup (plan = pro), 20 s of `/pricing`, 80 % down |
/// | 2 | 09:50 | | FR | `/` |
/// | 2 | 10:40 – 10:55 | Bing | FR | `/docs`, `/` |
/// | 3 | 23:50 | Google | DE | `/docs` |
fn friday() -> World {
    let acts = [
        view(8, "2026-11-19T08:00:00+01:00", "/").from("Google").of("DE"),
        view(9, "2026-11-19T18:00:00+01:00", "/old").of("US"),
        view(1, "2026-11-20T09:10:00+01:00", "/").from("Google").of("DE"),
        view(1, "2026-11-20T09:12:00+01:00", "/pricing").of("DE"),
        event(1, "2026-11-20T09:12:30+01:00", "/pricing", "Signup").of("DE").with("plan", "pro"),
        engaged(1, "2026-11-20T09:13:00+01:00", "/pricing", 20, 80).of("DE"),
        view(2, "2026-11-20T09:50:00+01:00", "/").of("FR"),
        view(2, "2026-11-20T10:40:00+01:00", "/docs").from("Bing").of("FR"),
        view(2, "2026-11-20T10:55:00+01:00", "/").of("FR"),
        view(3, "2026-11-20T23:50:00+01:00", "/docs").from("Google").of("DE"),
    ];
    World::new("Europe/Berlin", "2026-11-21T12:00:00+01:00", &acts)
}

/// The answer to a query about Friday, the same from rollups and from hits. `query` is completed with site and range.
async fn ask(world: &World, query: Value) -> Value {
    let mut full = json!({ "site_id": "example.com", "date_range": ["2026-11-20", "2026-11-20"], "metrics": ["visitors"] });
    full.as_object_mut().expect("an object").extend(query.as_object().expect("an object").clone());
    let query = Query::parse(&full).unwrap_or_else(|error| panic!("{full}: {error}"));
    let report = world.report(&query).await.expect("a report").to_json();
    let from_hits = world.report_from_hits(&query).await.expect("a report").to_json();
    assert_eq!(report, from_hits, "{full}");
    report
}

/// The rows as `value … | metric …`.
fn lines(report: &Value) -> Vec<String> {
    let cells = |row: &Value, name: &str| {
        let cells = row[name].as_array().expect("a list").iter();
        cells.map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)).collect::<Vec<_>>().join(" ")
    };
    let rows = report["results"].as_array().expect("rows").iter();
    rows.map(|row| format!("{} | {}", cells(row, "dimensions"), cells(row, "metrics")).trim().to_owned()).collect()
}

async fn check(table: &[(Value, &[&str])]) {
    let world = friday();
    for (query, rows) in table {
        assert_eq!(lines(&ask(&world, query.clone()).await), *rows, "{query}");
    }
}

#[tokio::test]
async fn metrics_of_the_day() {
    check(&[
        (json!({ "metrics": ["visitors", "visits", "pageviews", "events"] }), &["| 3 4 6 7"]),
        (json!({ "metrics": ["views_per_visit", "bounce_rate", "visit_duration"] }), &["| 1.5 50 263"]),
        (json!({ "metrics": ["scroll_depth", "time_on_page", "percentage"] }), &["| 80 20 100.0"]),
    ])
    .await;
}

#[tokio::test]
async fn breakdowns() {
    check(&[
        (
            json!({ "dimensions": ["event:page"], "metrics": ["visitors", "visits", "pageviews", "bounce_rate", "time_on_page"] }),
            &["/ | 2 3 3 33 null", "/docs | 2 2 2 50 null", "/pricing | 1 1 1 0 20"],
        ),
        (
            json!({ "dimensions": ["visit:source"], "metrics": ["visitors", "percentage"] }),
            &["Google | 2 66.7", "Bing | 1 33.3", "Direct / None | 1 33.3"],
        ),
        (json!({ "dimensions": ["visit:country_name"] }), &["Germany | 2", "France | 1"]),
        (json!({ "dimensions": ["visit:country", "visit:country_name"] }), &["DE Germany | 2", "FR France | 1"]),
        (json!({ "dimensions": ["visit:entry_page"], "metrics": ["visits"] }), &["/ | 2", "/docs | 2"]),
        (json!({ "dimensions": ["visit:exit_page"], "metrics": ["visits"] }), &["/ | 2", "/docs | 1", "/pricing | 1"]),
        (json!({ "dimensions": ["event:name"], "metrics": ["events"] }), &["pageview | 6", "Signup | 1"]),
        (json!({ "dimensions": ["event:props:plan"], "metrics": ["events"] }), &["(none) | 6", "pro | 1"]),
        (
            json!({ "dimensions": ["visit:country", "event:page"], "metrics": ["pageviews"] }),
            &["FR / | 2", "DE / | 1", "DE /docs | 1", "DE /pricing | 1", "FR /docs | 1"],
        ),
        (json!({ "dimensions": ["visit:region_name"] }), &["(not set) | 3"]),
    ])
    .await;
}

#[tokio::test]
async fn time() {
    check(&[
        (
            json!({ "dimensions": ["time:hour"], "metrics": ["visitors", "visits", "pageviews"] }),
            &["2026-11-20T09:00:00+01:00 | 2 2 3", "2026-11-20T10:00:00+01:00 | 1 1 2", "2026-11-20T23:00:00+01:00 | 1 1 1"],
        ),
        (json!({ "dimensions": ["time:minute"], "date_range": ["2026-11-20T09:12:00+01:00", "2026-11-20T09:13:00+01:00"], "metrics": ["pageviews", "events"] }), &["2026-11-20T09:12:00+01:00 | 1 2"]),
        (json!({ "dimensions": ["time:day"], "date_range": ["2026-11-01", "2026-11-30"] }), &["2026-11-19 | 2", "2026-11-20 | 3"]),
        (json!({ "dimensions": ["time:week"], "date_range": ["2026-11-18", "2026-11-30"] }), &["2026-11-18 | 5"]),
        (json!({ "dimensions": ["time:month"], "date_range": ["2026-11-18", "2026-12-30"] }), &["2026-11-01 | 5"]),
        (json!({ "dimensions": ["time"], "date_range": ["2026-11-19", "2026-11-21"] }), &["2026-11-19 | 2", "2026-11-20 | 3"]),
        (
            json!({ "dimensions": ["visit:source", "time:day"], "date_range": ["2026-11-19", "2026-11-20"] }),
            &[
                "Direct / None 2026-11-19 | 1",
                "Google 2026-11-19 | 1",
                "Google 2026-11-20 | 2",
                "Bing 2026-11-20 | 1",
                "Direct / None 2026-11-20 | 1",
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn spans() {
    check(&[
        // Half an hour bucket is not the bucket.
        (
            json!({
                "date_range": ["2026-11-20T09:00:00+01:00", "2026-11-20T09:11:00+01:00"],
                "dimensions": ["time:hour"],
                "metrics": ["visitors", "pageviews"],
            }),
            &["2026-11-20T09:00:00+01:00 | 1 1"],
        ),
        // The visit of 09:10 is whole though its end is outside; the one of 10:40 began outside.
        (
            json!({ "date_range": ["2026-11-20T09:00:00+01:00", "2026-11-20T09:11:00+01:00"], "metrics": ["visitors", "visits", "pageviews", "views_per_visit"] }),
            &["| 1 1 1 2.0"],
        ),
        (
            json!({ "date_range": ["2026-11-20T10:50:00+01:00", "2026-11-20T10:55:00.001+01:00"], "metrics": ["visitors", "visits", "pageviews"] }),
            &["| 1 0 1"],
        ),
        (json!({ "date_range": ["2026-11-20T10:50:00+01:00", "2026-11-20T10:55:00+01:00"] }), &["| 0"]),
        (json!({ "date_range": ["2026-11-19T12:00:00+01:00", "2026-11-20T12:00:00+01:00"] }), &["| 3"]),
    ])
    .await;
}

#[tokio::test]
async fn filters() {
    let metrics = json!(["visitors", "visits", "pageviews", "events"]);
    let of = |filter: Value| json!({ "metrics": metrics, "filters": [filter] });
    check(&[
        (of(json!(["is", "event:page", ["/"]])), &["| 2 3 3 3"]),
        (of(json!(["is_not", "event:page", ["/"]])), &["| 3 3 3 4"]),
        (of(json!(["is", "event:page", ["/docs", "/pricing"]])), &["| 3 3 3 4"]),
        (of(json!(["contains", "event:page", ["pric", "nothing"]])), &["| 1 1 1 2"]),
        (of(json!(["contains_not", "event:page", ["pric"]])), &["| 3 4 5 5"]),
        (of(json!(["matches", "event:page", ["^/(docs|pricing)$"]])), &["| 3 3 3 4"]),
        (of(json!(["matches_not", "event:page", ["^/.+"]])), &["| 2 3 3 3"]),
        (of(json!(["is", "visit:source", ["google"]])), &["| 0 0 0 0"]),
        (of(json!(["is", "visit:source", ["google"], { "case_sensitive": false }])), &["| 2 2 3 4"]),
        (of(json!(["is", "visit:source", ["Direct / None"]])), &["| 1 1 1 1"]),
        (of(json!(["is", "visit:country_name", ["Germany"]])), &["| 2 2 3 4"]),
        (of(json!(["is_not", "visit:country_name", ["Germany"]])), &["| 1 2 3 3"]),
        (of(json!(["contains", "visit:country_name", ["RANCE"], { "case_sensitive": false }])), &["| 1 2 3 3"]),
        (of(json!(["matches", "visit:country_name", ["^G"]])), &["| 2 2 3 4"]),
        (of(json!(["is", "event:props:plan", ["pro"]])), &["| 1 1 0 1"]),
        (of(json!(["is", "event:props:plan", ["(none)"]])), &["| 3 4 6 6"]),
        (of(json!(["is", "event:name", ["Signup"]])), &["| 1 1 0 1"]),
        (of(json!(["has_done", ["is", "event:name", ["Signup"]]])), &["| 1 1 2 3"]),
        (of(json!(["has_not_done", ["is", "event:name", ["Signup"]]])), &["| 2 3 4 4"]),
        (of(json!(["not", ["is", "event:page", ["/"]]])), &["| 3 3 3 4"]),
        (of(json!(["or", [["is", "event:page", ["/pricing"]], ["is", "visit:source", ["Bing"]]]])), &["| 2 2 3 4"]),
        (of(json!(["and", [["is", "event:page", ["/"]], ["is", "visit:source", ["Bing"]]]])), &["| 1 1 1 1"]),
        (of(json!(["is", "event:page", []])), &["| 0 0 0 0"]),
        (of(json!(["is_not", "event:page", []])), &["| 3 4 6 7"]),
    ])
    .await;
}

#[tokio::test]
async fn a_filtered_report_equals_the_row_of_the_breakdown() {
    let world = friday();
    let metrics = json!(["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration", "time_on_page"]);
    for (dimension, value) in [("event:page", "/"), ("event:page", "/pricing"), ("visit:source", "Google"), ("event:name", "Signup")] {
        let filtered = ask(&world, json!({ "metrics": metrics, "filters": [["is", dimension, [value]]] })).await;
        let rows = ask(&world, json!({ "metrics": metrics, "dimensions": [dimension] })).await;
        let row = rows["results"].as_array().expect("rows").iter().find(|row| row["dimensions"][0] == value);
        assert_eq!(row.expect("the row")["metrics"], filtered["results"][0]["metrics"], "{dimension} {value}");
    }
}

#[tokio::test]
async fn order_and_pages() {
    let by_page = |more: Value| {
        let mut query = json!({ "dimensions": ["event:page"], "metrics": ["visitors", "pageviews", "time_on_page"] });
        query.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        query
    };
    check(&[
        (by_page(json!({ "order_by": [["event:page", "desc"]] })), &["/pricing | 1 1 20", "/docs | 2 2 null", "/ | 2 3 null"]),
        (
            by_page(json!({ "order_by": [["visitors", "asc"], ["pageviews", "desc"]] })),
            &["/pricing | 1 1 20", "/ | 2 3 null", "/docs | 2 2 null"],
        ),
        // Null is last, whichever way.
        (by_page(json!({ "order_by": [["time_on_page", "asc"]] })), &["/pricing | 1 1 20", "/ | 2 3 null", "/docs | 2 2 null"]),
        (by_page(json!({ "pagination": { "limit": 1, "offset": 1 } })), &["/docs | 2 2 null"]),
        (by_page(json!({ "pagination": { "offset": 3 } })), &[]),
    ])
    .await;
}

#[tokio::test]
async fn what_is_included() {
    let world = friday();
    let report =
        ask(&world, json!({ "dimensions": ["event:page"], "pagination": { "limit": 1 }, "include": { "total_rows": true } })).await;
    assert_eq!(report["meta"]["total_rows"], 3);
    let labels = json!({ "dimensions": ["time:day"], "date_range": ["2026-11-19", "2026-11-22"], "include": { "time_labels": true } });
    let report = ask(&world, labels).await;
    assert_eq!(report["meta"]["time_labels"], json!(["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]));
    let report = ask(&world, json!({ "include": { "imports": true } })).await;
    assert_eq!(report["meta"]["imports_included"], false);
    let freshness = json!({ "newest_hit": "2026-11-20T22:50:00Z", "lag_seconds": 0.0, "complete_until": "2026-11-21T11:00:00Z" });
    assert_eq!(report["meta"]["freshness"], freshness);
}

#[tokio::test]
async fn the_query_is_answered_with_its_range_resolved() {
    let report = ask(&friday(), json!({ "dimensions": ["time", "visit:source"], "date_range": "7d" })).await;
    let echo = json!({
        "site_id": "example.com",
        "metrics": ["visitors"],
        "date_range": ["2026-11-14T00:00:00+01:00", "2026-11-20T23:59:59+01:00"],
        "dimensions": ["time:day", "visit:source"],
        "filters": [],
        "order_by": [["time:day", "asc"], ["visitors", "desc"]],
        "include": {},
        "pagination": { "limit": 10000, "offset": 0 },
    });
    assert_eq!(report["query"], echo);
}

#[tokio::test]
async fn a_comparison_with_the_day_before() {
    let query =
        json!({ "metrics": ["visitors", "bounce_rate", "time_on_page"], "include": { "comparisons": { "mode": "previous_period" } } });
    let report = ask(&friday(), query).await;
    // 3 visitors after 2; half of the visits bounced, after all; nobody's engagement was known before.
    assert_eq!(report["results"][0]["metrics"], json!([3, 50, 20]));
    let comparison = json!({ "dimensions": [], "metrics": [2, 100, null], "change": [50, -50, null] });
    assert_eq!(report["results"][0]["comparison"], comparison);
    assert_eq!(report["query"]["comparison_date_range"], json!(["2026-11-19T00:00:00+01:00", "2026-11-19T23:59:59+01:00"]));
}

#[tokio::test]
async fn a_day_that_is_not_over_is_compared_with_the_same_hours() {
    // At 10:45, of the day before only what came before 11:00 counts: one of two.
    let world = friday().at("2026-11-20T10:45:00+01:00");
    let query = json!({ "date_range": "day", "include": { "comparisons": { "mode": "previous_period" } } });
    let report = ask(&world, query).await;
    assert_eq!(report["results"][0]["comparison"]["metrics"], json!([1]));
    assert_eq!(report["query"]["comparison_date_range"], json!(["2026-11-19T00:00:00+01:00", "2026-11-19T11:00:00+01:00"]));
}

#[tokio::test]
async fn compared_rows_stand_beside_their_values_and_buckets_beside_their_places() {
    let world = friday();
    let previous = json!({ "comparisons": { "mode": "previous_period" } });
    let report = ask(&world, json!({ "dimensions": ["visit:source"], "include": previous })).await;
    let changes: Vec<_> = report["results"].as_array().expect("rows").iter().map(|row| row["comparison"].clone()).collect();
    assert_eq!(changes[0], json!({ "dimensions": ["Google"], "metrics": [1], "change": [100] }));
    assert_eq!(changes[1], json!({ "dimensions": ["Bing"], "metrics": [0], "change": [null] }));
    let report = ask(&world, json!({ "dimensions": ["time:day"], "include": previous })).await;
    assert_eq!(report["results"][0]["comparison"], json!({ "dimensions": ["2026-11-19"], "metrics": [2], "change": [50] }));
    // Of a custom period with fewer hours, the later places are empty.
    let custom = json!({ "mode": "custom", "date_range": ["2026-11-19T08:00:00+01:00", "2026-11-19T18:00:00+01:00"] });
    let report = ask(&world, json!({ "dimensions": ["time:hour"], "include": { "comparisons": custom } })).await;
    let beside: Vec<_> = report["results"].as_array().expect("rows").iter().map(|row| row["comparison"]["dimensions"][0].clone()).collect();
    assert_eq!(beside, [json!("2026-11-19T17:00:00+01:00"), Value::Null, Value::Null]);
}

#[tokio::test]
async fn a_site_without_hits_has_reports() {
    let world = World::new("Europe/Berlin", "2026-11-21T12:00:00+01:00", &[]);
    let report = ask(&world, json!({ "date_range": "all", "metrics": ["visitors", "bounce_rate", "time_on_page"] })).await;
    assert_eq!(lines(&report), ["| 0 0 null"]);
    assert_eq!(report["meta"]["freshness"]["newest_hit"], Value::Null);
    assert!(lines(&ask(&world, json!({ "date_range": "year", "dimensions": ["event:page"] })).await).is_empty());
}

#[tokio::test]
async fn all_of_time_is_a_range_like_any_other() {
    let world = friday();
    let previous = json!({ "comparisons": { "mode": "previous_period" } });
    let year = json!({ "comparisons": { "mode": "year_over_year", "match_day_of_week": true } });
    for range in
        [json!(["0001-01-01", "9998-12-31"]), json!(["0001-01-02T00:00:00Z", "9998-01-01T00:00:00Z"]), json!("5000d"), json!("100mo")]
    {
        let visitors = if range == json!("100mo") { "| 0" } else { "| 5" };
        for include in [json!({}), previous.clone(), year.clone()] {
            let report = ask(&world, json!({ "date_range": range, "include": include })).await;
            assert_eq!(lines(&report), [visitors], "{range} {include}");
        }
    }
    let labels = json!({ "site_id": "example.com", "metrics": ["visitors"], "date_range": ["0001-01-01", "9998-12-31"], "dimensions": ["time:day"], "include": { "time_labels": true } });
    let error = world.report(&Query::parse(&labels).expect("a query")).await.expect_err("too many labels");
    assert!(error.to_string().contains("shorter range"), "{error}");
}

#[tokio::test]
async fn the_bucket_that_goes_on_is_known() {
    let world = friday().at("2026-11-20T10:45:00+01:00");
    let query = json!({ "site_id": "example.com", "date_range": "day", "metrics": ["visitors"], "dimensions": ["time:hour"], "include": { "time_labels": true } });
    let query = Query::parse(&query).expect("a query");
    assert_eq!(world.report(&query).await.expect("a report").meta.present_index, Some(10));
    assert_eq!(friday().report(&query).await.expect("a report").meta.present_index, Some(12), "the range is relative");
    assert_eq!(world.now, at("2026-11-20T09:45:00Z"));
}

#[tokio::test]
async fn what_machines_asked_for_is_summed_over_days() {
    let (first, second) = ("2026-11-19", "2026-11-20");
    let (google, bing) = (crawler("Googlebot"), crawler("bingbot"));
    let world = friday().with_machines(&[
        (first, google.clone(), "/", 2),
        (second, google.clone(), "/", 3),
        (second, google, "/docs", 1),
        (second, bing, "/docs", 5),
    ]);
    let view = world.view(SITE).await.expect("a view");
    let seen = async |table: &MachineTable, from, to| {
        let report = machine_report(&MachineQuery::new(table.clone(), 9), date(from)..=date(to), SiteContext::EMPTY, &view, &world)
            .await
            .expect("machines");
        report.rows.iter().map(|row| (row.value.to_string(), row.views)).collect::<Vec<_>>()
    };
    let (names, pages) = (MachineTable::of(MachineBy::Name), MachineTable::of(MachineBy::Page));
    let rows = |rows: &[(&str, i64)]| rows.iter().map(|(value, views)| ((*value).to_owned(), *views)).collect::<Vec<_>>();
    assert_eq!(seen(&names, first, second).await, rows(&[("Googlebot", 6), ("bingbot", 5)]));
    assert_eq!(seen(&names, second, second).await, rows(&[("bingbot", 5), ("Googlebot", 4)]));
    assert_eq!(seen(&pages, first, second).await, rows(&[("/docs", 6), ("/", 5)]));
    assert_eq!(seen(&names, second, first).await, []);
    let of_google = MachineTable { machine: Some("Googlebot".into()), ..pages };
    assert_eq!(seen(&of_google, first, second).await, rows(&[("/", 5), ("/docs", 1)]));
    let of_docs = MachineTable { page: Some("/docs".into()), ..names };
    assert_eq!(seen(&of_docs, first, second).await, rows(&[("bingbot", 5), ("Googlebot", 1)]));
}

#[tokio::test]
async fn current_visitors_are_those_whose_hits_pass_the_filters() {
    let acts = [
        view(1, "2026-11-20T23:56:00+01:00", "/").from("Google").of("DE"),
        engaged(1, "2026-11-20T23:58:30+01:00", "/", 20, 80).of("DE"),
        view(2, "2026-11-20T23:57:30+01:00", "/docs").of("FR"),
        view(3, "2026-11-21T00:01:00+01:00", "/").of("FR"),
        view(4, "2026-11-21T00:01:30+01:00", "/docs").of("DE"),
        view(4, "2026-11-21T00:02:00+01:00", "/").of("DE"),
    ];
    // Three minutes after midnight: those of both days are there, since 23:58 sharp.
    let world = World::new("Europe/Berlin", "2026-11-21T00:03:04+01:00", &acts);
    let view = world.view(SITE).await.expect("a view");
    for (filters, expected) in [
        (json!([]), 3),
        (json!([["is", "visit:country", ["DE"]]]), 2),
        (json!([["is", "visit:country", ["FR"]]]), 1),
        (json!([["is", "event:page", ["/docs"]]]), 1),
        (json!([["is", "event:page", ["/"]], ["is", "visit:source", ["Google"]]]), 1),
        (json!([["is", "visit:country", ["US"]]]), 0),
    ] {
        let query = json!({ "site_id": "example.com", "date_range": "day", "metrics": ["visitors"], "filters": filters });
        let query = Query::parse(&query).expect("a query");
        let there = current_visitors(&query, &world.context(), &world.named, &view, &world).await.expect("a number");
        assert_eq!(there, expected, "{filters}");
    }
}
