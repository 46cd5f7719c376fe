//! What a page costs: the site page over HTTP, and memory at rest.

mod common;

use common::{BROWSER, Server, footfall, get, get_with, machine, sample_lines};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const VIEWS: usize = 1_000;
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    footfall(&data, &["site", "add", "bench.example"]);
    add_user(&data);
    let server = Server::footfall(&data);
    std::thread::sleep(Duration::from_secs(1));
    let idle = server.megabytes();
    send_one(&server.address);
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
        let (cold, p50, p99, bytes) = view(&server.address, path, &cookie);
        println!("| {name} | {cold:.1} | {p50:.2} | {p99:.2} | {bytes} |");
    }
    println!(
        "\n| memory | MB |\n|---|---|\n| idle, before the first hit | {idle:.0} |\n| after the first hit | {after_first:.0} |\n| after the import and the pages | {:.0} |\n",
        server.megabytes()
    );
}

/// Times of a page: the first view, then the middle and the slowest of a hundred of many; and its size.
fn view(address: &str, path: &str, cookie: &str) -> (f64, f64, f64, usize) {
    let headers = format!("Cookie: {cookie}\r\n");
    let mut times = Vec::with_capacity(VIEWS);
    let mut bytes = 0;
    for _ in 0..=VIEWS {
        let started = Instant::now();
        let (status, text) = get_with(address, path, &headers);
        times.push(started.elapsed().as_secs_f64() * 1e3);
        assert!([200, 303].contains(&status), "{path}: {text}");
        bytes = text.len();
    }
    let cold = times.remove(0);
    times.sort_by(f64::total_cmp);
    (cold, times[VIEWS / 2], times[VIEWS * 99 / 100], bytes)
}

fn add_user(data: &std::path::Path) {
    let mut add = Command::new(common::program());
    add.args(["user", "add", EMAIL, "--password-stdin"]).env("FOOTFALL_DATA", data).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut add = add.spawn().expect("the program runs");
    add.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("sent");
    assert!(add.wait().expect("it ends").success());
}

fn post(address: &str, path: &str, headers: &str, body: &str) -> String {
    use std::io::Read;
    let mut stream = std::net::TcpStream::connect(address).expect("connected");
    write!(stream, "POST {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
        .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer
}

fn send_one(address: &str) {
    let answer = post(
        address,
        "/api/event",
        &format!("User-Agent: {BROWSER}\r\n"),
        r#"{"n":"pageview","u":"https://bench.example/","d":"bench.example"}"#,
    );
    assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
}

fn cookie_of(answer: &str) -> String {
    let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    line.split(';').next().expect("a value").to_owned()
}

fn sign_in(address: &str) -> String {
    let (_, form) = get(address, "/login");
    let csrf = form.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    let headers = format!("Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n", cookie_of(&form));
    let answer = post(address, "/login", &headers, &format!("csrf={csrf}&email=ada%40example.com&password=correct+horse"));
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    cookie_of(&answer)
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
