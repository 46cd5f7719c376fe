//! Items: making them, reading them, and how large DynamoDB says they are.

use crate::StoreError;
use crate::layout::damaged;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

pub(super) type Item = HashMap<String, AttributeValue>;

/// The largest item DynamoDB keeps, names of attributes included.
pub(super) const MAX_ITEM_BYTES: u64 = 400 << 10;

/// The two names of an item.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Name {
    pub pk: String,
    pub sk: String,
}

impl Name {
    pub fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// The key, as an item of two attributes.
    pub fn item(&self) -> Item {
        HashMap::from([("pk".to_owned(), text(&self.pk)), ("sk".to_owned(), text(&self.sk))])
    }

    pub fn of(item: &Item) -> Result<Self, StoreError> {
        Ok(Self { pk: get_text(item, "pk")?.to_owned(), sk: get_text(item, "sk")?.to_owned() })
    }
}

pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(super) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub(super) fn bytes(value: impl Into<Vec<u8>>) -> AttributeValue {
    AttributeValue::B(Blob::new(value))
}

pub(super) fn get_text<'a>(item: &'a Item, name: &str) -> Result<&'a str, StoreError> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Ok(text),
        other => Err(wrong(name, "a text", other)),
    }
}

pub(super) fn get_number<T: std::str::FromStr>(item: &Item, name: &str) -> Result<T, StoreError> {
    match item.get(name) {
        Some(AttributeValue::N(digits)) => digits.parse().map_err(|_| damaged(format_args!("'{name}' is not in range: {digits}"))),
        other => Err(wrong(name, "a number", other)),
    }
}

pub(super) fn get_bytes<'a>(item: &'a Item, name: &str) -> Result<&'a [u8], StoreError> {
    match item.get(name) {
        Some(AttributeValue::B(bytes)) => Ok(bytes.as_ref()),
        other => Err(wrong(name, "bytes", other)),
    }
}

pub(super) fn get_flag(item: &Item, name: &str) -> Result<bool, StoreError> {
    match item.get(name) {
        Some(AttributeValue::Bool(flag)) => Ok(*flag),
        other => Err(wrong(name, "true or false", other)),
    }
}

/// 32 bytes, such as a hash.
pub(super) fn get_hash(item: &Item, name: &str) -> Result<[u8; 32], StoreError> {
    get_bytes(item, name)?.try_into().map_err(|_| damaged(format_args!("'{name}' is not 32 bytes long")))
}

fn wrong(name: &str, wanted: &str, found: Option<&AttributeValue>) -> StoreError {
    let found = if found.is_some() { "something else" } else { "missing" };
    damaged(format_args!("the attribute '{name}' of an item is {found}, not {wanted}"))
}

/// The size DynamoDB bills: bytes of names and values
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>).
/// A test compares it with the capacity a server says was consumed.
pub fn item_bytes(item: &HashMap<String, AttributeValue>) -> u64 {
    item.iter().map(|(name, value)| name.len() as u64 + value_bytes(value)).sum()
}

/// Write units of a plain put: each begun 1 KB; of a put inside a transaction twice as many.
pub fn write_units(item: &HashMap<String, AttributeValue>) -> u64 {
    item_bytes(item).div_ceil(1024).max(1)
}

fn value_bytes(value: &AttributeValue) -> u64 {
    match value {
        AttributeValue::S(text) => text.len() as u64,
        AttributeValue::N(digits) => number_bytes(digits),
        AttributeValue::B(bytes) => bytes.as_ref().len() as u64,
        // Only scalars are written by this store.
        _ => 1,
    }
}

/// A byte, and one for each two significant digits; another for a sign.
fn number_bytes(digits: &str) -> u64 {
    let negative = digits.starts_with('-');
    let plain = digits.trim_start_matches('-').trim_start_matches('0').trim_end_matches('0');
    // Digits go in pairs counted from the decimal point: an odd number of cut zeros shifts them.
    let cut = digits.len() - digits.trim_end_matches('0').len();
    let significant = plain.len() as u64 + (cut as u64 % 2);
    if plain.is_empty() { 1 } else { 1 + significant.div_ceil(2) + u64::from(negative) }
}

/// Refuses what DynamoDB would refuse, before anything is written.
pub(super) fn check_size(item: &Item, what: impl FnOnce() -> String) -> Result<(), StoreError> {
    let bytes = item_bytes(item);
    if bytes > MAX_ITEM_BYTES {
        return Err(StoreError::TooLarge { what: what(), bytes, limit: MAX_ITEM_BYTES });
    }
    Ok(())
}
