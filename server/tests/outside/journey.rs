//! The first walk of a new user, from an empty folder to a number.

use crate::common::{House, eventually};
use serde_json::json;
use std::time::Duration;

#[test]
fn from_an_empty_folder_to_a_report_within_two_seconds() {
    let house = House::new();
    house.ok(&["site", "add", "example.com", "--timezone", "Europe/Berlin"]);
    let server = house.serve();
    let key = house.key("stats");
    let answer = server.event(json!({"n": "pageview", "u": "https://example.com/hello?utm_source=letter&secret=1", "d": "example.com", "r": "https://duckduckgo.com/"}));
    assert_eq!((answer.status, answer.text().as_str()), (202, "ok"));
    assert_eq!(answer.header("x-footfall-dropped"), None);
    eventually(Duration::from_secs(2), "the hit is in the report", || {
        let query = json!({"site_id": "example.com", "metrics": ["visitors", "pageviews"], "date_range": "day", "dimensions": ["event:page", "visit:source"]});
        let answer = server.query(&key, query);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["results"] == json!([{"dimensions": ["/hello", "letter"], "metrics": [1, 1]}])
    });
}

#[test]
fn a_report_says_how_fresh_it_is() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}));
    let freshness =
        house.query(json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"}))["meta"]["freshness"].clone();
    assert!(
        freshness["newest_hit"].is_string() && freshness["complete_until"].is_string() && freshness["lag_seconds"].is_number(),
        "{freshness}"
    );
    drop(server);
}

#[test]
fn what_was_counted_is_still_there_after_a_restart_and_while_stopped() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    for page in ["/a", "/b", "/a"] {
        let answer = server.event(json!({"n": "pageview", "u": format!("https://example.com{page}"), "d": "example.com"}));
        assert_eq!(answer.status, 202);
    }
    let (status, ..) = server.stop();
    assert!(status.success());
    assert_eq!(house.metrics("example.com", &["visitors", "visits", "pageviews"], "day"), [1, 1, 3]);
    let server = house.serve();
    server.event(json!({"n": "pageview", "u": "https://example.com/c", "d": "example.com"}));
    assert_eq!(house.metrics("example.com", &["visitors", "visits", "pageviews"], "day"), [1, 1, 4]);
    server.kill();
    assert_eq!(house.metrics("example.com", &["visitors", "visits", "pageviews"], "day"), [1, 1, 4]);
}
