//! What trackers and programs send, and what they are told.

use crate::common::{Answer, BROWSER, Client, House, VISITOR, contains};
use serde_json::{Value, json};
use std::io::{Read, Write};

fn page(path: &str) -> Value {
    json!({"n": "pageview", "u": format!("https://example.com{path}"), "d": "example.com"})
}

/// Rows: what was sent, the status, what the answer says, how many hits are named as dropped.
#[test]
fn every_body_has_its_answer() {
    let house = House::with_sites(&["example.com", "b.example"]);
    let server = house.serve();
    let long = "x".repeat(2_001);
    for (body, status, says, dropped) in [
        (json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}).to_string(), 202, "ok", None),
        (
            json!({"name": "Signup", "url": "https://example.com/", "domain": "example.com", "props": {"plan": "pro"}}).to_string(),
            202,
            "ok",
            None,
        ),
        (json!({"n": "pageview", "u": "https://example.com/"}).to_string(), 202, "ok", None),
        (json!({"n": "pageview", "u": "https://example.com/", "d": "example.com,www.b.example"}).to_string(), 202, "ok", None),
        (json!({"n": "pageview", "u": "https://example.com/", "d": "example.com,nobody.example"}).to_string(), 202, "ok", Some("1")),
        (json!({"n": "pageview", "u": "https://example.com/", "d": "nobody.example"}).to_string(), 202, "ok", Some("1")),
        (json!({"u": "https://example.com/", "d": "example.com"}).to_string(), 400, "\"errors\"", Some("1")),
        (json!({"n": "pageview", "d": "example.com"}).to_string(), 400, "\"errors\"", Some("1")),
        (json!({"n": "pageview", "u": "data:text/html,x", "d": "example.com"}).to_string(), 400, "\"errors\"", Some("1")),
        (
            json!({"n": "pageview", "u": format!("https://example.com/{long}"), "d": "example.com"}).to_string(),
            400,
            "\"errors\"",
            Some("1"),
        ),
        (json!({"n": "engagement", "u": "https://example.com/", "d": "example.com"}).to_string(), 400, "\"errors\"", Some("1")),
        ("[]".to_owned(), 400, "\"errors\"", Some("1")),
        ("{".to_owned(), 400, "\"errors\"", Some("1")),
        (String::new(), 400, "\"errors\"", Some("1")),
    ] {
        let answer =
            server.event_with(&[("User-Agent", BROWSER), ("Content-Type", "text/plain"), ("X-Forwarded-For", VISITOR)], body.as_bytes());
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
        assert!(answer.text().contains(says), "{body}: {}", answer.text());
        assert_eq!(answer.header("x-footfall-dropped"), dropped, "{body}");
        assert_eq!(answer.header("x-plausible-dropped"), dropped, "{body}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{body}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    assert_eq!(house.metrics("example.com", &["pageviews", "events"], "day"), [4, 5]);
    assert_eq!(house.metrics("b.example", &["pageviews"], "day"), [1]);
}

/// Whoever reads a site's settings sees what was refused, also where the body broke a rule.
#[test]
fn a_refused_hit_is_counted_for_the_site_it_names() {
    let house = House::with_sites(&["example.com", "b.example"]);
    let server = house.serve();
    for body in [json!({"u": "https://example.com/", "d": "example.com"}), json!({"n": "pageview", "d": "b.example,example.com"})] {
        assert_eq!(server.event(body).status, 400);
    }
    assert_eq!(server.event(json!({"u": "https://nobody.example/"})).status, 400);
    let key = house.key("stats");
    let body = page("/").to_string();
    let answer = server.event_with(&[("Authorization", &format!("Bearer {key}"))], body.as_bytes());
    assert_eq!(answer.status, 401);
    assert!(server.stop().0.success());
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let of = |site: i64| -> i64 {
        store.query_row("SELECT COALESCE(SUM(hits), 0) FROM refusals WHERE site = ?1", [site], |row| row.get(0)).expect("the refusals")
    };
    assert_eq!([of(0), of(1), of(2)], [1, 3, 1]);
}

#[test]
fn whoever_asks_is_told_his_address_and_not_counted() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let debug = |headers: &[(&str, &str)]| {
        let headers = [headers, &[("X-Debug-Request", "true"), ("User-Agent", BROWSER)]].concat();
        server.event_with(&headers, page("/").to_string().as_bytes())
    };
    let answer = debug(&[("X-Forwarded-For", VISITOR)]);
    assert_eq!((answer.status, answer.json()), (200, json!({"client_address": VISITOR})));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(debug(&[]).json(), json!({"client_address": "127.0.0.1"}));
    let key = format!("Bearer {}", house.key("events"));
    let stated = debug(&[("Authorization", &key), ("X-Footfall-Client-Address", "198.51.100.9")]);
    assert_eq!(stated.json(), json!({"client_address": "198.51.100.9"}));
    assert_eq!(debug(&[("Authorization", "Bearer ff_wrong")]).status, 401);
    assert_eq!(house.metrics("example.com", &["pageviews", "events"], "day"), [0, 0]);
    let (_, _, log) = server.stop();
    assert!(!contains(log.as_bytes(), VISITOR.as_bytes()) && !contains(log.as_bytes(), b"198.51.100.9"));
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let refused: i64 = store.query_row("SELECT count(*) FROM refusals", [], |row| row.get(0)).expect("the refusals");
    assert_eq!(refused, 0);
}

#[test]
fn a_machine_is_kept_and_named_as_dropped() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let answer = server.event_with(&[("User-Agent", "Googlebot/2.1 (+http://www.google.com/bot.html)")], page("/").to_string().as_bytes());
    assert_eq!((answer.status, answer.header("x-footfall-dropped"), answer.header("x-plausible-dropped")), (202, Some("1"), Some("1")));
    assert_eq!(house.metrics("example.com", &["visitors"], "day"), [0]);
}

#[test]
fn a_body_that_is_too_large_is_refused_and_smaller_ones_still_count() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let of_size = |bytes: usize| {
        let filler = "x".repeat(bytes - page("/").to_string().len() - r#","zzz":"""#.len());
        let mut body = page("/");
        body["zzz"] = json!(filler);
        body.to_string()
    };
    let (largest, too_large) = (of_size(1_000_000), of_size(1_000_001));
    assert_eq!((largest.len(), too_large.len()), (1_000_000, 1_000_001));
    assert_eq!(server.event_with(&[("User-Agent", BROWSER)], largest.as_bytes()).status, 202);
    let refused = server.event_with(&[("User-Agent", BROWSER)], too_large.as_bytes());
    assert_eq!(refused.status, 413, "{}", refused.text());
    assert!(refused.json()["errors"]["body"].is_array());
    assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
    assert_eq!(server.event_with(&[("User-Agent", BROWSER)], &vec![b'x'; 5_000_000]).status, 413);
    assert_eq!(server.event(page("/")).status, 202);
}

#[test]
fn a_body_without_announced_length_is_measured_too() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    stream.write_all(b"POST /api/event HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n").expect("sent");
    let piece = [b"10000\r\n".to_vec(), vec![b'x'; 0x10000], b"\r\n".to_vec()].concat();
    for _ in 0..20 {
        stream.write_all(&piece).expect("sent");
    }
    stream.write_all(b"0\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    assert!(answer.starts_with(b"HTTP/1.1 413 "), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn browsers_on_any_page_may_send() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let asked = [
        ("Origin", "https://anywhere.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type"),
    ];
    let preflight = Client::new().options(&format!("{}/api/event", server.url), &asked);
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
    assert!(preflight.header("access-control-allow-methods").is_some_and(|methods| methods.contains("POST")));
    assert!(preflight.header("access-control-allow-headers").is_some_and(|headers| headers.contains("content-type")));
    assert!(preflight.header("access-control-allow-credentials").is_none());
    assert!(preflight.header("access-control-max-age").is_some());
    let answer = server.event(page("/"));
    assert!(answer.header("access-control-expose-headers").is_some_and(|headers| headers.contains("x-footfall-dropped")));
    assert_eq!(Client::new().get(&format!("{}/api/event", server.url)).status, 405);
}

#[test]
fn a_page_without_scripts_counts_by_its_pixel() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let pixel = |path: &str, headers: &[(&str, &str)]| Client::new().get_with(&format!("{}{path}", server.url), headers);
    let answer = pixel("/pixel.gif?d=example.com&u=https://example.com/quiet", &[("User-Agent", BROWSER), ("X-Forwarded-For", VISITOR)]);
    assert_eq!((answer.status, answer.header("content-type"), answer.header("cache-control")), (200, Some("image/gif"), Some("no-store")));
    assert!(answer.body.starts_with(b"GIF89a"));
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
    let answer =
        pixel("/pixel.gif", &[("User-Agent", BROWSER), ("Referer", "https://example.com/from-referer"), ("X-Forwarded-For", VISITOR)]);
    assert_eq!(answer.status, 200);
    assert_eq!(pixel("/pixel.gif", &[("User-Agent", BROWSER)]).status, 400);
    let head =
        Client::new().send("HEAD", &format!("{}/pixel.gif?u=https://example.com/head", server.url), &[("User-Agent", BROWSER)], None);
    assert_eq!(head.status, 200);
    let answer = pixel("/pixel.gif?u=https://example.com/early", &[("User-Agent", BROWSER), ("Sec-Purpose", "prefetch")]);
    assert_eq!(answer.status, 200);
    let pages = house.query(json!({"site_id": "example.com", "metrics": ["pageviews"], "date_range": "day", "dimensions": ["event:page"]}));
    assert_eq!(pages["results"], json!([{"dimensions": ["/from-referer"], "metrics": [1]}, {"dimensions": ["/quiet"], "metrics": [1]}]));
}

#[test]
fn the_same_id_counts_once() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let body = json!({"n": "Order", "u": "https://example.com/", "d": "example.com", "id": "order-4711"});
    assert_eq!(server.event(body.clone()).status, 202);
    assert_eq!(server.event(body).status, 202);
    assert_eq!(house.metrics("example.com", &["events"], "day"), [1]);
}

/// Rows: the headers of a request whose peer is not trusted, and how many visitors there are afterwards.
#[test]
fn forged_headers_change_nothing() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve_with(&[("FOOTFALL_TRUSTED_PROXIES", "198.51.100.0/24")]);
    for (name, value) in [
        ("X-Forwarded-For", "203.0.113.1"),
        ("X-Forwarded-For", "203.0.113.2, 10.0.0.1"),
        ("Forwarded", "for=203.0.113.3"),
        ("CF-Connecting-IP", "203.0.113.4"),
        ("CloudFront-Viewer-Address", "203.0.113.5:443"),
        ("X-Footfall-Client-Address", "203.0.113.6"),
        ("X-Real-IP", "203.0.113.7"),
        ("CF-IPCountry", "JP"),
        ("CloudFront-Viewer-Country", "BR"),
    ] {
        assert_eq!(server.event_with(&[("User-Agent", BROWSER), (name, value)], page("/").to_string().as_bytes()).status, 202);
    }
    assert_eq!(house.metrics("example.com", &["visitors", "pageviews"], "day"), [1, 9]);
    let countries =
        house.query(json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day", "dimensions": ["visit:country"]}));
    assert_eq!(countries["results"], json!([{"dimensions": ["(not set)"], "metrics": [1]}]));
}

#[test]
fn a_trusted_proxy_names_the_visitor_and_the_country() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    for (address, country) in [("203.0.113.1", "JP"), ("203.0.113.2", "BR"), ("6.6.6.6, 203.0.113.2", "BR")] {
        let headers = [("User-Agent", BROWSER), ("X-Forwarded-For", address), ("CF-IPCountry", country)];
        assert_eq!(server.event_with(&headers, page("/").to_string().as_bytes()).status, 202);
    }
    let countries =
        house.query(json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day", "dimensions": ["visit:country"]}));
    assert_eq!(countries["results"], json!([{"dimensions": ["BR"], "metrics": [1]}, {"dimensions": ["JP"], "metrics": [1]}]));
}

#[test]
fn script_and_endpoint_can_be_renamed() {
    let house = House::with_sites(&["example.com"]);
    let settings = [
        ("FOOTFALL_INGEST_EVENT_PATH", "/welcome/note"),
        ("FOOTFALL_INGEST_SCRIPT_PATH", "/welcome/hello.js"),
        ("FOOTFALL_INGEST_PIXEL_PATH", "/welcome/dot.gif"),
    ];
    let server = house.serve_with(&settings);
    let send = |path: &str| -> Answer {
        let headers = [("User-Agent", BROWSER), ("X-Forwarded-For", VISITOR)];
        Client::new().post(&format!("{}{path}", server.url), &headers, page("/").to_string().as_bytes())
    };
    assert_eq!(send("/welcome/note").status, 202);
    assert_eq!(Client::new().options(&format!("{}/welcome/note", server.url), &[]).status, 204);
    assert_eq!(send("/api/event").status, 202, "programs know the usual path");
    assert_eq!(server.get("/welcome/dot.gif?u=https://example.com/").status, 200);
    let script = server.get("/welcome/hello.js");
    if script.status == 200 {
        assert!(
            contains(&script.body, b"\"/welcome/note\"") && !contains(&script.body, b"\"/api/event\""),
            "the script sends to the renamed path"
        );
    } else {
        assert!(script.text().contains("was not built"), "{}", script.text());
        eprintln!("SKIPPED: the tracker was not built, so its renamed path was not checked");
    }
}

#[test]
fn when_the_log_is_full_senders_are_told_to_come_again_and_nothing_answered_is_lost() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve_with(&[("FOOTFALL_INGEST_MAX_LOG_BYTES", "200000")]);
    let mut kept = 0;
    let refused = loop {
        let answer =
            server.event(json!({"n": "pageview", "u": format!("https://example.com/{kept}/{}", "x".repeat(1_500)), "d": "example.com"}));
        match answer.status {
            202 => kept += 1,
            503 => break answer,
            status => panic!("{status}: {}", answer.text()),
        }
        assert!(kept < 2_000, "the log never became full");
    };
    assert!(refused.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok_and(|seconds| seconds >= 1)));
    assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
    assert_eq!(house.metrics("example.com", &["pageviews"], "day"), [kept]);
    let (status, _, log) = server.stop();
    assert!(status.success(), "{log}");
    let server = house.serve();
    assert_eq!(server.event(page("/again")).status, 202, "with room again it goes on by itself");
    assert_eq!(house.metrics("example.com", &["pageviews"], "day"), [kept + 1]);
}

/// One hit may wait; the others are told to come again. Nothing that was answered is lost, and it recovers by itself.
#[test]
fn when_the_log_is_behind_senders_are_told_to_come_again() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve_with(&[("FOOTFALL_INGEST_QUEUE_HITS", "1")]);
    let url = format!("{}/api/event", server.url);
    let (mut kept, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        let sends = |_| {
            scope.spawn(|| {
                let http = Client::new();
                let body = page("/").to_string();
                let answers = (0..25).map(|_| http.post(&url, &[("User-Agent", BROWSER), ("X-Forwarded-For", VISITOR)], body.as_bytes()));
                answers.map(|answer| (answer.status, answer.header("retry-after").map(str::to_owned))).collect::<Vec<_>>()
            })
        };
        let senders: Vec<_> = (0..16).map(sends).collect();
        for (status, retry_after) in senders.into_iter().flat_map(|sender| sender.join().expect("sent")) {
            match status {
                202 => kept += 1,
                503 => {
                    assert!(retry_after.is_some_and(|seconds| seconds.parse::<u32>().is_ok_and(|seconds| seconds >= 1)));
                    refused += 1;
                }
                status => panic!("{status}"),
            }
        }
    });
    assert!(kept > 0 && refused > 0, "{kept} kept, {refused} refused");
    assert_eq!(server.event(page("/")).status, 202, "it has recovered");
    assert_eq!(house.metrics("example.com", &["pageviews"], "day"), [kept + 1]);
    let text = server.get("/metrics").text();
    assert!(text.contains(&format!("footfall_hits_total{{result=\"overloaded\"}} {refused}\n")), "{text}");
}
