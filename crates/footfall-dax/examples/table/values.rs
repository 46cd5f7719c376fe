//! Attribute values as DynamoDB JSON, both ways.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// An item in the SDK's words.
pub type Item = HashMap<String, AttributeValue>;

/// `{"a": {"S": "x"}}` as an item.
pub fn item(given: &Value) -> Item {
    given.as_object().expect("an item").iter().map(|(name, each)| (name.clone(), value(each))).collect()
}

/// `{"S": "x"}` as a value.
pub fn value(given: &Value) -> AttributeValue {
    let (kind, data) = given.as_object().and_then(|value| value.iter().next()).expect("an attribute value");
    let list = || data.as_array().expect("a list").iter();
    match kind.as_str() {
        "S" => AttributeValue::S(text(data)),
        "N" => AttributeValue::N(text(data)),
        "B" => AttributeValue::B(blob(data)),
        "BOOL" => AttributeValue::Bool(data.as_bool().expect("a bool")),
        "NULL" => AttributeValue::Null(true),
        "SS" => AttributeValue::Ss(list().map(text).collect()),
        "NS" => AttributeValue::Ns(list().map(text).collect()),
        "BS" => AttributeValue::Bs(list().map(blob).collect()),
        "L" => AttributeValue::L(list().map(value).collect()),
        "M" => AttributeValue::M(item(data)),
        _ => panic!("{kind} is no type"),
    }
}

/// An item as DynamoDB JSON.
pub fn item_told(item: &Item) -> Value {
    Value::Object(item.iter().map(|(name, value)| (name.clone(), told(value))).collect::<Map<_, _>>())
}

/// A value as DynamoDB JSON.
pub fn told(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::B(blob) => json!({ "B": base64(blob) }),
        AttributeValue::Bool(flag) => json!({ "BOOL": flag }),
        AttributeValue::Null(flag) => json!({ "NULL": flag }),
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::Ns(numbers) => json!({ "NS": numbers }),
        AttributeValue::Bs(blobs) => json!({ "BS": blobs.iter().map(base64).collect::<Vec<_>>() }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(told).collect::<Vec<_>>() }),
        AttributeValue::M(map) => json!({ "M": item_told(map) }),
        _ => panic!("a type that is not known"),
    }
}

fn text(given: &Value) -> String {
    given.as_str().expect("a text").to_owned()
}

fn blob(given: &Value) -> Blob {
    Blob::new(BASE64_STANDARD.decode(given.as_str().expect("base64")).expect("base64"))
}

fn base64(blob: &Blob) -> String {
    BASE64_STANDARD.encode(blob)
}
