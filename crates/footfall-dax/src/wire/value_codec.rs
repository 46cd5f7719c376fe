//! Values of attributes on the wire.

use super::cbor::{Reader, Sequence, Token, Writer, tag};
use super::error::WireError;
use super::number_codec::{read_number, write_number};
use super::value::Value;
use bytes::Bytes;
use std::collections::BTreeMap;

/// Writes a value.
pub fn write_value(value: &Value, to: &mut Writer) {
    match value {
        Value::S(text) => to.text(text),
        Value::N(number) => write_number(*number, to),
        Value::B(bytes) => to.byte_string(bytes),
        Value::Bool(value) => to.bool(*value),
        Value::Null => to.null(),
        Value::Ss(texts) => write_set(tag::STRING_SET, texts, to, |text, to| to.text(text)),
        Value::Ns(numbers) => write_set(tag::NUMBER_SET, numbers, to, |number, to| write_number(*number, to)),
        Value::Bs(strings) => write_set(tag::BINARY_SET, strings, to, |bytes, to| to.byte_string(bytes)),
        Value::L(values) => {
            to.array(values.len());
            values.iter().for_each(|value| write_value(value, to));
        }
        Value::M(values) => {
            to.map(values.len());
            for (name, value) in values {
                to.text(name);
                write_value(value, to);
            }
        }
    }
}

/// Reads a value.
///
/// # Errors
/// Something that is no value; [`WireError::Invalid`] for a number DynamoDB refuses.
pub fn read_value(from: &mut Reader<'_>) -> Result<Value, WireError> {
    Ok(match from.peek()? {
        Token::Text => Value::S(from.text()?.into_owned()),
        Token::Bytes => Value::B(read_bytes(from)?),
        Token::Bool => Value::Bool(from.bool()?),
        Token::Null => {
            from.null()?;
            Value::Null
        }
        Token::Unsigned | Token::Negative | Token::Float => Value::N(read_number(from)?),
        Token::Tag => read_tagged(from)?,
        Token::Array => {
            let sequence = from.array()?;
            Value::L(read_all(from, sequence, read_value)?)
        }
        Token::Map => Value::M(read_map(from)?),
        Token::Other => return Err(WireError::malformed("a value was expected")),
    })
}

fn write_set<T>(tag: u64, members: &[T], to: &mut Writer, write: impl Fn(&T, &mut Writer)) {
    to.tag(tag);
    to.array(members.len());
    members.iter().for_each(|member| write(member, to));
}

fn read_tagged(from: &mut Reader<'_>) -> Result<Value, WireError> {
    match from.clone().tag()? {
        tag::STRING_SET => Ok(Value::Ss(read_set(from, |from| Ok(from.text()?.into_owned()))?)),
        tag::NUMBER_SET => Ok(Value::Ns(read_set(from, read_number)?)),
        tag::BINARY_SET => Ok(Value::Bs(read_set(from, read_bytes)?)),
        _ => read_number(from).map(Value::N),
    }
}

fn read_set<'a, T>(from: &mut Reader<'a>, read: impl Fn(&mut Reader<'a>) -> Result<T, WireError>) -> Result<Vec<T>, WireError> {
    from.tag()?;
    let sequence = from.array()?;
    read_all(from, sequence, read)
}

/// What is set aside for an array's items before they are read: an item of a few bytes must not take a thousand times
/// its size, so that a short message cannot fill the memory.
const ROOM: usize = 64;

fn read_all<'a, T>(
    from: &mut Reader<'a>,
    mut sequence: Sequence,
    read: impl Fn(&mut Reader<'a>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let mut all = Vec::with_capacity(sequence.known().min(ROOM));
    while from.more(&mut sequence)? {
        all.push(read(from)?);
    }
    Ok(all)
}

fn read_map(from: &mut Reader<'_>) -> Result<BTreeMap<String, Value>, WireError> {
    let mut sequence = from.map()?;
    let mut map = BTreeMap::new();
    while from.more(&mut sequence)? {
        let name = from.text()?.into_owned();
        map.insert(name, read_value(from)?);
    }
    Ok(map)
}

fn read_bytes(from: &mut Reader<'_>) -> Result<Bytes, WireError> {
    Ok(match from.byte_string()? {
        std::borrow::Cow::Borrowed(bytes) => Bytes::copy_from_slice(bytes),
        std::borrow::Cow::Owned(bytes) => bytes.into(),
    })
}
