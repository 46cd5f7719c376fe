//! A site-day, counted.

use crate::{Counts, Dimension, DropReason, HourKey, Machine, UnixMillis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is counted of one site-local day, or of one shard of it.
///
/// *Law*: `merge` is associative and commutative, `Rollup::default()` is its identity, and the sum over the shards of a
/// day equals the fold of the whole day. Maps are sorted and hold no zero rows, so equal rollups are equal to the byte.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Rollup {
    /// Of tracker and server hits.
    pub live: Part,
    /// Of hits from access logs. Which of the two counts as people is known only for the whole day: see [`Rollup::people`].
    pub log: Part,
    /// Hits dropped by enrichment, by reason.
    pub drops: BTreeMap<DropReason, i64>,
    /// Pageviews of machines, with the page asked for.
    pub machines: BTreeMap<(Machine, String), i64>,
}

/// The counts of one feed.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// Events that reached the fold: counted, `no_visit` and `duplicate` alike.
    pub events: i64,
    /// Time of the newest event that reached the fold.
    pub newest: Option<UnixMillis>,
    /// Of the whole day.
    pub day: Counts,
    /// By hour bucket.
    pub hours: BTreeMap<HourKey, Counts>,
    /// By value, one table for each of [`Dimension::ALL`] in that order.
    pub dimensions: Vec<BTreeMap<String, Counts>>,
    /// Events dropped by the fold: `no_visit` and `duplicate`.
    pub drops: BTreeMap<DropReason, i64>,
}

impl Rollup {
    /// The part that counts as people: tracker and server hits if the day has any, else logs.
    pub fn people(&self) -> &Part {
        if self.live.events > 0 { &self.live } else { &self.log }
    }

    /// Every hit of the day that was not counted, by reason, `other_feed` included.
    pub fn all_drops(&self) -> BTreeMap<DropReason, i64> {
        let mut all = self.drops.clone();
        for (reason, n) in &self.people().drops {
            *all.entry(*reason).or_default() += n;
        }
        if self.live.events > 0 && self.log.events > 0 {
            *all.entry(DropReason::OtherFeed).or_default() += self.log.events;
        }
        all
    }

    /// How many hits the day was counted from, those not counted included.
    pub fn hits(&self) -> i64 {
        self.live.events + self.log.events + self.drops.values().sum::<i64>()
    }

    /// Adds another shard of the same day.
    pub fn merge(&mut self, other: &Rollup) {
        self.live.merge(&other.live);
        self.log.merge(&other.log);
        add_numbers(&mut self.drops, &other.drops);
        add_numbers(&mut self.machines, &other.machines);
    }
}

impl Part {
    /// The table of a dimension; empty when nothing was counted.
    pub fn values(&self, dimension: Dimension) -> &BTreeMap<String, Counts> {
        static EMPTY: BTreeMap<String, Counts> = BTreeMap::new();
        self.dimensions.get(dimension.index()).unwrap_or(&EMPTY)
    }

    /// Adds the same feed's part of another shard.
    pub fn merge(&mut self, other: &Part) {
        self.events += other.events;
        self.newest = self.newest.max(other.newest);
        self.day += other.day;
        add_counts(&mut self.hours, &other.hours);
        if self.dimensions.len() < other.dimensions.len() {
            self.dimensions.resize_with(other.dimensions.len(), BTreeMap::new);
        }
        for (ours, theirs) in self.dimensions.iter_mut().zip(&other.dimensions) {
            add_counts(ours, theirs);
        }
        add_numbers(&mut self.drops, &other.drops);
    }
}

fn add_counts<K: Ord + Clone>(ours: &mut BTreeMap<K, Counts>, theirs: &BTreeMap<K, Counts>) {
    for (key, counts) in theirs {
        *ours.entry(key.clone()).or_default() += *counts;
    }
    ours.retain(|_, counts| !counts.is_zero());
}

fn add_numbers<K: Ord + Clone>(ours: &mut BTreeMap<K, i64>, theirs: &BTreeMap<K, i64>) {
    for (key, n) in theirs {
        *ours.entry(key.clone()).or_default() += n;
    }
    ours.retain(|_, n| *n != 0);
}
