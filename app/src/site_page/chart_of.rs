//! The points of the main chart, and of the period it is compared with.

use super::interval::Interval;
use super::load::Asking;
use super::model::{Chart, ChartPoint};
use super::period::Span;
use super::{Against, Period};
use crate::format;
use footfall_domain::LocalDate;
use footfall_query::{By, DateRange, Report, RunError, TimeUnit};
use std::collections::HashMap;

/// Asks for the chart of a page whose totals are known: they say what it is compared with.
pub async fn chart_of(asking: &Asking<'_>, totals: &Report) -> Result<Chart, RunError> {
    let days = asking.span.axis_days(asking.state.period);
    let interval = asking.state.interval.filter(|interval| interval.suits(days)).unwrap_or(Interval::usual(days));
    let axis = match asking.state.period {
        Period::Hours24 => asking.range,
        _ => DateRange::Dates(asking.span.from, asking.span.end),
    };
    let metric = asking.metric();
    let series = |range| asking.query(range, vec![metric.metric()]).by(By::Time(unit(interval))).with_labels();
    let now = Series::of(&asking.run(&series(axis)).await?);
    let (before, compared_with) = match compared(asking, totals, days) {
        None => (Series::default(), None),
        Some((range, words)) => (Series::of(&asking.run(&series(range)).await?), Some(words)),
    };
    let open = now.present.is_some();
    let points = (0..now.labels.len()).map(|at| point(asking, interval, &now, &before, at));
    let currency = totals.rows.first().and_then(|row| row.currency);
    Ok(Chart { metric, currency, interval, points: points.collect(), open, compared_with })
}

/// The time that lies under the chart, and its days in words.
fn compared(asking: &Asking<'_>, totals: &Report, days: i32) -> Option<(DateRange, String)> {
    let calendar = asking.asker.context.calendar;
    let other = totals.other.as_ref()?;
    let dates = other.period.dates(calendar)?;
    let Span { from, .. } = asking.span;
    let lang = asking.asker.lang;
    let words = format::range(*dates.start(), *dates.end(), asking.today, lang);
    let words = match asking.known_from(totals) {
        Some(first) => (lang.words().chart.known_from)(&words, &format::range(first, first, asking.today, lang)),
        None => words,
    };
    if asking.state.period == Period::Hours24 {
        let instants = other.period.instants(calendar);
        return Some((DateRange::Instants(instants.start, instants.end), words));
    }
    let (first, as_long) = (*dates.start(), dates.start().plus(days - 1));
    let last = match asking.state.compare.against {
        // What is longer than the axis has no room on it.
        Against::Custom(_, last) => as_long.min(last),
        // As many days as the axis has, but never the period itself.
        _ => as_long.min(from.plus(-1)).max(*dates.end()),
    };
    Some((DateRange::Dates(first, last), words))
}

fn point(asking: &Asking<'_>, interval: Interval, now: &Series, before: &Series, at: usize) -> ChartPoint {
    let begun = now.present.map_or(asking.span.to == asking.span.end, |present| at <= present);
    let names = |label: &str| names(asking, interval, label);
    let (short, long) = names(&now.labels[at]);
    let other = before.labels.get(at);
    ChartPoint {
        short,
        long,
        value: begun.then(|| now.value(at)),
        long_before: other.map(|label| names(label).1),
        before: other.filter(|label| is_known(asking, interval, label)).map(|_| before.value(at)),
    }
}

/// Whether a point of time lies in the days of which there are numbers: before them there is no zero, there is nothing.
fn is_known(asking: &Asking<'_>, interval: Interval, label: &str) -> bool {
    let dates = asking.asker.view.first_date.zip(label.get(..10).and_then(LocalDate::parse));
    dates.is_none_or(|(first, date)| match interval {
        Interval::Minute | Interval::Hour | Interval::Day => date >= first,
        Interval::Week => date.plus(6) >= first,
        Interval::Month => (date.civil().year(), date.civil().month()) >= (first.civil().year(), first.civil().month()),
    })
}

/// A time label as the axis and as the table write it.
fn names(asking: &Asking<'_>, interval: Interval, label: &str) -> (String, String) {
    let (today, lang) = (asking.today, asking.asker.lang);
    let Some(date) = label.get(..10).and_then(LocalDate::parse) else { return (label.to_owned(), label.to_owned()) };
    let this_year = date.civil().year() == today.civil().year();
    match interval {
        Interval::Minute | Interval::Hour => {
            let hour = format::hour_of(label);
            let first_of_many = asking.span.axis_days(asking.state.period) > 1 && hour == "00:00";
            let short = if first_of_many { format::day_and_month(date, lang) } else { hour.to_owned() };
            (short, format!("{}, {hour}", format::day_long(date, lang)))
        }
        Interval::Day if date == today => (lang.words().chart.today.to_owned(), format::day_long(date, lang)),
        Interval::Day if this_year => (format::day_and_month(date, lang), format::day_long(date, lang)),
        Interval::Day => (format::day_and_month(date, lang), format::day_full(date, lang)),
        Interval::Week if this_year => (format::day_and_month(date, lang), format::day_and_month(date, lang)),
        Interval::Week => (format::day_and_month(date, lang), format::day_short(date, lang)),
        Interval::Month => (format::month_short(date, today, lang), format::month_long(date, lang)),
    }
}

/// A metric over time.
#[derive(Default)]
struct Series {
    labels: Vec<String>,
    values: HashMap<String, f64>,
    present: Option<usize>,
}

impl Series {
    fn of(report: &Report) -> Self {
        let pairs = report.rows.iter().filter_map(|row| Some((row.dimensions.first()?.clone(), (*row.metrics.first()?)?)));
        Self { labels: report.meta.time_labels.clone().unwrap_or_default(), values: pairs.collect(), present: report.meta.present_index }
    }

    /// Of a bucket without a row: zero (definition 14).
    fn value(&self, at: usize) -> f64 {
        self.labels.get(at).and_then(|label| self.values.get(label)).copied().unwrap_or(0.0)
    }
}

fn unit(interval: Interval) -> TimeUnit {
    match interval {
        Interval::Minute => TimeUnit::Minute,
        Interval::Hour => TimeUnit::Hour,
        Interval::Day => TimeUnit::Day,
        Interval::Week => TimeUnit::Week,
        Interval::Month => TimeUnit::Month,
    }
}
