//! Programs that send hits with a key, and state their visitors.

use crate::common::{BROWSER, House};
use serde_json::json;

#[test]
fn a_key_of_scope_events_states_the_visitor_whatever_the_peer() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve_with(&[("FOOTFALL_TRUSTED_PROXIES", "198.51.100.0/24")]);
    let key = format!("Bearer {}", house.key("events"));
    let body = json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}).to_string();
    for (name, value) in
        [("X-Forwarded-For", "203.0.113.1"), ("X-Footfall-Client-Address", "203.0.113.2"), ("X-Footfall-Client-Address", "2001:db8::7")]
    {
        let answer = server.event_with(&[("Authorization", &key), ("User-Agent", BROWSER), (name, value)], body.as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.text());
    }
    assert_eq!(house.metrics("example.com", &["visitors", "pageviews"], "day"), [3, 3]);
    let answer = server.event_with(&[("Authorization", &key), ("X-Footfall-Client-Address", "nobody")], body.as_bytes());
    assert_eq!(answer.status, 400);
    assert!(answer.json()["errors"]["x-footfall-client-address"].is_array());
}

/// Rows: the key, whether it may send to example.com, whether it may ask about it.
#[test]
fn each_key_opens_what_it_is_for() {
    let house = House::with_sites(&["example.com", "b.example"]);
    let server = house.serve();
    let for_b = house.ok(&["key", "add", "--scope", "admin", "--site", "b.example"]).trim().to_owned();
    let removed = house.key("admin");
    house.ok(&["key", "remove", "2"]);
    for (key, send, dropped, ask) in [
        (house.key("events"), 202, None, 401),
        (house.key("stats"), 401, Some("1"), 200),
        (house.key("admin"), 202, None, 200),
        (for_b, 202, Some("1"), 401),
        (removed, 401, Some("1"), 401),
        ("ff_wrong".to_owned(), 401, Some("1"), 401),
    ] {
        let bearer = format!("Bearer {key}");
        let event = json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}).to_string();
        let headers = [("Authorization", bearer.as_str()), ("User-Agent", BROWSER), ("X-Forwarded-For", "203.0.113.9")];
        let sent = server.event_with(&headers, event.as_bytes());
        assert_eq!((sent.status, sent.header("x-footfall-dropped")), (send, dropped), "{}", sent.text());
        let asked = server.query(&key, json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"}));
        assert_eq!(asked.status, ask, "{}", asked.text());
    }
}

#[test]
fn a_removed_key_stops_at_once() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let key = house.key("stats");
    let query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"});
    assert_eq!(server.query(&key, query.clone()).status, 200);
    house.ok(&["key", "remove", "1"]);
    assert_eq!(server.query(&key, query).status, 401);
}
