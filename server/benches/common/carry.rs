//! Asking for pages over connections that stay, and a cache in front.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The product's own VCL.
const VCL: &str = include_str!("../../../deploy/varnish/footfall.vcl");

/// A connection that stays.
pub struct Asking {
    host: String,
    stream: BufReader<TcpStream>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    head: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

impl Asking {
    pub fn at(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("connected");
        stream.set_nodelay(true).expect("set");
        Self { host: address.to_owned(), stream: BufReader::new(stream) }
    }

    /// A GET with further header lines, each ended by a line break.
    pub fn get(&mut self, path: &str, headers: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).expect("sent");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.stream.read_line(&mut head).expect("answered") > 0, "the connection ended: {head}");
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let mut answer = Answer { status, body: Vec::new(), head };
        if status == 304 {
            return answer;
        }
        match answer.header("content-length").map(|length| length.parse().expect("a length")) {
            Some(length) => {
                answer.body = vec![0; length];
                self.stream.read_exact(&mut answer.body).expect("the body");
            }
            None => answer.body = self.chunks(),
        }
        answer
    }

    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("a length");
            let length = usize::from_str_radix(line.trim(), 16).expect("a length");
            let at = body.len();
            body.resize(at + length + 2, 0);
            self.stream.read_exact(&mut body[at..]).expect("a piece");
            body.truncate(at + length);
            if length == 0 {
                return body;
            }
        }
    }
}

/// Asks for one address over so many connections for so long; answers per second, all of this status.
pub fn flood(address: &str, path: &str, headers: &str, status: u16, connections: usize, length: Duration) -> f64 {
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let asking = (0..connections).map(|_| {
        let (address, path, headers) = (address.to_owned(), path.to_owned(), headers.to_owned());
        let (stop, answered) = (stop.clone(), answered.clone());
        std::thread::spawn(move || {
            let mut asking = Asking::at(&address);
            while !stop.load(Ordering::Relaxed) {
                assert_eq!(asking.get(&path, &headers).status, status);
                answered.fetch_add(1, Ordering::Relaxed);
            }
        })
    });
    let asking: Vec<_> = asking.collect();
    std::thread::sleep(length / 5);
    let (started, before) = (Instant::now(), answered.load(Ordering::Relaxed));
    std::thread::sleep(length);
    let per_second = (answered.load(Ordering::Relaxed) - before) as f64 / started.elapsed().as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    asking.into_iter().for_each(|one| one.join().expect("all answers were right"));
    per_second
}

/// Varnish in front of a server.
pub struct Cache {
    child: Child,
    pub address: String,
    _folder: tempfile::TempDir,
}

impl Cache {
    /// `None`: it is not installed.
    pub fn start(server: &str) -> Option<Self> {
        let port = server.rsplit(':').next().expect("a port");
        let folder = tempfile::tempdir().expect("a folder");
        let (file, work) = (folder.path().join("footfall.vcl"), folder.path().join("work"));
        std::fs::write(&file, VCL.replace(".port = \"8000\";", &format!(".port = \"{port}\";"))).expect("written");
        let address = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").to_string();
        let mut varnish = Command::new("varnishd");
        varnish.args(["-F", "-a", &address, "-T", "none", "-s", "malloc,64m", "-j", "none", "-n"]).arg(work).arg("-f").arg(file);
        let child = varnish.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let cache = Self { child, address, _folder: folder };
        let started = Instant::now();
        while TcpStream::connect(&cache.address).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "varnishd does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(cache)
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}
