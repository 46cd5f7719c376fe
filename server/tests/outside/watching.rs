//! For machines that watch.

use crate::common::{BROWSER, Client, House, eventually};
use serde_json::json;
use std::time::Duration;

#[test]
fn health_readiness_and_numbers_are_there() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.get("/readyz").text(), "ready");
    for path in ["/api/health", "/api/error", "/api/system/health/live", "/api/system/health/ready"] {
        assert_eq!(server.get(path).json(), json!({"status": "ok"}), "{path}");
    }
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}));
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "nobody.example"}));
    server.event_with(&[("User-Agent", BROWSER)], b"nonsense");
    server.event_with(
        &[("User-Agent", "Googlebot/2.1 (+http://www.google.com/bot.html)")],
        br#"{"n":"pageview","u":"https://example.com/"}"#,
    );
    eventually(Duration::from_secs(2), "the fold has it", || {
        number(&server.get("/metrics").text(), "footfall_fold_hits_total") == Some(2.0)
    });
    let text = server.get("/metrics").text();
    for (name, value) in [
        ("footfall_hits_total{result=\"accepted\"}", 2.0),
        ("footfall_hits_total{result=\"unknown_site\"}", 1.0),
        ("footfall_hits_total{result=\"invalid\"}", 1.0),
        ("footfall_hits_total{result=\"too_large\"}", 0.0),
        ("footfall_hits_dropped_total{reason=\"bot\"}", 1.0),
        ("footfall_log_hits_total", 2.0),
        ("footfall_log_waiting_hits", 0.0),
        ("footfall_log_append_seconds_count", 2.0),
        ("footfall_fold_lag_seconds", 0.0),
        ("footfall_ready", 1.0),
    ] {
        assert_eq!(number(&text, name), Some(value), "{name} in\n{text}");
    }
    assert!(number(&text, "footfall_process_resident_bytes").is_some_and(|bytes| bytes > 1e6));
    assert!(!text.contains("example.com"), "no domain is a label");
}

#[test]
fn the_numbers_are_not_for_everybody() {
    let house = House::new();
    let server = house.serve();
    let metrics = format!("{}/metrics", server.url);
    let from_outside = ("X-Forwarded-For", "203.0.113.5");
    assert_eq!(Client::new().get_with(&metrics, &[from_outside]).status, 401);
    let stats = format!("Bearer {}", house.key("stats"));
    assert_eq!(Client::new().get_with(&metrics, &[from_outside, ("Authorization", &stats)]).status, 401);
    let admin = format!("Bearer {}", house.key("admin"));
    assert_eq!(Client::new().get_with(&metrics, &[from_outside, ("Authorization", &admin)]).status, 200);
}

#[test]
fn every_answer_is_guarded() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    for path in [
        "/",
        "/login",
        "/sites",
        "/nothing/here",
        "/api/nothing",
        "/healthz",
        "/metrics",
        "/pixel.gif",
        "/js/script.js",
        "/robots.txt",
        "/setup?token=x",
        "/example.com",
    ] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{path} has no policy"));
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{path}");
            assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        }
    }
}

#[test]
fn the_log_can_be_read_by_programs() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve_with(&[("FOOTFALL_LOG_FORMAT", "json")]);
    let (_, _, log) = server.stop();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    assert!(lines.iter().any(|line| line["message"] == "stopped" && line["level"] == "INFO" && line["timestamp"].is_string()), "{log}");
    let (code, message) = {
        let output = house.command(&["serve"]).env("FOOTFALL_LOG_FILTER", "info,=").output().expect("runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("log.filter"), "{message}");
}

fn number(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn every_reason_for_not_counting_is_in_the_metrics() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let lines = concat!(
        "192.0.2.9 - - [17/May/2015:10:05:03 +0000] \"GET /a.css HTTP/1.1\" 200 1 \"-\" \"Mozilla/5.0\"\n",
        "192.0.2.9 - - [17/May/2015:10:05:04 +0000] \"POST /form HTTP/1.1\" 200 1 \"-\" \"Mozilla/5.0\"\n",
    );
    let output = house.run_with_input(&["import", "--site", "example.com", "--format", "combined", "-"], lines.as_bytes());
    assert!(output.status.success());
    // Time on a page that was never opened.
    let stray = json!({"n": "engagement", "d": "example.com", "u": "https://example.com/", "sd": 5, "e": 4000});
    assert_eq!(server.event(stray).status, 202);
    eventually(Duration::from_secs(5), "the stray engagement is in the fold", || {
        number(&server.get("/metrics").text(), "footfall_open_days_hits_dropped{reason=\"no_visit\"}") == Some(1.0)
    });
    let text = server.get("/metrics").text();
    assert_eq!(number(&text, "footfall_import_lines_dropped_total{reason=\"asset\"}"), Some(1.0));
    assert_eq!(number(&text, "footfall_import_lines_dropped_total{reason=\"not_get\"}"), Some(1.0));
    assert_eq!(number(&text, "footfall_open_days_hits_dropped{reason=\"duplicate\"}"), Some(0.0));
}
