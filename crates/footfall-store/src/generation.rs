//! Which generation of a site's numbers answers which days.

use footfall_domain::{LocalDate, LogicId, UnixMillis};
use serde::{Deserialize, Serialize};

/// A site's runs of days and the generation that answers each. Readers read it once and pass it to all their reads
/// (law 4); activation replaces the whole row.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct GenerationRow {
    /// Grows by one with every activation; 0 is a site that never had one.
    pub version: u64,
    /// In order of date, none overlapping. A day in none of them is answered by generation 0.
    pub runs: Vec<Run>,
    /// Oldest first: the list to undo from.
    pub history: Vec<Activation>,
}

impl GenerationRow {
    /// The generation that answers a day.
    pub fn of(&self, date: LocalDate) -> u32 {
        self.runs.iter().find(|run| (run.from..=run.through).contains(&date)).map_or(0, |run| run.generation)
    }
}

/// Days, both ends included, answered by one generation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Run {
    /// First day.
    pub from: LocalDate,
    /// Last day.
    pub through: LocalDate,
    /// Which generation answers.
    pub generation: u32,
}

/// That the runs were changed once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Activation {
    /// When.
    pub at: UnixMillis,
    /// By whom: an email address, or the name of a command.
    pub who: String,
    /// In the words of who did it.
    pub why: String,
    /// The rules of the generation activated.
    pub logic: LogicId,
    /// The runs before: what an undo brings back.
    pub before: Vec<Run>,
}
