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

/// How somebody wants to see things. Kept with a version: what has none is of before there were any and means the same;
/// what a later version has written is nobody's choice as far as this one knows, and is left aside.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Preferences {
    /// Domains of the sites at the top of the list, in this order.
    pub pins: Vec<String>,
    /// The language of the pages, as a BCP 47 tag; `None`: as the browser says.
    pub language: Option<String>,
}

/// The version of what [`Kept`] says. Goes up when a field comes to mean something else, not when one is added.
const PREFERENCES_VERSION: u32 = 1;

/// Preferences as they are kept.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    version: u32,
    pins: Vec<String>,
    language: Option<String>,
}

impl From<Kept> for Preferences {
    fn from(kept: Kept) -> Self {
        if kept.version > PREFERENCES_VERSION {
            return Self::default();
        }
        Self { pins: kept.pins, language: kept.language }
    }
}

impl From<Preferences> for Kept {
    fn from(preferences: Preferences) -> Self {
        Self { version: PREFERENCES_VERSION, pins: preferences.pins, language: preferences.language }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: Value) -> Preferences {
        serde_json::from_value(json).expect("preferences")
    }

    #[test]
    fn preferences_are_read_by_their_version() {
        let theirs = Preferences { pins: vec!["a.example".into()], language: Some("de".into()) };
        let kept = serde_json::to_value(&theirs).expect("JSON");
        assert_eq!(kept, json!({"version": 1, "pins": ["a.example"], "language": "de"}));
        assert_eq!(read(kept), theirs);
        assert_eq!(read(json!({"pins": ["a.example"], "language": "de"})), theirs, "of before there were versions");
        assert_eq!(read(json!({"version": 2, "pins": ["a.example"], "language": "de"})), Preferences::default());
        assert_eq!(read(json!({})), Preferences::default());
    }
}
