//! Bringing files in by the command: alone, and through a running server.

use crate::common::{BROWSER, House};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::Write;

/// Lines of an access log: `visitors` of one page view each, an hour apart, from the first of May 2015.
fn log_lines(visitors: std::ops::Range<u32>) -> String {
    let line = |n: u32| {
        let (day, hour) = (1 + n / 24 % 28, n % 24);
        format!(
            "198.51.100.{} - - [{day:02}/May/2015:{hour:02}:00:00 +0000] \"GET /page{} HTTP/1.1\" 200 512 \"https://duckduckgo.com/\" \"{BROWSER}\"\n",
            n % 250,
            n % 3
        )
    };
    visitors.map(line).collect()
}

fn pageviews(house: &House) -> i64 {
    house.metrics("example.com", &["pageviews"], json!(["2015-05-01", "2015-05-31"]))[0]
}

#[test]
fn a_file_comes_in_while_the_server_is_stopped() {
    let house = House::with_sites(&["example.com"]);
    a_file_comes_in(&house);
}

#[test]
fn a_file_comes_in_while_the_server_runs() {
    let house = House::with_sites(&["example.com"]);
    let server = house.serve();
    a_file_comes_in(&house);
    let (status, _, log) = server.stop();
    assert!(status.success(), "{log}");
    assert_eq!(pageviews(&house), 80);
}

fn a_file_comes_in(house: &House) {
    let mut text = log_lines(0..50);
    let file = house.file("access.log", &text);
    let file = file.to_str().expect("UTF-8");
    let told = house.ok(&["import", "--site", "example.com", file]);
    assert!(told.contains("read                              50") && told.contains("kept                              50"), "{told}");
    assert_eq!(pageviews(house), 50);
    let told = house.ok(&["import", "--site", "example.com", file]);
    assert!(told.contains("known before                      50") && told.contains("kept                               0"), "{told}");
    text += &log_lines(50..60);
    house.file("access.log", &text);
    house.ok(&["import", "--site", "example.com", file]);
    assert_eq!(pageviews(house), 60);

    let other = "203.0.113.9 - - [30/May/2015:10:00:00 +0000] \"GET /style.css HTTP/1.1\" 200 1 \"-\" \"x\"\nnot a line of a log\n";
    let told = house.run_with_input(
        &["import", "--site", "example.com", "--format", "combined", "-"],
        format!("{other}{}", log_lines(100..120)).as_bytes(),
    );
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert!(words.contains("asset") && words.contains("unreadable") && words.contains("line 2:"), "{words}");
    assert_eq!(pageviews(house), 80);
}

#[test]
fn gzip_and_several_files_come_in() {
    let house = House::with_sites(&["example.com"]);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(log_lines(0..10).as_bytes()).expect("packed");
    let one = house.file("one.log.gz", packed.finish().expect("packed"));
    let two = house.file("two.log", log_lines(10..15));
    let words = ["import", "--site", "example.com", one.to_str().expect("UTF-8"), two.to_str().expect("UTF-8")];
    let told = house.ok(&words);
    assert!(told.contains("kept                              15"), "{told}");
    assert_eq!(pageviews(&house), 15);
}

#[test]
fn hits_as_json_come_in() {
    let house = House::with_sites(&["example.com"]);
    let hit = |time: &str, name: &str| json!({"time": time, "name": name, "url": "https://example.com/a", "address": "198.51.100.7", "user_agent": BROWSER});
    let lines = format!("{}\n{}\n", hit("2015-05-03T10:00:00.250Z", "pageview"), hit("2015-05-03T10:00:05Z", "Signup"));
    let file = house.file("hits.jsonl", lines);
    house.ok(&["import", "--site", "example.com", "--format", "hits", file.to_str().expect("UTF-8")]);
    let range = json!(["2015-05-01", "2015-05-31"]);
    assert_eq!(house.metrics("example.com", &["visitors", "visits", "pageviews", "events"], range), [1, 1, 1, 2]);
}

#[test]
fn what_cannot_be_imported_is_said() {
    let house = House::with_sites(&["example.com"]);
    let file = house.file("access.log", log_lines(0..3));
    let nonsense = house.file("nonsense.txt", "these are\nno lines of\na log\n");
    for (words, code, says) in [
        (["--site", "nobody.example", file.to_str().expect("UTF-8")], 1, "there is no site nobody.example"),
        (["--site", "example.com", nonsense.to_str().expect("UTF-8")], 2, "name it: --format"),
        (["--site=example.com", "--format=wizardry", file.to_str().expect("UTF-8")], 2, "wizardry"),
    ] {
        let (found, message) = house.fails(&[&["import"][..], &words].concat());
        assert_eq!(found, code, "{words:?}: {message}");
        assert!(message.contains(says), "{words:?}: {message}");
    }
}

#[test]
fn an_import_that_the_servers_end_interrupts_goes_on() {
    let house = House::with_sites(&["example.com"]);
    let lines: String = (0..40).map(|round| log_lines(round * 700..(round + 1) * 700)).collect();
    let file = house.file("access.log", &lines);
    let server = house.serve();
    let mut import = house.command(&["import", "--site", "example.com", file.to_str().expect("UTF-8")]);
    let mut import = import.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().expect("started");
    std::thread::sleep(std::time::Duration::from_millis(150));
    let (status, took, log) = server.stop();
    assert!(status.success() && took < std::time::Duration::from_secs(10), "{took:?} {log}");
    let first = import.wait().expect("ended");
    house.ok(&["import", "--site", "example.com", file.to_str().expect("UTF-8")]);
    assert_eq!(pageviews(&house), 28_000, "the first ended with {first}");
}
