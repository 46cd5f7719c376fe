//! Reading `filters`: `property==value`, `!=`, `|` between values, `;` between filters, `*` in a value.

use crate::filter::{compile, wildcard};
use crate::parse::check_length;
use crate::{By, Filter, Op, QueryError};
use serde_json::Value;

/// The most filters of a query string.
const MAX_FILTERS: usize = 50;

/// The filters of a query string, all of which must hold. A list in JSON is read as the v2 API reads it.
pub(super) fn read(text: &str) -> Result<Vec<Filter>, QueryError> {
    if text.trim_start().starts_with('[') {
        let json: Value = serde_json::from_str(text).map_err(|error| wrong(format!("The filters are no JSON: {error}.")))?;
        return crate::parse::filters(&json).map_err(|error| wrong(error.to_string()));
    }
    let filters: Vec<&str> = text.split(';').map(str::trim).filter(|filter| !filter.is_empty()).collect();
    if filters.len() > MAX_FILTERS {
        return Err(wrong(format!("At most {MAX_FILTERS} filters can be combined.")));
    }
    filters.into_iter().map(one).collect()
}

/// What can be filtered and broken down by.
pub(super) fn property(name: &str) -> Option<By> {
    By::from_name(name).filter(|by| !by.is_time() && *by != By::Currency)
}

fn one(text: &str) -> Result<Filter, QueryError> {
    let (at, negated) = operator(text)
        .ok_or_else(|| wrong(format!("'{text}' is no filter; write one such as visit:source==Google or visit:country!=FR.")))?;
    let (name, value) = (text[..at].trim(), text[at + 2..].trim());
    let by = property(name).ok_or_else(|| wrong(format!("'{name}' is no property one can filter by.")))?;
    if value.is_empty() {
        return Err(wrong(format!("The filter on '{name}' has no value.")));
    }
    if by == By::Goal {
        return goals(value, negated);
    }
    let values = values(name, value)?;
    if value.contains('*') {
        let pattern = wildcard(value);
        compile(&pattern).map_err(|message| wrong(format!("The filter on '{name}': {message}.")))?;
        let op = if negated { Op::MatchesNot } else { Op::Matches };
        return Ok(Filter::test(op, by, [pattern]));
    }
    Ok(Filter::test(if negated { Op::IsNot } else { Op::Is }, by, values))
}

/// Goals are named whole, stars and all: a goal's name may have some.
fn goals(value: &str, negated: bool) -> Result<Filter, QueryError> {
    match negated {
        true => Err(wrong("Goals are filtered by `==` only.".into())),
        false => Ok(Filter::test(Op::Is, By::Goal, values("event:goal", value)?)),
    }
}

/// Where the first operator stands, and whether it is `!=`.
fn operator(text: &str) -> Option<(usize, bool)> {
    let (equal, unequal) = (text.find("=="), text.find("!="));
    match (equal, unequal) {
        (Some(equal), Some(unequal)) if unequal < equal => Some((unequal, true)),
        (Some(equal), _) => Some((equal, false)),
        (None, unequal) => unequal.map(|at| (at, true)),
    }
}

/// The values of a filter, none of them longer than there are.
fn values(name: &str, text: &str) -> Result<Vec<String>, QueryError> {
    let values = parted(text);
    let fits = values.iter().try_for_each(|value| check_length(value));
    fits.map_err(|message| wrong(format!("The filter on '{name}': {message}."))).map(|()| values)
}

/// The values between bars; a bar after a backslash is one of the value's own.
fn parted(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = values.len() - 1;
        match letter {
            '\\' if letters.next_if_eq(&'|').is_some() => values[last].push('|'),
            '|' => values.push(String::new()),
            letter => values[last].push(letter),
        }
    }
    values
}

fn wrong(message: String) -> QueryError {
    QueryError::new("filters", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_parts_values_unless_it_is_escaped() {
        assert_eq!(parted("a|b"), ["a", "b"]);
        assert_eq!(parted(r"a\|b"), ["a|b"]);
        assert_eq!(parted(r"a\|b|c\d|"), ["a|b", r"c\d", ""]);
        assert_eq!(parted(r"\"), [r"\"]);
    }

    #[test]
    fn the_first_operator_counts() {
        assert_eq!(operator("a==b!=c"), Some((1, false)));
        assert_eq!(operator("a!=b==c"), Some((1, true)));
        assert_eq!(operator("a=b"), None);
    }
}
