//! Caches in front are told of every change that takes something away from strangers.

use crate::common::{House, eventually};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A hit of long ago, as `footfall import --format hits` reads it.
const OLD: &str = r#"{"time":"2020-02-01T12:00:00Z","name":"pageview","url":"https://example.com/","address":"203.0.113.7","user_agent":"Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"}"#;

/// Somebody who takes lists of addresses, and counts them.
fn receiver() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("urls:http://{}/purge", listener.local_addr().expect("an address"));
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            take(&stream);
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    (url, taken)
}

fn take(mut stream: &TcpStream) {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).expect("a request") > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length]).expect("a body");
    stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").expect("answered");
}

#[test]
fn what_is_taken_away_from_strangers_is_purged() {
    let (url, taken) = receiver();
    let house = House::with_sites(&["example.com", "private.example"]);
    let old = house.file("old.jsonl", OLD);
    house.ok(&["import", "--site", "example.com", "--format", "hits", old.to_str().expect("UTF-8")]);
    house.ok(&["site", "public", "example.com", "on"]);
    let server =
        house.serve_with(&[("FOOTFALL_CDN_PURGE", &url), ("FOOTFALL_PUBLIC_URL", "http://stats.example"), ("FOOTFALL_LOG_FILTER", "info")]);
    let told = |words: &[&str]| {
        let before = taken.load(Ordering::SeqCst);
        house.ok(words);
        eventually(Duration::from_secs(20), "the cache is told", || taken.load(Ordering::SeqCst) > before);
    };
    house.ok(&["segment", "add", "--site", "example.com", "Readers", r#"[["is", "event:page", ["/"]]]"#]);
    house.ok(&["site", "exclude", "add", "private.example", "country", "DE"]);
    assert_eq!(taken.load(Ordering::SeqCst), 0, "what is new, and what nobody sees");
    told(&["segment", "remove", "--site", "example.com", "1"]);
    told(&["site", "exclude", "add", "example.com", "country", "DE"]);
    told(&["site", "retention", "example.com", "12", "--yes"]);
    // Empty it is, though the zone it was to have cannot be put.
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let refuses = "CREATE TRIGGER refuses BEFORE INSERT ON sites WHEN NEW.zones LIKE '%Tokyo%' BEGIN SELECT RAISE(ABORT, 'no'); END";
    store.execute_batch(refuses).expect("a trigger");
    let before = taken.load(Ordering::SeqCst);
    house.fails(&["site", "reset", "example.com", "--timezone", "Asia/Tokyo", "--yes"]);
    eventually(Duration::from_secs(20), "the cache is told", || taken.load(Ordering::SeqCst) > before);
    told(&["site", "public", "example.com", "off"]);
    told(&["site", "remove", "example.com", "--yes"]);
    let (_, _, log) = server.stop();
    for why in ["names", "exclusions", "erased", "reset", "made-private", "removed"] {
        assert!(log.contains(&format!("example.com ({why})")), "{why} in\n{log}");
    }
    assert!(!log.contains("private.example ("), "{log}");
}
