//! The chart in words: what the table behind it says, and where the tooltip reads.

use super::{Chart, ChartPoint, PageMetric};
use crate::chart::{Unit, height_of};
use crate::format;

/// A row of the table behind the chart. Empty texts where there is nothing to say.
pub struct TableRow {
    /// The point.
    pub head: String,
    /// Its value.
    pub value: String,
    /// The compared point.
    pub head_before: String,
    /// Its value.
    pub before: String,
    /// From that value to this.
    pub change: String,
    /// Where the point is in the picture, pixels from the top.
    pub y: Option<i32>,
}

/// What the values of a metric are.
pub fn unit(metric: PageMetric) -> Unit {
    match metric {
        PageMetric::Visitors | PageMetric::Visits | PageMetric::Pageviews => Unit::Count,
        PageMetric::ViewsPerVisit => Unit::Number,
        PageMetric::BounceRate => Unit::Percent,
        PageMetric::VisitDuration => Unit::Seconds,
    }
}

/// What the picture shows, in a sentence.
pub fn heading(chart: &Chart) -> String {
    let ends = match (chart.points.first(), chart.points.last()) {
        (Some(first), Some(last)) if chart.points.len() > 1 => format!(", {} to {}", first.long, last.long),
        (Some(only), _) => format!(", {}", only.long),
        _ => String::new(),
    };
    let compared = chart.compared_with.as_ref().map_or(String::new(), |with| format!(", compared with {with}"));
    format!("{} by {}{ends}{compared}", chart.metric.label(), chart.interval.name())
}

/// The rows of the table, one a point.
pub fn table_rows(chart: &Chart) -> Vec<TableRow> {
    let values = chart.points.iter().flat_map(|point| [point.value, point.before]).flatten();
    let largest = values.fold(0.0, f64::max);
    chart.points.iter().map(|point| row(chart.metric, point, largest)).collect()
}

fn row(metric: PageMetric, point: &ChartPoint, largest: f64) -> TableRow {
    let text = |value: Option<f64>| value.map(|value| metric.text(value)).unwrap_or_default();
    TableRow {
        head: point.long.clone(),
        value: text(point.value),
        head_before: point.long_before.clone().unwrap_or_default(),
        before: text(point.before),
        change: change(point).map(format::signed_percent).unwrap_or_default(),
        y: point.value.map(|value| height_of(value, largest, unit(metric))),
    }
}

/// Whole percent, halves away from zero (definition 18).
fn change(point: &ChartPoint) -> Option<i64> {
    let (now, before) = (point.value?, point.before.filter(|before| *before != 0.0)?);
    Some(((now - before) * 100.0 / before).round() as i64)
}
