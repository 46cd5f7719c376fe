//! Hits folded a second on one core, from the sample log: enrichment and fold, together and apart.

mod common;

use common::{machine, sample_lines};
use footfall_domain::{Feed, Hit, SiteCalendar, SiteId, UnixMillis};
use footfall_enrich::Enricher;
use footfall_fold::{People, Shard};
use footfall_ingest::import::{Format, Line, parse_line};
use footfall_ingest::{BuiltInCountries, Client, HitParts, hit, import_hit_id};
use std::time::{Duration, Instant};

const HITS: usize = 2_000_000;
const BATCH: usize = 16_384;

fn main() {
    let site = site();
    let hits = hits(&site);
    let (enricher, mut shard) = (Enricher::new(), Shard::new());
    let (mut enriching, mut folding) = (Duration::ZERO, Duration::ZERO);
    for batch in hits.chunks(BATCH) {
        let started = Instant::now();
        let events = enricher.batch(batch, &site);
        enriching += started.elapsed();
        let started = Instant::now();
        shard.apply(&events, 0..=255);
        folding += started.elapsed();
    }
    let per_second = |took: Duration| hits.len() as f64 / took.as_secs_f64();
    let day = shard.day(People::Log);
    println!("### fold ({}, one core, {} hits of the sample log in batches of {BATCH})\n", machine(), hits.len());
    println!("| | hits/s |\n|---|---|");
    println!(
        "| enrich | {:.0} |\n| fold | {:.0} |\n| both | {:.0} |\n",
        per_second(enriching),
        per_second(folding),
        per_second(enriching + folding)
    );
    println!(
        "{} visitors, {} visits, {} page views; {:.0} bytes a hit in memory\n",
        day.visitors,
        day.visits,
        day.pageviews,
        shard.bytes() as f64 / hits.len() as f64
    );
}

fn site() -> footfall_domain::Site {
    footfall_domain::Site::new(SiteId(1), "demo.example", "UTC", UnixMillis(0))
}

/// The page views of the sample log, again and again with other visitors, all on one day in order of time.
fn hits(site: &footfall_domain::Site) -> Vec<Hit> {
    let calendar = SiteCalendar::of_zone("UTC").expect("a zone");
    let places = BuiltInCountries::new();
    let lines: Vec<_> = sample_lines()
        .iter()
        .filter_map(|line| match parse_line(Format::Combined, line.as_bytes(), &site.domain) {
            Line::Hit { sent, address, user_agent, .. } => Some((sent, Client::of_line(address, user_agent, &places))),
            _ => None,
        })
        .collect();
    let day = UnixMillis(1_795_392_000_000);
    (0..HITS)
        .map(|n| {
            let (sent, client) = &lines[n % lines.len()];
            let time = day.plus((n as i64 * 86_000_000) / HITS as i64);
            // Another round is another day's secret: the same people are other visitors.
            let secret = *blake3::hash(&(n / lines.len()).to_be_bytes()).as_bytes();
            let id = import_hit_id(1, &[7; 32], n as u64);
            hit(HitParts { site, moment: calendar.moment(time), time, id, feed: Feed::Log, secret: &secret, sent, client })
        })
        .collect()
}
