//! Hits as JSON lines, for `footfall import --format hits -`: many visitors of a site over the last four weeks.

use super::at;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

pub const DAYS: i64 = 28;
const PATHS: usize = 5_000;
const SOURCES: usize = 300;
const CRAWLERS: [&str; 4] = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
];

/// Imports so many hits of a site, evenly over 27 days and what there is of today; how long that took.
///
/// Paths and sources are spread as Zipf has it, the first of n values as often as the n-th n times. A visitor has three
/// page views on average and comes from anywhere that has addresses; of a hundred hits one is an event, two are machines'.
pub fn import(data: &Path, domain: &str, hits: u64) -> Duration {
    let started = Instant::now();
    let mut command = at(data);
    command.args(["import", "--site", domain, "--format", "hits", "-"]);
    let mut import = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program runs");
    let mut lines = BufWriter::with_capacity(1 << 20, import.stdin.take().expect("piped"));
    let mut traffic = Traffic::new(domain, hits);
    for n in 0..hits {
        traffic.write(n, &mut lines).expect("taken");
    }
    lines.flush().expect("taken");
    drop(lines);
    assert!(import.wait().expect("it ends").success(), "the import failed");
    started.elapsed()
}

struct Traffic<'a> {
    domain: &'a str,
    hits: u64,
    now: i64,
    begin: i64,
    chance: fastrand::Rng,
    paths: Zipf,
    sources: Zipf,
    browsers: Vec<String>,
    visitor: Visitor,
}

/// Who is looking round at the moment.
#[derive(Default)]
struct Visitor {
    left: u32,
    address: String,
    browser: usize,
    source: Option<usize>,
}

impl<'a> Traffic<'a> {
    fn new(domain: &'a str, hits: u64) -> Self {
        let now = footfall_domain::Clock::now(&footfall_domain::SystemClock).0;
        let today = now.div_euclid(86_400_000) * 86_400_000;
        Self {
            domain,
            hits,
            now,
            begin: today - (DAYS - 1) * 86_400_000,
            chance: fastrand::Rng::with_seed(5),
            paths: Zipf::new(PATHS),
            sources: Zipf::new(SOURCES),
            browsers: browsers(),
            visitor: Visitor::default(),
        }
    }

    fn write(&mut self, n: u64, out: &mut impl Write) -> std::io::Result<()> {
        let at = self.begin + ((self.now - self.begin) as f64 * n as f64 / self.hits as f64) as i64;
        let time = jiff::Timestamp::from_millisecond(at).expect("a time");
        let path = self.paths.draw(&mut self.chance);
        let domain = self.domain;
        if n.is_multiple_of(50) {
            let crawler = CRAWLERS[self.chance.usize(..CRAWLERS.len())];
            return writeln!(
                out,
                r#"{{"time":"{time}","url":"https://{domain}/articles/{path}","address":"66.249.66.{}","user_agent":"{crawler}"}}"#,
                n % 200
            );
        }
        self.next_visitor();
        let Visitor { address, browser, source, .. } = &self.visitor;
        let name = if n % 100 == 7 { "Signup" } else { "pageview" };
        write!(
            out,
            r#"{{"time":"{time}","name":"{name}","url":"https://{domain}/articles/{path}","address":"{address}","user_agent":"{}""#,
            self.browsers[*browser]
        )?;
        if let Some(source) = source {
            write!(out, r#","referrer":"https://source{source}.example/""#)?;
        }
        out.write_all(b"}\n")
    }

    /// The next one when this one has seen enough.
    fn next_visitor(&mut self) {
        if self.visitor.left > 0 {
            self.visitor.left -= 1;
            self.visitor.source = None;
            return;
        }
        let chance = &mut self.chance;
        let address = format!("{}.{}.{}.{}", chance.u8(1..=222), chance.u8(..), chance.u8(..), chance.u8(1..));
        let source = (chance.u8(..10) < 6).then(|| self.sources.draw(chance));
        // As often one page view as five.
        self.visitor = Visitor { left: chance.u32(..5), address, browser: chance.usize(..self.browsers.len()), source };
    }
}

/// Numbers from 0, the n-th drawn as often as 1 / (n + 1).
struct Zipf {
    /// How much all up to each have.
    up_to: Vec<f64>,
}

impl Zipf {
    fn new(values: usize) -> Self {
        let mut sum = 0.0;
        let up_to = (1..=values).map(|n| {
            sum += 1.0 / n as f64;
            sum
        });
        Self { up_to: up_to.collect() }
    }

    fn draw(&self, chance: &mut fastrand::Rng) -> usize {
        let at = chance.f64() * self.up_to[self.up_to.len() - 1];
        self.up_to.partition_point(|up_to| *up_to < at)
    }
}

/// Three browsers of many versions on three systems.
fn browsers() -> Vec<String> {
    let mut all = Vec::new();
    for system in ["Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64"] {
        for version in 120..140 {
            all.push(format!("Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"));
            all.push(format!("Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"));
        }
    }
    for version in 15..19 {
        all.push(format!(
            "Mozilla/5.0 (iPhone; CPU iPhone OS {version}_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{version}.1 Mobile/15E148 Safari/604.1"
        ));
    }
    all
}
