//! What people have given names to at a site, and what each of them prefers. None of it changes a number: goals and
//! segments are questions.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A site's goals, segments and shown properties: one row, read once and replaced as a whole, like [`crate::GenerationRow`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Lexicon {
    /// Grows by one with every change; 0 is a site that never had one.
    pub version: u64,
    /// The highest number given to a goal or segment of this site. Numbers are never given twice: an old link must not
    /// come to mean something else.
    pub last_id: u64,
    /// In the order they were made.
    pub goals: Vec<StoredGoal>,
    /// In the order they were made.
    pub segments: Vec<StoredSegment>,
    /// The custom properties whose values are shown; `None`: all that were seen.
    pub properties: Option<Vec<String>>,
}

/// A goal, as the query room writes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredGoal {
    /// Its number.
    pub id: u64,
    /// What it asks for: JSON of the query room, which the store does not read.
    pub goal: Value,
}

/// A segment, as the query room writes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredSegment {
    /// Its number.
    pub id: u64,
    /// What people call it.
    pub name: String,
    /// The email of whose it is; `None`: the site's, for everybody who may see its numbers.
    pub owner: Option<String>,
    /// Its filters: JSON of the query room, which the store does not read.
    pub filters: Value,
}

impl Lexicon {
    /// The next number of a goal or segment.
    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}

/// How somebody wants to see things.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Domains of the sites at the top of the list, in this order.
    pub pins: Vec<String>,
    /// The language of the pages, as a BCP 47 tag; `None`: as the browser says.
    pub language: Option<String>,
}
