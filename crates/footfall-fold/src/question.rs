//! What can be asked of one site-day.

use footfall_domain::{Counts, Dimension, HourKey, Takings, UnixMillis};
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A question to one site-day, answered by folding its hits (definitions 5, 9 to 12, 16, 17 and 19).
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// What the rows are. Nothing: one row, with the key `[]`.
    pub group_by: Vec<Group>,
    /// Which hits, and with them which visits, are kept. Nothing: all.
    pub filter: Option<Filter>,
    /// From (included) and to (excluded): the hits in it, and the visits that began in it, whole. Nothing: the day.
    pub range: Option<Range<UnixMillis>>,
    /// Whether to sum up the money that the kept pageviews and custom events brought.
    pub takings: bool,
}

/// One part of a row's key.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Group {
    /// The value of a dimension.
    Dimension(Dimension),
    /// The value of the property of this name, `(none)` without it.
    Property(String),
    /// The name of a property: a hit counts for each that it has, and for none without any. Once at most.
    PropertyName,
    /// The code of the currency of the hit's money, `(none)` without any.
    Currency,
    /// The hour bucket.
    Hour,
    /// The minute of UTC.
    Minute,
}

/// A Boolean predicate on (hit, its visit) (definition 16).
///
/// A hit is kept if it is true. A visit is kept, whole, if it is true for one of its pageviews or custom events.
#[derive(Clone, Debug)]
pub enum Filter {
    /// Every one of them; true when there is none.
    All(Vec<Filter>),
    /// At least one of them; false when there is none.
    Any(Vec<Filter>),
    /// The exact complement.
    Not(Box<Filter>),
    /// True for every hit of a visit that has a pageview or custom event for which the inner filter is true.
    HasDone(Box<Filter>),
    /// True for a hit whose page was, in its visit, scrolled down to at least so many percent: the deepest scroll of its
    /// (visit, page) pair (definition 12).
    Scrolled(u8),
    /// A test of one value. A missing value is compared as its label (definition 25).
    Test {
        /// What is tested.
        target: Target,
        /// What it is compared with.
        test: TextTest,
    },
}

/// What a [`Filter::Test`] looks at.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// The hit's or its visit's value of a dimension.
    Dimension(Dimension),
    /// The hit's property of this name, `(none)` without it.
    Property(String),
}

/// A test of a text. Its clauses are OR-ed; none at all is false. Evaluated once per distinct text, not per hit.
#[derive(Clone, Debug)]
pub enum TextTest {
    /// The text is one of the values.
    Is {
        /// The values.
        values: Vec<String>,
        /// Compares both sides in lower case.
        ignore_case: bool,
    },
    /// The text has one of the values in it.
    Contains {
        /// The values.
        values: Vec<String>,
        /// Compares both sides in lower case.
        ignore_case: bool,
    },
    /// One of the expressions matches somewhere in the text.
    Matches(Vec<Regex>),
}

/// What was asked for, by key. Rows whose numbers are all zero do not exist (definition 10).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// The rows; a key has one part for each of [`Question::group_by`], in that order.
    pub groups: HashMap<Vec<GroupValue>, Counts>,
    /// What the hits of some of these rows brought, if it was asked for.
    pub takings: HashMap<Vec<GroupValue>, Takings>,
}

/// One part of a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GroupValue {
    /// Value of a dimension or property.
    Text(Arc<str>),
    /// Hour bucket.
    Hour(HourKey),
    /// Minutes since 1970-01-01T00:00:00Z.
    Minute(i64),
}

impl Answer {
    /// The counts of a key; zero when there is no such row.
    pub fn counts(&self, key: &[GroupValue]) -> Counts {
        self.groups.get(key).copied().unwrap_or_default()
    }

    /// Adds the answer of another shard of the same day, or of another day, to the same question.
    ///
    /// *Law*: associative and commutative, with `Answer::default()` as identity; the sum over the shards of a day is
    /// the answer of the whole day.
    pub fn merge(&mut self, other: Answer) {
        for (key, takings) in other.takings {
            *self.takings.entry(key).or_default() += &takings;
        }
        if self.groups.is_empty() {
            self.groups = other.groups;
            return;
        }
        for (key, counts) in other.groups {
            *self.groups.entry(key).or_default() += counts;
        }
    }
}
