//! Parts of a page's numbers, for who takes only those away.

use super::load::{Asker, Asking};
use super::{Chart, PageMetric, PageState, chart_of};
use footfall_query::{By, Report, RunError, TimeUnit};

/// The chart of a page.
///
/// # Errors
/// As [`super::load()`].
pub async fn chart_alone(asker: &Asker<'_>, state: &PageState) -> Result<Chart, RunError> {
    let asking = Asking::of(asker, state);
    let totals = asking.run(&asking.totals()).await?;
    chart_of(&asking, &totals).await
}

/// The headline numbers of a page, each point of time a row.
///
/// # Errors
/// As [`super::load()`].
pub async fn numbers_over_time(asker: &Asker<'_>, state: &PageState) -> Result<(Vec<PageMetric>, Report), RunError> {
    let asking = Asking::of(asker, state);
    let metrics = asking.metrics.iter().map(|metric| metric.metric()).collect();
    let report = asking.run(&asking.query(asking.range, metrics).by(By::Time(TimeUnit::Auto)).with_labels()).await?;
    Ok((asking.metrics, report))
}
