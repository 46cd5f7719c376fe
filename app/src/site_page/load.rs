//! From the address to the numbers: which queries a page asks, and what it makes of the answers.

use super::model::{Chart, ChartPoint, Freshness, Headline, PanelReport, PanelRow, SiteReport};
use super::period::{Interval, Span};
use super::{PageMetric, PageState, Panel, Period};
use crate::format;
use footfall_domain::{Dimension, LocalDate, Metric, labels};
use footfall_query::{By, Context, DateRange, Query, Report, RunError, Source, TimeUnit, View, run};
use futures::future::{try_join, try_join_all};
use std::collections::HashMap;

/// How many rows a panel shows.
const ROWS: u32 = 9;

/// Asks everything the page of a state shows. All answers are of one view, so they agree (law 4).
///
/// # Errors
/// The numbers could not be read. A state makes no wrong query.
pub async fn load(source: &dyn Source, view: &View, context: &Context<'_>, state: &PageState) -> Result<SiteReport, RunError> {
    let today = context.calendar.moment(context.now).date;
    let span = state.period.span(today, view.first_date);
    let asking = Asking { source, view, context, state, span, today };
    // At the same time: where a filter makes every query fold hits, they share the machine's cores.
    let panels = try_join_all(Panel::ALL.map(|panel| asking.panel(panel)));
    let numbers = async {
        let totals = asking.run(&asking.totals()).await?;
        let chart = asking.chart(&totals).await?;
        Ok((headlines(&totals), chart))
    };
    let ((headlines, chart), panels) = try_join(numbers, panels).await?;
    Ok(SiteReport { today, span, first_date: view.first_date, headlines, chart, panels, freshness: freshness(view, context) })
}

/// One page being asked for.
struct Asking<'a> {
    source: &'a dyn Source,
    view: &'a View,
    context: &'a Context<'a>,
    state: &'a PageState,
    span: Span,
    today: LocalDate,
}

impl Asking<'_> {
    async fn run(&self, query: &Query) -> Result<Report, RunError> {
        run(query, self.context, self.view, self.source).await
    }

    /// A query of some days, under the filters of the page.
    fn query(&self, from: LocalDate, to: LocalDate, metrics: Vec<Metric>) -> Query {
        let query = Query::new(self.context.site.domain.clone(), DateRange::Dates(from, to), metrics);
        self.state.filters.iter().fold(query, |query, filter| query.only(filter.query_filter()))
    }

    fn totals(&self) -> Query {
        let query = self.query(self.span.from, self.span.to, PageMetric::ALL.map(PageMetric::metric).to_vec());
        query.compare(self.state.compare.comparison().filter(|_| self.state.period != Period::All))
    }

    async fn chart(&self, totals: &Report) -> Result<Chart, RunError> {
        let Span { from, end, .. } = self.span;
        let days = end.0 - from.0 + 1;
        let interval = self.state.interval.filter(|interval| interval.suits(days)).unwrap_or(Interval::usual(days));
        let series = |from, to| self.query(from, to, vec![self.state.metric.metric()]).by(By::Time(unit(interval))).with_labels();
        let now = Series::of(&self.run(&series(from, end)).await?);
        let other = totals.other.as_ref().map(|other| other.period.dates(self.context.calendar));
        let (before, compared_with) = match other.flatten() {
            None => (Series::default(), None),
            Some(dates) => {
                // As many days as the axis has, but never the period itself.
                let (first, last) = (*dates.start(), dates.start().plus(days - 1).min(from.plus(-1)).max(*dates.end()));
                let words = format::range(first, *dates.end(), self.today);
                (Series::of(&self.run(&series(first, last)).await?), Some(words))
            }
        };
        let open = now.present.is_some();
        let points = (0..now.labels.len()).map(|at| self.point(interval, &now, &before, at));
        Ok(Chart { metric: self.state.metric, interval, points: points.collect(), open, compared_with })
    }

    fn point(&self, interval: Interval, now: &Series, before: &Series, at: usize) -> ChartPoint {
        let begun = now.present.map_or(self.span.to == self.span.end, |present| at <= present);
        let names = |label: &str| self.names(interval, label);
        let (short, long) = names(&now.labels[at]);
        let other = before.labels.get(at);
        ChartPoint {
            short,
            long,
            value: begun.then(|| now.value(at)),
            long_before: other.map(|label| names(label).1),
            before: other.map(|_| before.value(at)),
        }
    }

    /// A time label as the axis and as the table write it.
    fn names(&self, interval: Interval, label: &str) -> (String, String) {
        let Some(date) = label.get(..10).and_then(LocalDate::parse) else { return (label.to_owned(), label.to_owned()) };
        let this_year = date.civil().year() == self.today.civil().year();
        match interval {
            Interval::Minute | Interval::Hour => {
                let hour = format::hour_of(label);
                let first_of_many = self.span.days() > 1 && hour == "00:00";
                let short = if first_of_many { format::day_and_month(date) } else { hour.to_owned() };
                (short, format!("{}, {hour}", format::day_long(date)))
            }
            Interval::Day if date == self.today => ("Today".to_owned(), format::day_long(date)),
            Interval::Day if this_year => (format::day_and_month(date), format::day_long(date)),
            Interval::Day => (format::day_and_month(date), format!("{} {}", format::day_long(date), date.civil().year())),
            Interval::Week if this_year => (format::day_and_month(date), format::day_and_month(date)),
            Interval::Week => (format::day_and_month(date), format::day_short(date)),
            Interval::Month => (format::month_short(date, self.today), format::month_long(date)),
        }
    }

    async fn panel(&self, panel: Panel) -> Result<PanelReport, RunError> {
        let tab = self.state.tab(panel);
        let events = panel == Panel::Events;
        let metrics = if events { vec![Metric::Visitors, Metric::Events] } else { vec![Metric::Visitors] };
        // One row more says whether there are more; what is no row of the list is taken out afterwards, so that rollups
        // can answer without a filter.
        let aside = aside(tab.dimension);
        let limit = ROWS + 1 + u32::from(aside.is_some());
        let query = self.query(self.span.from, self.span.to, metrics).by(By::Value(tab.dimension)).page(limit, 0);
        let report = self.run(&query).await?;
        let mut rows: Vec<PanelRow> = report.rows.iter().map(row).filter(|row| Some(row.value.as_str()) != aside).collect();
        // A list of nothing but "(not set)" says nothing.
        if let [only] = &rows[..]
            && only.value == labels::NOT_SET
        {
            rows.clear();
        }
        let more = rows.len() > ROWS as usize;
        rows.truncate(ROWS as usize);
        Ok(PanelReport { panel, rows, more })
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

fn headlines(totals: &Report) -> Vec<Headline> {
    let other = totals.other.as_ref();
    let comparison = totals.rows.first().and_then(|row| row.comparison.as_ref());
    let headline = |(at, metric): (usize, PageMetric)| Headline {
        metric,
        value: totals.value(metric.metric()).unwrap_or(0.0),
        change: comparison.and_then(|other| other.change.get(at).copied().flatten()),
        before: other.map(|_| comparison.and_then(|other| other.metrics.get(at).copied().flatten()).unwrap_or(0.0)),
    };
    PageMetric::ALL.into_iter().enumerate().map(headline).collect()
}

/// The value that is no row of the list: page views are no events of one's own, visits without a campaign no campaign.
fn aside(dimension: Dimension) -> Option<&'static str> {
    match dimension {
        Dimension::Name => Some("pageview"),
        Dimension::UtmCampaign => Some(labels::NOT_SET),
        _ => None,
    }
}

fn row(row: &footfall_query::Row) -> PanelRow {
    let number = |at: usize| row.metrics.get(at).copied().flatten().unwrap_or(0.0) as i64;
    PanelRow { value: row.dimensions.first().cloned().unwrap_or_default(), visitors: number(0), times: number(1) }
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

fn freshness(view: &View, context: &Context<'_>) -> Freshness {
    let fresh = view.freshness;
    Freshness {
        complete_until: context.calendar.label(fresh.complete_until),
        newest_hit: fresh.newest_hit.map(|at| context.calendar.label(at)),
        lag_seconds: fresh.lag_seconds.max(0.0) as u64,
    }
}
