//! The numbers of the last half hour.

use crate::format;
use crate::panels::{self, Asking, Panel, PanelReport};
use crate::site_page::{Asker, PageState};
use footfall_domain::{Metric, UnixMillis};
use footfall_query::{By, DateRange, RunError, TimeUnit, current_visitors};
use futures::future::try_join3;
use std::collections::HashMap;

/// How many minutes are shown, the running one included.
const MINUTES: i64 = 30;
const MINUTE_MS: i64 = 60_000;

/// The lists shown below: what has no visits, and what takes long to read, is not about this moment.
const PANELS: [Panel; 5] = [Panel::Sources, Panel::Pages, Panel::Places, Panel::Devices, Panel::Goals];

/// The last half hour.
#[derive(Clone, PartialEq, Debug)]
pub struct RealtimeReport {
    /// Visitors at present whose hits pass the filters; none where a member has no filter: then they are the site's.
    pub current: Option<i64>,
    /// Visitors.
    pub visitors: i64,
    /// Page views.
    pub pageviews: i64,
    /// Page views by minute: the clock time at the site, and how many; the running minute last.
    pub minutes: Vec<(String, i64)>,
    /// The lists.
    pub panels: Vec<PanelReport>,
}

/// The running minute and the 29 before it.
pub fn half_hour(now: UnixMillis) -> DateRange {
    let end = (now.0.div_euclid(MINUTE_MS) + 1) * MINUTE_MS;
    DateRange::Instants(UnixMillis(end - MINUTES * MINUTE_MS), UnixMillis(end))
}

/// Asks for the last half hour under the filters of a state.
///
/// # Errors
/// The numbers could not be read.
pub async fn load(asker: &Asker<'_>, state: &PageState) -> Result<RealtimeReport, RunError> {
    let range = half_hour(asker.context.now);
    let today = asker.context.calendar.moment(asker.context.now).date;
    let lists = Asking { asker, state, range: &range, days: (today, today), rows: panels::ROWS };
    let totals = lists.query(vec![Metric::Visitors, Metric::Pageviews]);
    let by_minute = lists.query(vec![Metric::Pageviews]).by(By::Time(TimeUnit::Minute)).with_labels();
    let current = if state.filters.is_empty() && state.door.is_member() {
        None
    } else {
        Some(current_visitors(&totals, asker.context, asker.site, asker.view, asker.source).await?)
    };
    let (totals, by_minute, panels) = try_join3(lists.run(&totals), lists.run(&by_minute), panels::load(&lists, &PANELS)).await?;
    let whole = |metric| totals.value(metric).unwrap_or(0.0);
    let views: HashMap<&str, i64> = by_minute
        .rows
        .iter()
        .filter_map(|row| Some((row.dimensions.first()?.as_str(), row.metrics.first().copied().flatten()? as i64)))
        .collect();
    let labels = by_minute.meta.time_labels.unwrap_or_default();
    let minute = |label: &String| (format::hour_of(label).to_owned(), views.get(label.as_str()).copied().unwrap_or(0));
    let visitors = whole(Metric::Visitors);
    Ok(RealtimeReport {
        current,
        visitors: visitors as i64,
        pageviews: whole(Metric::Pageviews) as i64,
        minutes: labels.iter().map(minute).collect(),
        panels: panels.into_iter().map(|list| list.share_of(visitors)).collect(),
    })
}
