//! The tables people take away.

use super::Csv;
use crate::details::{DetailsReport, DetailsState, load_rows, load_tab};
use crate::panels::{Column, value_label};
use crate::site_page::{Asker, PageMetric, PageState, numbers_over_time};
use crate::words::Lang;
use footfall_domain::Currency;
use footfall_query::{Row, RunError};
use std::collections::HashMap;

/// All rows of a list, however many there are: the query room has them at hand anyway to put them in order.
const ROWS: u32 = u32::MAX;

/// A panel's list as the page shows it, all its rows and columns; and what of the state the list has not.
///
/// # Errors
/// The numbers could not be read.
pub async fn list(asker: &Asker<'_>, state: &DetailsState) -> Result<(String, Option<String>), RunError> {
    let report = load_rows(asker, state, ROWS).await?;
    let unused = report.unused(state);
    Ok((written(report, asker.lang), unused))
}

/// The list of a panel's tab, whatever a filter leads to.
pub(super) async fn of_tab(asker: &Asker<'_>, state: &DetailsState) -> Result<String, RunError> {
    Ok(written(load_tab(asker, state, ROWS).await?, asker.lang))
}

fn written(report: DetailsReport, lang: Lang) -> String {
    let subject = report.shown.subject();
    let versions = report.shown.list.has_versions();
    // Where people read another word than programs, both are there.
    let label = |value: &str| subject.as_ref().map(|subject| value_label(subject, value, lang));
    let coded = report.rows.iter().any(|row| label(&row.value).is_some_and(|label| label != row.value));
    let mut head: Vec<&str> = if versions { vec!["name", "version"] } else { vec!["name"] };
    head.extend(coded.then_some("code"));
    head.extend(report.columns.iter().map(|column| name(*column)));
    let money = report.columns.iter().any(|column| column.is_money());
    head.extend(money.then_some("currency"));
    let mut csv = Csv::with_head(head);
    // A row is gone once it is written: a list may be long.
    for row in report.rows {
        if versions {
            csv.text(row.of.as_deref().unwrap_or_default());
        }
        csv.text(&label(&row.value).unwrap_or_else(|| row.value.clone()));
        if coded {
            csv.text(&row.value);
        }
        for (column, number) in report.columns.iter().zip(&row.numbers) {
            csv.number(number.map(|number| if *column == Column::ViewShare { (number * 100.0).round() / 100.0 } else { number }));
        }
        if money {
            csv.text(row.currency.as_ref().map_or("", Currency::code));
        }
        csv.end_row();
    }
    csv.into_text()
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

/// The headline numbers over time: every point up to now, also those at which nobody was there.
///
/// # Errors
/// The numbers could not be read.
pub async fn over_time(asker: &Asker<'_>, state: &PageState) -> Result<String, RunError> {
    let (metrics, report) = numbers_over_time(asker, state).await?;
    let money = metrics.iter().any(|metric| metric.is_money());
    let names = metrics.iter().map(|metric| PageMetric::name(*metric));
    let mut csv = Csv::with_head(std::iter::once("date").chain(names).chain(money.then_some("currency")));
    let labels = report.meta.time_labels.as_deref().unwrap_or_default();
    let begun = report.meta.present_index.map_or(labels.len(), |present| present + 1);
    let rows: HashMap<&str, &Row> = report.rows.iter().filter_map(|row| Some((row.dimensions.first()?.as_str(), row))).collect();
    let of_nothing: Vec<Option<f64>> = metrics.iter().map(|metric| metric.of_nothing()).collect();
    for label in labels.iter().take(begun) {
        csv.text(label);
        let row = rows.get(label.as_str());
        row.map_or(&of_nothing, |row| &row.metrics).iter().for_each(|value| csv.number(*value));
        if money {
            csv.text(row.and_then(|row| row.currency.as_ref()).map_or("", Currency::code));
        }
        csv.end_row();
    }
    Ok(csv.into_text())
}
