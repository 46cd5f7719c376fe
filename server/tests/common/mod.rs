//! Drives the built binary from outside, as a person, a tracker or a machine would.
#![allow(dead_code, reason = "each test program uses some of it")]

mod http;

pub use http::{Answer, Client};

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A browser that no list takes for a machine.
pub const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
/// A visitor's address: from a range for documentation, so that it is nobody's.
pub const VISITOR: &str = "203.0.113.77";

/// A data folder of a test, removed when it ends.
pub struct House {
    folder: TempDir,
    /// Variables every command gets.
    settings: Vec<(String, String)>,
}

impl House {
    /// An empty place; the data folder in it does not exist yet.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for the test"), settings: Vec::new() }
    }

    /// With variables for every command.
    pub fn with_settings<K: Into<String>, V: Into<String>>(settings: impl IntoIterator<Item = (K, V)>) -> Self {
        let settings = settings.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { settings, ..Self::new() }
    }

    /// With sites.
    pub fn with_sites(domains: &[&str]) -> Self {
        let house = Self::new();
        for domain in domains {
            house.ok(&["site", "add", domain]);
        }
        house
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A path beside the data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file beside the data folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("written");
        path
    }

    /// The program with words, in an environment of its own.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_footfall"));
        command.args(words).current_dir(self.folder.path()).env_clear().env("FOOTFALL_DATA", self.data());
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        // Where coverage or sanitizers want something, they say so by these.
        for (name, value) in std::env::vars().filter(|(name, _)| name.starts_with("LLVM_") || name == "RUST_BACKTRACE") {
            command.env(name, value);
        }
        command
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).stdin(Stdio::null()).output().expect("the program runs")
    }

    pub fn run_with_input(&self, words: &[&str], input: &[u8]) -> Output {
        let mut child =
            self.command(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        child.stdin.take().expect("piped").write_all(input).expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    /// Runs a command that must succeed; its standard output.
    pub fn ok(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "footfall {words:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs a command that must fail; its exit code and standard error.
    pub fn fails(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        assert!(!output.status.success(), "footfall {words:?} should have failed");
        (output.status.code().expect("an exit code"), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// A key for all sites.
    pub fn key(&self, scope: &str) -> String {
        self.ok(&["key", "add", "--scope", scope]).trim().to_owned()
    }

    /// What `footfall query` answers.
    pub fn query(&self, query: serde_json::Value) -> serde_json::Value {
        let output = self.run_with_input(&["query", "-"], query.to_string().as_bytes());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// The metrics of a query without dimensions.
    pub fn metrics(&self, domain: &str, metrics: &[&str], range: impl Into<serde_json::Value>) -> Vec<i64> {
        let answer = self.query(serde_json::json!({"site_id": domain, "metrics": metrics, "date_range": range.into()}));
        let row = answer["results"][0]["metrics"].as_array().cloned().unwrap_or_default();
        row.iter().map(|value| value.as_i64().expect("a whole number")).collect()
    }

    /// A running server.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    pub fn serve_with(&self, settings: &[(&str, &str)]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.envs(settings.iter().copied());
        Server::start(command)
    }
}

/// A server in a process of its own; killed when dropped.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// What it printed before it was there.
    pub greeting: String,
    log: std::thread::JoinHandle<String>,
    out: BufReader<std::process::ChildStdout>,
}

impl Server {
    /// Starts a command that serves, and waits until it is ready.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut err = child.stderr.take().expect("piped");
        let log = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = err.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut first = String::new();
        out.read_line(&mut first).expect("it says where it listens");
        let Some(url) = first.trim().rsplit_once(' ').map(|(_, url)| url.to_owned()).filter(|url| url.starts_with("http")) else {
            let _ = child.kill();
            panic!("the server did not start: {first}{}", log.join().expect("read"));
        };
        let server = Self { child, url, greeting: first, log, out };
        eventually(Duration::from_secs(30), "the server is ready", || server.get("/readyz").status == 200);
        server
    }

    /// What it has printed since, one line.
    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("it prints");
        line
    }

    pub fn number(&self) -> u32 {
        self.child.id()
    }

    pub fn port(&self) -> u16 {
        self.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    pub fn get(&self, path: &str) -> Answer {
        Client::new().get(&format!("{}{path}", self.url))
    }

    /// Sends an event as a browser of a visitor would, through a proxy on this machine.
    pub fn event(&self, body: serde_json::Value) -> Answer {
        self.event_with(&[("User-Agent", BROWSER), ("X-Forwarded-For", VISITOR)], body.to_string().as_bytes())
    }

    pub fn event_with(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        Client::new().post(&format!("{}/api/event", self.url), headers, body)
    }

    /// Asks for a report with a key.
    pub fn query(&self, key: &str, query: serde_json::Value) -> Answer {
        let bearer = format!("Bearer {key}");
        Client::new().post(&format!("{}/api/v2/query", self.url), &[("Authorization", &bearer)], query.to_string().as_bytes())
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(status.expect("kill exists").success());
    }

    /// Ends it by SIGTERM; its exit status, how long it took, and what it wrote.
    pub fn stop(mut self) -> (ExitStatus, Duration, String) {
        let started = Instant::now();
        self.signal("TERM");
        let status = self.wait(Duration::from_secs(20));
        (status, started.elapsed(), self.take_log())
    }

    /// Ends it at once, as a power cut would end the process.
    pub fn kill(mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.take_log()
    }

    pub fn wait(&mut self, patience: Duration) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status;
            }
            assert!(started.elapsed() < patience, "the server did not end within {patience:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn take_log(&mut self) -> String {
        let log = std::mem::replace(&mut self.log, std::thread::spawn(String::new));
        log.join().expect("the log was read")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds; tries often.
pub fn eventually(patience: Duration, what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < patience, "not within {patience:?}: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// All files below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files
}

/// Whether some bytes stand somewhere in others.
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && haystack.windows(needle.len()).any(|window| window == needle)
}
