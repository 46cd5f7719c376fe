//! A site in the list of sites.

use super::load::known_from;
use crate::models::SiteCard;
use footfall_domain::Metric;
use footfall_query::{By, Comparison, Context, DateRange, Query, RunError, Source, TimeUnit, View, run};

/// The card of a site: its last 24 hours, the present one included. `current` is how many visitors are there now.
///
/// # Errors
/// The numbers could not be read.
pub async fn card(source: &dyn Source, view: &View, context: &Context<'_>, current: i64) -> Result<SiteCard, RunError> {
    let domain = context.site.domain.clone();
    if view.first_date.is_none() {
        return Ok(SiteCard { domain, current, ..SiteCard::default() });
    }
    let query = Query::new(domain.clone(), DateRange::Hours24, [Metric::Visitors]);
    let total = run(&query.clone().compare(Some(Comparison::previous_period())), context, view, source).await?;
    let by_hour = run(&query.by(By::Time(TimeUnit::Hour)).with_labels(), context, view, source).await?;
    let visitors_of = |label: &String| {
        let row = by_hour.rows.iter().find(|row| row.dimensions.first() == Some(label));
        row.and_then(|row| row.metrics.first().copied().flatten()).unwrap_or(0.0) as i64
    };
    let labels = by_hour.meta.time_labels.clone().unwrap_or_default();
    // As on the site's page: where part of the compared days is unknown, a change from them would be none of the site's.
    let known = known_from(view, context, &total).is_none();
    let comparison = total.rows.first().and_then(|row| row.comparison.as_ref()).filter(|_| known);
    Ok(SiteCard {
        domain,
        visitors: total.value(Metric::Visitors).unwrap_or(0.0) as i64,
        change: comparison.and_then(|other| other.change.first().copied().flatten()),
        hours: Some(labels.iter().map(visitors_of).collect()),
        current,
        received: true,
        pinned: false,
    })
}
