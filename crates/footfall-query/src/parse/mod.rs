//! Reading a query from JSON, strictly, with the path of whatever is wrong.

mod field;
mod filters;
mod goals;
mod include;
mod when;

use crate::names::names_a_segment;
use crate::query::MAX_LIMIT;
use crate::{By, Direction, Filter, OrderKey, Pagination, Query, QueryError, filter, metric};
use field::Field;
pub(crate) use filters::check_length;
use footfall_domain::Metric;
pub(crate) use goals::goal;
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
        search: None,
        order_by: body.optional("order_by").map_or(Ok(Vec::new()), |field| field.each(order))?,
        include: body.optional("include").map_or(Ok(Default::default()), |field| include::include(&field))?,
        pagination: body.optional("pagination").map_or(Ok(Pagination::default()), |field| pagination(&field))?,
    };
    check(&query)?;
    Ok(query)
}

/// A list of filters.
pub(crate) fn filters(json: &Value) -> Result<Vec<Filter>, QueryError> {
    Field { path: "filters".to_owned(), value: json }.each(filters::filter)
}

/// The filters of a segment.
pub(crate) fn segment_filters(json: &Value) -> Result<Vec<Filter>, QueryError> {
    let field = Field { path: "filters".to_owned(), value: json };
    let filters = field.each(filters::filter)?;
    let no_segment = |filter: &Filter| !names_a_segment(filter);
    match filters.len() {
        0 => Err(field.error("a segment needs a filter")),
        n if n > crate::site_context::MAX_SEGMENT_FILTERS => {
            Err(field.error(format!("a segment has at most {} filters", crate::site_context::MAX_SEGMENT_FILTERS)))
        }
        _ if filters.iter().map(Filter::patterns).sum::<usize>() > filter::MAX_PATTERNS => {
            Err(field.error(format!("at most {} regular expressions fit in a segment", filter::MAX_PATTERNS)))
        }
        _ if filters.iter().all(no_segment) => Ok(filters),
        _ => Err(field.error("a segment cannot name a segment; write that one's filters")),
    }
}

/// What holds of every query, parsed or built in code.
pub(crate) fn check(query: &Query) -> Result<(), QueryError> {
    let error = |path: String, message: String| Err(QueryError::new(path, message));
    if query.metrics.is_empty() {
        return error("metrics".into(), "name at least one metric".into());
    }
    for (at, asked) in query.metrics.iter().enumerate() {
        if metric::needs_goals(*asked) && !may_ask_for_goals(query) {
            return Err(metric::goals_needed(at, *asked));
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
    // What a request may ask is checked where it is read; code may want every row.
    if query.pagination.limit == 0 {
        return error("pagination.limit".into(), format!("write a number from 1 to {MAX_LIMIT}"));
    }
    if query.filters.iter().map(Filter::patterns).sum::<usize>() > filter::MAX_PATTERNS {
        return error("filters".into(), format!("at most {} regular expressions fit in a query; join them with '|'", filter::MAX_PATTERNS));
    }
    Ok(())
}

/// Whether a goal is named, or a segment, which may name one.
fn may_ask_for_goals(query: &Query) -> bool {
    fn names_one(filter: &Filter) -> bool {
        match filter {
            Filter::And(filters) => filters.iter().any(names_one),
            Filter::Test { by, .. } => *by == By::Goal,
            Filter::Segment(_) => true,
            _ => false,
        }
    }
    query.dimensions.contains(&By::Goal) || query.filters.iter().any(names_one)
}

fn read_metric(field: &Field<'_>) -> Result<Metric, QueryError> {
    let name = field.text()?;
    let all = || metric::ALL.map(metric::name).join(", ");
    metric::from_name(name).ok_or_else(|| field.error(format!("'{name}' is no metric; there are {}", all())))
}

fn dimension(field: &Field<'_>) -> Result<By, QueryError> {
    named(field, field.text()?)
}

/// The dimension of a name.
fn named(field: &Field<'_>, name: &str) -> Result<By, QueryError> {
    match name {
        "segment" => Err(field.error("segments are filters: [\"is\", \"segment\", [NUMBER]]")),
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
