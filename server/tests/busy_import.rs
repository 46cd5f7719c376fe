//! A million lines come in while 64 clients send: everything is counted once, nobody waits for long.
//!
//! `FOOTFALL_TEST_IMPORT_LINES` scales it.

mod common;

use common::{BROWSER, Client, House};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: usize = 64;
const DAYS: u64 = 28;

#[test]
fn a_large_import_and_live_clients_do_not_hinder_each_other() {
    let lines: u64 = std::env::var("FOOTFALL_TEST_IMPORT_LINES").ok().and_then(|lines| lines.parse().ok()).unwrap_or(1_000_000);
    let house = House::with_sites(&["example.com"]);
    let file = house.path("access.log");
    write_log(&file, lines);
    let server = house.serve();
    let done = AtomicBool::new(false);
    let started = Instant::now();
    let (summary, answered, mut waits) = std::thread::scope(|scope| {
        let url = format!("{}/api/event", server.url);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                scope.spawn({
                    let (url, done) = (url.clone(), &done);
                    move || client(&url, number, done)
                })
            })
            .collect();
        let importing = scope.spawn(|| house.ok(&["import", "--site", "example.com", file.to_str().expect("UTF-8")]));
        // Other commands are answered meanwhile.
        std::thread::sleep(Duration::from_millis(500));
        assert!(house.ok(&["site", "list"]).contains("example.com"));
        let summary = importing.join().expect("imported");
        done.store(true, Ordering::SeqCst);
        let (mut answered, mut waits) = (0, Vec::new());
        for client in clients {
            let (n, took) = client.join().expect("sent");
            answered += n;
            waits.extend(took);
        }
        (summary, answered, waits)
    });
    let took = started.elapsed();
    waits.sort_unstable();
    let p99 = waits[waits.len() * 99 / 100];
    println!("{lines} lines in {took:.1?}; {answered} live hits answered meanwhile, 99 of 100 within {p99:.1?}");
    assert!(summary.contains(&format!("kept{:>32}", grouped(lines))), "{summary}");
    assert!(p99 < Duration::from_secs(2), "live clients waited {p99:?}");
    assert!(answered > 0);
    assert_eq!(house.metrics("example.com", &["pageviews"], json!(["2015-05-01", "2015-05-31"])), [lines as i64]);
    assert_eq!(house.metrics("example.com", &["pageviews"], "day"), [answered]);
    let (status, _, log) = server.stop();
    assert!(status.success(), "{log}");
    assert_eq!(house.metrics("example.com", &["pageviews"], json!(["2015-05-01", "2015-05-31"])), [lines as i64], "and after a restart");
}

/// Sends page views until the import has ended; how many were answered 202, and how long each took.
fn client(url: &str, number: usize, done: &AtomicBool) -> (i64, Vec<Duration>) {
    let http = Client::new();
    let address = format!("203.0.113.{number}");
    let (mut answered, mut waits) = (0, Vec::new());
    for n in 0.. {
        if done.load(Ordering::SeqCst) {
            break;
        }
        let body = json!({"n": "pageview", "u": format!("https://example.com/live/{}", n % 50), "d": "example.com"}).to_string();
        let started = Instant::now();
        let answer = http.post(url, &[("User-Agent", BROWSER), ("X-Forwarded-For", &address)], body.as_bytes());
        waits.push(started.elapsed());
        match answer.status {
            202 => answered += 1,
            // Told to come again: nothing was kept.
            503 => std::thread::sleep(Duration::from_millis(100)),
            status => panic!("{status}: {}", answer.text()),
        }
        // Somebody who reads, not a flood: the import must get its share of the machine too.
        std::thread::sleep(Duration::from_millis(20));
    }
    (answered, waits)
}

/// An access log of page views over four weeks, in order of time.
fn write_log(path: &std::path::Path, lines: u64) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("created"));
    let mut line = String::new();
    for n in 0..lines {
        let second = n * DAYS * 86_400 / lines;
        let (day, hour, minute, second) = (1 + second / 86_400, second / 3_600 % 24, second / 60 % 60, second % 60);
        line.clear();
        let visitor = n.wrapping_mul(2_654_435_761) % 50_000;
        write!(
            line,
            "10.{}.{}.{} - - [{day:02}/May/2015:{hour:02}:{minute:02}:{second:02} +0000] ",
            visitor / 65_536,
            visitor / 256 % 256,
            visitor % 256
        )
        .expect("a string");
        writeln!(line, "\"GET /articles/{} HTTP/1.1\" 200 5120 \"https://duckduckgo.com/\" \"{BROWSER}\"", n.wrapping_mul(40_503) % 2_000)
            .expect("a string");
        file.write_all(line.as_bytes()).expect("written");
    }
    file.flush().expect("written");
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
