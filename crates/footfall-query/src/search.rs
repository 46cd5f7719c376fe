//! A search among rows: which of them are shown, by their own values.
//!
//! Not a filter: whoever is counted in a row stays in it, and in what it is a part of. So a row that is found has the
//! numbers it has in the whole list, and what answers the whole list answers the search.

use crate::filter::{passes, text_test};
use crate::plan::Key;
use crate::{By, Filter, Query, QueryError};
use footfall_fold::TextTest;

/// A search, ready to be asked about rows.
#[derive(Debug)]
pub(crate) enum Search {
    All(Vec<Search>),
    Any(Vec<Search>),
    Not(Box<Search>),
    /// Of the value at this place of a row's key.
    Test {
        at: usize,
        test: TextTest,
        is_not: bool,
    },
}

impl Search {
    /// The search of a query; none where all rows are wanted.
    pub fn of(query: &Query) -> Result<Option<Self>, QueryError> {
        query.search.as_ref().map(|search| Self::new(search, &query.dimensions)).transpose()
    }

    fn new(search: &Filter, dimensions: &[By]) -> Result<Self, QueryError> {
        let all = |parts: &[Filter]| parts.iter().map(|part| Self::new(part, dimensions)).collect::<Result<Vec<_>, _>>();
        match search {
            Filter::And(parts) => Ok(Self::All(all(parts)?)),
            Filter::Or(parts) => Ok(Self::Any(all(parts)?)),
            Filter::Not(part) => Ok(Self::Not(Box::new(Self::new(part, dimensions)?))),
            Filter::Test { op, by, values, case_sensitive } => {
                let at = dimensions.iter().position(|dimension| dimension == by && !by.is_time());
                let at = at.ok_or_else(|| QueryError::new("search", format!("'{}' is no dimension of the rows", by.name())))?;
                Ok(Self::Test { at, test: text_test(*op, values, *case_sensitive, "search")?, is_not: op.is_negative() })
            }
            Filter::HasDone(_) | Filter::HasNotDone(_) | Filter::Segment(_) | Filter::Scrolled(_) => {
                Err(QueryError::new("search", "rows are searched by their values"))
            }
        }
    }

    /// Whether a row is found.
    pub fn finds(&self, key: &[Key]) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.finds(key)),
            Self::Any(parts) => parts.iter().any(|part| part.finds(key)),
            Self::Not(part) => !part.finds(key),
            Self::Test { at, test, is_not } => match &key[*at] {
                Key::Text(text) => passes(test, text) != *is_not,
                Key::Time(_) => false,
            },
        }
    }
}
