//! What the open form of a filter needs to know.

use super::load::Asking;
use super::suggest::{Suggestion, suggestions};
use super::{Filter, Sheet, Subject};
use footfall_query::{RunError, property_keys};

/// The open form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetReport {
    /// A filter being made or changed.
    Filter {
        /// What it is about.
        subject: Subject,
        /// The filter in whose place it comes.
        instead: Option<Filter>,
        /// The most frequent values.
        suggestions: Vec<Suggestion>,
    },
    /// Which property? Those of the period, most visitors first.
    Properties(Vec<String>),
}

/// How many properties are offered.
const MOST_PROPERTIES: usize = 100;

/// Asks for what a form needs.
pub async fn load(asking: &Asking<'_>, sheet: Option<&Sheet>) -> Result<Option<SheetReport>, RunError> {
    let (subject, instead) = match sheet {
        None => return Ok(None),
        Some(Sheet::Properties) => return properties(asking).await.map(Some),
        Some(Sheet::NewFilter(subject)) => (subject.clone(), None),
        Some(Sheet::EditFilter(filter)) => (filter.subject.clone(), Some(filter.clone())),
    };
    let suggestions = suggestions(asking.asker, asking.state, &subject, "").await?;
    Ok(Some(SheetReport::Filter { subject, instead, suggestions }))
}

async fn properties(asking: &Asking<'_>) -> Result<SheetReport, RunError> {
    let query = asking.query(asking.range, vec![footfall_domain::Metric::Visitors]);
    let keys = property_keys(&query, asking.asker.context, asking.asker.site, asking.asker.view, asking.asker.source).await?;
    Ok(SheetReport::Properties(keys.into_iter().take(MOST_PROPERTIES).map(|key| key.name).collect()))
}
