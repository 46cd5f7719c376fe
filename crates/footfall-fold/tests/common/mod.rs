//! Days told in a few words, for tests.
#![allow(dead_code, reason = "each test file uses its share")]

pub mod traffic;

use footfall_domain::*;
use footfall_fold::*;
use std::collections::BTreeMap;

/// Midnight of the day on which most of these stories happen.
pub const MIDNIGHT: i64 = 1_795_392_000_000;
pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;

/// A hit in plain words. `hit(..)` makes an ordinary one; tests change what they are about.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    pub id: u128,
    /// Unix milliseconds.
    pub time: i64,
    pub offset_seconds: i32,
    pub visitor: u64,
    pub feed: Feed,
    pub kind: Kind,
    pub interactive: bool,
    pub name: String,
    pub page: String,
    pub hostname: String,
    pub screen: String,
    pub language: String,
    pub source: String,
    pub referrer: String,
    pub browser: String,
    pub browser_version: String,
    pub country: String,
    pub city: String,
    pub props: Vec<(String, String)>,
    /// Amount and currency.
    pub money: Option<(&'static str, &'static str)>,
    pub engaged_ms: Option<u32>,
    pub scroll_depth: Option<u8>,
}

/// A pageview of visitor 1 on `page`, so long after midnight; its id is its time.
pub fn view(page: &str, after_midnight: i64) -> Told {
    let time = MIDNIGHT + after_midnight;
    Told {
        id: time as u128,
        time,
        offset_seconds: 0,
        visitor: 1,
        feed: Feed::Tracker,
        kind: Kind::Pageview,
        interactive: true,
        name: "pageview".into(),
        page: page.into(),
        hostname: "example.com".into(),
        screen: "Desktop".into(),
        language: "en".into(),
        source: "Direct / None".into(),
        referrer: "Direct / None".into(),
        browser: "Firefox".into(),
        browser_version: "140".into(),
        country: "DE".into(),
        city: "Bonn".into(),
        props: Vec::new(),
        money: None,
        engaged_ms: None,
        scroll_depth: None,
    }
}

/// A custom event of visitor 1.
pub fn custom(name: &str, page: &str, after_midnight: i64) -> Told {
    Told { kind: Kind::Custom, name: name.into(), ..view(page, after_midnight) }
}

/// An engagement hit of visitor 1.
pub fn engagement(page: &str, after_midnight: i64, engaged_ms: impl Into<Option<u32>>, scroll: impl Into<Option<u8>>) -> Told {
    let hit = view(page, after_midnight);
    let id = hit.id + (1 << 64);
    Told { id, kind: Kind::Engagement, name: "engagement".into(), engaged_ms: engaged_ms.into(), scroll_depth: scroll.into(), ..hit }
}

impl Told {
    pub fn by(self, visitor: u64) -> Self {
        Self { visitor, id: self.id + (u128::from(visitor) << 70), ..self }
    }

    pub fn from(self, source: &str) -> Self {
        Self { source: source.into(), ..self }
    }

    pub fn with(self, property: &str, value: &str) -> Self {
        Self { props: vec![(property.into(), value.into())], ..self }
    }
}

/// Told hits as one batch, in the order given.
pub fn batch(hits: &[Told]) -> EventBatch {
    let mut batch = EventBatch::default();
    for hit in hits {
        let event = event(hit, &mut batch.values);
        batch.events.push(event);
    }
    batch
}

fn event(hit: &Told, values: &mut Values) -> Event {
    let not_set = values.sym("(not set)");
    let origin = Origin {
        source: values.sym(&hit.source),
        referrer: values.sym(&hit.referrer),
        channel: values.sym(if hit.source == "Direct / None" { "Direct" } else { "Organic Search" }),
        utm_medium: not_set,
        utm_source: not_set,
        utm_campaign: not_set,
        utm_content: not_set,
        utm_term: not_set,
    };
    let agent = Agent {
        browser: values.sym(&hit.browser),
        browser_version: values.sym(&hit.browser_version),
        os: values.sym("Linux"),
        os_version: not_set,
        device: values.sym("Desktop"),
    };
    let place = Places { country: values.sym(&hit.country), region: not_set, city: values.sym(&hit.city) };
    let props: Vec<_> = hit.props.iter().map(|(name, value)| (values.sym(name), values.sym(value))).collect();
    Event {
        id: HitId(hit.id),
        time: UnixMillis(hit.time),
        visitor: VisitorId(hit.visitor),
        offset_seconds: hit.offset_seconds,
        kind: hit.kind,
        feed: hit.feed,
        interactive: hit.interactive,
        name: values.sym(&hit.name),
        page: values.sym(&hit.page),
        hostname: values.sym(&hit.hostname),
        screen: values.sym(&hit.screen),
        language: values.sym(&hit.language),
        origin: values.origin(origin),
        agent: values.agent(agent),
        place: values.place(place),
        props: values.props_and_money(&props, hit.money.and_then(|(amount, currency)| Money::parse(amount, currency))),
        engaged_ms: hit.engaged_ms,
        scroll_depth: hit.scroll_depth,
    }
}

/// One shard over everything, after one batch.
pub fn folded(hits: &[Told]) -> Shard {
    let mut shard = Shard::new();
    shard.apply(&batch(hits), 0..=255);
    shard
}

/// One shard over everything, after one batch for each hit.
pub fn folded_one_by_one(hits: &[Told]) -> Shard {
    let mut shard = Shard::new();
    for hit in hits {
        shard.apply(&batch(std::slice::from_ref(hit)), 0..=255);
    }
    shard
}

/// A rollup as it would be stored.
pub fn bytes(rollup: &Rollup) -> Vec<u8> {
    postcard::to_stdvec(rollup).expect("a rollup can be written")
}

/// The live day of some hits.
pub fn day(hits: &[Told]) -> Counts {
    folded(hits).day(People::Live)
}

/// A dimension's live table, sorted.
pub fn table(hits: &[Told], dimension: Dimension) -> BTreeMap<String, Counts> {
    sorted(folded(hits).table(People::Live, dimension))
}

pub fn sorted(rows: Vec<(std::sync::Arc<str>, Counts)>) -> BTreeMap<String, Counts> {
    rows.into_iter().map(|(value, counts)| (value.to_string(), counts)).collect()
}

/// How many hits the fold did not count, by reason.
pub fn drops(hits: &[Told]) -> BTreeMap<DropReason, i64> {
    folded(hits).rollup().live.drops
}

pub fn ask(shard: &Shard, group_by: &[Group], filter: Option<Filter>) -> Answer {
    shard.ask(People::Live, &Question { group_by: group_by.to_vec(), filter, ..Question::default() })
}

/// The one row of a question without groups.
pub fn total(shard: &Shard, filter: Option<Filter>) -> Counts {
    ask(shard, &[], filter).counts(&[])
}

pub fn is(dimension: Dimension, value: &str) -> Filter {
    Filter::Test { target: Target::Dimension(dimension), test: TextTest::Is { values: vec![value.to_owned()], ignore_case: false } }
}

pub fn property_is(name: &str, value: &str) -> Filter {
    Filter::Test { target: Target::Property(name.to_owned()), test: TextTest::Is { values: vec![value.to_owned()], ignore_case: false } }
}

pub fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

pub fn text(value: &str) -> GroupValue {
    GroupValue::Text(value.into())
}

pub fn plus(mut a: Counts, b: Counts) -> Counts {
    a += b;
    a
}

pub fn sum<'a>(counts: impl IntoIterator<Item = &'a Counts>) -> Counts {
    counts.into_iter().fold(Counts::default(), |sum, counts| plus(sum, *counts))
}

/// What a visit counts for, whatever its hits.
pub fn of_visits(counts: Counts) -> Counts {
    Counts { visitors: 0, pageviews: 0, events: 0, ..counts }
}
