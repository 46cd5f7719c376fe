//! Two instances on one table, each with a data folder and a log of its own.

use crate::common::{Client, House, Server, eventually};
use crate::fixture::{Table, metric};
use footfall_eventlog::{EventLog, LogOptions, SqliteLog};
use serde_json::{Value, json};
use std::time::Duration;

/// What "within seconds" means at most, on a busy machine.
const SECONDS: Duration = Duration::from_secs(20);
/// Until the hits of a busy machine have earned a flush.
const MINUTES: Duration = Duration::from_secs(180);
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse";

fn view(page: &str) -> Value {
    json!({"n": "pageview", "u": format!("https://shop.example{page}"), "d": "shop.example"})
}

fn pageviews(server: &Server, key: &str) -> (i64, Value) {
    let query = json!({"site_id": "shop.example", "metrics": ["pageviews"], "date_range": "day"});
    let answer = server.query(key, query);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    (answer["results"][0]["metrics"][0].as_i64().unwrap_or(0), answer["meta"].clone())
}

/// Whether a hit would be taken; counts nothing.
fn knows_the_site(server: &Server) -> bool {
    let answer = server.event(view("/"));
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.header("x-footfall-dropped").is_none()
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn what_one_instance_changes_the_other_knows_within_seconds() {
    let table = Table::new();
    let (one, other) = (table.house(), table.house());
    let (first, second) = (one.serve(), other.serve());

    one.ok(&["site", "add", "shop.example"]);
    eventually(SECONDS, "a site added there is counted here", || knows_the_site(&second));

    assert!(other.run_with_input(&["user", "add", EMAIL, "--password-stdin"], PASSWORD.as_bytes()).status.success());
    let browser = Client::browser();
    let form = browser.get(&format!("{}/login", first.url));
    let fields = [("csrf", form.field("csrf")), ("email", EMAIL.into()), ("password", PASSWORD.into()), ("next", String::new())];
    let signed_in = browser.form(&format!("{}/login", first.url), &fields.each_ref().map(|(name, value)| (*name, value.as_str())));
    assert_eq!(signed_in.status, 303, "who was added there signs in here");
    let cookie = format!("footfall={}", browser.cookie("footfall").expect("signed in"));
    let there = Client::new().get_with(&format!("{}/sites", second.url), &[("Cookie", &cookie)]);
    assert!(there.status == 200 && there.text().contains("shop.example"), "who signed in here is signed in there");

    let key = other.key("stats");
    assert_eq!(first.query(&key, json!({"site_id": "shop.example", "metrics": ["visitors"], "date_range": "day"})).status, 200);
    other.ok(&["key", "remove", "1"]);
    eventually(SECONDS, "a key removed there opens nothing here", || {
        first.query(&key, json!({"site_id": "shop.example", "metrics": ["visitors"], "date_range": "day"})).status == 401
    });

    other.ok(&["site", "remove", "shop.example", "--yes"]);
    eventually(SECONDS, "a site removed there is not counted here", || !knows_the_site(&first));
    for server in [first, second] {
        let (status, _, log) = server.stop();
        assert!(status.success(), "{log}");
    }
}

/// The visitor of the only hit in a log.
async fn visitor(house: &House) -> u64 {
    let log = SqliteLog::open(&house.data().join("log.db"), LogOptions::default()).await.expect("the log");
    let records = log.read(None, 10).await.expect("read");
    assert_eq!(records.len(), 1);
    records[0].hit.visitor.0
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_visitor_of_both_instances_is_one_visitor() {
    let table = Table::new();
    let (one, other) = (table.house(), table.house());
    one.ok(&["site", "add", "shop.example"]);
    let (first, second) = (one.serve(), other.serve());
    for server in [&first, &second] {
        assert_eq!(server.event(view("/")).status, 202);
    }
    for server in [first, second] {
        assert!(server.stop().0.success());
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    assert_eq!(runtime.block_on(visitor(&one)), runtime.block_on(visitor(&other)));
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn the_open_day_of_one_instance_is_on_the_pages_of_the_other_and_says_how_old_it_is() {
    let table = Table::new();
    let (one, other) = (table.house(), table.house());
    one.ok(&["site", "add", "shop.example"]);
    let key = one.key("stats");
    let (first, second) = (one.serve(), other.serve());
    // A flush is paid by the hits since the last one (design, section 7), so how many hits the first one holds depends on how fast they
    // come: hits go on coming, and what is shown there grows.
    let mut sent = 0;
    let mut shown = 0;
    for what in ["what is counted there is shown here", "and so is what is counted later"] {
        let before = shown;
        eventually(MINUTES, what, || {
            for _ in 0..20 {
                assert_eq!(first.event(view(&format!("/page/{}", sent % 5))).status, 202);
                sent += 1;
            }
            shown = pageviews(&second, &key).0;
            shown > before
        });
        assert!(shown <= sent, "{shown} shown of {sent}");
    }
    let (_, meta) = pageviews(&second, &key);
    let fresh = &meta["freshness"];
    assert!(fresh["newest_hit"].is_string() && fresh["complete_until"].is_string(), "{meta}");
    assert!(fresh["lag_seconds"].as_f64().is_some_and(|lag| lag > 0.0), "numbers of another instance are never of this moment: {meta}");
    assert!(metric(&first, "footfall_flushed_days_total ") >= 1.0);
    assert!(metric(&first, "footfall_store_write_units_total{kind=\"days\"} ") >= 1.0);
    // The first goes on from where it was.
    assert!(first.stop().0.success());
    let again = one.serve();
    assert_eq!(pageviews(&again, &key).0, sent);
    assert_eq!(again.event(view("/one-more")).status, 202);
    eventually(SECONDS, "and counts on", || pageviews(&again, &key).0 == sent + 1);
}
