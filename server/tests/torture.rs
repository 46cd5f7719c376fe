//! Law 1 under `kill -9`: clients send, the server dies at random instants and is started again. Every answered hit is
//! in the log and in the report, none is invented.
//!
//! Kills alone say nothing about the disk (the system keeps what was written): see `durability.rs` for that.

mod common;

use common::{BROWSER, House, eventually};
use footfall_domain::Record;
use footfall_eventlog::{EventLog, LogOptions, SqliteLog};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const KILLS: usize = 25;
const CLIENTS: usize = 48;
/// Requests sent and not yet answered at each kill, at least.
const IN_FLIGHT: usize = 32;

#[derive(Default)]
struct World {
    port: AtomicU16,
    stop: AtomicBool,
    in_flight: AtomicUsize,
    /// Paths whose request went out, whole or in part.
    sent: Mutex<BTreeSet<String>>,
    /// Paths that were answered 202.
    answered: Mutex<BTreeSet<String>>,
}

#[test]
fn no_answered_hit_is_lost_and_none_is_invented() {
    let seed: u64 =
        std::env::var("FOOTFALL_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| u64::from(std::process::id()));
    println!("FOOTFALL_TEST_SEED={seed}");
    let mut chance = Chance(seed | 1);
    let house = House::with_sites(&["example.com"]);
    let world = Arc::new(World::default());
    let mut server = house.serve();
    world.port.store(server.port(), Ordering::SeqCst);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let world = world.clone();
            std::thread::spawn(move || client(&world, number))
        })
        .collect();
    let mut least_in_flight = usize::MAX;
    for kill in 1..=KILLS {
        std::thread::sleep(Duration::from_millis(chance.below(250)));
        // The number that was waited for, not the one of a moment later: a busy machine may sleep in between.
        let mut in_flight = 0;
        eventually(Duration::from_secs(60), "enough requests are in flight, and some were answered since the start", || {
            in_flight = world.in_flight.load(Ordering::SeqCst);
            in_flight >= IN_FLIGHT && world.answered.lock().expect("held").len() > kill * 11
        });
        server.signal("KILL");
        least_in_flight = least_in_flight.min(in_flight);
        server.kill();
        server = house.serve();
        world.port.store(server.port(), Ordering::SeqCst);
    }
    world.stop.store(true, Ordering::SeqCst);
    clients.into_iter().for_each(|client| client.join().expect("the client ended"));
    let (status, _, log) = server.stop();
    assert!(status.success(), "{log}");

    let sent = std::mem::take(&mut *world.sent.lock().expect("held"));
    let answered = std::mem::take(&mut *world.answered.lock().expect("held"));
    println!("{} sent, {} answered, at least {least_in_flight} in flight at each of {KILLS} kills", sent.len(), answered.len());
    assert!(least_in_flight >= IN_FLIGHT && answered.len() > KILLS * 10, "this was no torture");
    check("the log", &sent, &answered, logged(&house));
    check("the report", &sent, &answered, reported(&house));
}

fn check(place: &str, sent: &BTreeSet<String>, answered: &BTreeSet<String>, kept: BTreeMap<String, u64>) {
    let lost: Vec<&String> = answered.iter().filter(|path| !kept.contains_key(*path)).take(10).collect();
    assert!(lost.is_empty(), "answered and not in {place}: {lost:?}");
    let invented: Vec<&String> = kept.keys().filter(|path| !sent.contains(*path)).take(10).collect();
    assert!(invented.is_empty(), "in {place} and never sent: {invented:?}");
    let doubled: Vec<&String> = kept.iter().filter(|(_, n)| **n != 1).map(|(path, _)| path).take(10).collect();
    assert!(doubled.is_empty(), "more than once in {place}: {doubled:?}");
}

/// Every hit of the log, by path.
fn logged(house: &House) -> BTreeMap<String, u64> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let log = SqliteLog::open(&house.data().join("log.db"), LogOptions::default()).await.expect("the log opens");
        let (mut paths, mut after) = (BTreeMap::new(), None);
        loop {
            let records: Vec<Record> = log.read(after, 10_000).await.expect("the log can be read");
            let Some(last) = records.last() else { break };
            after = Some(last.position);
            for record in &records {
                *paths.entry(record.hit.url.trim_start_matches("https://example.com").to_owned()).or_default() += 1;
            }
        }
        log.close().await;
        paths
    })
}

/// Every page of the report, with its page views.
fn reported(house: &House) -> BTreeMap<String, u64> {
    let mut pages = BTreeMap::new();
    loop {
        let answer = house.query(json!({
            "site_id": "example.com", "metrics": ["pageviews"], "date_range": "all", "dimensions": ["event:page"],
            "pagination": {"limit": 10_000, "offset": pages.len()},
        }));
        let rows = answer["results"].as_array().expect("rows");
        for row in rows {
            pages.insert(row["dimensions"][0].as_str().expect("a page").to_owned(), row["metrics"][0].as_u64().expect("a number"));
        }
        if rows.len() < 10_000 {
            return pages;
        }
    }
}

/// Sends page views one after the other, each with a path of its own, on a connection that is made anew when it breaks.
fn client(world: &World, number: usize) {
    let mut connection: Option<TcpStream> = None;
    for n in 0.. {
        if world.stop.load(Ordering::SeqCst) {
            return;
        }
        let port = world.port.load(Ordering::SeqCst);
        let stream = match &mut connection {
            Some(stream) => stream,
            None => match TcpStream::connect(("127.0.0.1", port)) {
                Ok(stream) => {
                    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
                    connection.insert(stream)
                }
                Err(_) => {
                    std::thread::sleep(Duration::from_millis(5));
                    continue;
                }
            },
        };
        let path = format!("/{number}/{n}");
        world.sent.lock().expect("held").insert(path.clone());
        world.in_flight.fetch_add(1, Ordering::SeqCst);
        let answer = exchange(stream, number, &path);
        world.in_flight.fetch_sub(1, Ordering::SeqCst);
        match answer {
            Ok(202) => {
                world.answered.lock().expect("held").insert(path);
            }
            Ok(503) => {}
            Ok(status) => panic!("{path}: {status}"),
            Err(_) => connection = None,
        }
    }
}

/// Sends one event and reads the status of its answer, whole.
fn exchange(stream: &mut TcpStream, number: usize, path: &str) -> std::io::Result<u16> {
    let body = format!(r#"{{"n":"pageview","u":"https://example.com{path}","d":"example.com"}}"#);
    let request = format!(
        "POST /api/event HTTP/1.1\r\nHost: x\r\nUser-Agent: {BROWSER}\r\nX-Forwarded-For: 203.0.113.{number}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let (mut answer, mut piece) = (Vec::new(), [0; 4_096]);
    loop {
        let n = stream.read(&mut piece)?;
        if n == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        answer.extend_from_slice(&piece[..n]);
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_ascii_lowercase()
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.split("\r\n").next()?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or(0) {
                return Ok(head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"));
            }
        }
    }
}

/// A small generator with a seed (xorshift); the seed is printed, so that a failure can be tried again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}
