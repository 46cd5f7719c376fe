//! The numbers of counters and cards.

use super::Card;
use crate::site_page::{Asker, PageState, known_from};
use footfall_domain::{Dimension, LocalDate, Metric};
use footfall_query::{By, Comparison, DateRange, Query, RunError, TimeUnit, run_in};
use std::ops::RangeInclusive;

/// How many visitors there were on some days, at a page or on the whole site.
///
/// # Errors
/// The numbers could not be read.
pub async fn visitors_of(asker: &Asker<'_>, days: &RangeInclusive<LocalDate>, page: Option<&str>) -> Result<i64, RunError> {
    let range = DateRange::Dates(*days.start(), *days.end());
    let query = Query::new(asker.context.site.domain.clone(), range, [Metric::Visitors]);
    let query = match page {
        Some(page) => query.only_value(By::Value(Dimension::Page), page),
        None => query,
    };
    let report = run_in(&query, asker.context, asker.site, asker.view, asker.source).await?;
    Ok(report.value(Metric::Visitors).unwrap_or(0.0) as i64)
}

/// The card of a site, about the days its page shows first.
///
/// # Errors
/// The numbers could not be read.
pub async fn card_of(asker: &Asker<'_>) -> Result<Card, RunError> {
    let domain = asker.context.site.domain.clone();
    let today = asker.context.calendar.moment(asker.context.now).date;
    let span = PageState::default().period.span(today, asker.view.first_date);
    if asker.view.first_date.is_none() {
        return Ok(Card { domain, ..Card::default() });
    }
    let query = Query::new(domain.clone(), DateRange::Dates(span.from, span.to), [Metric::Visitors]);
    let ask = async |query: &Query| run_in(query, asker.context, asker.site, asker.view, asker.source).await;
    let total = ask(&query.clone().compare(Some(Comparison::previous_period()))).await?;
    let by_day = ask(&query.by(By::Time(TimeUnit::Day)).with_labels()).await?;
    let visitors_on = |label: &String| {
        let row = by_day.rows.iter().find(|row| row.dimensions.first() == Some(label));
        row.and_then(|row| row.metrics.first().copied().flatten()).unwrap_or(0.0) as i64
    };
    // Where part of the compared days is unknown, a change from them would be none of the site's.
    let known = known_from(asker.view, asker.context, &total).is_none();
    let comparison = total.rows.first().and_then(|row| row.comparison.as_ref()).filter(|_| known);
    Ok(Card {
        domain,
        visitors: total.value(Metric::Visitors).unwrap_or(0.0) as i64,
        change: comparison.and_then(|other| other.change.first().copied().flatten()),
        days: by_day.meta.time_labels.clone().unwrap_or_default().iter().map(visitors_on).collect(),
        open: span.to >= today,
    })
}
