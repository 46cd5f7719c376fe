//! Live visitors for the demo: they come through `/api/event`, as real ones do.

use super::SITE;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

const PAGES: [&str; 10] = [
    "/",
    "/projects/xdotool/",
    "/projects/xdotool/xdotool.xhtml",
    "/articles/dynamic-dns-with-dhcp/",
    "/presentations/logstash-puppetconf-2012/",
    "/articles/ssh-security/",
    "/blog/geekery/ssl-latency.html",
    "/blog/geekery/xvfb-firefox.html",
    "/blog/geekery/debugging-java-performance.html",
    "/projects/keynav/",
];
const REFERRERS: [&str; 9] = [
    "",
    "",
    "https://www.google.com/",
    "https://www.google.de/",
    "https://duckduckgo.com/",
    "https://news.ycombinator.com/item?id=1",
    "https://chatgpt.com/",
    "https://www.reddit.com/r/linux/",
    "https://github.com/",
];
const AGENTS: [(&str, u32); 6] = [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", 1920),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15", 1440),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", 1280),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
        390,
    ),
    ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", 412),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", 1536),
];
/// Networks of several countries; the hosts are made up.
const NETWORKS: [&str; 12] =
    ["83.149", "93.114", "99.252", "134.76", "91.177", "81.220", "200.49", "86.1", "128.179", "210.13", "123.125", "66.249"];

/// Sends a hit every now and then until the server is gone.
pub fn keep_coming(listen: &str) {
    let mut chance = Chance(0x5DEE_CE66_D1CE_F00D ^ u64::from(std::process::id()));
    let mut visitors: Vec<Visitor> = Vec::new();
    let mut failures = 0;
    while failures < 20 {
        // Two hundred people come and go; somebody new every fourth hit.
        if visitors.len() < 3 || chance.below(4) == 0 {
            visitors.push(Visitor::new(&mut chance));
        }
        if visitors.len() > 200 {
            visitors.remove(0);
        }
        let at = chance.below(visitors.len());
        let sent = visitors[at].look(listen, &mut chance);
        failures = if sent.is_ok() { 0 } else { failures + 1 };
        thread::sleep(Duration::from_millis(150 + chance.below(1200) as u64));
    }
}

struct Visitor {
    address: String,
    agent: &'static str,
    width: u32,
    /// Where the first look comes from; empty afterwards.
    referrer: &'static str,
    page: &'static str,
}

impl Visitor {
    fn new(chance: &mut Chance) -> Self {
        let (agent, width) = chance.pick(&AGENTS);
        let address = format!("{}.{}.{}", chance.pick(&NETWORKS), chance.below(256), 1 + chance.below(254));
        Self { address, agent, width, referrer: chance.pick(&REFERRERS), page: "" }
    }

    /// One more page, or something done on the page already open.
    fn look(&mut self, listen: &str, chance: &mut Chance) -> std::io::Result<()> {
        let known = !self.page.is_empty();
        let body = if known && chance.below(3) == 0 {
            let (seen, time) = (20 + chance.below(80), 3000 + chance.below(60_000));
            format!(r#"{{"n":"engagement","d":"{SITE}","u":"https://{SITE}{}","sd":{seen},"e":{time}}}"#, self.page)
        } else if known && chance.below(6) == 0 {
            let name = chance.pick(&["Signup", "Download", "Outbound Link: Click"]);
            format!(r#"{{"n":"{name}","d":"{SITE}","u":"https://{SITE}{}","p":{{"plan":"pro"}}}}"#, self.page)
        } else {
            self.page = chance.pick(&PAGES);
            let referrer = std::mem::take(&mut self.referrer);
            format!(r#"{{"n":"pageview","d":"{SITE}","u":"https://{SITE}{}","r":"{referrer}","w":{}}}"#, self.page, self.width)
        };
        self.send(listen, &body)
    }

    fn send(&self, listen: &str, body: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(listen)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let (length, agent, address) = (body.len(), self.agent, &self.address);
        write!(
            stream,
            "POST /api/event HTTP/1.1\r\nHost: {listen}\r\nConnection: close\r\nContent-Type: text/plain\r\nAccept-Language: en\r\n\
             User-Agent: {agent}\r\nX-Forwarded-For: {address}\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        stream.read_to_end(&mut Vec::new()).map(|_| ())
    }
}

/// A small generator (xorshift): a demo needs variety, not secrecy.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}
