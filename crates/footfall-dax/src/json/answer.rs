//! Fields of an answer, read leniently: those nobody asked for are passed over.

use super::JsonError;
use super::value::read_item;
use crate::wire::value::Item;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A field; null counts as not there.
pub(super) fn some<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    json.get(name).filter(|value| !value.is_null())
}

/// An item that may be there.
pub(super) fn item(json: &Json, name: &str) -> Result<Option<Item>, JsonError> {
    some(json, name).map(read_item).transpose()
}

/// A text that may be there.
pub(super) fn text(json: &Json, name: &str) -> Option<String> {
    some(json, name).and_then(Json::as_str).map(str::to_owned)
}

/// A count that should be there.
pub(super) fn count(json: &Json, name: &str) -> Result<i32, JsonError> {
    let count = json.get(name).and_then(Json::as_i64).and_then(|count| i32::try_from(count).ok());
    count.ok_or_else(|| JsonError::unsure(format!("{name} of an answer is no count")))
}

/// The members of a list; none when there is no list.
pub(super) fn list<T>(json: Option<&Json>, read: impl Fn(&Json) -> Result<T, JsonError>) -> Result<Vec<T>, JsonError> {
    match json {
        None => Ok(Vec::new()),
        Some(json) => json.as_array().ok_or_else(|| JsonError::unsure("a list was expected"))?.iter().map(read).collect(),
    }
}

/// The fields of an object; none when there is no object.
pub(super) fn map<T>(json: Option<&Json>, read: impl Fn(&Json) -> Result<T, JsonError>) -> Result<BTreeMap<String, T>, JsonError> {
    let Some(json) = json else { return Ok(BTreeMap::new()) };
    let map = json.as_object().ok_or_else(|| JsonError::unsure("an object was expected"))?;
    map.iter().map(|(name, value)| Ok((name.clone(), read(value)?))).collect()
}
