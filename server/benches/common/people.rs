//! Somebody who signs in and looks at pages, and visitors of the sites.

use super::{BROWSER, get, get_with};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse";

/// What looking at a page many times took.
pub struct Viewed {
    /// Milliseconds, in the order in which it was looked at.
    pub millis: Vec<f64>,
    /// The page with its headers.
    pub bytes: usize,
}

impl Viewed {
    /// The first time, and of the others the middle and the slowest of a hundred, in milliseconds.
    pub fn times(&self) -> (f64, f64, f64) {
        let (cold, rest) = self.millis.split_first().expect("looked at once at least");
        let mut rest = rest.to_vec();
        rest.sort_by(f64::total_cmp);
        (*cold, rest[rest.len() / 2], rest[rest.len() * 99 / 100])
    }
}

/// Looks at a page so many times, one after the other.
pub fn view(address: &str, path: &str, cookie: &str, times: usize) -> Viewed {
    let headers = format!("Cookie: {cookie}\r\n");
    let mut viewed = Viewed { millis: Vec::with_capacity(times), bytes: 0 };
    for _ in 0..times {
        let started = Instant::now();
        let (status, text) = get_with(address, path, &headers);
        viewed.millis.push(started.elapsed().as_secs_f64() * 1e3);
        assert!([200, 303].contains(&status), "{path}: {text}");
        viewed.bytes = text.len();
    }
    viewed
}

/// Adds somebody who may sign in; `footfall` is the program with its settings.
pub fn add_user(mut footfall: Command) {
    footfall.args(["user", "add", EMAIL, "--password-stdin"]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut add = footfall.spawn().expect("the program runs");
    add.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("sent");
    assert!(add.wait().expect("it ends").success());
}

/// Signs in; the cookie.
pub fn sign_in(address: &str) -> String {
    let (_, form) = get(address, "/login");
    let csrf = form.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    let headers = format!("Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n", cookie_of(&form));
    let answer = post(address, "/login", &headers, &format!("csrf={csrf}&email=ada%40example.com&password=correct+horse"));
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    cookie_of(&answer)
}

fn cookie_of(answer: &str) -> String {
    let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
    line.split(';').next().expect("a value").to_owned()
}

/// One page view of a site.
pub fn send_one(address: &str, domain: &str) {
    let body = format!(r#"{{"n":"pageview","u":"https://{domain}/","d":"{domain}"}}"#);
    let answer = post(address, "/api/event", &format!("User-Agent: {BROWSER}\r\n"), &body);
    assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
}

fn post(address: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).expect("connected");
    let length = body.len();
    write!(stream, "POST {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer
}
