//! A shard of a site-day: its events, and everything counted of them.

use crate::{Answer, People, Question};
use footfall_domain::{Counts, Dimension, EventBatch, HourKey, Rollup, UnixMillis};
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
#[derive(Clone, Debug, Default)]
pub struct Shard {}

#[allow(unused_variables)]
impl Shard {
    /// A shard without events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies those events of the batch whose visitor's bucket is in `buckets`; the batch's drops and machines only
    /// when `buckets` contains 0. Any order, any batches.
    pub fn apply(&mut self, batch: &EventBatch, buckets: RangeInclusive<u8>) -> Applied {
        panic!("the fold arrives with the next commit")
    }

    /// Everything counted: exact, sorted, without zero rows.
    pub fn rollup(&self) -> Rollup {
        panic!("the fold arrives with the next commit")
    }

    /// How many events reached the fold in a group of feeds: counted, `no_visit` and `duplicate` alike.
    pub fn feed_events(&self, people: People) -> i64 {
        panic!("the fold arrives with the next commit")
    }

    /// The whole day.
    pub fn day(&self, people: People) -> Counts {
        panic!("the fold arrives with the next commit")
    }

    /// The day by hour bucket, without zero rows.
    pub fn hours(&self, people: People) -> BTreeMap<HourKey, Counts> {
        panic!("the fold arrives with the next commit")
    }

    /// A dimension's rows, unsorted, without zero rows. Copies no text.
    pub fn table(&self, people: People, dimension: Dimension) -> Vec<(Arc<str>, Counts)> {
        panic!("the fold arrives with the next commit")
    }

    /// Time of the newest event that reached the fold.
    pub fn newest(&self) -> Option<UnixMillis> {
        panic!("the fold arrives with the next commit")
    }

    /// How often a visitor was folded again because of a late event, since the shard was made.
    pub fn late_refolds(&self) -> u64 {
        panic!("the fold arrives with the next commit")
    }

    /// Visitors by the 10-second slot (Unix seconds / 10) of their last counted hit (definition 7), from a slot on.
    pub fn last_seen(&self, people: People, from_slot: i64) -> BTreeMap<i64, i64> {
        panic!("the fold arrives with the next commit")
    }

    /// Bytes held, roughly.
    pub fn bytes(&self) -> usize {
        panic!("the fold arrives with the next commit")
    }

    /// Answers a question by folding the hits.
    pub fn ask(&self, people: People, question: &Question) -> Answer {
        panic!("the fold arrives with the next commit")
    }
}
