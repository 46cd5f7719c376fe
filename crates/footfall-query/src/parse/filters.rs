//! Reading one filter of `filters`, and those inside it.

use super::field::Field;
use super::named;
use crate::{By, Filter, Op, QueryError, filter};

/// How deep filters may be nested.
const MAX_DEPTH: usize = 16;
/// The most segments of one filter.
const MAX_SEGMENTS: usize = 10;
/// The longest name of a property, bytes.
const MAX_PROPERTY_BYTES: usize = 300;
/// The longest value a test compares with, bytes: no value of a hit is longer.
const MAX_VALUE_BYTES: usize = 2_048;

pub(super) fn filter(field: &Field<'_>) -> Result<Filter, QueryError> {
    nested(field, 0)
}

fn nested(field: &Field<'_>, depth: usize) -> Result<Filter, QueryError> {
    if depth > MAX_DEPTH {
        return Err(field.error(format!("filters can be nested {MAX_DEPTH} deep at most")));
    }
    let parts = field.array()?;
    let Some(first) = parts.first() else {
        return Err(field.error("a filter is a list, such as [\"is\", \"visit:source\", [\"Google\"]]"));
    };
    let name = first.text()?;
    let inner = || match parts.as_slice() {
        [_, inner] => nested(inner, depth + 1).map(Box::new),
        _ => Err(field.error(format!("'{name}' takes one filter: [\"{name}\", FILTER]"))),
    };
    Ok(match name {
        "and" => Filter::And(several(field, &parts, name, depth)?),
        "or" => Filter::Or(several(field, &parts, name, depth)?),
        "not" => Filter::Not(inner()?),
        "has_done" => Filter::HasDone(inner()?),
        "has_not_done" => Filter::HasNotDone(inner()?),
        _ => match Op::from_name(name) {
            Some(op) => test(field, &parts, op)?,
            None => return Err(first.error(format!("'{name}' is no operator; there are is, is_not, contains, contains_not, matches, matches_not, and, or, not, has_done, has_not_done"))),
        },
    })
}

fn several(field: &Field<'_>, parts: &[Field<'_>], name: &str, depth: usize) -> Result<Vec<Filter>, QueryError> {
    let [_, list] = parts else { return Err(field.error(format!("'{name}' takes a list of filters: [\"{name}\", [FILTER, …]]"))) };
    let filters = list.each(|inner| nested(inner, depth + 1))?;
    if filters.is_empty() { Err(list.error("write at least one filter in this list")) } else { Ok(filters) }
}

fn test(field: &Field<'_>, parts: &[Field<'_>], op: Op) -> Result<Filter, QueryError> {
    let (dimension, values, modifiers) = match parts {
        [_, dimension, values] => (dimension, values, None),
        [_, dimension, values, modifiers] => (dimension, values, Some(modifiers)),
        _ => {
            return Err(
                field.error(format!("'{0}' takes a dimension and a list of values: [\"{0}\", \"visit:source\", [\"Google\"]]", op.name()))
            );
        }
    };
    if dimension.value == "segment" {
        return segment(values, modifiers, op, parts);
    }
    let by = match named(dimension, dimension.text()?)? {
        By::Time(_) => return Err(dimension.error("time cannot be filtered; say when with date_range")),
        By::Currency => return Err(dimension.error("currencies cannot be filtered; group by 'event:currency'")),
        By::Goal if !matches!(op, Op::Is | Op::Contains) => {
            return Err(parts[0].error("goals are filtered by 'is' or 'contains'; for those who did not reach them write [\"has_not_done\", [\"is\", \"event:goal\", [NAME]]]"));
        }
        By::Property(name) if name.len() > MAX_PROPERTY_BYTES => {
            return Err(dimension.error(format!("a property's name has at most {MAX_PROPERTY_BYTES} bytes")));
        }
        by => by,
    };
    let values = values.each(|value| clause(value, op))?;
    let case_sensitive = modifiers.map_or(Ok(true), |modifiers| case_sensitive(modifiers, op))?;
    Ok(Filter::Test { op, by, values, case_sensitive })
}

/// One of some segments.
fn segment(values: &Field<'_>, modifiers: Option<&Field<'_>>, op: Op, parts: &[Field<'_>]) -> Result<Filter, QueryError> {
    if op != Op::Is {
        return Err(parts[0].error("segments are filtered by 'is': [\"is\", \"segment\", [NUMBER]]"));
    }
    if let Some(modifiers) = modifiers {
        return Err(modifiers.error("segments have no modifiers; leave this out"));
    }
    let number = |field: &Field<'_>| field.value.as_u64().ok_or_else(|| field.error("write the number of a segment"));
    let ids = values.each(number)?;
    if ids.is_empty() || ids.len() > MAX_SEGMENTS {
        Err(values.error(format!("name 1 to {MAX_SEGMENTS} segments")))
    } else {
        Ok(Filter::Segment(ids))
    }
}

/// Refuses a value that is longer than any there is; how is said for people.
pub(crate) fn check_length(value: &str) -> Result<(), String> {
    if value.len() > MAX_VALUE_BYTES { Err(format!("a value has at most {MAX_VALUE_BYTES} bytes; write a shorter one")) } else { Ok(()) }
}

/// A value to compare with. A whole number stands for its text.
fn clause(field: &Field<'_>, op: Op) -> Result<String, QueryError> {
    let text = match field.value.as_i64() {
        Some(number) => number.to_string(),
        None => field.text()?.to_owned(),
    };
    check_length(&text).map_err(|message| field.error(message))?;
    if op.is_pattern() {
        filter::compile(&text).map_err(|message| field.error(message))?;
    }
    Ok(text)
}

fn case_sensitive(field: &Field<'_>, op: Op) -> Result<bool, QueryError> {
    let fields = field.object(&["case_sensitive"])?;
    let Some(asked) = fields.optional("case_sensitive") else { return Ok(true) };
    let asked_for = asked.truth()?;
    if op.is_pattern() {
        return Err(asked.error("regular expressions have no such modifier; begin the expression with (?i) instead"));
    }
    Ok(asked_for)
}
