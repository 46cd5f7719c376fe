//! What a page costs: the site page over HTTP, of a small site and of a large one, and memory.

mod common;

use common::people::{add_user, send_one, sign_in, view};
use common::{Server, at, footfall, get, machine, traffic};
use std::path::Path;
use std::time::Duration;

/// The sites, and their hits over the last four weeks.
const SITES: [(&str, u64); 2] = [("small.example", 100_000), ("large.example", 10_000_000)];
const VIEWS: usize = 1_000;
/// Filtered pages take longer: so many views tell as much.
const FEW_VIEWS: usize = 50;

/// Pages that are asked for without a filter; the comparison of seven days lies within the hits.
const PAGES: [(&str, &str); 4] = [("today", "?period=day"), ("7 days", "?period=7d"), ("28 days", ""), ("12 months", "?period=12mo")];
const FILTERED: [(&str, &str); 2] = [("28 days, one country", "?f=is,country,DE"), ("28 days, one source", "?f=is,source,source3.example")];
const GOALS: [(&str, &[&str]); 3] = [
    ("28 days, two goals", &["--event", "Signup"]),
    ("28 days, two goals", &["--page", "/articles/7"]),
    ("28 days, three goals, one a pattern", &["--page", "/articles/1*"]),
];

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    for (domain, _) in SITES {
        footfall(&data, &["site", "add", domain]);
    }
    add_user(at(&data));
    let (idle, after_first) = memory_of_a_new_server(&data);
    // A short run is for those who work on this file: its figures mean nothing.
    let share = std::env::var("BENCH_SHARE").ok().and_then(|share| share.parse().ok()).unwrap_or(1);
    for (domain, hits) in SITES {
        let took = traffic::import(&data, domain, hits / share);
        println!("{domain}: {} hits imported and settled in {:.0} s\n", hits / share, took.as_secs_f64());
    }
    settle(&data);
    println!(
        "### page ({}, one client, {VIEWS} views each, {FEW_VIEWS} of filtered ones; the server starts anew before each cold view)\n",
        machine()
    );
    println!("| site | page | cold ms | p50 ms | p99 ms | bytes | MB after |\n|---|---|---|---|---|---|---|");
    for (domain, _) in SITES {
        PAGES.iter().for_each(|(name, query)| line(&data, domain, name, query, VIEWS));
        FILTERED.iter().for_each(|(name, query)| line(&data, domain, name, query, FEW_VIEWS));
        for (n, (name, goal)) in GOALS.iter().enumerate() {
            footfall(&data, &[&["goal", "add", "--site", domain][..], goal].concat());
            if n > 0 {
                line(&data, domain, name, "", VIEWS);
            }
        }
    }
    println!("\n| memory | MB |\n|---|---|\n| idle, before the first hit | {idle:.0} |\n| after the first hit | {after_first:.0} |\n");
}

/// Views of a page of a server that has seen none: a line of the table.
fn line(data: &Path, domain: &str, name: &str, query: &str, views: usize) {
    let server = Server::footfall(data);
    let cookie = sign_in(&server.address);
    let viewed = view(&server.address, &format!("/{domain}{query}"), &cookie, views + 1);
    assert!(viewed.bytes > 10_000, "{query} is no page but the way to one");
    let (cold, p50, p99) = viewed.times();
    println!("| {domain} | {name} | {cold:.1} | {p50:.2} | {p99:.2} | {} | {:.0} |", viewed.bytes, server.megabytes());
}

/// Lets a server store every closed day: the pages are not to wait for that.
fn settle(data: &Path) {
    let server = Server::footfall(data);
    let waiting = || {
        let (_, metrics) = get(&server.address, "/metrics");
        let line = metrics.lines().find_map(|line| line.strip_prefix("footfall_unsettled_days "));
        line.and_then(|number| number.trim().parse::<f64>().ok()).expect("the number of unsettled days")
    };
    while waiting() > 0.0 {
        std::thread::sleep(Duration::from_millis(500));
    }
}

fn memory_of_a_new_server(data: &Path) -> (f64, f64) {
    let server = Server::footfall(data);
    std::thread::sleep(Duration::from_secs(1));
    let idle = server.megabytes();
    send_one(&server.address, SITES[0].0);
    std::thread::sleep(Duration::from_secs(1));
    (idle, server.megabytes())
}
