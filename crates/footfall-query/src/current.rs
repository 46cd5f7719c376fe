//! Who is there right now (definition 7).
//!
//! Asked on a ten-second boundary, which keeps the count additive over shards and free of the clock (design, section 4):
//! a slot of ten seconds is wholly within the five minutes or wholly before them.

use crate::names::Resolved;
use crate::plan::Plan;
use crate::{Context, Query, RunError, SiteContext, Source, SourceError, View};
use footfall_domain::UnixMillis;
use std::sync::Arc;

/// The length of a slot.
pub const SLOT_MS: i64 = 10_000;
/// Slots in five minutes.
const SLOTS: i64 = 30;

/// The ten-second boundary before now.
pub fn as_of(now: UnixMillis) -> UnixMillis {
    UnixMillis(now.0.div_euclid(SLOT_MS) * SLOT_MS)
}

/// Whoever had a counted hit since then is there.
pub fn since(now: UnixMillis) -> UnixMillis {
    as_of(now).plus(-SLOTS * SLOT_MS)
}

/// The visitors at present of the hits that a query keeps; only its filters matter. Around local midnight both days'
/// visitors are summed. Asks the folded hits of those days: in memory where a day is open, else they are folded from the log.
///
/// Must be called within a tokio runtime.
///
/// # Errors
/// As [`crate::run_in`].
pub async fn current_visitors(
    query: &Query,
    context: &Context<'_>,
    site: &SiteContext,
    view: &View,
    source: &dyn Source,
) -> Result<i64, RunError> {
    crate::parse::check(query)?;
    let filter = Arc::new(Plan::new(&[], &Resolved::of(query, site)?.filters)?.filter);
    let (since, calendar) = (since(context.now), context.calendar);
    let (first, last) = (calendar.moment(since).date, calendar.moment(context.now).date);
    let mut visitors = 0;
    for date in (first.0..=last.0).map(footfall_domain::LocalDate) {
        if view.first_date.is_none_or(|first| date < first) {
            continue;
        }
        let (hits, filter) = (source.hits(view.site, date).await?, filter.clone());
        let count = move || {
            let people = hits.people();
            let mut sum = 0;
            hits.scan(&mut |shard| sum += shard.seen_since(people, filter.as_ref().as_ref(), since));
            sum
        };
        visitors += tokio::task::spawn_blocking(count).await.map_err(SourceError::new)?;
    }
    Ok(visitors)
}
