//! Values of attributes: `{"S": "text"}`.

use super::JsonError;
use crate::wire::error::DynamoError;
use crate::wire::number::Number;
use crate::wire::value::{Item, Value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value as Json};

/// How deep documents may nest: DynamoDB's limit.
const MAX_DEPTH: usize = 32;

/// Reads an item or a key.
///
/// # Errors
/// It is none.
pub fn read_item(json: &Json) -> Result<Item, JsonError> {
    read_map(json, 0)
}

/// Reads a value.
///
/// # Errors
/// It is none, or one DynamoDB refuses.
pub fn read_value(json: &Json) -> Result<Value, JsonError> {
    read_nested(json, 0)
}

fn read_map(json: &Json, depth: usize) -> Result<Item, JsonError> {
    object(json)?.iter().map(|(name, value)| Ok((name.clone(), read_nested(value, depth)?))).collect()
}

fn read_nested(json: &Json, depth: usize) -> Result<Value, JsonError> {
    if depth > MAX_DEPTH {
        return Err(JsonError::unsure("a document is nested too deep"));
    }
    // A type whose value is null counts as not there.
    let mut types = object(json)?.iter().filter(|(_, value)| !value.is_null());
    let (Some((kind, value)), None) = (types.next(), types.next()) else {
        return Err(JsonError::unsure("a value has one type"));
    };
    Ok(match kind.as_str() {
        "S" => Value::S(text(value)?.to_owned()),
        "N" => Value::N(number(value)?),
        "B" => Value::B(binary(value)?),
        "BOOL" => Value::Bool(value.as_bool().ok_or_else(|| JsonError::unsure("BOOL is true or false"))?),
        "NULL" if value == &Json::Bool(true) => Value::Null,
        "SS" => Value::Ss(list(value, |text_| text(text_).map(str::to_owned))?),
        "NS" => Value::Ns(list(value, number)?),
        "BS" => Value::Bs(list(value, binary)?),
        "L" => Value::L(list(value, |member| read_nested(member, depth + 1))?),
        "M" => Value::M(read_map(value, depth + 1)?),
        _ => return Err(JsonError::unsure(format!("no value of type {kind}"))),
    })
}

/// Writes an item or a key.
pub fn write_item(item: &Item) -> Json {
    serde_json::to_value(ItemJson(item)).expect("an item's names are texts")
}

/// Writes a value.
pub fn write_value(value: &Value) -> Json {
    serde_json::to_value(ValueJson(value)).expect("a map's names are texts")
}

/// An item that is written as JSON, without a tree of it in between.
pub(super) struct ItemJson<'a>(pub &'a Item);

impl Serialize for ItemJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, ValueJson(value))))
    }
}

struct ValueJson<'a>(&'a Value);

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(1))?;
        match self.0 {
            Value::S(text) => map.serialize_entry("S", text)?,
            Value::N(number) => map.serialize_entry("N", &Printed(number))?,
            Value::B(bytes) => map.serialize_entry("B", &Base64(bytes))?,
            Value::Bool(value) => map.serialize_entry("BOOL", value)?,
            Value::Null => map.serialize_entry("NULL", &true)?,
            Value::Ss(texts) => map.serialize_entry("SS", texts)?,
            Value::Ns(numbers) => map.serialize_entry("NS", &Each(numbers, Printed))?,
            Value::Bs(strings) => map.serialize_entry("BS", &Each(strings, Base64))?,
            Value::L(values) => map.serialize_entry("L", &Each(values, ValueJson))?,
            Value::M(values) => map.serialize_entry("M", &ItemJson(values))?,
        }
        map.end()
    }
}

/// A list of which each member is written in another form.
pub(super) struct Each<'a, T, F>(pub &'a [T], pub F);

impl<'a, T, W: Serialize, F: Fn(&'a T) -> W> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(&self.1))
    }
}

struct Printed<'a>(&'a Number);

impl Serialize for Printed<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self.0)
    }
}

struct Base64<'a>(&'a Bytes);

impl Serialize for Base64<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&base64::display::Base64Display::new(self.0, &STANDARD))
    }
}

fn object(json: &Json) -> Result<&Map<String, Json>, JsonError> {
    json.as_object().ok_or_else(|| JsonError::unsure("an object was expected"))
}

fn text(json: &Json) -> Result<&str, JsonError> {
    json.as_str().ok_or_else(|| JsonError::unsure("a text was expected"))
}

fn number(json: &Json) -> Result<Number, JsonError> {
    Number::parse(text(json)?).map_err(|error| DynamoError::validation(error.to_string()).into())
}

fn binary(json: &Json) -> Result<Bytes, JsonError> {
    STANDARD.decode(text(json)?).map(Bytes::from).map_err(|_| JsonError::unsure("bytes are written in base64"))
}

fn list<T>(json: &Json, member: impl Fn(&Json) -> Result<T, JsonError>) -> Result<Vec<T>, JsonError> {
    json.as_array().ok_or_else(|| JsonError::unsure("a list was expected"))?.iter().map(member).collect()
}
