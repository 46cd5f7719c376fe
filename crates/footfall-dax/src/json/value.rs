//! Values of attributes: `{"S": "text"}`.

use super::JsonError;
use crate::wire::error::DynamoError;
use crate::wire::number::Number;
use crate::wire::value::{Item, Value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value as Json, json};

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
    Json::Object(item.iter().map(|(name, value)| (name.clone(), write_value(value))).collect())
}

/// Writes a value.
pub fn write_value(value: &Value) -> Json {
    match value {
        Value::S(text) => json!({ "S": text }),
        Value::N(number) => json!({ "N": number.to_string() }),
        Value::B(bytes) => json!({ "B": STANDARD.encode(bytes) }),
        Value::Bool(value) => json!({ "BOOL": value }),
        Value::Null => json!({ "NULL": true }),
        Value::Ss(texts) => json!({ "SS": texts }),
        Value::Ns(numbers) => json!({ "NS": numbers.iter().map(Number::to_string).collect::<Vec<_>>() }),
        Value::Bs(strings) => json!({ "BS": strings.iter().map(|bytes| STANDARD.encode(bytes)).collect::<Vec<_>>() }),
        Value::L(values) => json!({ "L": values.iter().map(write_value).collect::<Vec<_>>() }),
        Value::M(values) => json!({ "M": write_item(values) }),
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
