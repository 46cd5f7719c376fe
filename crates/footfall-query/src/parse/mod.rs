//! Reading a query from JSON, strictly, with the path of whatever is wrong.

mod field;
mod filters;
mod include;
mod when;

use crate::query::MAX_LIMIT;
use crate::{By, Direction, OrderKey, Pagination, Query, QueryError, filter, metric};
use field::Field;
use footfall_domain::Metric;
use serde_json::Value;

/// The most dimensions a query may have.
const MAX_DIMENSIONS: usize = 10;

const FIELDS: [&str; 8] = ["site_id", "metrics", "date_range", "dimensions", "filters", "order_by", "include", "pagination"];

pub(crate) fn query(json: &Value) -> Result<Query, QueryError> {
    let body = Field::root(json).object(&FIELDS)?;
    let query = Query {
        site: body.required("site_id")?.text()?.to_owned(),
        metrics: body.required("metrics")?.each(read_metric)?,
        date_range: when::date_range(&body.required("date_range")?)?,
        date: None,
        dimensions: body.optional("dimensions").map_or(Ok(Vec::new()), |field| field.each(dimension))?,
        filters: body.optional("filters").map_or(Ok(Vec::new()), |field| field.each(filters::filter))?,
        order_by: body.optional("order_by").map_or(Ok(Vec::new()), |field| field.each(order))?,
        include: body.optional("include").map_or(Ok(Default::default()), |field| include::include(&field))?,
        pagination: body.optional("pagination").map_or(Ok(Pagination::default()), |field| pagination(&field))?,
    };
    check(&query)?;
    Ok(query)
}

/// What holds of every query, parsed or built in code.
pub(crate) fn check(query: &Query) -> Result<(), QueryError> {
    let error = |path: String, message: String| Err(QueryError::new(path, message));
    if query.metrics.is_empty() {
        return error("metrics".into(), "name at least one metric".into());
    }
    for (at, asked) in query.metrics.iter().enumerate() {
        if metric::REFUSED.contains(asked) {
            return error(format!("metrics[{at}]"), refusal(*asked));
        }
        if query.metrics[..at].contains(asked) {
            return error(format!("metrics[{at}]"), format!("'{}' is named twice; name it once", metric::name(*asked)));
        }
    }
    if query.dimensions.len() > MAX_DIMENSIONS {
        return error("dimensions".into(), format!("at most {MAX_DIMENSIONS} dimensions can be combined"));
    }
    for (at, by) in query.dimensions.iter().enumerate() {
        if query.dimensions[..at].contains(by) {
            return error(format!("dimensions[{at}]"), format!("'{}' is named twice; name it once", by.name()));
        }
    }
    for (at, (key, _)) in query.order_by.iter().enumerate() {
        let (known, name) = match key {
            OrderKey::Metric(asked) => (query.metrics.contains(asked), metric::name(*asked).to_owned()),
            OrderKey::By(by) => (query.dimensions.contains(by), by.name()),
        };
        if !known {
            return error(
                format!("order_by[{at}][0]"),
                format!("'{name}' is neither among the metrics nor among the dimensions; add it there"),
            );
        }
    }
    if query.include.time_labels && !query.dimensions.iter().any(By::is_time) {
        return error("include.time_labels".into(), "time labels need a time dimension, such as 'time:day', in dimensions".into());
    }
    if !(1..=MAX_LIMIT).contains(&query.pagination.limit) {
        return error("pagination.limit".into(), format!("write a number from 1 to {MAX_LIMIT}"));
    }
    if query.filters.iter().map(crate::Filter::patterns).sum::<usize>() > filter::MAX_PATTERNS {
        return error("filters".into(), format!("at most {} regular expressions fit in a query; join them with '|'", filter::MAX_PATTERNS));
    }
    Ok(())
}

fn read_metric(field: &Field<'_>) -> Result<Metric, QueryError> {
    let name = field.text()?;
    let answered = || metric::ANSWERED.map(metric::name).join(", ");
    let metric = metric::from_name(name).ok_or_else(|| field.error(format!("'{name}' is no metric; there are {}", answered())))?;
    if metric::REFUSED.contains(&metric) { Err(field.error(refusal(metric))) } else { Ok(metric) }
}

fn refusal(asked: Metric) -> String {
    let needs = if matches!(asked, Metric::AverageRevenue | Metric::TotalRevenue) { "revenue goals" } else { "goals" };
    format!("'{}' needs {needs}, which this version does not have; leave it out", metric::name(asked))
}

fn dimension(field: &Field<'_>) -> Result<By, QueryError> {
    named(field, field.text()?)
}

/// The dimension of a name, goals and segments refused in words.
fn named(field: &Field<'_>, name: &str) -> Result<By, QueryError> {
    match name {
        "event:goal" => Err(field.error("goals are not known to this version; use 'event:name' or 'event:page' instead")),
        "segment" => Err(field.error("segments are not known to this version; write the segment's own filters instead")),
        "event:props:" => Err(field.error("name the property, as in 'event:props:author'")),
        _ => By::from_name(name).ok_or_else(|| {
            field.error(format!(
                "'{name}' is no dimension; there are event:page, visit:source, event:props:NAME, time:day and more: see docs/query-api.md"
            ))
        }),
    }
}

fn order(field: &Field<'_>) -> Result<(OrderKey, Direction), QueryError> {
    let pair = field.array()?;
    let [key, direction] = pair.as_slice() else {
        return Err(field.error("write a pair, such as [\"visitors\", \"desc\"]"));
    };
    let name = key.text()?;
    let key = match metric::from_name(name) {
        Some(metric) => OrderKey::Metric(metric),
        None => OrderKey::By(named(key, name)?),
    };
    match direction.text()? {
        "asc" => Ok((key, Direction::Asc)),
        "desc" => Ok((key, Direction::Desc)),
        other => Err(direction.error(format!("'{other}' is no direction; write 'asc' or 'desc'"))),
    }
}

fn pagination(field: &Field<'_>) -> Result<Pagination, QueryError> {
    let fields = field.object(&["limit", "offset"])?;
    let number = |name: &str, least: u32, most: u32, absent: u32| match fields.optional(name) {
        None => Ok(absent),
        Some(field) => field.number(least, most),
    };
    Ok(Pagination { limit: number("limit", 1, MAX_LIMIT, MAX_LIMIT)?, offset: number("offset", 0, u32::MAX, 0)? })
}
