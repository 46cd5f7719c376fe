//! SIGTERM: not ready, no new connections, requests finished, flushed, exit code 0 within ten seconds.

use crate::common::{BROWSER, House, VISITOR};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn a_request_under_way_is_finished_and_its_hit_is_kept() {
    let house = House::with_sites(&["example.com"]);
    let mut server = house.serve();
    let body = json!({"n": "pageview", "u": "https://example.com/last", "d": "example.com"}).to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    let head = format!(
        "POST /api/event HTTP/1.1\r\nHost: x\r\nUser-Agent: {BROWSER}\r\nX-Forwarded-For: {VISITOR}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(&body.as_bytes()[..10]).expect("sent");
    std::thread::sleep(Duration::from_millis(200));
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(1_000));
    assert!(TcpStream::connect(("127.0.0.1", server.port())).is_err(), "no new connections");
    stream.write_all(&body.as_bytes()[10..]).expect("still open");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered, then closed");
    assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
    assert!(server.wait(Duration::from_secs(10)).success());
    assert_eq!(house.metrics("example.com", &["pageviews"], "day"), [1]);
}

#[test]
fn it_says_that_it_is_not_ready_before_it_goes() {
    let house = House::with_sites(&["example.com"]);
    let mut server = house.serve();
    assert_eq!(server.get("/readyz").status, 200);
    // One connection stays open, as a load balancer's would.
    let mut probe = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    server.signal("TERM");
    let answer = loop {
        probe.write_all(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
        let mut answer = vec![0; 4_096];
        let n = probe.read(&mut answer).expect("answered");
        let answer = String::from_utf8_lossy(&answer[..n]).into_owned();
        if !answer.starts_with("HTTP/1.1 200 ") {
            break answer;
        }
    };
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("draining"), "{answer}");
    assert!(server.wait(Duration::from_secs(10)).success());
}

#[test]
fn a_client_that_hangs_does_not_keep_it_from_ending() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    stream.write_all(b"POST /api/event HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf").expect("sent");
    std::thread::sleep(Duration::from_millis(100));
    let (status, took, log) = server.stop();
    assert!(status.success(), "{log}");
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[test]
fn idle_connections_do_not_delay_it() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    let _idle: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(("127.0.0.1", server.port())).expect("connected")).collect();
    std::thread::sleep(Duration::from_millis(100));
    let (status, took, _) = server.stop();
    assert!(status.success());
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert!(!house.data().join("footfall.sock").exists());
}

#[test]
fn ctrl_c_ends_it_as_well() {
    let house = House::with_sites(&["example.com"]);
    let mut server = house.serve();
    server.signal("INT");
    assert!(server.wait(Duration::from_secs(10)).success());
}

#[test]
fn refusals_survive_a_restart() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    for _ in 0..3 {
        assert_eq!(server.event_with(&[("User-Agent", BROWSER)], b"nonsense").status, 400);
    }
    let (status, ..) = server.stop();
    assert!(status.success());
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let counted: i64 = store.query_row("SELECT COALESCE(SUM(hits), 0) FROM refusals", [], |row| row.get(0)).expect("the refusals");
    assert_eq!(counted, 3);
}
