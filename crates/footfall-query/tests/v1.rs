//! The old API of Plausible: its query strings, and the shape of its answers.

mod world;

use footfall_query::v1::{self, Endpoint};
use footfall_query::{Goal, RunError, SiteContext};
use serde_json::{Value, json};
use world::{World, at, date, engaged, event, view};

/// Friday, 2026-11-20 in Berlin, and the days around it; it is Saturday at noon.
fn world() -> World {
    let acts = [
        view(9, "2026-11-13T10:00:00+01:00", "/").of("DE").from("Google"),
        view(9, "2026-10-31T10:00:00+01:00", "/").of("FR"),
        view(1, "2026-11-20T09:10:00+01:00", "/blog/a").of("DE").from("Google"),
        engaged(1, "2026-11-20T09:11:00+01:00", "/blog/a", 20, 80).of("DE"),
        event(1, "2026-11-20T09:12:00+01:00", "/pricing", "Signup").of("DE").with("plan", "pro"),
        view(2, "2026-11-20T13:50:00+01:00", "/blog/b").of("FR").from("a|b"),
        event(2, "2026-11-20T13:52:00+01:00", "/pricing", "Signup").of("FR").with("plan", "free"),
        view(3, "2026-11-20T22:40:00+01:00", "/docs").from("Hacker News"),
        view(4, "2026-11-21T11:45:00+01:00", "/blog").of("DE"),
    ];
    let mut world = World::new("Europe/Berlin", "2026-11-21T12:00:00+01:00", &acts);
    world.named = SiteContext { goals: vec![Goal::event("Signup"), Goal::page("/blog*").called("Visit /blog*")], ..SiteContext::default() };
    world
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())).expect("a pair");
    std::iter::once("site_id=example.com").chain(query.split('&').filter(|pair| !pair.is_empty())).map(pair).collect()
}

/// The answer to a query string (values not encoded), the same from rollups and from hits.
async fn ask(endpoint: Endpoint, query: &str) -> Value {
    let world = world();
    let asked = v1::parse(endpoint, &pairs(query), date("2026-11-21")).unwrap_or_else(|error| panic!("{query}: {error}"));
    let answer = asked.answer(&world.report(&asked.query).await.expect("a report"));
    assert_eq!(answer, asked.answer(&world.report_from_hits(&asked.query).await.expect("a report")), "{query}");
    answer["results"].clone()
}

#[tokio::test]
async fn aggregate() {
    let table = [
        ("period=day&date=2026-11-20", json!({"visitors": {"value": 3}})),
        (
            "period=day&date=2026-11-20&metrics=visitors,visits,pageviews,events,views_per_visit,bounce_rate,visit_duration,time_on_page",
            json!({
                "visitors": {"value": 3}, "visits": {"value": 3}, "pageviews": {"value": 3}, "events": {"value": 5},
                "views_per_visit": {"value": 1.0}, "bounce_rate": {"value": 33}, "visit_duration": {"value": 80}, "time_on_page": {"value": 20},
            }),
        ),
        // The last thirty days end yesterday.
        ("", json!({"visitors": {"value": 5}})),
        ("period=7d", json!({"visitors": {"value": 3}})),
        // Last months end with the month of the date.
        ("period=6mo", json!({"visitors": {"value": 6}})),
        ("period=6mo&date=2026-10-05", json!({"visitors": {"value": 1}})),
        ("period=month&date=2026-10-05", json!({"visitors": {"value": 1}})),
        ("period=custom&date=2026-11-20, 2026-11-21", json!({"visitors": {"value": 4}})),
        ("period=7d&compare=previous_period", json!({"visitors": {"value": 3, "comparison_value": 1, "change": 200}})),
        ("period=day&date=2026-11-20&compare=previous_period", json!({"visitors": {"value": 3, "comparison_value": 0, "change": null}})),
        ("period=7d&metrics=conversion_rate&filters=event:goal==Signup", json!({"conversion_rate": {"value": 66.67}})),
        // Said twice, the last counts; what means nothing is ignored.
        ("period=day&period=7d&with_imported=true&colour=red", json!({"visitors": {"value": 3}})),
    ];
    for (query, expected) in table {
        assert_eq!(ask(Endpoint::Aggregate, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn filters() {
    let table = [
        ("event:page==/docs", 1),
        ("event:page!=/docs", 2),
        ("visit:country==DE|FR", 2),
        ("visit:country!=DE|FR", 1),
        (r"visit:source==a\|b", 1),
        ("visit:source==a|b", 0),
        ("event:page==/blog*", 2),
        ("event:page!=/blog*", 3),
        ("event:page==*o*s", 1),
        ("event:page==/BLOG/*", 0),
        ("visit:country==DE;event:page==/pricing", 1),
        (" visit:country == DE ; event:page == /docs ;", 0),
        ("event:props:plan==pro", 1),
        ("event:name==Signup", 2),
        ("event:goal==Signup", 2),
        ("event:goal==Signup|Visit /blog*", 2),
        ("event:goal==Visit /blog*;visit:country==FR", 1),
        (r#"[["is", "visit:country", ["DE", "FR"]]]"#, 2),
        ("", 3),
    ];
    for (filters, visitors) in table {
        let query = format!("period=day&date=2026-11-20&filters={filters}");
        assert_eq!(ask(Endpoint::Aggregate, &query).await["visitors"]["value"], json!(visitors), "{filters}");
    }
}

#[tokio::test]
async fn timeseries() {
    let days = ask(Endpoint::Timeseries, "period=custom&date=2026-11-19,2026-11-20&metrics=visitors,views_per_visit,time_on_page").await;
    let empty = json!({"date": "2026-11-19", "visitors": 0, "views_per_visit": 0.0, "time_on_page": null});
    assert_eq!(days, json!([empty, {"date": "2026-11-20", "visitors": 3, "views_per_visit": 1.0, "time_on_page": 20}]));

    let hours = ask(Endpoint::Timeseries, "period=day&date=2026-11-20").await;
    assert_eq!(hours.as_array().map(Vec::len), Some(24));
    assert_eq!(hours[9], json!({"date": "2026-11-20 09:00:00", "visitors": 1}));

    let months = ask(Endpoint::Timeseries, "period=6mo&metrics=visitors,conversion_rate&filters=event:goal==Signup").await;
    assert_eq!(months.as_array().map(Vec::len), Some(6));
    assert_eq!(months[0]["date"], "2026-06-01");
    assert_eq!(months[5], json!({"date": "2026-11-01", "visitors": 2, "conversion_rate": 40.0}));

    for (interval, rows) in [("day", 30), ("date", 30), ("month", 1)] {
        let series = ask(Endpoint::Timeseries, &format!("period=month&date=2026-11-05&interval={interval}")).await;
        assert_eq!(series.as_array().map(Vec::len), Some(rows), "{interval}");
    }
}

#[tokio::test]
async fn breakdown() {
    let table = [
        (
            "property=visit:source",
            json!([{"source": "Google", "visitors": 1}, {"source": "Hacker News", "visitors": 1}, {"source": "a|b", "visitors": 1}]),
        ),
        // Rows of what is not known are left out where Plausible leaves them out.
        ("property=visit:country", json!([{"country": "DE", "visitors": 1}, {"country": "FR", "visitors": 1}])),
        ("property=visit:utm_source", json!([])),
        ("property=visit:browser_version", json!([{"browser": "Firefox", "browser_version": "(not set)", "visitors": 3}])),
        ("property=event:page&limit=1&page=2", json!([{"page": "/blog/a", "visitors": 1}])),
        ("property=event:page&page=4294967295", json!([])),
        (
            "property=event:page&metrics=time_on_page&filters=event:page==/blog/*",
            json!([{"page": "/blog/a", "time_on_page": 20}, {"page": "/blog/b", "time_on_page": null}]),
        ),
        (
            "property=event:goal&metrics=visitors,events,conversion_rate",
            json!([
                {"goal": "Signup", "visitors": 2, "events": 2, "conversion_rate": 66.67},
                {"goal": "Visit /blog*", "visitors": 2, "events": 2, "conversion_rate": 66.67},
            ]),
        ),
        // Of a property, the rate is of everybody; of anything else, of the row's own.
        (
            "property=event:props:plan&metrics=conversion_rate&filters=event:goal==Signup",
            json!([{"plan": "free", "conversion_rate": 33.33}, {"plan": "pro", "conversion_rate": 33.33}]),
        ),
        (
            "property=visit:country&metrics=visitors,conversion_rate&filters=event:goal==Signup",
            json!([{"country": "DE", "visitors": 1, "conversion_rate": 100.0}, {"country": "FR", "visitors": 1, "conversion_rate": 100.0}]),
        ),
    ];
    for (query, expected) in table {
        assert_eq!(ask(Endpoint::Breakdown, &format!("period=day&date=2026-11-20&{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_by_parameter() {
    let long = format!("metrics={}", "a".repeat(8001));
    let many = format!("filters={}", "event:page==/;".repeat(51));
    let wild = format!("filters=event:page==*{}", ".".repeat(2000));
    let page = format!("filters=event:page==/|{}", "a".repeat(2049));
    let goal = format!("filters=event:goal=={}", "a".repeat(2049));
    let listed = format!(r#"filters=[["is","event:page",["{}"]]]"#, "a".repeat(2049));
    let deep = format!("filters={}", "[".repeat(5000));
    use Endpoint::{Aggregate, Breakdown, Timeseries};
    let table = [
        (Aggregate, "site_id=", "site_id", "domain"),
        (Aggregate, "period=week", "period", "there are day"),
        (Aggregate, "period=", "period", "there are day"),
        (Aggregate, "period=24h", "period", "there are day"),
        (Aggregate, "period=7D", "period", "there are day"),
        (Aggregate, "date=today", "date", "is no date"),
        (Aggregate, "date=2026-02-30", "date", "is no date"),
        (Aggregate, "date=99999-01-01", "date", "is no date"),
        (Aggregate, "period=custom", "date", "two dates"),
        (Aggregate, "period=custom&date=2026-01-01", "date", "comma"),
        (Aggregate, "period=custom&date=2026-01-01,", "date", "is no date"),
        (Aggregate, "period=custom&date=2026-01-02,2026-01-01", "date", "swap"),
        (Aggregate, "period=custom&date=2026-01-01,2026-01-02,2026-01-03", "date", "is no date"),
        (Aggregate, "metrics=", "metrics", "there are visitors"),
        (Aggregate, "metrics=visitors,hits", "metrics", "`hits`"),
        (Aggregate, "metrics=total_revenue", "metrics", "there are visitors"),
        (Aggregate, "metrics=visitors,visitors", "metrics", "twice"),
        (Aggregate, "metrics=conversion_rate", "metrics", "event:goal"),
        (Aggregate, &long, "metrics", "longer"),
        (Aggregate, "compare=last_year", "compare", "previous_period"),
        (Aggregate, "filters=event:page", "filters", "is no filter"),
        (Aggregate, "filters=event:page=/", "filters", "is no filter"),
        (Aggregate, "filters===", "filters", "no property"),
        (Aggregate, "filters=event:page==", "filters", "no value"),
        (Aggregate, "filters=visit:colour==red", "filters", "no property"),
        (Aggregate, "filters=time:day==2026-01-01", "filters", "no property"),
        (Aggregate, "filters=event:currency==EUR", "filters", "no property"),
        (Aggregate, "filters=event:props:==a", "filters", "no property"),
        (Aggregate, "filters=event:goal!=Signup", "filters", "`==` only"),
        (Aggregate, "filters=[", "filters", "no JSON"),
        (Aggregate, "filters=[1]", "filters", "filters[0]"),
        (Aggregate, &deep, "filters", "no JSON"),
        (Aggregate, &many, "filters", "At most 50"),
        (Aggregate, &wild, "filters", "shorter"),
        (Aggregate, &page, "filters", "at most 2048 bytes"),
        (Aggregate, &goal, "filters", "at most 2048 bytes"),
        (Aggregate, &listed, "filters", "at most 2048 bytes"),
        (Timeseries, "interval=hour", "interval", "day and month"),
        (Timeseries, "interval=", "interval", "day and month"),
        (Timeseries, "period=custom&date=0001-01-01,9998-12-31", "date_range", "time labels"),
        (Breakdown, "", "property", "Name what"),
        (Breakdown, "property=", "property", "no property"),
        (Breakdown, "property=visit:colour", "property", "no property"),
        (Breakdown, "property=time:day", "property", "no property"),
        (Breakdown, "property=visit:source&limit=0", "limit", "from 1 to 1000"),
        (Breakdown, "property=visit:source&limit=1001", "limit", "from 1 to 1000"),
        (Breakdown, "property=visit:source&limit=-1", "limit", "from 1 to 1000"),
        (Breakdown, "property=visit:source&limit=+5", "limit", "from 1 to 1000"),
        (Breakdown, "property=visit:source&limit=99999999999999999999", "limit", "from 1 to 1000"),
        (Breakdown, "property=visit:source&page=0", "page", "1 or more"),
        (Breakdown, "property=visit:source&page=1.5", "page", "1 or more"),
        (Breakdown, "property=visit:source&page=4294967296", "page", "1 or more"),
    ];
    let world = world();
    for (endpoint, query, path, message) in table {
        let asked = v1::parse(endpoint, &pairs(query), date("2026-11-21"));
        // Some is wrong only at this site.
        let error = match asked {
            Err(error) => error,
            Ok(asked) => match world.report(&asked.query).await {
                Err(RunError::Query(error)) => error,
                other => panic!("{query}: {other:?}"),
            },
        };
        assert_eq!(error.path, path, "{query}: {error}");
        assert!(error.message.contains(message), "{query}: {error}");
        assert_eq!(v1::error(&error), json!({"error": error.message}));
    }
    assert_eq!(v1::site_id(&[]).expect_err("no site").path, "site_id");
}

#[tokio::test]
async fn a_goal_the_site_does_not_have_is_refused() {
    let asked = v1::parse(Endpoint::Aggregate, &pairs("filters=event:goal==Sold"), date("2026-11-21")).expect("well formed");
    match world().report(&asked.query).await {
        Err(RunError::Query(error)) => assert!(error.message.contains("no goal 'Sold'"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_day_of_the_sites_own_zone_is_today() {
    // Whoever asks says which day it is at the site; the old API knows no other present.
    assert_eq!(at("2026-11-20T23:30:00Z"), at("2026-11-21T00:30:00+01:00"));
    let months = |today: &str| {
        let asked = v1::parse(Endpoint::Aggregate, &pairs("period=12mo"), date(today)).expect("a query");
        asked.query.date
    };
    assert_eq!(months("2026-11-30"), Some(date("2026-12-01")));
    assert_eq!(months("2026-12-01"), Some(date("2027-01-01")));
}
