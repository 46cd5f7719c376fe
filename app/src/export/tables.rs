//! The tables people take away.

use super::Csv;
use crate::details::{DetailsState, load_rows};
use crate::panels::{Column, List, Panel, value_label};
use crate::site_page::{Asker, Chart, PageMetric, PageState, chart_alone, numbers_over_time};
use footfall_query::RunError;

/// The most rows of a list: what the query room gives at once.
const ROWS: u32 = 10_000;

/// A panel's list, all its rows and columns.
///
/// # Errors
/// The numbers could not be read.
pub async fn list(asker: &Asker<'_>, state: &DetailsState) -> Result<String, RunError> {
    let report = load_rows(asker, state, ROWS).await?;
    let subject = report.shown.list.subject(report.shown.property.as_deref());
    let versions = matches!(report.shown.list, List::Versions { .. });
    // Where people read another word than programs, both are there.
    let label = |value: &str| subject.as_ref().map(|subject| value_label(subject, value, asker.lang));
    let coded = report.rows.iter().any(|row| label(&row.value).is_some_and(|label| label != row.value));
    let mut head: Vec<&str> = if versions { vec!["name", "version"] } else { vec!["name"] };
    head.extend(coded.then_some("code"));
    head.extend(report.columns.iter().map(|column| name(*column)));
    let mut csv = Csv::with_head(head);
    for row in &report.rows {
        if versions {
            csv.text(row.of.as_deref().unwrap_or_default());
        }
        csv.text(&label(&row.value).unwrap_or_else(|| row.value.clone()));
        if coded {
            csv.text(&row.value);
        }
        for number in report.columns.iter().enumerate().map(|(at, _)| row.numbers.get(at).copied().flatten()) {
            csv.number(number);
        }
        csv.end_row();
    }
    Ok(csv.into_text())
}

/// A column's name in the head.
fn name(column: Column) -> &'static str {
    match column {
        Column::Conversions => "conversions",
        Column::Entrances => "entrances",
        Column::Exits => "exits",
        Column::Views => "views",
        Column::ViewShare => "views_share",
        Column::Of(metric) => footfall_query::metric::name(metric),
    }
}

/// The headline numbers over time.
///
/// # Errors
/// The numbers could not be read.
pub async fn over_time(asker: &Asker<'_>, state: &PageState) -> Result<String, RunError> {
    let (metrics, report) = numbers_over_time(asker, state).await?;
    let mut csv = Csv::with_head(std::iter::once("date").chain(metrics.iter().map(|metric| PageMetric::name(*metric))));
    for row in &report.rows {
        csv.text(row.dimensions.first().map_or("", String::as_str));
        row.metrics.iter().for_each(|value| csv.number(*value));
        csv.end_row();
    }
    Ok(csv.into_text())
}

/// The chart of a page, without anything else of it.
///
/// # Errors
/// The numbers could not be read.
pub async fn time(asker: &Asker<'_>, state: &PageState) -> Result<Chart, RunError> {
    chart_alone(asker, state).await
}

/// Every list there is, as a panel and the state that shows it.
pub fn lists(state: &PageState) -> impl Iterator<Item = (String, DetailsState)> + use<'_> {
    Panel::ALL.into_iter().flat_map(move |panel| {
        panel.tabs().iter().map(move |tab| {
            let name = if tab.name.is_empty() { panel.name().to_owned() } else { format!("{}_{}", panel.name(), tab.name) };
            (name, DetailsState::new(panel, if tab.name.is_empty() { state.clone() } else { state.with_tab(panel, tab.name) }))
        })
    })
}
