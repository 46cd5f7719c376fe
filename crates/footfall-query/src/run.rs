//! From a query to its report.

use crate::basis::{Base, Scheme, These, Unadded};
use crate::compared::Compared;
use crate::date_range::Reference;
use crate::gather::{Ground, Wanted, additive};
use crate::names::Resolved;
use crate::report::{Meta, Report, Warning};
use crate::rows::{Measured, measured, ordered};
use crate::time::{self, Bucket};
use crate::{By, Direction, OrderKey, Period, Query, QueryError, RunError, SiteContext, Source, TimeUnit, View, metric};
use footfall_domain::{LocalDate, Metric, Site, SiteCalendar, UnixMillis};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Of whom and when a query is asked.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The site the query names.
    pub site: &'a Site,
    /// Its calendar.
    pub calendar: &'a SiteCalendar,
    /// The present instant.
    pub now: UnixMillis,
}

/// Answers a query at a site without goals and segments. See [`run_in`].
///
/// # Errors
/// As [`run_in`].
pub async fn run(query: &Query, context: &Context<'_>, view: &View, source: &dyn Source) -> Result<Report, RunError> {
    run_in(query, context, SiteContext::EMPTY, view, source).await
}

/// Answers a query, from rollups where they will do, else by folding hits; `site` says what the names in it stand for.
///
/// Must be called within a tokio runtime: hits are folded on its blocking threads.
///
/// # Errors
/// The query cannot be answered as it stands, or the numbers could not be read.
pub async fn run_in(
    query: &Query,
    context: &Context<'_>,
    site: &SiteContext,
    view: &View,
    source: &dyn Source,
) -> Result<Report, RunError> {
    report(query, context, site, view, source, false).await
}

/// Answers a query by folding hits alone: what every other way must be equal to (law 8).
///
/// # Errors
/// As [`run_in`].
pub async fn run_folding(query: &Query, context: &Context<'_>, view: &View, source: &dyn Source) -> Result<Report, RunError> {
    run_folding_in(query, context, SiteContext::EMPTY, view, source).await
}

/// [`run_in`] by folding hits alone.
///
/// # Errors
/// As [`run_in`].
pub async fn run_folding_in(
    query: &Query,
    context: &Context<'_>,
    site: &SiteContext,
    view: &View,
    source: &dyn Source,
) -> Result<Report, RunError> {
    report(query, context, site, view, source, true).await
}

async fn report(
    query: &Query,
    context: &Context<'_>,
    site: &SiteContext,
    view: &View,
    source: &dyn Source,
    hits_only: bool,
) -> Result<Report, RunError> {
    let calendar = Arc::new(context.calendar.clone());
    let reference = Reference { calendar: &calendar, now: context.now, date: query.date, first_date: view.first_date };
    let period = query.date_range.resolve(&reference);
    let query = resolved(query, &period, &calendar)?;
    let scheme = Scheme::new(&query, &Resolved::of(&query, site)?)?;
    let ground = Ground { source, view, calendar: &calendar, known: known_dates(view, &reference), hits_only };

    let (table, base) = scheme.gather(&ground, &period, wanted(&query, &scheme)).await?;
    let mut rows = measured(&query, table, &scheme, &base);
    rows.sort_unstable_by(|a, b| ordered(&query, a, b));
    let total_rows = rows.len() as u64;
    let offset = query.pagination.offset as usize;
    let page: Vec<Measured> = rows.into_iter().skip(offset).take(query.pagination.limit as usize).collect();
    let warnings = warnings(&query, &page, &scheme, &base);

    let labels = if query.include.time_labels || query.include.comparisons.is_some() {
        Some(time_buckets(&query, &period, &calendar)?)
    } else {
        None
    };
    let (rows, other) = match &query.include.comparisons {
        None => (page.into_iter().map(Measured::row).collect(), None),
        Some(comparison) => {
            let other = crate::comparison::other_period(&period, comparison, &reference);
            let compared = Compared { query: &query, scheme: &scheme, ground: &ground, period: other };
            let (rows, other) = compared.rows(page, labels.as_deref().unwrap_or_default(), &base).await?;
            (rows, Some(other))
        }
    };
    let time_labels = labels.filter(|_| query.include.time_labels).and_then(|labels| labels.into_iter().next());
    let meta = Meta {
        freshness: view.freshness,
        present_index: time_labels.as_ref().and_then(|buckets| present(buckets, &query, &period, &reference)),
        time_labels: time_labels.map(|buckets| buckets.iter().map(Bucket::label).collect()),
        total_rows: query.include.total_rows.then_some(total_rows),
        warnings,
    };
    Ok(Report { rows, meta, date_range: period.edges(&calendar), period, other, query })
}

/// The query with `time` and the order filled in, and what only code can get wrong refused.
fn resolved(query: &Query, period: &Period, calendar: &SiteCalendar) -> Result<Query, QueryError> {
    let mut query = query.clone();
    crate::parse::check(&query)?;
    let unit = time::unit_for(period, calendar);
    let resolve = |by: &mut By| {
        if *by == By::Time(TimeUnit::Auto) {
            *by = By::Time(unit);
        }
    };
    query.dimensions.iter_mut().for_each(resolve);
    for (key, _) in &mut query.order_by {
        if let OrderKey::By(by) = key {
            resolve(by);
        }
    }
    if query.order_by.is_empty() {
        let time = query.dimensions.iter().filter(|by| by.is_time()).map(|by| (OrderKey::By(by.clone()), Direction::Asc));
        query.order_by = time.collect();
        query.order_by.push((OrderKey::Metric(query.metrics[0]), Direction::Desc));
    }
    Ok(query)
}

/// The days that can have hits: from the first that has, through today or the newest.
pub(crate) fn known_dates(view: &View, reference: &Reference<'_>) -> RangeInclusive<LocalDate> {
    let newest = view.freshness.newest_hit.map(|at| reference.calendar.moment(at).date);
    match view.first_date {
        Some(first) => first..=newest.map_or(reference.today(), |newest| newest.max(reference.today())),
        None => LocalDate(1)..=LocalDate(0),
    }
}

/// How many of the first rows matter, where the order lets them be found without all the others.
fn wanted<'a>(query: &Query, scheme: &Scheme) -> These<'a> {
    let Some((OrderKey::Metric(metric), Direction::Desc)) = query.order_by.first() else { return These::All };
    let breakdown = scheme.plan().and_then(|plan| plan.breakdown());
    let all = query.include.total_rows || query.search.is_some() || breakdown.is_none() || additive(*metric).is_none();
    let rows = query.pagination.offset as usize + query.pagination.limit as usize;
    if all { These::All } else { These::First(Wanted { metric: *metric, rows }) }
}

/// What is to be known about the money in the rows shown.
fn warnings(query: &Query, page: &[Measured], scheme: &Scheme, base: &Base) -> Vec<Warning> {
    let unadded: Vec<Unadded> = page.iter().filter_map(|row| scheme.basis(&row.key, &row.cell, base).warning()).collect();
    let about = |asked: &Metric| {
        let several = || unadded.contains(&Unadded::SeveralCurrencies).then(|| Warning::several_currencies(*asked));
        let others = || unadded.contains(&Unadded::OtherCurrencies).then(|| Warning::other_currencies(*asked));
        metric::is_money(*asked).then(|| several().or_else(others)).flatten()
    };
    query.metrics.iter().filter_map(about).collect()
}

/// The buckets of each time dimension.
pub(crate) fn time_buckets(query: &Query, period: &Period, calendar: &SiteCalendar) -> Result<Vec<Vec<Bucket>>, QueryError> {
    let units = query.dimensions.iter().filter_map(|by| if let By::Time(unit) = by { Some(*unit) } else { None });
    units.map(|unit| time::buckets(period, unit, calendar)).collect()
}

/// The place of the bucket that goes on at present.
fn present(buckets: &[Bucket], query: &Query, period: &Period, reference: &Reference<'_>) -> Option<usize> {
    if !period.instants(reference.calendar).contains(&reference.now) {
        return None;
    }
    let By::Time(unit) = query.dimensions.iter().find(|by| by.is_time())? else { return None };
    let moment = reference.calendar.moment(reference.now);
    let now = match unit {
        TimeUnit::Minute => Bucket::of_minute(reference.now.0.div_euclid(60_000), reference.calendar),
        TimeUnit::Hour => Bucket::of_hour(footfall_domain::HourKey::of(reference.now, moment.offset_seconds), reference.calendar),
        unit => Bucket::of_date(*unit, moment.date, period.first_date(reference.calendar)),
    };
    buckets.iter().position(|bucket| *bucket == now)
}
