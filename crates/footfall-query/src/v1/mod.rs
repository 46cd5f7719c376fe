//! Plausible's Stats API v1: its query strings as [`Query`]s, and reports as its answers (`docs/decisions/0605`).
//!
//! Pure: who may ask, and how many visitors are there at present, is for the server to say. The numbers are those of the
//! v2 API; only their spelling differs.

mod answer;
mod filters;
mod period;

use crate::{By, Comparison, Filter, Op, OrderKey, Query, QueryError, Report, TimeUnit};
use crate::{Direction, metric};
use footfall_domain::{Dimension, LocalDate, Metric, labels};
use serde_json::{Value, json};

/// The most rows of a page of a breakdown; Plausible's own limit.
pub const MAX_LIMIT: u32 = 1_000;
/// How many it has when nothing is said.
const USUAL_LIMIT: u32 = 100;
/// The longest value of a parameter, bytes.
const MAX_VALUE_BYTES: usize = 8_000;

/// What is asked for by path; `realtime/visitors` is a bare number and needs no query.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Endpoint {
    /// `/api/v1/stats/aggregate`
    Aggregate,
    /// `/api/v1/stats/timeseries`
    Timeseries,
    /// `/api/v1/stats/breakdown`
    Breakdown,
}

/// A question of the old API, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// What to ask instead; for [`crate::run_in`].
    pub query: Query,
    endpoint: Endpoint,
    /// The metrics by the names they were asked by, in the order of the query's.
    names: Vec<&'static str>,
}

/// The site a query string is about.
///
/// # Errors
/// There is none.
pub fn site_id(pairs: &[(String, String)]) -> Result<&str, QueryError> {
    let site = value(pairs, "site_id")?.filter(|site| !site.is_empty());
    site.ok_or_else(|| QueryError::new("site_id", "Name the site by its domain in the parameter `site_id`."))
}

/// Reads a decoded query string; `today` is the site's. Of a parameter said twice the last counts; those that mean
/// nothing here are ignored, as there.
///
/// # Errors
/// The first thing that is wrong, with the parameter's name as its path.
pub fn parse(endpoint: Endpoint, pairs: &[(String, String)], today: LocalDate) -> Result<Asked, QueryError> {
    let (range, date) = period::read(value(pairs, "period")?, value(pairs, "date")?, today)?;
    let mut query = Query::new(site_id(pairs)?, range, []).at(date);
    query.filters = value(pairs, "filters")?.map_or(Ok(Vec::new()), filters::read)?;
    match endpoint {
        Endpoint::Aggregate => query.include.comparisons = comparison(value(pairs, "compare")?)?,
        Endpoint::Timeseries => {
            query.dimensions = vec![By::Time(period::interval(value(pairs, "interval")?, &query.date_range)?)];
            query.include.time_labels = true;
        }
        Endpoint::Breakdown => {
            break_down(&mut query, value(pairs, "property")?)?;
            let limit = number(pairs, "limit", USUAL_LIMIT, MAX_LIMIT)?;
            let page = number(pairs, "page", 1, u32::MAX)?;
            query = query.page(limit, (page - 1).saturating_mul(limit));
        }
    }
    let asked = metrics(value(pairs, "metrics")?)?;
    let names = asked.iter().map(|asked| metric::name(*asked)).collect();
    query.metrics = asked.into_iter().map(|asked| meant(asked, &query.dimensions)).collect();
    if endpoint == Endpoint::Breakdown {
        order(&mut query);
    }
    crate::parse::check(&query).map_err(in_parameters)?;
    Ok(Asked { query, endpoint, names })
}

impl Asked {
    /// The body of the answer, of the report on [`Asked::query`].
    pub fn answer(&self, report: &Report) -> Value {
        match self.endpoint {
            Endpoint::Aggregate => answer::aggregate(&self.names, report),
            Endpoint::Timeseries => answer::timeseries(&self.names, report),
            Endpoint::Breakdown => answer::breakdown(&self.names, report),
        }
    }
}

/// The body of an error, with the status 400.
pub fn error(error: &QueryError) -> Value {
    json!({ "error": error.message })
}

/// The last value of a parameter.
fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Result<Option<&'a str>, QueryError> {
    let found = pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    match found {
        Some(text) if text.len() > MAX_VALUE_BYTES => {
            Err(QueryError::new(name, format!("The parameter `{name}` is longer than {MAX_VALUE_BYTES} bytes.")))
        }
        found => Ok(found),
    }
}

fn number(pairs: &[(String, String)], name: &str, absent: u32, most: u32) -> Result<u32, QueryError> {
    let Some(text) = value(pairs, name)? else { return Ok(absent) };
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = || {
        let range = if most == u32::MAX { "of 1 or more".to_owned() } else { format!("from 1 to {most}") };
        QueryError::new(name, format!("Write the parameter `{name}` as a whole number {range}."))
    };
    text.parse().ok().filter(|number| plain && (1..=most).contains(number)).ok_or_else(wrong)
}

fn comparison(asked: Option<&str>) -> Result<Option<Comparison>, QueryError> {
    match asked {
        None | Some("") => Ok(None),
        Some("previous_period") => Ok(Some(Comparison::previous_period())),
        Some(other) => {
            Err(QueryError::new("compare", format!("'{other}' is no comparison; `compare` may be `previous_period`, or be left out.")))
        }
    }
}

fn metrics(asked: Option<&str>) -> Result<Vec<Metric>, QueryError> {
    const KNOWN: [Metric; 9] = [
        Metric::Visitors,
        Metric::Visits,
        Metric::Pageviews,
        Metric::ViewsPerVisit,
        Metric::BounceRate,
        Metric::VisitDuration,
        Metric::Events,
        Metric::ConversionRate,
        Metric::TimeOnPage,
    ];
    let read = |name: &str| {
        let unknown = || {
            let known = KNOWN.map(metric::name).join(", ");
            QueryError::new("metrics", format!("The metric `{name}` is not known to this API; there are {known}."))
        };
        metric::from_name(name).filter(|metric| KNOWN.contains(metric)).ok_or_else(unknown)
    };
    asked.unwrap_or("visitors").split(',').map(|name| read(name.trim())).collect()
}

/// What the old name means with these dimensions: of a goal or property the rate is of everybody, else of the row's own.
fn meant(asked: Metric, dimensions: &[By]) -> Metric {
    match (asked, dimensions) {
        (Metric::ConversionRate, [By::Goal | By::Property(_)] | []) => Metric::ConversionRate,
        (Metric::ConversionRate, _) => Metric::GroupConversionRate,
        (other, _) => other,
    }
}

/// Groups by a property. Versions come with what they are of, and rows of nothing are left out.
fn break_down(query: &mut Query, property: Option<&str>) -> Result<(), QueryError> {
    let wrong = |message: String| QueryError::new("property", message);
    let name = property.ok_or_else(|| wrong("Name what to break down by in the parameter `property`, such as visit:source.".into()))?;
    let by = filters::property(name).ok_or_else(|| wrong(format!("'{name}' is no property one can break down by.")))?;
    match by {
        By::Value(Dimension::BrowserVersion) => query.dimensions.push(By::Value(Dimension::Browser)),
        By::Value(Dimension::OsVersion) => query.dimensions.push(By::Value(Dimension::Os)),
        _ => {}
    }
    if let By::Value(dimension) = by
        && hides_nothing_known(dimension)
    {
        query.filters.push(Filter::test(Op::IsNot, by.clone(), [labels::missing(dimension).to_owned()]));
    }
    query.dimensions.push(by);
    Ok(())
}

/// Whether the row of visits of which the value is not known is left out.
fn hides_nothing_known(dimension: Dimension) -> bool {
    use Dimension as D;
    let places = matches!(dimension, D::Country | D::Region | D::City);
    let tags = matches!(dimension, D::UtmMedium | D::UtmSource | D::UtmCampaign | D::UtmContent | D::UtmTerm);
    places || tags || matches!(dimension, D::EntryPage | D::ExitPage)
}

/// By the first metric, but never by the time on a page.
fn order(query: &mut Query) {
    let key = query.metrics.iter().find(|metric| **metric != Metric::TimeOnPage).copied();
    let key = key.unwrap_or_else(|| {
        query.metrics.push(Metric::Visitors);
        Metric::Visitors
    });
    query.order_by = vec![(OrderKey::Metric(key), Direction::Desc)];
}

/// What is wrong with the query, by the parameter it came from.
fn in_parameters(error: QueryError) -> QueryError {
    let parameter = error.path.split(['[', '.']).next().unwrap_or_default();
    QueryError::new(parameter, error.message)
}

impl TimeUnit {
    fn of_interval(name: &str) -> Option<Self> {
        match name {
            "day" | "date" => Some(TimeUnit::Day),
            "month" => Some(TimeUnit::Month),
            _ => None,
        }
    }
}
