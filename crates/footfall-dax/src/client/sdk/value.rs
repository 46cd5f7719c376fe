//! Values and items.

use crate::wire::DynamoError;
use crate::wire::number::Number;
use crate::wire::value::{Item, Value};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use bytes::Bytes;
use std::collections::HashMap;

/// A value of the SDK as one of ours.
///
/// # Errors
/// What DynamoDB would refuse already for its spelling: a number that is none or has too many digits, `NULL: false`.
pub fn from_sdk(value: AttributeValue) -> Result<Value, DynamoError> {
    Ok(match value {
        AttributeValue::S(text) => Value::S(text),
        AttributeValue::N(text) => Value::N(number(&text)?),
        AttributeValue::B(blob) => Value::B(bytes(blob)),
        AttributeValue::Bool(value) => Value::Bool(value),
        AttributeValue::Null(true) => Value::Null,
        AttributeValue::Null(false) => {
            let words = "One or more parameter values were invalid: Null attribute value types must have the value of true";
            return Err(DynamoError::validation(words));
        }
        AttributeValue::Ss(texts) => Value::Ss(texts),
        AttributeValue::Ns(texts) => Value::Ns(texts.iter().map(|text| number(text)).collect::<Result<_, _>>()?),
        AttributeValue::Bs(blobs) => Value::Bs(blobs.into_iter().map(bytes).collect()),
        AttributeValue::L(values) => Value::L(values.into_iter().map(from_sdk).collect::<Result<_, _>>()?),
        AttributeValue::M(values) => Value::M(item_from_sdk(values)?),
        _ => return Err(DynamoError::validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")),
    })
}

/// An item of the SDK as one of ours.
///
/// # Errors
/// As [`from_sdk`].
pub fn item_from_sdk(item: HashMap<String, AttributeValue>) -> Result<Item, DynamoError> {
    item.into_iter().map(|(name, value)| Ok((name, from_sdk(value)?))).collect()
}

/// One of our values as the SDK has it.
pub fn to_sdk(value: Value) -> AttributeValue {
    match value {
        Value::S(text) => AttributeValue::S(text),
        Value::N(number) => AttributeValue::N(number.to_string()),
        Value::B(bytes) => AttributeValue::B(blob(bytes)),
        Value::Bool(value) => AttributeValue::Bool(value),
        Value::Null => AttributeValue::Null(true),
        Value::Ss(texts) => AttributeValue::Ss(texts),
        Value::Ns(numbers) => AttributeValue::Ns(numbers.iter().map(Number::to_string).collect()),
        Value::Bs(values) => AttributeValue::Bs(values.into_iter().map(blob).collect()),
        Value::L(values) => AttributeValue::L(values.into_iter().map(to_sdk).collect()),
        Value::M(values) => AttributeValue::M(item_to_sdk(values)),
    }
}

/// One of our items as the SDK has it.
pub fn item_to_sdk(item: Item) -> HashMap<String, AttributeValue> {
    item.into_iter().map(|(name, value)| (name, to_sdk(value))).collect()
}

fn number(text: &str) -> Result<Number, DynamoError> {
    text.parse().map_err(|error: crate::wire::number::NumberError| DynamoError::validation(error.to_string()))
}

fn bytes(blob: Blob) -> Bytes {
    blob.into_inner().into()
}

fn blob(bytes: Bytes) -> Blob {
    Blob::new(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_goes_there_and_back() {
        let text = |text: &str| AttributeValue::S(text.into());
        let blob = |bytes: &[u8]| Blob::new(bytes);
        for value in [
            text(""),
            text("grüße"),
            AttributeValue::N("-12.5".into()),
            AttributeValue::B(blob(&[0, 255])),
            AttributeValue::Bool(false),
            AttributeValue::Null(true),
            AttributeValue::Ss(vec!["b".into(), "a".into()]),
            AttributeValue::Ns(vec!["2".into(), "1".into()]),
            AttributeValue::Bs(vec![blob(b"x")]),
            AttributeValue::L(vec![text("x"), AttributeValue::L(vec![])]),
            AttributeValue::M(HashMap::from([("a".into(), AttributeValue::M(HashMap::new()))])),
        ] {
            assert_eq!(from_sdk(value.clone()).map(to_sdk), Ok(value));
        }
    }

    #[test]
    fn what_no_value_can_be_is_refused_in_dynamodbs_words() {
        let refused = |value| from_sdk(value).expect_err("refused").code;
        assert_eq!(refused(AttributeValue::N("many".into())), "ValidationException");
        assert_eq!(refused(AttributeValue::Null(false)), "ValidationException");
        assert_eq!(refused(AttributeValue::L(vec![AttributeValue::N("1e200".into())])), "ValidationException");
    }
}
