//! Goals, conversions, revenue and segments of a day made by hand.

mod world;

use footfall_domain::Currency;
use footfall_query::Source as _;
use footfall_query::{Filter, Goal, GoalKind, PropertyKey, Query, RunError, Segment, SiteContext, property_keys};
use serde_json::{Value, json};
use world::{SITE, World, engaged, event, view};

/// Friday, 2026-11-20 in Berlin. Four visitors, two of whom sign up, one of them twice.
fn friday() -> World {
    let acts = [
        view(9, "2026-11-19T10:00:00+01:00", "/").of("DE"),
        event(9, "2026-11-19T10:01:00+01:00", "/", "Signup").of("DE").with("plan", "free"),
        view(1, "2026-11-20T09:10:00+01:00", "/blog/a").of("DE"),
        event(1, "2026-11-20T09:12:00+01:00", "/pricing", "Signup").of("DE").with("plan", "pro").with("term", "year").paid("19.99", "EUR"),
        event(1, "2026-11-20T09:13:00+01:00", "/pricing", "Signup").of("DE").with("plan", "free"),
        view(2, "2026-11-20T09:50:00+01:00", "/blog/b").of("FR"),
        engaged(2, "2026-11-20T09:51:00+01:00", "/blog/b", 20, 80).of("FR"),
        event(2, "2026-11-20T09:52:00+01:00", "/pricing", "Signup").of("FR").with("plan", "pro").paid("10.01", "EUR"),
        event(2, "2026-11-20T09:53:00+01:00", "/shop", "Buy").of("FR").paid("500", "JPY"),
        view(3, "2026-11-20T10:40:00+01:00", "/docs").of("DE"),
        view(4, "2026-11-20T10:45:00+01:00", "/blog").of("DE"),
    ];
    let mut world = World::new("Europe/Berlin", "2026-11-21T12:00:00+01:00", &acts);
    let pro = GoalKind::Event { name: "Signup".into(), props: vec![("plan".into(), "pro".into())] };
    let read = GoalKind::Page { pattern: "/blog/*".into(), scroll: Some(75) };
    let segment = |id, filters: Value| Segment { id, name: "some".into(), filters: Segment::filters_from_json(&filters).expect("filters") };
    world.named = SiteContext {
        goals: vec![
            Goal::event("Signup"),
            Goal::new(pro).called("Pro"),
            Goal::page("/blog*").called("Read"),
            Goal::page("/docs").called("Read"),
            Goal::new(read),
            Goal { currency: Currency::parse("JPY"), ..Goal::event("Buy") },
        ],
        segments: vec![segment(7, json!([["is", "visit:country", ["DE"]]])), segment(8, json!([["is", "event:goal", ["Pro"]]]))],
        ..SiteContext::default()
    };
    world
}

/// The answer about Friday, the same from rollups and from hits.
async fn ask(world: &World, query: Value) -> Value {
    let mut full = json!({ "site_id": "example.com", "date_range": ["2026-11-20", "2026-11-20"], "metrics": ["visitors"] });
    full.as_object_mut().expect("an object").extend(query.as_object().expect("an object").clone());
    let query = Query::parse(&full).unwrap_or_else(|error| panic!("{full}: {error}"));
    let report = world.report(&query).await.expect("a report").to_json();
    assert_eq!(report, world.report_from_hits(&query).await.expect("a report").to_json(), "{full}");
    report
}

async fn rows(query: Value) -> Value {
    let report = ask(&friday(), query).await;
    let row = |row: &Value| {
        Value::Array([row["dimensions"].as_array().expect("a list").clone(), row["metrics"].as_array().expect("a list").clone()].concat())
    };
    report["results"].as_array().expect("rows").iter().map(row).collect()
}

#[tokio::test]
async fn a_goal_made_today_counts_what_was_done_before() {
    let table = rows(json!({"metrics": ["visitors", "events", "conversion_rate"], "dimensions": ["event:goal"]})).await;
    let expected = json!([
        ["Read", 4, 4, 100.0],
        ["Pro", 2, 2, 50.0],
        ["Signup", 2, 3, 50.0],
        ["Buy", 1, 1, 25.0],
        ["Scroll 75% on /blog/*", 1, 1, 25.0],
    ]);
    assert_eq!(table, expected);
}

#[tokio::test]
async fn plain_events_of_whole_days_are_goals_that_read_no_hits() {
    let mut world = friday();
    world.named.goals.truncate(1);
    let query = json!({"site_id": "example.com", "date_range": "all", "metrics": ["visitors", "conversion_rate"], "dimensions": ["event:goal", "time:day"]});
    let report = world.report(&Query::parse(&query).expect("a query")).await.expect("a report");
    assert_eq!(report.rows.len(), 2);
    assert_eq!(world.reads.hits.load(std::sync::atomic::Ordering::Relaxed), 0);
}

#[tokio::test]
async fn plain_pages_are_goals_that_read_hits_only_of_days_with_events_there() {
    let hits_read_for = async |page: &str, visitors: f64| {
        let mut world = friday();
        world.named.goals = vec![Goal::page(page).called("Page")];
        let query = json!({"site_id": "example.com", "date_range": "all", "metrics": ["visitors", "bounce_rate", "time_on_page", "conversion_rate"], "dimensions": ["event:goal"]});
        let query = Query::parse(&query).expect("a query");
        let report = world.report(&query).await.expect("a report");
        let read = world.reads.hits.load(std::sync::atomic::Ordering::Relaxed);
        assert_eq!(report.rows, world.report_from_hits(&query).await.expect("a report").rows);
        assert_eq!(report.value(footfall_domain::Metric::Visitors), Some(visitors));
        read
    };
    assert_eq!(hits_read_for("/docs", 1.0).await, 0);
    assert_eq!(hits_read_for("/blog/b", 1.0).await, 0, "engagement is no event");
    // On Thursday somebody signed up there.
    assert_eq!(hits_read_for("/", 1.0).await, 1);
}

#[tokio::test]
async fn a_filter_by_a_goal_is_its_row() {
    for goal in ["Signup", "Pro", "Read", "Buy", "Scroll 75% on /blog/*"] {
        let metrics = json!(["visitors", "visits", "events", "pageviews", "bounce_rate", "visit_duration", "conversion_rate"]);
        let row = rows(json!({"metrics": metrics, "dimensions": ["event:goal"], "filters": [["is", "event:goal", [goal]]]})).await;
        let filtered = rows(json!({"metrics": metrics, "filters": [["is", "event:goal", [goal]]]})).await;
        assert_eq!(row.as_array().map(Vec::len), Some(1), "{goal}");
        assert_eq!(row[0].as_array().expect("a row")[1..], filtered[0].as_array().expect("a row")[..], "{goal}");
    }
}

#[tokio::test]
async fn conversion_rates_are_of_those_who_could() {
    let metrics = json!(["visitors", "conversion_rate", "group_conversion_rate"]);
    let signup = json!(["is", "event:goal", ["Signup"]]);
    let table = [
        (json!({"metrics": metrics, "filters": [signup]}), json!([[2, 50.0, 50.0]])),
        // Of four visitors three are German; of these one signs up.
        (
            json!({"metrics": metrics, "dimensions": ["visit:country"], "filters": [signup]}),
            json!([["DE", 1, 25.0, 33.33], ["FR", 1, 25.0, 100.0]]),
        ),
        (json!({"metrics": metrics, "filters": [signup, ["is", "visit:country", ["DE"]]]}), json!([[1, 33.33, 33.33]])),
        // A property says more of the goal, nothing of who could.
        (json!({"metrics": metrics, "filters": [signup, ["is", "event:props:plan", ["free"]]]}), json!([[1, 25.0, 25.0]])),
        (
            json!({"metrics": metrics, "dimensions": ["event:props:plan"], "filters": [signup]}),
            json!([["pro", 2, 50.0, 50.0], ["free", 1, 25.0, 25.0]]),
        ),
        // By hour: of the whole day, and of the hour.
        (
            json!({"metrics": metrics, "dimensions": ["time:hour"], "filters": [signup]}),
            json!([["2026-11-20T09:00:00+01:00", 2, 50.0, 100.0]]),
        ),
        (
            json!({"metrics": metrics, "dimensions": ["event:goal", "visit:country"], "filters": [["contains", "event:goal", ["Pr", "igned"]]]}),
            json!([["Pro", "DE", 1, 25.0, 33.33], ["Pro", "FR", 1, 25.0, 100.0]]),
        ),
    ];
    for (query, expected) in table {
        assert_eq!(rows(query.clone()).await, expected, "{query}");
    }
}

#[tokio::test]
async fn goals_may_stand_anywhere_in_a_filter() {
    let done = |filter: Value| json!({"metrics": ["visitors", "pageviews"], "filters": [filter]});
    let table = [
        (done(json!(["has_not_done", ["is", "event:goal", ["Signup"]]])), json!([[2, 2]])),
        (done(json!(["has_done", ["is", "event:goal", ["Buy"]]])), json!([[1, 1]])),
        (done(json!(["or", [["is", "event:goal", ["Buy"]], ["is", "event:page", ["/docs"]]]])), json!([[2, 1]])),
        (done(json!(["is", "event:goal", ["BUY"], {"case_sensitive": false}])), json!([[1, 0]])),
        (done(json!(["contains", "event:goal", ["nothing of that name"]])), json!([[0, 0]])),
    ];
    for (query, expected) in table {
        assert_eq!(rows(query.clone()).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_change_of_conversion_is_from_exact_values() {
    let query = json!({"metrics": ["conversion_rate", "visitors"], "filters": [["is", "event:goal", ["Signup"]]],
        "include": {"comparisons": {"mode": "previous_period"}}});
    let report = ask(&friday(), query).await;
    assert_eq!(report["results"][0]["comparison"], json!({"dimensions": [], "metrics": [100.0, 1], "change": [-50, 100]}));
}

#[tokio::test]
async fn revenue_is_exact_and_of_one_currency() {
    let euro = |value: f64, short: &str, long: &str| json!({"value": value, "currency": "EUR", "short": short, "long": long});
    let metrics = json!(["total_revenue", "average_revenue"]);
    let signups = rows(json!({"metrics": metrics, "filters": [["is", "event:goal", ["Signup"]]]})).await;
    assert_eq!(signups, json!([[euro(30.0, "€30.0", "€30.00"), euro(15.0, "€15.0", "€15.00")]]));
    // Several currencies are not added: null, and a warning that says so.
    let report = ask(&friday(), json!({"metrics": metrics})).await;
    assert_eq!(report["results"][0]["metrics"], json!([null, null]));
    assert_eq!(report["meta"]["metric_warnings"]["total_revenue"]["code"], "no_single_revenue_currency");
    // A goal's own currency is not the others'.
    let goals = rows(json!({"metrics": ["total_revenue"], "dimensions": ["event:goal"], "order_by": [["event:goal", "asc"]]})).await;
    let yen = json!({"value": 500.0, "currency": "JPY", "short": "¥500", "long": "¥500"});
    assert_eq!(goals, json!([["Buy", yen], ["Pro", euro(30.0, "€30.0", "€30.00")], ["Signup", euro(30.0, "€30.0", "€30.00")]]));
    let mut world = friday();
    world.named.goals[0].currency = Currency::parse("USD");
    let report = ask(&world, json!({"metrics": metrics, "filters": [["is", "event:goal", ["Signup"]]]})).await;
    let none = json!({"value": 0.0, "currency": "USD", "short": "$0.0", "long": "$0.00"});
    assert_eq!(report["results"][0]["metrics"], json!([none, null]));
    assert_eq!(report["meta"]["metric_warnings"]["average_revenue"]["code"], "other_currencies_left_out");
    // And each currency by itself.
    let apart = rows(json!({"metrics": ["total_revenue", "visitors"], "dimensions": ["event:currency"], "filters": [["is", "event:name", ["Signup", "Buy"]]]})).await;
    assert_eq!(apart, json!([["JPY", yen, 1], ["EUR", euro(30.0, "€30.0", "€30.00"), 2], ["(none)", null, 1]]));
    // Also under a goal that names another one.
    let of_goal = json!({"metrics": ["total_revenue"], "dimensions": ["event:currency"], "filters": [["is", "event:goal", ["Signup"]]]});
    assert_eq!(ask(&world, of_goal).await["results"], json!([{"metrics": [euro(30.0, "€30.0", "€30.00")], "dimensions": ["EUR"]}]));
}

#[tokio::test]
async fn a_segment_is_its_filters() {
    let table = [
        (json!({"filters": [["is", "segment", [7]]]}), json!([[3]])),
        (json!({"filters": [["is", "segment", [7]], ["is", "event:page", ["/docs"]]]}), json!([[1]])),
        (json!({"filters": [["not", ["is", "segment", [7]]]]}), json!([[1]])),
        (json!({"filters": [["is", "segment", [7, 8]]]}), json!([[4]])),
        // A goal in a segment is a goal.
        (json!({"metrics": ["conversion_rate"], "filters": [["is", "segment", [8]]]}), json!([[50.0]])),
    ];
    for (query, expected) in table {
        assert_eq!(rows(query.clone()).await, expected, "{query}");
    }
    let echoed = ask(&friday(), json!({"filters": [["is", "segment", [7]]]})).await;
    assert_eq!(echoed["query"]["filters"], json!([["is", "segment", [7]]]));
}

#[tokio::test]
async fn names_that_a_site_does_not_have_are_refused() {
    let mut world = friday();
    let inner = Filter::Segment(vec![7]);
    world.named.segments.push(Segment { id: 9, name: "of a segment".into(), filters: vec![inner] });
    let table = [
        (json!([["is", "visit:country", ["DE"]], ["is", "segment", [1]]]), "visitors", "filters[1]", "no segment 1"),
        (json!([["is", "segment", [9]]]), "visitors", "filters[0]", "names a segment"),
        (json!([["is", "event:goal", ["Signup", "Sold"]]]), "visitors", "filters[0]", "no goal 'Sold'"),
        (json!([["has_done", ["is", "event:goal", ["Sold"]]]]), "visitors", "filters[0]", "no goal 'Sold'"),
        (json!([["is", "segment", [7]]]), "conversion_rate", "metrics[0]", "needs 'event:goal'"),
    ];
    for (filters, metric, path, message) in table {
        let query = json!({"site_id": "example.com", "date_range": "all", "metrics": [metric], "filters": filters});
        match world.report(&Query::parse(&query).expect("well formed")).await {
            Err(RunError::Query(error)) => {
                assert_eq!(error.path, path, "{query}");
                assert!(error.message.contains(message), "{query}: {error}");
            }
            other => panic!("{query}: {other:?}"),
        }
    }
    assert!(Segment::filters_from_json(&json!([["not", ["is", "segment", [7]]]])).is_err());
    assert!(Segment::filters_from_json(&json!([])).is_err());
    assert!(Segment::filters_from_json(&json!(vec![["is", "event:page", "/"]; 21])).is_err());
}

#[tokio::test]
async fn the_properties_seen_are_listed_with_their_counts() {
    let world = friday();
    let keys = async |filters: Value| {
        let query = json!({"site_id": "example.com", "date_range": "all", "metrics": ["visitors"], "filters": filters});
        let query = Query::parse(&query).expect("a query");
        let view = world.view(SITE).await.expect("a view");
        property_keys(&query, &world.context(), &world.named, &view, &world).await.expect("keys")
    };
    let key = |name: &str, visitors, events| PropertyKey { name: name.into(), visitors, events };
    assert_eq!(keys(json!([])).await, [key("plan", 3, 4), key("term", 1, 1)]);
    assert_eq!(keys(json!([["is", "visit:country", ["FR"]]])).await, [key("plan", 1, 1)]);
    assert_eq!(keys(json!([["is", "event:page", ["/docs"]]])).await, []);
}

/// Answers are kept under all that was asked (`docs/decisions/0606`): so those of a goal under its definition.
#[tokio::test]
async fn hits_are_asked_for_the_definition_of_a_goal_whatever_it_is_called() {
    let mut world = friday();
    let read = |pattern: &str, percent| Goal::new(GoalKind::Page { pattern: pattern.into(), scroll: Some(percent) });
    let query = json!({"site_id": "example.com", "date_range": "all", "metrics": ["visitors"], "dimensions": ["event:goal"]});
    let query = Query::parse(&query).expect("a query");
    let mut asked = async |goal: Goal| {
        world.named.goals = vec![goal];
        world.report(&query).await.expect("a report");
        std::mem::take(&mut *world.reads.asked.lock().expect("no panic while it was held"))
    };
    let first = asked(read("/blog/*", 75)).await;
    assert!(!first.is_empty(), "no rollup knows it");
    assert_eq!(asked(read("/blog/*", 75).called("Something else")).await, first);
    assert_ne!(asked(read("/blog/*", 50)).await, first);
    assert_ne!(asked(read("/docs/*", 75)).await, first);
}

/// A link may hold a segment that its reader cannot lift: nobody outside of it is part of any number.
#[tokio::test]
async fn who_sees_only_some_hits_is_told_of_no_others() {
    let mut world = friday();
    let everybody = ask(&world, json!({"metrics": ["visitors", "pageviews"]})).await;
    assert_eq!(everybody["results"][0]["metrics"], json!([4, 4]));
    world.named.only = vec![Filter::Segment(vec![7])];
    let germans = ask(&world, json!({"metrics": ["visitors", "pageviews"]})).await;
    assert_eq!(germans["results"][0]["metrics"], json!([3, 3]));
    let by_country = ask(&world, json!({"metrics": ["visitors", "percentage"], "dimensions": ["visit:country"]})).await;
    assert_eq!(by_country["results"], json!([{"dimensions": ["DE"], "metrics": [3, 100.0]}]));
    let goals = ask(&world, json!({"metrics": ["visitors", "conversion_rate"], "dimensions": ["event:goal"]})).await;
    assert_eq!(goals["results"][0], json!({"dimensions": ["Read"], "metrics": [3, 100.0]}), "the audience is theirs too");
    let view = world.view(SITE).await.expect("a view");
    let query = Query::parse(&json!({"site_id": "example.com", "date_range": ["2026-11-20", "2026-11-20"], "metrics": ["visitors"]}));
    let query = query.expect("a query");
    let keys = property_keys(&query, &world.context(), &world.named, &view, &world).await.expect("names");
    assert_eq!(keys.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), ["plan", "term"]);
    world.named.only = vec![Filter::Segment(vec![9])];
    assert!(world.report(&query).await.is_err(), "a segment that is gone opens nothing");
}
