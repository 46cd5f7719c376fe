//! A closed site-day, folded from the log for one purpose and then let go.

use footfall_domain::{EventBatch, Position, Rollup, UnixMillis};
use footfall_fold::{People, Shard};
use footfall_query::DayHits;

/// A whole day in one shard.
pub(crate) struct ClosedDay {
    shard: Shard,
    /// The last position it holds.
    pub(crate) through: Position,
}

impl ClosedDay {
    /// Folds all batches of a day.
    pub(crate) fn fold(batches: impl IntoIterator<Item = EventBatch>, through: Position) -> Self {
        let mut shard = Shard::new();
        for batch in batches {
            shard.apply(&batch, 0..=255);
        }
        Self { shard, through }
    }

    pub(crate) fn rollup(&self) -> Rollup {
        self.shard.rollup()
    }

    pub(crate) fn newest(&self) -> Option<UnixMillis> {
        self.shard.newest()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.shard.bytes()
    }
}

impl DayHits for ClosedDay {
    fn people(&self) -> People {
        if self.shard.feed_events(People::Live) > 0 { People::Live } else { People::Log }
    }

    fn scan(&self, see: &mut dyn FnMut(&Shard)) {
        see(&self.shard);
    }
}
