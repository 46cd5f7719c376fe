//! What the dashboard costs over SQLite, over a table of DynamoDB, and over the same table read through DAX.
//!
//! `cargo xtask bench stores` starts DynamoDB Local and `footfall dax` and names them in `BENCH_DYNAMODB` and
//! `BENCH_DAX`. DynamoDB Local is slower than Amazon's and much nearer: the ratios of one run say more than the
//! figures, and the number of requests a page makes says most.

mod common;

use common::people::{add_user, send_one, sign_in, view};
use common::{Server, at, get, machine, run};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Looks at each page, in each store; the first of them right after the start.
const VIEWS: usize = 300;
/// Looks at one store's page before it is the next store's turn.
const TURN: usize = 50;
const SITES: [Site; 2] =
    [Site { domain: "small.example", lines_a_day: 400, pages: 60 }, Site { domain: "large.example", lines_a_day: 12_000, pages: 6_000 }];
const DAYS: usize = 28;
const LIVE: usize = 300;

/// A site with an access log of four weeks.
struct Site {
    domain: &'static str,
    lines_a_day: usize,
    pages: usize,
}

/// A server over one of the stores.
struct House {
    name: &'static str,
    data: PathBuf,
    store: Option<String>,
    reads: Option<String>,
}

fn main() {
    let dynamodb = named("BENCH_DYNAMODB");
    let dax = named("BENCH_DAX");
    let folder = tempfile::tempdir().expect("a folder");
    let house = |name, reads| House {
        name,
        data: folder.path().join(name),
        store: Some(format!("dynamodb://bench-{}?region=us-east-1&endpoint={dynamodb}", name.replace(' ', "-"))),
        reads,
    };
    let sqlite = House { name: "SQLite", data: folder.path().join("SQLite"), store: None, reads: None };
    let houses = [sqlite, house("DynamoDB", None), house("DynamoDB through DAX", Some(dax.clone()))];
    let logs: Vec<PathBuf> = SITES.iter().map(|site| site.log(folder.path())).collect();
    for house in &houses {
        house.fill(&logs);
    }
    let servers: Vec<Server> = houses.iter().map(House::open).collect();
    let cookies: Vec<String> = servers.iter().map(|server| sign_in(&server.address)).collect();
    println!("### stores ({}, one client, {VIEWS} views of each page, stores in turns)\n", machine());
    println!(
        "| page | store | cold ms | p50 ms | p99 ms | requests to the table, a view | pieces, a view | of those through DAX | that its cache had |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for site in &SITES {
        for (title, query) in [("today", "?period=day"), ("28 days", "")] {
            let path = format!("/{}{query}", site.domain);
            let page = Page { title: format!("{title}, {} hits a day", site.lines_a_day), path };
            compare(&page, &houses, &servers, &cookies, &dax);
        }
    }
    println!();
}

struct Page {
    title: String,
    path: String,
}

/// Looks at one page over all stores, in turns, and prints a line for each.
fn compare(page: &Page, houses: &[House], servers: &[Server], cookies: &[String], dax: &str) {
    let mut millis: Vec<Vec<f64>> = vec![Vec::new(); houses.len()];
    let mut read: Vec<Read> = houses.iter().map(|_| Read::default()).collect();
    for _ in 0..VIEWS / TURN {
        for (n, server) in servers.iter().enumerate() {
            let before = Read::now(&server.address, dax);
            millis[n].extend(view(&server.address, &page.path, &cookies[n], TURN).millis);
            read[n].add(&Read::now(&server.address, dax), &before);
        }
    }
    for (n, house) in houses.iter().enumerate() {
        let viewed = common::people::Viewed { millis: std::mem::take(&mut millis[n]), bytes: 0 };
        let (cold, p50, p99) = viewed.times();
        let read = &read[n];
        let a_view = |number: f64| number / VIEWS as f64;
        let pieces = read.direct + read.dax;
        let share = |part: f64, whole: f64| if whole > 0.0 { format!("{:.1} %", 100.0 * part / whole) } else { "none".to_owned() };
        println!(
            "| {} | {} | {cold:.1} | {p50:.2} | {p99:.2} | {:.1} | {:.1} | {} | {} |",
            page.title,
            house.name,
            a_view(read.requests),
            a_view(pieces),
            share(read.dax, pieces),
            if house.reads.is_some() { share(read.hits, read.hits + read.misses) } else { "none".to_owned() }
        );
    }
}

/// Reads so far, as `/metrics` of the server and of the cache say.
#[derive(Default)]
struct Read {
    requests: f64,
    direct: f64,
    dax: f64,
    hits: f64,
    misses: f64,
}

impl Read {
    fn now(server: &str, dax: &str) -> Self {
        let (status, ours) = get(server, "/metrics");
        assert_eq!(status, 200, "{ours}");
        let (_, theirs) = get(dax.trim_start_matches("dax://"), "/metrics");
        let way = |way: &str| sum(&ours, &format!("footfall_store_reads_total{{way=\"{way}\"}}"));
        Self {
            requests: sum(&ours, "footfall_store_requests_total"),
            direct: way("direct") + way("fell_back") + way("missed"),
            dax: way("dax"),
            hits: sum(&theirs, "footfall_dax_hits_total"),
            misses: sum(&theirs, "footfall_dax_misses_total"),
        }
    }

    fn add(&mut self, after: &Read, before: &Read) {
        self.requests += after.requests - before.requests;
        self.direct += after.direct - before.direct;
        self.dax += after.dax - before.dax;
        self.hits += after.hits - before.hits;
        self.misses += after.misses - before.misses;
    }
}

/// All lines of a metric, added up.
fn sum(metrics: &str, name: &str) -> f64 {
    let values = metrics.lines().filter_map(|line| line.strip_prefix(name)?.rsplit(' ').next()?.trim().parse::<f64>().ok());
    values.sum()
}

fn named(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run this by cargo xtask bench stores"))
}

impl House {
    /// The program with this house's settings.
    fn footfall(&self) -> Command {
        let mut command = at(&self.data);
        command.envs([("AWS_ACCESS_KEY_ID", "bench"), ("AWS_SECRET_ACCESS_KEY", "bench")]);
        command.envs(self.store.iter().map(|store| ("FOOTFALL_BACKENDS_STORE", store)));
        command.envs(self.reads.iter().map(|reads| ("FOOTFALL_BACKENDS_READS", reads)));
        command
    }

    /// Imports four weeks of all sites; all days are in the store when this returns.
    fn fill(&self, logs: &[PathBuf]) {
        if self.store.is_some() {
            run(self.footfall(), &["store", "create"]);
        }
        add_user(self.footfall());
        let server = {
            for site in &SITES {
                run(self.footfall(), &["site", "add", site.domain]);
            }
            Server::serve(self.footfall())
        };
        for (site, log) in SITES.iter().zip(logs) {
            run(self.footfall(), &["import", "--site", site.domain, log.to_str().expect("UTF-8")]);
        }
        let settled = || sum(&get(&server.address, "/metrics").1, "footfall_settled_days_total");
        while settled() < (SITES.len() * DAYS) as f64 || sum(&get(&server.address, "/metrics").1, "footfall_unsettled_days") > 0.0 {
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// A server that has just been started, with some visitors of today.
    fn open(&self) -> Server {
        let server = Server::serve(self.footfall());
        for site in &SITES {
            for _ in 0..LIVE {
                send_one(&server.address, site.domain);
            }
        }
        server
    }
}

impl Site {
    /// Writes the access log of the four weeks that ended yesterday.
    fn log(&self, folder: &Path) -> PathBuf {
        let today = footfall_domain::Clock::now(&footfall_domain::SystemClock).timestamp();
        let midnight = today.to_zoned(jiff::tz::TimeZone::UTC).start_of_day().expect("a midnight").timestamp();
        let mut dice = 1_u64;
        let mut draw = |below: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) as usize % below
        };
        let mut text = String::new();
        for n in 0..DAYS * self.lines_a_day {
            let seconds = (DAYS * 86_400) as i64 - (n as f64 / self.lines_a_day as f64 * 86_400.0) as i64;
            let at = midnight - jiff::SignedDuration::from_secs(seconds);
            let time = jiff::fmt::strtime::format("%d/%b/%Y:%H:%M:%S +0000", at.to_zoned(jiff::tz::TimeZone::UTC).datetime());
            // Of three draws the least: the first pages are the most visited.
            let page = draw(self.pages).min(draw(self.pages)).min(draw(self.pages));
            let (visitor, agent) = (draw(self.lines_a_day / 3), AGENTS[draw(AGENTS.len())]);
            let referrer = [String::from("-"), "https://www.google.com/".into(), format!("https://site{}.example/a", draw(self.pages / 4))];
            let referrer = &referrer[draw(3)];
            writeln!(
                text,
                "198.{}.{}.{} - - [{}] \"GET /articles/{}/a-title-of-some-words-{page} HTTP/1.1\" 200 5120 \"{referrer}\" \"{agent}\"",
                18 + visitor / 65_536,
                visitor / 256 % 256,
                visitor % 256,
                time.expect("a time"),
                page % 17
            )
            .expect("a string");
        }
        let file = folder.join(format!("{}.log", self.domain));
        std::fs::write(&file, text).expect("written");
        file
    }
}

const AGENTS: [&str; 4] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
];
