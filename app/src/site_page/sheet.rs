//! What the open form of a filter needs to know.

use super::load::Asking;
use super::suggest::{Suggested, Suggestion, property_names, suggestions};
use super::{Filter, Names, Operator, Sheet, Subject, asked_words};
use crate::panels::{self, plain};
use footfall_query::{By, Filter as Asked, RunError, Segment};

/// The open form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheetReport {
    /// A filter being made or changed.
    Filter {
        /// What it is about.
        subject: Subject,
        /// The filter in whose place it comes.
        instead: Option<Filter>,
        /// What the segment of that filter asks, where the page can say and show all of it.
        opened: Vec<Filter>,
        /// What its segments ask, in words, where it cannot.
        asks: Vec<String>,
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
    let suggestions = suggestions(asking.asker, asking.state, &Suggested::Values(subject.clone()), "").await?;
    let opened = instead.as_ref().map(|filter| opened(asking, filter)).unwrap_or_default();
    let asks = instead.as_ref().filter(|_| opened.is_empty()).map(|filter| asks(asking, filter)).unwrap_or_default();
    Ok(Some(SheetReport::Filter { subject, instead, opened, asks, suggestions }))
}

/// The filters one segment stands for; none where the page has no words for one of them, or no room for all.
fn opened(asking: &Asking<'_>, filter: &Filter) -> Vec<Filter> {
    let (Subject::Segment, Operator::Is, [id]) = (&filter.subject, filter.operator, &filter.values[..]) else { return Vec::new() };
    let segment = asking.asker.site.segments.iter().find(|segment| segment.id.to_string() == *id);
    let filters = segment
        .filter(|segment| may_tell(asking, segment))
        .and_then(|segment| segment.filters.iter().map(Filter::of_query).collect::<Option<Vec<_>>>());
    let filters = filters.unwrap_or_default();
    let shown = filters.iter().fold(asking.state.without_filter(filter), |state, filter| state.with_filter(filter.clone()));
    if filters.iter().all(|filter| shown.has_filter(filter)) { filters } else { Vec::new() }
}

/// What the segments of a filter ask: each of them a line, with its name where there are several.
fn asks(asking: &Asking<'_>, filter: &Filter) -> Vec<String> {
    let asker = asking.asker;
    if filter.subject != Subject::Segment {
        return Vec::new();
    }
    let names = Names::of(asker.site);
    let asked = asker.site.segments.iter().filter(|segment| filter.values.contains(&segment.id.to_string()));
    let asked = asked.filter(|segment| may_tell(asking, segment));
    let lines = asked.flat_map(|segment| {
        let named = if filter.values.len() > 1 { format!("{}: ", plain(&segment.name)) } else { String::new() };
        segment.filters.iter().map(move |asked| (named.clone(), asked))
    });
    lines.map(|(named, asked)| format!("{named}{}", asked_words(asked, &names, asker.lang))).collect()
}

/// Whether a reader may know what a segment asks: a guest nothing of a property that is not shown.
fn may_tell(asking: &Asking<'_>, segment: &Segment) -> bool {
    fn is_shown(asked: &Asked, lists: &panels::Asking<'_>) -> bool {
        match asked {
            Asked::Test { by: By::Property(name), .. } => lists.may_show(name),
            Asked::And(parts) | Asked::Or(parts) => parts.iter().all(|part| is_shown(part, lists)),
            Asked::Not(inner) | Asked::HasDone(inner) | Asked::HasNotDone(inner) => is_shown(inner, lists),
            Asked::Test { .. } | Asked::Segment(_) | Asked::Scrolled(_) => true,
        }
    }
    asking.state.door.is_member() || segment.filters.iter().all(|asked| is_shown(asked, &asking.lists()))
}

async fn properties(asking: &Asking<'_>) -> Result<SheetReport, RunError> {
    let names = property_names(asking).await?;
    Ok(SheetReport::Properties(names.into_iter().take(MOST_PROPERTIES).collect()))
}
