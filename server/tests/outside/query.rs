//! Reports for programs, over HTTP.

use crate::common::{Client, House};
use serde_json::json;

/// Rows: what was sent, the status, what the error says.
#[test]
fn every_question_has_its_answer() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let key = house.key("stats");
    let base = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "7d"});
    let with = |name: &str, value: serde_json::Value| {
        let mut query = base.clone();
        query[name] = value;
        query
    };
    let without = |name: &str| {
        let mut query = base.clone();
        query.as_object_mut().expect("an object").remove(name);
        query
    };
    for (query, status, path) in [
        (base.clone(), 200, None),
        (without("site_id"), 400, Some("site_id")),
        (without("metrics"), 400, Some("metrics")),
        (with("metrics", json!(["joy"])), 400, Some("metrics[0]")),
        (with("date_range", json!("yesteryear")), 400, Some("date_range")),
        (with("colour", json!("red")), 400, Some("colour")),
        (with("site_id", json!("nobody.example")), 401, None),
    ] {
        let answer = server.query(&key, query.clone());
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        let body = answer.json();
        assert_eq!(body["error"].is_string(), status != 200, "{query}: {body}");
        if let Some(path) = path {
            assert_eq!(body["path"], path, "{query}: {body}");
        }
    }
}

#[test]
fn without_a_key_there_is_no_answer() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "7d"}).to_string();
    for headers in [&[][..], &[("Authorization", "Basic eDp5")], &[("Authorization", "Bearer ")], &[("Authorization", "Bearer ff_nothing")]]
    {
        let answer = Client::new().post(&format!("{}/api/v2/query", server.url), headers, query.as_bytes());
        assert_eq!(answer.status, 401, "{headers:?}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        assert!(answer.json()["error"].is_string());
    }
}

#[test]
fn a_query_that_is_too_large_is_refused() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let bearer = format!("Bearer {}", house.key("stats"));
    let answer = Client::new().post(&format!("{}/api/v2/query", server.url), &[("Authorization", &bearer)], &vec![b' '; 300_000]);
    assert_eq!(answer.status, 413);
}
