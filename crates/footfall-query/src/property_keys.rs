//! The names of the properties seen in a period: a question of the pages, which the v2 query has no words for.

use crate::date_range::Reference;
use crate::gather::Ground;
use crate::names::Resolved;
use crate::plan::{Key, Plan};
use crate::run::known_dates;
use crate::{Context, Query, RunError, SiteContext, Source, View};
use std::sync::Arc;

/// A property some hit had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PropertyKey {
    /// Its name: `event:props:NAME`.
    pub name: String,
    /// Visitors with a pageview or custom event that had it.
    pub visitors: i64,
    /// Pageviews and custom events that had it.
    pub events: i64,
}

/// The properties of the hits that a query keeps in its range, the most seen first. Only the query's range, date and
/// filters matter. Reads hits.
///
/// # Errors
/// As [`crate::run_in`].
pub async fn property_keys(
    query: &Query,
    context: &Context<'_>,
    site: &SiteContext,
    view: &View,
    source: &dyn Source,
) -> Result<Vec<PropertyKey>, RunError> {
    let calendar = Arc::new(context.calendar.clone());
    let reference = Reference { calendar: &calendar, now: context.now, date: query.date, first_date: view.first_date };
    let period = query.date_range.resolve(&reference);
    crate::parse::check(query)?;
    let plan = Plan::of_property_names(&Resolved::of(query, site)?.filters)?;
    let ground = Ground { source, view, calendar: &calendar, known: known_dates(view, &reference), hits_only: false };
    let table = ground.table(&Arc::new(plan), &period).await?;
    let key = |(key, cell): (Vec<Key>, crate::gather::Cell)| PropertyKey {
        name: key.first().map(Key::label).unwrap_or_default(),
        visitors: cell.counts.visitors,
        events: cell.counts.events,
    };
    // A property that only engagement had was nobody's doing.
    let mut keys: Vec<_> = table.into_iter().map(key).filter(|key| key.events > 0).collect();
    keys.sort_by(|a, b| b.visitors.cmp(&a.visitors).then_with(|| a.name.cmp(&b.name)));
    Ok(keys)
}
