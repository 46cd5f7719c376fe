//! What a site's people have named: goals and segments.

use crate::{Filter, Goal, QueryError};
use serde_json::Value;

/// The most filters of a segment.
pub const MAX_SEGMENT_FILTERS: usize = 20;

/// What the names in a query stand for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SiteContext {
    /// What `event:goal` means.
    pub goals: Vec<Goal>,
    /// What `["is", "segment", [id]]` means: those the asker may use.
    pub segments: Vec<Segment>,
    /// What holds for every question of this asker, whatever else is asked: they see only hits that pass. Machines are
    /// reached by no filter and nothing is told about them.
    pub only: Vec<Filter>,
}

/// Filters under a number.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// Its number.
    pub id: u64,
    /// What people call it.
    pub name: String,
    /// All of these must hold.
    pub filters: Vec<Filter>,
}

impl Segment {
    /// Reads a segment's filters from the JSON of a query's `filters`. Segments cannot name segments.
    ///
    /// # Errors
    /// The first thing that is wrong, with its path below `filters`.
    pub fn filters_from_json(json: &Value) -> Result<Vec<Filter>, QueryError> {
        crate::parse::segment_filters(json)
    }
}

impl Segment {
    /// What [`Segment::filters_from_json`] reads back, unless it is too much or names a segment.
    pub fn filters_to_json(filters: &[Filter]) -> Value {
        filters.iter().map(crate::echo::filter).collect()
    }
}

impl SiteContext {
    /// A context without anything.
    pub const EMPTY: &'static Self = &Self { goals: Vec::new(), segments: Vec::new(), only: Vec::new() };
}
