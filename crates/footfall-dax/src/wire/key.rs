//! Primary keys on the wire: bytes whose meaning only the table's key schema tells.

use super::cbor::{Reader, Writer};
use super::error::WireError;
use super::lexdecimal::{read_lexdecimal, write_lexdecimal};
use super::number_codec::{read_number, write_number};
use super::value::{Item, KeySchema, KeyType, Value};
use super::value_codec::{read_value, write_value};
use bytes::Bytes;

/// What DynamoDB says of a key without the right attributes.
const NOT_THE_SCHEMA: &str = "The provided key element does not match the schema";

impl KeySchema {
    /// How many attributes make the key: one or two.
    pub fn attributes(&self) -> usize {
        1 + usize::from(self.range.is_some())
    }

    /// Whether an attribute of this name is part of the key.
    pub fn has(&self, name: &str) -> bool {
        self.hash.0 == name || self.range.as_ref().is_some_and(|range| range.0 == name)
    }

    /// The key of an item.
    ///
    /// # Errors
    /// A part is missing or of another type.
    pub fn key_of(&self, item: &Item) -> Result<Item, WireError> {
        let parts = [Some(&self.hash), self.range.as_ref()];
        parts.into_iter().flatten().map(|part| Ok((part.0.clone(), key_value(item, part)?.clone()))).collect()
    }
}

/// The key of an item (or a key) as bytes. Equal keys give equal bytes, however their numbers were spelled.
///
/// # Errors
/// [`WireError::Invalid`]: a part is missing or of another type.
pub fn encode_key(item: &Item, schema: &KeySchema) -> Result<Vec<u8>, WireError> {
    let mut to = Writer::new();
    write_key_content(item, schema, &mut to)?;
    Ok(to.into_bytes())
}

/// Writes the key of an item (or a key) as a byte string.
///
/// # Errors
/// As [`encode_key`].
pub fn write_key(item: &Item, schema: &KeySchema, to: &mut Writer) -> Result<(), WireError> {
    to.nested(|to| write_key_content(item, schema, to))
}

/// Reads the bytes of a key: all of them.
///
/// # Errors
/// They are no key of this schema.
pub fn decode_key(bytes: &[u8], schema: &KeySchema) -> Result<Item, WireError> {
    let mut key = Item::new();
    let Some((range, range_type)) = &schema.range else {
        let value = match schema.hash.1 {
            KeyType::N => {
                let mut from = Reader::of_whole(bytes);
                let number = read_number(&mut from)?;
                from.finish()?;
                Value::N(number)
            }
            other => raw_value(bytes, other)?,
        };
        key.insert(schema.hash.0.clone(), value);
        return Ok(key);
    };
    let mut from = Reader::of_whole(bytes);
    let hash = match (read_value(&mut from)?, schema.hash.1) {
        (value @ Value::S(_), KeyType::S) | (value @ Value::N(_), KeyType::N) | (value @ Value::B(_), KeyType::B) => value,
        _ => return Err(WireError::Invalid(NOT_THE_SCHEMA.into())),
    };
    key.insert(schema.hash.0.clone(), hash);
    key.insert(range.clone(), raw_value(from.rest(), *range_type)?);
    Ok(key)
}

/// Writes an index's paging key as a byte string: names and values.
pub fn write_compound(key: &Item, to: &mut Writer) {
    let written = to.nested(|to| {
        // The Go client reads it only without a count.
        to.begin_map();
        for (name, value) in key {
            to.text(name);
            write_value(value, to);
        }
        to.end();
        Ok::<_, std::convert::Infallible>(())
    });
    match written {
        Ok(()) => {}
        Err(never) => match never {},
    }
}

/// Reads the bytes of an index's paging key.
///
/// # Errors
/// They are none.
pub fn decode_compound(bytes: &[u8]) -> Result<Item, WireError> {
    let mut from = Reader::of_whole(bytes);
    let Value::M(key) = read_value(&mut from)? else { return Err(WireError::malformed("a paging key is a map")) };
    from.finish()?;
    Ok(key)
}

fn write_key_content(item: &Item, schema: &KeySchema, to: &mut Writer) -> Result<(), WireError> {
    let hash = key_value(item, &schema.hash)?;
    let Some(range) = &schema.range else {
        match hash {
            Value::N(number) => write_number(*number, to),
            other => write_raw_value(other, to),
        }
        return Ok(());
    };
    write_value(hash, to);
    write_raw_value(key_value(item, range)?, to);
    Ok(())
}

fn key_value<'a>(item: &'a Item, (name, kind): &(String, KeyType)) -> Result<&'a Value, WireError> {
    match (item.get(name), kind) {
        (Some(value @ Value::S(_)), KeyType::S) | (Some(value @ Value::N(_)), KeyType::N) | (Some(value @ Value::B(_)), KeyType::B) => {
            Ok(value)
        }
        _ => Err(WireError::Invalid(NOT_THE_SCHEMA.into())),
    }
}

/// A value that takes all the rest, without a head.
fn write_raw_value(value: &Value, to: &mut Writer) {
    match value {
        Value::S(text) => to.raw(text.as_bytes()),
        Value::B(bytes) => to.raw(bytes),
        Value::N(number) => {
            let mut bytes = Vec::with_capacity(24);
            write_lexdecimal(*number, &mut bytes);
            to.raw(&bytes);
        }
        // Only values of the three types of keys come here.
        _ => unreachable!("the value of a key was checked"),
    }
}

fn raw_value(bytes: &[u8], kind: KeyType) -> Result<Value, WireError> {
    Ok(match kind {
        KeyType::S => Value::S(std::str::from_utf8(bytes).map_err(|_| WireError::malformed("a key is not UTF-8"))?.to_owned()),
        KeyType::B => Value::B(Bytes::copy_from_slice(bytes)),
        KeyType::N => Value::N(read_lexdecimal(bytes)?),
    })
}
