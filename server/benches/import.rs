//! Lines imported a second: an access log of half a million lines through the command, durable and folded.

mod common;

use common::{footfall, machine, sample_lines};
use std::fmt::Write as _;
use std::time::Instant;

const LINES: usize = 500_000;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let file = folder.path().join("access.log");
    let sample = sample_lines();
    let mut text = String::new();
    for n in 0..LINES {
        // Other visitors in each round: the first part of the address moves on.
        let (address, rest) = sample[n % sample.len()].split_once(' ').expect("a line");
        let (_, tail) = address.split_once('.').expect("an address");
        writeln!(text, "{}.{tail} {rest}", 1 + n / sample.len() % 200).expect("a string");
    }
    std::fs::write(&file, &text).expect("written");
    footfall(&data, &["site", "add", "demo.example"]);
    let started = Instant::now();
    let summary = footfall(&data, &["import", "--site", "demo.example", file.to_str().expect("UTF-8")]);
    let took = started.elapsed();
    println!("### import ({}, {LINES} lines of combined log, {:.0} MB)\n", machine(), text.len() as f64 / 1e6);
    println!(
        "| lines/s | MB/s |\n|---|---|\n| {:.0} | {:.0} |\n",
        LINES as f64 / took.as_secs_f64(),
        text.len() as f64 / 1e6 / took.as_secs_f64()
    );
    println!("```\n{}```\n", summary.lines().take(4).fold(String::new(), |all, line| all + line + "\n"));
}
