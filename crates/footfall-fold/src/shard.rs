//! A shard of a site-day: its events, and everything counted of them.

use crate::feed::Feed;
use crate::names::Names;
use crate::view::View;
use crate::{Answer, Filter, People, Question, ask};
use footfall_domain::{Counts, Dimension, DropReason, EventBatch, HourKey, Machine, Part, Rollup, UnixMillis};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What [`Shard::apply`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Applied {
    /// Events of the batch that belong to the shard.
    pub events: usize,
    /// Visitors folded again because an event was older than what they had shown.
    pub late_refolds: usize,
}

/// Incremental fold of one shard (a range of buckets) of one site-day.
///
/// Keeps its visitors' events, 40 bytes each, and the running sums of everything a rollup holds.
///
/// *Laws*: the rollup depends on the set of events alone, not on their order, nor on how they were cut into batches;
/// the sum of the rollups of shards over disjoint buckets is the rollup of one shard over all of them.
#[derive(Clone, Debug, Default)]
pub struct Shard {
    names: Names,
    live: Feed,
    log: Feed,
    drops: BTreeMap<DropReason, i64>,
    machines: BTreeMap<(Machine, String), i64>,
}

impl Shard {
    /// A shard without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies those events of the batch whose visitor's bucket is in `buckets`; the batch's drops and machines only
    /// when `buckets` contains 0. Any order, any batches; all batches of a site-day, each once.
    pub fn apply(&mut self, batch: &EventBatch, buckets: RangeInclusive<u8>) -> Applied {
        let mut events = 0;
        let mut packer = self.names.packer(&batch.values);
        for event in batch.events.iter().filter(|event| buckets.contains(&event.visitor.bucket())) {
            let feed = match People::of(event.feed) {
                People::Live => &mut self.live,
                People::Log => &mut self.log,
            };
            feed.push(event.visitor, event.time, packer.pack(event));
            events += 1;
        }
        if buckets.contains(&0) {
            add_numbers(&mut self.drops, &batch.drops);
            add_numbers(&mut self.machines, &batch.machines);
        }
        let late_refolds = self.live.fold(&self.names) + self.log.fold(&self.names);
        Applied { events, late_refolds }
    }

    /// Everything counted: exact, sorted, without zero rows.
    pub fn rollup(&self) -> Rollup {
        Rollup { live: self.part(People::Live), log: self.part(People::Log), drops: self.drops.clone(), machines: self.machines.clone() }
    }

    /// How many events reached the fold in a group of feeds: counted, `no_visit` and `duplicate` alike.
    pub fn feed_events(&self, people: People) -> i64 {
        self.feed(people).events
    }

    /// The whole day.
    pub fn day(&self, people: People) -> Counts {
        self.view(people).day()
    }

    /// The day by hour bucket, without zero rows.
    pub fn hours(&self, people: People) -> BTreeMap<HourKey, Counts> {
        self.view(people).hours()
    }

    /// A dimension's rows, unsorted, without zero rows. Copies no text.
    pub fn table(&self, people: People, dimension: Dimension) -> Vec<(Arc<str>, Counts)> {
        self.view(people).rows(dimension, |value, counts| (value.clone(), counts))
    }

    /// One row of a dimension's table; zero when there is none.
    pub fn row(&self, people: People, dimension: Dimension, value: &str) -> Counts {
        self.view(people).row(dimension, value)
    }

    /// Pageviews of machines.
    pub fn machine_views(&self) -> i64 {
        self.machines.values().sum()
    }

    /// Pageviews of machines, with the page they asked for.
    pub fn machines(&self) -> &BTreeMap<(Machine, String), i64> {
        &self.machines
    }

    /// Time of the newest event that reached the fold.
    pub fn newest(&self) -> Option<UnixMillis> {
        self.live.newest.max(self.log.newest)
    }

    /// How often a visitor was folded again because of a late event, since the shard was made.
    pub fn late_refolds(&self) -> u64 {
        self.live.late_refolds() + self.log.late_refolds()
    }

    /// Visitors by the 10-second slot (Unix seconds / 10) of their last counted hit (definition 7), from a slot on.
    pub fn last_seen(&self, people: People, from_slot: i64) -> BTreeMap<i64, i64> {
        self.view(people).last_seen(from_slot)
    }

    /// Visitors with a counted hit at or after an instant that passes the filter: of no filter, the visitors of
    /// [`Shard::last_seen`], where slots begin with that instant. Folds the hits of whoever came since.
    pub fn seen_since(&self, people: People, filter: Option<&Filter>, since: UnixMillis) -> i64 {
        ask::seen_since(self.feed(people).visitors(), &self.names, filter, since)
    }

    /// Bytes held, roughly. Looks at every visitor: for a glance now and then, not after every batch.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.names.bytes() + self.live.bytes() + self.log.bytes()
    }

    /// Hits that enrichment dropped, by reason.
    pub fn enrich_drops(&self) -> &BTreeMap<DropReason, i64> {
        &self.drops
    }

    /// Events that reached the fold and were not counted, by reason: `no_visit` and `duplicate`.
    pub fn fold_drops(&self, people: People) -> BTreeMap<DropReason, i64> {
        self.view(people).drops()
    }

    /// Answers a question by folding the hits.
    pub fn ask(&self, people: People, question: &Question) -> Answer {
        ask::ask(self.feed(people).visitors(), &self.names, question)
    }

    fn feed(&self, people: People) -> &Feed {
        match people {
            People::Live => &self.live,
            People::Log => &self.log,
        }
    }

    fn view(&self, people: People) -> View<'_> {
        self.feed(people).view(&self.names)
    }

    fn part(&self, people: People) -> Part {
        let feed = self.feed(people);
        if feed.events == 0 {
            return Part::default();
        }
        let view = self.view(people);
        let table = |dimension: &Dimension| view.rows(*dimension, |value, counts| (value.to_string(), counts));
        Part {
            events: feed.events,
            newest: feed.newest,
            day: view.day(),
            hours: view.hours(),
            dimensions: Dimension::ALL.iter().map(table).collect(),
            drops: view.drops(),
        }
    }
}

fn add_numbers<K: Ord + Clone>(ours: &mut BTreeMap<K, i64>, theirs: &BTreeMap<K, i64>) {
    for (key, n) in theirs.iter().filter(|(_, n)| **n != 0) {
        *ours.entry(key.clone()).or_default() += n;
    }
}
