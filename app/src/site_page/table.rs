//! The chart in words: what the table behind it says, and where the tooltip reads.

use super::{Chart, ChartPoint, PageMetric};
use crate::chart::{Unit, height_of};
use crate::format;
use crate::words::Lang;

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
    /// Whether that is good; `None`: neither.
    pub good: Option<bool>,
    /// Where the point is in the picture, pixels from the top.
    pub y: Option<i32>,
}

/// What the values of a metric are.
pub fn unit(metric: PageMetric) -> Unit {
    match metric {
        PageMetric::Visitors | PageMetric::Visits | PageMetric::Pageviews | PageMetric::Conversions => Unit::Count,
        PageMetric::ViewsPerVisit | PageMetric::TotalRevenue | PageMetric::AverageRevenue => Unit::Number,
        PageMetric::BounceRate | PageMetric::ScrollDepth | PageMetric::ConversionRate => Unit::Percent,
        PageMetric::VisitDuration | PageMetric::TimeOnPage => Unit::Seconds,
    }
}

/// What the picture shows, in a sentence.
pub fn heading(chart: &Chart, label: &str, lang: Lang) -> String {
    let words = &lang.words().chart;
    let mut parts = vec![(words.by)(label, chart.interval.words(words).name)];
    match (chart.points.first(), chart.points.last()) {
        (Some(first), Some(last)) if chart.points.len() > 1 => parts.push((words.through)(&first.long, &last.long)),
        (Some(only), _) => parts.push(only.long.clone()),
        _ => {}
    }
    parts.extend(chart.compared_with.as_ref().map(|with| (words.compared_with)(with)));
    parts.join(", ")
}

/// The rows of the table, one a point.
pub fn table_rows(chart: &Chart, lang: Lang) -> Vec<TableRow> {
    let values = chart.points.iter().flat_map(|point| [point.value, point.before]).flatten();
    let largest = values.fold(0.0, f64::max);
    chart.points.iter().map(|point| row(chart, point, largest, lang)).collect()
}

fn row(chart: &Chart, point: &ChartPoint, largest: f64, lang: Lang) -> TableRow {
    let metric = chart.metric;
    let text = |value: Option<f64>| value.map(|value| metric.text(value, chart.currency, lang)).unwrap_or_default();
    let change = change(point);
    TableRow {
        head: point.long.clone(),
        value: text(point.value),
        head_before: point.long_before.clone().unwrap_or_default(),
        before: text(point.before),
        change: change.map(|change| format::signed_percent(change, lang)).unwrap_or_default(),
        good: change.filter(|change| *change != 0).map(|change| (change > 0) == metric.more_is_better()),
        y: point.value.map(|value| height_of(value, largest, unit(metric))),
    }
}

/// Whole percent, halves away from zero (definition 18).
fn change(point: &ChartPoint) -> Option<i64> {
    let (now, before) = (point.value?, point.before.filter(|before| *before != 0.0)?);
    Some(((now - before) * 100.0 / before).round() as i64)
}
