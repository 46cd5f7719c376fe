//! Requests recorded from real clients of several systems: each is answered as its system would, or refused in words.
//!
//! `data/captured_requests.jsonl`: one request a line. The client that was recorded is a headless browser on this
//! machine, which every bot list knows; so the user agent is given as it was, and a person's beside it.

use crate::common::{Answer, BROWSER, Client, House};
use serde_json::{Value, json};

const LINES: &str = include_str!("../data/captured_requests.jsonl");
const SITES: [&str; 5] = ["site-a.test", "site-b.test", "site-c.test", "site-d.test", "site-e.test"];

fn replay(url: &str, line: &Value, user_agent: Option<&str>) -> Answer {
    let recorded = line["headers"].as_object().expect("headers");
    let mut headers: Vec<(&str, &str)> = recorded.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("text"))).collect();
    if let Some(user_agent) = user_agent {
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("user-agent"));
        headers.push(("user-agent", user_agent));
    }
    let path = line["url"].as_str().expect("a path");
    let body = line["body"].as_str().unwrap_or("");
    Client::new().send(line["method"].as_str().expect("a method"), &format!("{url}{path}"), &headers, Some(body.as_bytes()))
}

#[test]
fn every_recorded_request_has_the_answer_its_client_expects() {
    let house = House::with_sites(&SITES);
    let server = house.serve();
    let lines: Vec<Value> = LINES.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 26);
    let (mut taken, mut refused) = (0, 0);
    for line in &lines {
        let (client, path) = (line["client"].as_str().expect("a client"), line["url"].as_str().expect("a path"));
        let answer = replay(&server.url, line, Some(BROWSER));
        match path.split('?').next() {
            Some("/api/event") => {
                assert_eq!((answer.status, answer.text().as_str()), (202, "ok"), "{client}: {line}");
                assert_eq!(answer.header("x-plausible-dropped"), None, "{client}: {line}");
                assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
                taken += 1;
            }
            // GoatCounter's script only looks at whether the picture came; a person reads the header.
            Some("/count") => {
                assert_eq!(answer.status, 501, "{client}");
                assert!(answer.header("x-goatcounter").is_some_and(|words| words.contains("/api/event")), "{client}");
                refused += 1;
            }
            Some("/api/send") => {
                assert_eq!(answer.status, 501, "{client}");
                assert!(answer.json()["error"].as_str().is_some_and(|words| words.contains("/api/event")), "{client}");
                assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "or the browser hides the words");
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((taken, refused), (18, 8));
    // Events of the official tracker: two page views and five others, two of them engagement.
    assert_eq!(house.metrics("site-a.test", &["visitors", "pageviews", "events"], "day"), [1, 2, 6]);
    assert_eq!(house.metrics("site-b.test", &["visitors", "pageviews", "events"], "day"), [1, 2, 4]);
    assert_eq!(house.metrics("site-c.test", &["visitors", "pageviews", "events"], "day"), [1, 2, 3]);
    assert_eq!(house.metrics("site-d.test", &["visitors", "pageviews", "events"], "day"), [1, 1, 2]);
    assert_eq!(house.metrics("site-e.test", &["visitors", "pageviews", "events"], "day"), [1, 1, 1]);
    let sources = house.query(
        json!({"site_id": "site-a.test", "metrics": ["visits"], "date_range": "day", "dimensions": ["visit:source", "visit:utm_medium"]}),
    );
    assert_eq!(sources["results"], json!([{"dimensions": ["news", "email"], "metrics": [1]}]));
    let props = house.query(json!({"site_id": "site-b.test", "metrics": ["events"], "date_range": "day", "dimensions": ["event:props:plan"], "filters": [["is", "event:name", ["Signup"]]]}));
    assert_eq!(props["results"], json!([{"dimensions": ["pro"], "metrics": [1]}]));
}

#[test]
fn a_browser_driven_by_a_program_is_named_as_dropped() {
    let house = House::with_sites(&SITES);
    let server = house.serve();
    let first: Value = serde_json::from_str(LINES.lines().next().expect("a line")).expect("JSON");
    let answer = replay(&server.url, &first, None);
    assert_eq!((answer.status, answer.header("x-plausible-dropped")), (202, Some("1")));
    assert_eq!(house.metrics("site-a.test", &["visitors"], "day"), [0]);
}

#[test]
fn preflights_of_other_systems_are_answered_so_that_the_words_can_be_read() {
    let house = House::new();
    let server = house.serve();
    for path in ["/api/send", "/api/batch", "/count"] {
        let asked = [
            ("Origin", "https://x.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type"),
        ];
        let answer = Client::new().options(&format!("{}{path}", server.url), &asked);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, Some("*")), "{path}");
    }
}
