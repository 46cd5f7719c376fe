//! What the benchmarks share: the program, a flood of events, and tables.
#![allow(dead_code, reason = "each benchmark uses some of it")]

pub mod carry;
pub mod people;
pub mod traffic;

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A browser that no list takes for a machine.
pub const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";

/// The program: what `cargo xtask bench` has built, else what cargo built for this benchmark.
pub fn program() -> PathBuf {
    std::env::var_os("FOOTFALL_BIN").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_footfall")), PathBuf::from)
}

/// Runs a command of the program that must succeed; its standard output.
pub fn footfall(data: &std::path::Path, words: &[&str]) -> String {
    run(at(data), words)
}

/// The program over a data folder, before it is told what to do.
pub fn at(data: &std::path::Path) -> Command {
    let mut command = Command::new(program());
    command.env_remove("FOOTFALL_BUILD").env("FOOTFALL_DATA", data).env("FOOTFALL_LOG_FILTER", "warn");
    command
}

/// Runs a command that must succeed; its standard output.
pub fn run(mut command: Command, words: &[&str]) -> String {
    let output = command.args(words).stdin(Stdio::null()).output().expect("the program runs");
    assert!(output.status.success(), "footfall {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A server in a process of its own.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    /// Starts a command that prints its address at the end of its first line.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("it says where it listens");
        let address = line.trim().rsplit(' ').next().unwrap_or_default().trim_start_matches("http://").to_owned();
        assert!(address.contains(':'), "no address in: {line}");
        Self { child, address }
    }

    /// `footfall serve`.
    pub fn footfall(data: &std::path::Path) -> Self {
        Self::serve(at(data))
    }

    /// `footfall serve` with the settings of a command; ready when this returns.
    pub fn serve(mut command: Command) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        let server = Self::start(command);
        let started = Instant::now();
        while get(&server.address, "/readyz").0 != 200 {
            assert!(started.elapsed() < Duration::from_secs(60), "the server is not ready");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Memory in use, in megabytes.
    pub fn megabytes(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse::<f64>().ok());
        kib.unwrap_or(f64::NAN) * 1024.0 / 1e6
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// A plain GET; status and body.
pub fn get(address: &str, path: &str) -> (u16, String) {
    get_with(address, path, "")
}

/// A GET with further header lines, each ended by a line break.
pub fn get_with(address: &str, path: &str, headers: &str) -> (u16, String) {
    use std::io::Write;
    let mut stream = std::net::TcpStream::connect(address).expect("connected");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Connection: close\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, text)
}

/// What a flood gave.
pub struct Flood {
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
}

/// Sends page views over so many connections for so long; every answer must be 202.
pub fn flood(address: &str, connections: usize, length: Duration) -> Flood {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let senders: Vec<_> =
            (0..connections).map(|number| tokio::spawn(sender(address.to_owned(), number, stop.clone(), answered.clone()))).collect();
        tokio::time::sleep(length / 5).await;
        let (started, before) = (Instant::now(), answered.load(Ordering::Relaxed));
        tokio::time::sleep(length).await;
        let per_second = (answered.load(Ordering::Relaxed) - before) as f64 / started.elapsed().as_secs_f64();
        stop.store(true, Ordering::Relaxed);
        let mut waits = Vec::new();
        for sender in senders {
            waits.extend(sender.await.expect("sent"));
        }
        waits.sort_unstable();
        Flood { per_second, p50: waits[waits.len() / 2], p99: waits[waits.len() * 99 / 100] }
    })
}

async fn sender(address: String, number: usize, stop: Arc<AtomicBool>, answered: Arc<AtomicU64>) -> Vec<Duration> {
    let mut stream = TcpStream::connect(&address).await.expect("connected");
    stream.set_nodelay(true).expect("set");
    let (mut waits, mut answer) = (Vec::new(), vec![0; 4_096]);
    for n in 0_u64.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let body = format!(
            r#"{{"n":"pageview","u":"https://bench.example/articles/{}?utm_source=letter","d":"bench.example","r":"https://duckduckgo.com/","w":1280}}"#,
            n % 500
        );
        let visitor = (number as u64 * 7_919 + n / 4) % 60_000;
        let request = format!(
            "POST /api/event HTTP/1.1\r\nHost: bench\r\nUser-Agent: {BROWSER}\r\nX-Forwarded-For: 198.18.{}.{}\r\nAccept-Language: en-US,en;q=0.9\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            visitor / 256,
            visitor % 256,
            body.len()
        );
        let started = Instant::now();
        stream.write_all(request.as_bytes()).await.expect("sent");
        // Answers are small and come in one piece.
        let size = stream.read(&mut answer).await.expect("answered");
        assert!(answer[..size].starts_with(b"HTTP/1.1 202 "), "{}", String::from_utf8_lossy(&answer[..size]));
        waits.push(started.elapsed());
        answered.fetch_add(1, Ordering::Relaxed);
    }
    waits
}

/// The middle of some numbers.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Lines of the sample access log, moved to begin `days` before 24 November 2026.
pub fn sample_lines() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/demo/access.log.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).expect("the sample log")).read_to_string(&mut text).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

/// Machines benches run on differ; ratios less so.
pub fn machine() -> String {
    let cpus = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let kind = if cfg!(debug_assertions) { ", DEBUG BUILD: these figures mean nothing" } else { "" };
    format!("{cpus} CPUs{kind}")
}
