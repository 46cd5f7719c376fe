//! Where a walk's changes go.

use crate::names::First;
use footfall_domain::{Counts, Dimension, DropReason, Sym};

/// Takes changes of counts. All are sums, so their order does not matter.
pub(crate) trait Sink {
    /// The whole day.
    fn day(&mut self, counts: Counts);
    /// An hour bucket.
    fn hour(&mut self, hour: u16, counts: Counts);
    /// Every dimension that a visit has from its first hit.
    fn first(&mut self, first: &First, counts: Counts);
    /// Visitors of one value of such a dimension who are not among those of [`Sink::first`].
    fn more_visitors(&mut self, dimension: Dimension, value: Sym, visitors: i64);
    /// One value of any other dimension.
    fn value(&mut self, dimension: Dimension, value: Sym, counts: Counts);
    /// Hits not counted.
    fn dropped(&mut self, reason: DropReason, hits: i64);
    /// Visitors whose last counted hit is in a 10-second slot.
    fn last_seen(&mut self, slot: i64, visitors: i64);
}

/// Takes nothing.
pub(crate) struct Nothing;

impl Sink for Nothing {
    fn day(&mut self, _: Counts) {}
    fn hour(&mut self, _: u16, _: Counts) {}
    fn first(&mut self, _: &First, _: Counts) {}
    fn more_visitors(&mut self, _: Dimension, _: Sym, _: i64) {}
    fn value(&mut self, _: Dimension, _: Sym, _: Counts) {}
    fn dropped(&mut self, _: DropReason, _: i64) {}
    fn last_seen(&mut self, _: i64, _: i64) {}
}

/// Takes away what the inner sink was given before.
pub(crate) struct Retract<'a, S>(pub &'a mut S);

impl<S: Sink> Sink for Retract<'_, S> {
    fn day(&mut self, counts: Counts) {
        self.0.day(counts.times(-1));
    }

    fn hour(&mut self, hour: u16, counts: Counts) {
        self.0.hour(hour, counts.times(-1));
    }

    fn first(&mut self, first: &First, counts: Counts) {
        self.0.first(first, counts.times(-1));
    }

    fn more_visitors(&mut self, dimension: Dimension, value: Sym, visitors: i64) {
        self.0.more_visitors(dimension, value, -visitors);
    }

    fn value(&mut self, dimension: Dimension, value: Sym, counts: Counts) {
        self.0.value(dimension, value, counts.times(-1));
    }

    fn dropped(&mut self, reason: DropReason, hits: i64) {
        self.0.dropped(reason, -hits);
    }

    fn last_seen(&mut self, slot: i64, visitors: i64) {
        self.0.last_seen(slot, -visitors);
    }
}
