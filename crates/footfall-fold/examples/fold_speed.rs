//! How fast one core folds, and what a day weighs. Run it in release:
//!
//! `cargo run --release -p footfall-fold --example fold_speed -- [hits] [hits per batch]`

use footfall_domain::*;
use footfall_fold::{Filter, Group, People, Question, Shard, Target, TextTest};
use std::time::{Duration, Instant};

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<usize>().expect("a number"));
    let hits = numbers.next().unwrap_or(2_000_000);
    let per_batch = numbers.next().unwrap_or(65_536);
    let batches = day(hits, per_batch);

    let mut shard = Shard::new();
    let (_, folding) = timed(|| batches.iter().for_each(|batch| _ = shard.apply(batch, 0..=255)));
    drop(batches);
    println!("fold      {:>9.0} hits/s  ({hits} hits, batches of {per_batch}, {folding:.2?})", hits as f64 / folding.as_secs_f64());
    println!("memory    {:>9.1} bytes a hit  ({} MB)", shard.bytes() as f64 / hits as f64, shard.bytes() / 1_000_000);
    let counts = shard.day(People::Live);
    println!("day       {} visitors, {} visits, {} pageviews", counts.visitors, counts.visits, counts.pageviews);

    for dimension in [Dimension::Page, Dimension::Source, Dimension::Browser, Dimension::City] {
        let (rows, took) = timed(|| shard.table(People::Live, dimension).len());
        println!("table     {took:>9.2?}  {} ({rows} rows)", dimension.name());
    }
    let (_, took) = timed(|| shard.rollup());
    println!("rollup    {took:>9.2?}");
    for (story, question) in questions() {
        let (rows, took) = timed(|| shard.ask(People::Live, &question).groups.len());
        println!("ask       {took:>9.2?}  {story} ({rows} rows, {:.0} ns a hit)", took.as_nanos() as f64 / hits as f64);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let result = work();
    (result, begin.elapsed())
}

fn questions() -> [(&'static str, Question); 4] {
    let is = |dimension, value: &str| {
        let test = TextTest::Is { values: vec![value.to_owned()], ignore_case: false };
        Some(Filter::Test { target: Target::Dimension(dimension), test })
    };
    let by = |dimension| vec![Group::Dimension(dimension)];
    [
        ("everything", Question::default()),
        ("pages of a country", Question { group_by: by(Dimension::Page), filter: is(Dimension::Country, "C3"), ..Question::default() }),
        ("sources of a page", Question { group_by: by(Dimension::Source), filter: is(Dimension::Page, "/p/1"), ..Question::default() }),
        ("pages by hour", Question { group_by: vec![Group::Hour, Group::Dimension(Dimension::Page)], ..Question::default() }),
    ]
}

/// A made-up day in order of time: five hits a visitor, some of them engagement, popular pages more often.
fn day(hits: usize, per_batch: usize) -> Vec<EventBatch> {
    let mut chance = Chance(1);
    let visitors = (hits / 5).max(1) as u64;
    let mut batches = Vec::new();
    let mut batch = EventBatch::default();
    for n in 0..hits {
        let time = 1_795_392_000_000 + (n as i64 * 86_400_000) / hits as i64;
        // Visitors come one after the other, each for about ten minutes.
        let newcomer = n as u64 * visitors / hits as u64;
        let visitor = newcomer.saturating_sub(chance.below(visitors / 144 + 1));
        let event = event(&mut chance, &mut batch.values, n as u128, time, visitor);
        batch.events.push(event);
        if batch.events.len() == per_batch {
            batches.push(std::mem::take(&mut batch));
        }
    }
    batches.push(batch);
    batches
}

fn event(chance: &mut Chance, values: &mut Values, id: u128, time: i64, visitor: u64) -> Event {
    let engagement = chance.below(3) == 0;
    let not_set = values.sym("(not set)");
    let mut own = Chance(visitor + 1);
    let source = own.skewed(300);
    let origin = Origin {
        source: values.sym(&format!("source {source}")),
        referrer: values.sym(&format!("source{source}.example/{}", own.skewed(20))),
        channel: values.sym(&format!("channel {}", source % 10)),
        utm_medium: not_set,
        utm_source: not_set,
        utm_campaign: not_set,
        utm_content: not_set,
        utm_term: not_set,
    };
    let (browser, city) = (own.skewed(200), own.skewed(3000));
    let agent = Agent {
        browser: values.sym(&format!("browser {}", browser % 7)),
        browser_version: values.sym(&browser.to_string()),
        os: values.sym(&format!("system {}", browser % 5)),
        os_version: not_set,
        device: values.sym(&format!("device {}", browser % 3)),
    };
    let place = Places {
        country: values.sym(&format!("C{}", city % 60)),
        region: values.sym(&format!("R{}", city % 600)),
        city: values.sym(&format!("city {city}")),
    };
    Event {
        id: HitId(id),
        time: UnixMillis(time),
        visitor: VisitorId(visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        offset_seconds: 3600,
        kind: if engagement { Kind::Engagement } else { Kind::Pageview },
        feed: Feed::Tracker,
        interactive: true,
        name: values.sym(if engagement { "engagement" } else { "pageview" }),
        page: values.sym(&format!("/p/{}", chance.skewed(100_000))),
        hostname: values.sym("example.com"),
        screen: values.sym(&format!("screen {}", own.below(4))),
        language: values.sym(&format!("language {}", own.skewed(30))),
        origin: values.origin(origin),
        agent: values.agent(agent),
        place: values.place(place),
        props: values.props(&[]),
        engaged_ms: engagement.then_some(4000),
        scroll_depth: engagement.then_some(60),
    }
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// Low numbers more often, as pages and sources are: the n-th in proportion to 1 / n.
    fn skewed(&mut self, limit: u64) -> u64 {
        let chance = self.below(1 << 30) as f64 / (1u64 << 30) as f64;
        (limit as f64).powf(chance) as u64 - 1
    }
}
