//! From the address to the numbers: which queries a page asks, and what it makes of the answers.

use super::model::{Chart, Freshness, Headline, Names, SiteReport};
use super::period::Span;
use super::{LeftOut, PageMetric, PageState, Panel, Parsed, Period, Subject, chart_of, sheet};
use crate::words::Lang;
use crate::{panels, realtime};
use footfall_domain::{LocalDate, Metric};
use footfall_query::{Context, DateRange, Query, Report, RunError, SiteContext, Source, View, run_in};
use futures::future::try_join3;

/// Of whom a page is asked, by whom.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// Where numbers come from.
    pub source: &'a dyn Source,
    /// The moment all numbers are of.
    pub view: &'a View,
    /// The site, its calendar, and when it is.
    pub context: &'a Context<'a>,
    /// What the site's people have named: goals, and the segments this reader may use.
    pub site: &'a SiteContext,
    /// The properties that are shown, where not all are.
    pub properties: Option<&'a [String]>,
    /// The reader's language: points of the chart have names.
    pub lang: Lang,
}

/// Asks everything the page of an address shows. All answers are of one view, so they agree (law 4).
///
/// # Errors
/// The numbers could not be read; or the state names what the site does not have: see [`PageState::known_at`].
pub async fn load(asker: &Asker<'_>, parsed: &Parsed) -> Result<SiteReport, RunError> {
    let asking = Asking::of(asker, &parsed.state);
    // At the same time: where a filter makes every query fold hits, they share the machine's cores.
    let lists = asking.lists();
    let realtime = match parsed.state.period {
        Period::Realtime => Some(realtime::load(asker, &parsed.state).await?),
        _ => None,
    };
    let panels = panels::load(&lists, if realtime.is_some() { &[] } else { &Panel::ALL });
    let numbers = async {
        if realtime.is_some() {
            // Nothing of the day is shown beside the last half hour.
            return Ok((Vec::new(), Chart::of_nothing(asking.metric())));
        }
        let totals = asking.run(&asking.totals()).await?;
        let chart = chart_of(&asking, &totals).await?;
        Ok((asking.headlines(&totals), chart))
    };
    let (numbers, panels, sheet) = try_join3(numbers, panels, sheet::load(&asking, parsed.sheet.as_ref())).await?;
    let (headlines, chart) = numbers;
    let visitors = headlines.iter().find(|number| number.metric == PageMetric::Visitors).and_then(|number| number.value).unwrap_or(0.0);
    let panels = panels.into_iter().map(|list| list.share_of(visitors)).collect();
    Ok(SiteReport {
        today: asking.today,
        span: asking.span,
        first_date: asker.view.first_date,
        names: Names::of(asker.site),
        headlines,
        chart,
        panels,
        realtime,
        sheet,
        freshness: freshness(asker.view, asker.context),
    })
}

/// One page being asked for.
pub(super) struct Asking<'a> {
    pub asker: &'a Asker<'a>,
    pub state: &'a PageState,
    /// The headline numbers.
    pub metrics: Vec<PageMetric>,
    pub span: Span,
    pub range: DateRange,
    pub today: LocalDate,
}

impl<'a> Asking<'a> {
    pub fn of(asker: &'a Asker<'a>, state: &'a PageState) -> Self {
        let today = asker.context.calendar.moment(asker.context.now).date;
        let span = state.period.span(today, asker.view.first_date);
        let range = match state.period {
            Period::Hours24 => DateRange::Hours24,
            _ => DateRange::Dates(span.from, span.to),
        };
        let revenue = asker.site.goals.iter().any(|goal| goal.currency.is_some());
        let metrics = PageMetric::shown(&state.filters, revenue);
        Self { asker, state, metrics, span, range, today }
    }

    pub async fn run(&self, query: &Query) -> Result<Report, RunError> {
        let Asker { source, view, context, site, .. } = *self.asker;
        run_in(query, context, site, view, source).await
    }

    /// A query of some time, under the filters of the page.
    pub fn query(&self, range: DateRange, metrics: Vec<Metric>) -> Query {
        let query = Query::new(self.asker.context.site.domain.clone(), range, metrics);
        self.state.filters.iter().fold(query, |query, filter| query.only(filter.query_filter()))
    }

    /// What the chart shows: what the address says, where that is among the headline numbers.
    pub fn metric(&self) -> PageMetric {
        if self.metrics.contains(&self.state.metric) { self.state.metric } else { PageMetric::default() }
    }

    /// The same for the lists.
    pub fn lists(&self) -> panels::Asking<'_> {
        let days = (self.span.from, self.span.to);
        panels::Asking { asker: self.asker, state: self.state, range: &self.range, days, rows: panels::ROWS }
    }

    pub fn totals(&self) -> Query {
        let metrics = self.metrics.iter().map(|metric| metric.metric()).collect();
        let comparable = self.state.period != Period::All;
        self.query(self.range, metrics).compare(self.state.compare.comparison().filter(|_| comparable))
    }

    /// The day from which there are numbers, where the compared days begin before it: then part of them is unknown, and
    /// a change from them would be none of the site's.
    pub fn known_from(&self, totals: &Report) -> Option<LocalDate> {
        known_from(self.asker.view, self.asker.context, totals)
    }

    pub fn headlines(&self, totals: &Report) -> Vec<Headline> {
        let first = totals.rows.first();
        let known = self.known_from(totals).is_none();
        let comparison = first.and_then(|row| row.comparison.as_ref()).filter(|_| known);
        let headline = |(at, metric): (usize, &PageMetric)| Headline {
            metric: *metric,
            value: totals.value(metric.metric()),
            currency: first.and_then(|row| row.currency),
            change: comparison.and_then(|other| other.change.get(at).copied().flatten()),
            before: totals.other.as_ref().and(comparison).and_then(|other| other.metrics.get(at).copied().flatten()),
            left_out: LeftOut::of_metric(totals, metric.metric()),
        };
        self.metrics.iter().enumerate().map(headline).collect()
    }
}

impl PageState {
    /// The same at a site: without filters on goals and segments that it does not have, or no longer. Those come second.
    pub fn known_at(&self, site: &SiteContext) -> (Self, Vec<String>) {
        let known = |filter: &&super::Filter| match filter.subject {
            Subject::Goal if filter.operator == super::Operator::Contains => {
                filter.values.iter().any(|value| site.goals.iter().any(|goal| holds(&goal.name, value, filter.ignore_case)))
            }
            Subject::Goal => filter.values.iter().all(|value| site.goals.iter().any(|goal| goal.name == *value)),
            Subject::Segment => filter.values.iter().all(|id| site.segments.iter().any(|segment| segment.id.to_string() == *id)),
            _ => true,
        };
        let (kept, lost): (Vec<_>, Vec<_>) = self.filters.iter().partition(known);
        let state = Self { filters: kept.into_iter().cloned().collect(), ..self.clone() };
        (state, lost.into_iter().map(|filter| format!("f={}", filter.spell())).collect())
    }

    /// The same as far as it can be shown: days that have begun, an interval that suits them, a metric that the site has
    /// under these filters, a property that is shown at all. What cannot comes second.
    pub fn possible(&self, asker: &Asker<'_>) -> (Self, Vec<String>) {
        let mut lost = Vec::new();
        let (period, future) = self.period.begun(asker.context.calendar.moment(asker.context.now).date);
        let name = if matches!(self.period, Period::Custom(..)) { "from" } else { "date" };
        lost.extend(future.map(|date| format!("{name}={date}")));
        let begun = Self { period, ..self.clone() };
        let mut state = begun.clone();
        let asking = Asking::of(asker, &begun);
        let days = asking.span.axis_days(period);
        if let Some(interval) = self.interval.filter(|interval| !interval.suits(days)) {
            state.interval = None;
            lost.push(format!("interval={}", interval.name()));
        }
        if !asking.metrics.contains(&self.metric) {
            state.metric = PageMetric::default();
            lost.push(format!("metric={}", self.metric.name()));
        }
        if !self.door.is_member() {
            // A filter is a question, and its answer a fact about a property that is not shown.
            let shown = |filter: &super::Filter| !matches!(&filter.subject, Subject::Property(name) if !asking.lists().may_show(name));
            let (kept, hidden): (Vec<_>, Vec<_>) = std::mem::take(&mut state.filters).into_iter().partition(shown);
            state.filters = kept;
            lost.extend(hidden.iter().map(|filter| format!("f={}", filter.spell())));
        }
        let property = self.tab_name(Panel::Properties);
        if !property.is_empty() && property != panels::READ_ALL && !asking.lists().may_show(property) {
            lost.push(format!("{}={property}", Panel::Properties.name()));
            state.tabs[Panel::Properties.index()] = None;
        }
        (state, lost)
    }
}

/// The day from which there are numbers, where the days a report is compared with begin before it.
pub(crate) fn known_from(view: &View, context: &Context<'_>, totals: &Report) -> Option<LocalDate> {
    let compared = totals.other.as_ref()?.period.dates(context.calendar)?;
    view.first_date.filter(|first| compared.start() < first)
}

fn holds(text: &str, part: &str, ignore_case: bool) -> bool {
    if ignore_case { text.to_lowercase().contains(&part.to_lowercase()) } else { text.contains(part) }
}

/// How fresh what a view shows is.
pub fn freshness(view: &View, context: &Context<'_>) -> Freshness {
    let fresh = view.freshness;
    Freshness {
        complete_until: context.calendar.label(fresh.complete_until),
        newest_hit: fresh.newest_hit.map(|at| context.calendar.label(at)),
        lag_seconds: fresh.lag_seconds.max(0.0) as u64,
    }
}
