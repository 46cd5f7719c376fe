//! Parts of a page's numbers, for who takes only those away.

use super::load::{Asker, Asking};
use super::{Against, Chart, Compare, Headline, PageMetric, PageState, Panel, chart_of};
use crate::panels::{self, Column, PanelReport};
use footfall_domain::Metric;
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

/// The headline numbers of a page.
///
/// # Errors
/// As [`super::load()`].
pub async fn headlines_alone(asker: &Asker<'_>, state: &PageState) -> Result<Vec<Headline>, RunError> {
    let asking = Asking::of(asker, state);
    Ok(asking.headlines(&asking.run(&asking.totals()).await?))
}

/// The headline number of a page's metric, and it over time; beside the days before where `compared`.
///
/// # Errors
/// As [`super::load()`].
pub async fn headline_and_chart(asker: &Asker<'_>, state: &PageState, compared: bool) -> Result<(Option<Headline>, Chart), RunError> {
    let mut asking = Asking::of(asker, state);
    asking.metrics = vec![asking.metric()];
    let totals = asking.run(&asking.totals()).await?;
    let headline = asking.headlines(&totals).pop();
    let chart = match compared {
        true => chart_of(&asking, &totals).await?,
        false => {
            let alone = state.with_compare(Compare::from(Against::Off));
            chart_of(&Asking { state: &alone, ..asking }, &Report { other: None, ..totals }).await?
        }
    };
    Ok((headline, chart))
}

/// A panel's list, so many rows of it.
///
/// # Errors
/// As [`super::load()`].
pub async fn list_alone(asker: &Asker<'_>, state: &PageState, panel: Panel, rows: usize) -> Result<PanelReport, RunError> {
    let asking = Asking::of(asker, state);
    let lists = panels::Asking { rows, ..asking.lists() };
    let list = lists.panel(panel).await?;
    if !list.columns.contains(&Column::Of(Metric::Percentage)) {
        return Ok(list);
    }
    let totals = asking.run(&asking.query(asking.range, vec![Metric::Visitors])).await?;
    Ok(list.share_of(totals.value(Metric::Visitors).unwrap_or(0.0)))
}
