//! Where a hit stands in the log: progress, and nothing else.

use crate::Hit;
use serde::{Deserialize, Serialize};

/// A hit's place in the event log. Positions never repeat.
///
/// Offsets are compared only within one epoch and partition; a restored or recreated log starts a new epoch, and its
/// open days are folded again. Position decides nothing but progress (design, section 1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Position {
    /// Which life of the log.
    pub epoch: u64,
    /// Which partition; 0 where there is one.
    pub partition: u32,
    /// The place within the partition, from 0.
    pub offset: u64,
}

impl Position {
    /// Whether this place is at or after `other`; `None` when the two cannot be compared.
    pub fn covers(self, other: Self) -> Option<bool> {
        ((self.epoch, self.partition) == (other.epoch, other.partition)).then_some(self.offset >= other.offset)
    }
}

/// A hit and its place in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// Where it stands.
    pub position: Position,
    /// What was observed.
    pub hit: Hit,
}
