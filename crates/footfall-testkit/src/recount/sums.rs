//! The numbers behind the metrics of a row.

use super::tally::Tally;

/// Exact sums over what was counted under one combination of values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sums {
    /// Distinct visitors of a day, summed over days (5).
    pub visitors: i64,
    /// Visits that began.
    pub visits: i64,
    /// Pageviews.
    pub pageviews: i64,
    /// Pageviews and custom events.
    pub events: i64,
    /// Of the visits, those that bounced (6).
    pub bounces: i64,
    /// Of the visits, first to last pageview or custom event.
    pub duration_ms: i64,
    /// Of the visits, all their pageviews (11).
    pub visit_pageviews: i64,
    /// Engaged time (12).
    pub engaged_ms: i64,
    /// (visit, page) pairs that have engaged time.
    pub engaged_pairs: i64,
    /// The deepest scroll of each (visit, page) pair, percent (12).
    pub scroll_sum: i64,
    /// (visit, page) pairs that have a scroll depth.
    pub scroll_pairs: i64,
}

impl Sums {
    pub(super) fn of(tally: &Tally) -> Self {
        let visits = || tally.visits.values();
        Self {
            visitors: count(tally.visitors.len()),
            visits: count(tally.visits.len()),
            pageviews: tally.pageviews,
            events: tally.events,
            bounces: count(visits().filter(|visit| visit.is_bounce()).count()),
            duration_ms: visits().map(|visit| visit.duration_ms()).sum(),
            visit_pageviews: visits().map(|visit| count(visit.pageviews().len())).sum(),
            engaged_ms: tally.engaged_ms.values().sum(),
            engaged_pairs: count(tally.engaged_ms.len()),
            scroll_sum: tally.scroll.values().map(|depth| i64::from(*depth)).sum(),
            scroll_pairs: count(tally.scroll.len()),
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).expect("a count fits 64 bits")
}
