//! What came of an import, and how far it is.

use footfall_domain::{DropReason, LocalDate};
use footfall_ingest::import::Format;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many unreadable lines are shown.
pub const MAX_SAMPLES: usize = 5;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes of the file read, as they lie on the disk (packed, if it is gzip).
    pub bytes: u64,
    /// Lines read that were not known before.
    pub lines: u64,
    /// Hits in the log.
    pub hits: u64,
}

/// What came of an import.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Summary {
    /// The format, by its name on the command line; empty for an empty file.
    pub format: String,
    /// Lines read, without those of earlier imports.
    pub read: u64,
    /// Lines an earlier import of this file has brought in.
    pub known: u64,
    /// Lines that are hits and will be counted, as far as a line alone can tell ("kept"): what is a repetition, or stands
    /// beside hits of a tracker, shows in the fold.
    pub counted: u64,
    /// Lines that are none, and hits that will not be counted, by reason; unreadable lines among them.
    pub dropped: BTreeMap<DropReason, u64>,
    /// The first unreadable lines.
    pub unreadable: Vec<Sample>,
    /// The site's days that have got hits.
    pub days: BTreeSet<LocalDate>,
    /// Days that had hits before and whose secret was gone: who was there before counts as a new visitor.
    pub new_visitor_days: BTreeSet<LocalDate>,
    /// Whether the last line was left for the next time, because it is still being written.
    pub unfinished: bool,
}

/// A line that could not be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sample {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why.
    pub why: String,
    /// Its beginning, addresses masked.
    pub text: String,
}

impl Summary {
    pub(super) fn of(format: Format) -> Self {
        Self { format: format.name().to_owned(), ..Self::default() }
    }

    pub(super) fn drop_one(&mut self, reason: DropReason) {
        *self.dropped.entry(reason).or_default() += 1;
    }

    /// Lines that could not be read.
    pub fn unreadable_lines(&self) -> u64 {
        self.dropped.get(&DropReason::Unreadable).copied().unwrap_or_default()
    }

    /// Adds what came of another file.
    pub fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.known += other.known;
        self.counted += other.counted;
        for (reason, count) in &other.dropped {
            *self.dropped.entry(*reason).or_default() += count;
        }
        self.unreadable.extend(other.unreadable.iter().take(MAX_SAMPLES.saturating_sub(self.unreadable.len())).cloned());
        self.days.extend(&other.days);
        self.new_visitor_days.extend(&other.new_visitor_days);
        self.unfinished |= other.unfinished;
    }
}
