//! The additive numbers behind every metric.

use serde::{Deserialize, Serialize};
use std::ops::{AddAssign, SubAssign};

/// Exact sums for one bucket, value, or combination of both.
///
/// Addition is associative and commutative, with [`Counts::default`] as identity; subtraction undoes addition. So
/// shards add up, and a visitor folded again replaces what it had contributed (laws 2 and 8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Counts {
    /// Distinct visitors with a pageview or custom event here.
    pub visitors: i64,
    /// Visits that began here (or, for an event dimension, visits with a hit of the value).
    pub visits: i64,
    /// Pageviews here.
    pub pageviews: i64,
    /// Pageviews and custom events here.
    pub events: i64,
    /// Of `visits`, those that bounced.
    pub bounces: i64,
    /// Of `visits`, the sum of durations, milliseconds.
    pub duration_ms: i64,
    /// Of `visits`, the sum of all their pageviews (definition 11).
    pub visit_pageviews: i64,
    /// Of `visits`, engaged milliseconds over all (visit, page) pairs (definition 12).
    pub engaged_ms: i64,
    /// (visit, page) pairs that have engaged time.
    pub engaged_pairs: i64,
    /// Sum over (visit, page) pairs of the deepest scroll, percent.
    pub scroll_sum: i64,
    /// (visit, page) pairs that have a scroll depth.
    pub scroll_pairs: i64,
}

impl Counts {
    /// Whether every number is zero: such a row does not exist (definition 10).
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    /// This, or its opposite.
    pub fn times(self, sign: i64) -> Self {
        let mut out = self;
        out.each(Self::default(), |a, _| *a *= sign);
        out
    }

    /// The larger of each number.
    pub fn largest(self, other: Self) -> Self {
        let mut out = self;
        out.each(other, |a, b| *a = (*a).max(b));
        out
    }

    fn each(&mut self, other: Self, mut f: impl FnMut(&mut i64, i64)) {
        f(&mut self.visitors, other.visitors);
        f(&mut self.visits, other.visits);
        f(&mut self.pageviews, other.pageviews);
        f(&mut self.events, other.events);
        f(&mut self.bounces, other.bounces);
        f(&mut self.duration_ms, other.duration_ms);
        f(&mut self.visit_pageviews, other.visit_pageviews);
        f(&mut self.engaged_ms, other.engaged_ms);
        f(&mut self.engaged_pairs, other.engaged_pairs);
        f(&mut self.scroll_sum, other.scroll_sum);
        f(&mut self.scroll_pairs, other.scroll_pairs);
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.each(other, |a, b| *a += b);
    }
}

impl SubAssign for Counts {
    fn sub_assign(&mut self, other: Self) {
        self.each(other, |a, b| *a -= b);
    }
}
