//! What the open form of a filter needs to know.

use super::load::Asking;
use super::suggest::{Suggestion, suggestions};
use super::{Filter, Operator, Sheet, Subject};
use footfall_query::{RunError, SiteContext, property_keys};

/// The open form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetReport {
    /// A filter being made or changed.
    Filter {
        /// What it is about.
        subject: Subject,
        /// The filter in whose place it comes.
        instead: Option<Filter>,
        /// What the segment of that filter asks, where the page can say all of it.
        opened: Vec<Filter>,
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
    let opened = instead.as_ref().map(|filter| opened(asking.asker.site, filter)).unwrap_or_default();
    Ok(Some(SheetReport::Filter { subject, instead, opened, suggestions }))
}

/// The filters one segment stands for; none where the page has no words for one of them.
fn opened(site: &SiteContext, filter: &Filter) -> Vec<Filter> {
    let (Subject::Segment, Operator::Is, [id]) = (&filter.subject, filter.operator, &filter.values[..]) else { return Vec::new() };
    let segment = site.segments.iter().find(|segment| segment.id.to_string() == *id);
    let filters = segment.and_then(|segment| segment.filters.iter().map(Filter::of_query).collect::<Option<Vec<_>>>());
    filters.unwrap_or_default()
}

async fn properties(asking: &Asking<'_>) -> Result<SheetReport, RunError> {
    let query = asking.query(asking.range, vec![footfall_domain::Metric::Visitors]);
    let keys = property_keys(&query, asking.asker.context, asking.asker.site, asking.asker.view, asking.asker.source).await?;
    Ok(SheetReport::Properties(keys.into_iter().take(MOST_PROPERTIES).map(|key| key.name).collect()))
}
