//! What a page costs: the site page over HTTP, and memory at rest.

mod common;

use common::people::{add_user, send_one, sign_in, view};
use common::{Server, at, footfall, machine, sample_lines};
use std::fmt::Write as _;
use std::time::Duration;

const VIEWS: usize = 1_000;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    footfall(&data, &["site", "add", "bench.example"]);
    add_user(at(&data));
    let server = Server::footfall(&data);
    std::thread::sleep(Duration::from_secs(1));
    let idle = server.megabytes();
    send_one(&server.address, "bench.example");
    std::thread::sleep(Duration::from_secs(1));
    let after_first = server.megabytes();
    import_four_weeks(&data, folder.path());
    let cookie = sign_in(&server.address);
    println!("### page ({}, one client, {VIEWS} views each, 90,000 lines of log over four weeks)\n", machine());
    println!("| page | cold ms | p50 ms | p99 ms | bytes |\n|---|---|---|---|---|");
    for (name, path) in [
        ("today", "/bench.example?period=day"),
        ("28 days", "/bench.example"),
        ("28 days, one country", "/bench.example?f=is,visit:country,DE"),
        ("sign in", "/login"),
    ] {
        let viewed = view(&server.address, path, &cookie, VIEWS + 1);
        let (cold, p50, p99) = viewed.times();
        println!("| {name} | {cold:.1} | {p50:.2} | {p99:.2} | {} |", viewed.bytes);
    }
    println!(
        "\n| memory | MB |\n|---|---|\n| idle, before the first hit | {idle:.0} |\n| after the first hit | {after_first:.0} |\n| after the import and the pages | {:.0} |\n",
        server.megabytes()
    );
}

/// The sample log nine times with other visitors, spread over the four weeks that end yesterday.
fn import_four_weeks(data: &std::path::Path, folder: &std::path::Path) {
    let sample = sample_lines();
    let today = footfall_domain::Clock::now(&footfall_domain::SystemClock).timestamp();
    let mut text = String::new();
    for n in 0..sample.len() * 9 {
        let line = &sample[n % sample.len()];
        let (address, rest) = line.split_once(' ').expect("a line");
        let (_, tail) = address.split_once('.').expect("an address");
        let (before, after) = rest.split_once('[').expect("a time");
        let (_, after) = after.split_once(']').expect("a time");
        let seconds = 28 * 86_400 - (n as i64 * 27 * 86_400) / (sample.len() as i64 * 9);
        let at = today - jiff::SignedDuration::from_secs(seconds);
        let time = jiff::fmt::strtime::format("%d/%b/%Y:%H:%M:%S +0000", at.to_zoned(jiff::tz::TimeZone::UTC).datetime()).expect("a time");
        writeln!(text, "{}.{tail} {before}[{time}]{after}", 1 + n / sample.len()).expect("a string");
    }
    let file = folder.join("access.log");
    std::fs::write(&file, text.replace("demo.example", "bench.example")).expect("written");
    footfall(data, &["import", "--site", "bench.example", file.to_str().expect("UTF-8")]);
}
