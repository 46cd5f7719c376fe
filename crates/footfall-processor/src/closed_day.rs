//! A closed site-day, folded from the log.

use footfall_domain::{EventBatch, LogicId, Position, Rollup, UnixMillis};
use footfall_fold::{People, Shard};
use footfall_query::DayHits;

/// A whole day in one shard.
pub(crate) struct ClosedDay {
    shard: Shard,
    /// The last position it holds.
    pub(crate) through: Position,
    /// What decided what its hits mean.
    pub(crate) logic: LogicId,
}

impl ClosedDay {
    /// A day that begins with this batch.
    pub(crate) fn new(batch: &EventBatch, through: Position, logic: LogicId) -> Self {
        let mut day = Self { shard: Shard::new(), through, logic };
        day.apply(batch, through);
        day
    }

    /// Folds the next part of the day.
    pub(crate) fn apply(&mut self, batch: &EventBatch, through: Position) {
        self.shard.apply(batch, 0..=255);
        self.through = through;
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
