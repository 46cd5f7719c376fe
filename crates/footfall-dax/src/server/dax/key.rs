//! Keys as clients write them, and as the cache has them.

use crate::wire::cbor::{Reader, Token, Writer};
use crate::wire::lexdecimal::{read_lexdecimal, write_lexdecimal};
use crate::wire::value::{KeySchema, KeyType};
use crate::wire::{WireError, read_number, write_number};
use std::borrow::Cow;

/// A key's bytes in the form the cache has them, which is what `encode_key` makes of the key: numbers, and lengths of
/// strings, have many spellings on the wire. Nothing is copied where there is nothing to spell.
///
/// Answers for bytes that are no key too, as long as they have a form: no item is found under them.
///
/// # Errors
/// The bytes have no form.
pub(super) fn canonical<'k>(key: &'k [u8], schema: &KeySchema) -> Result<Cow<'k, [u8]>, WireError> {
    let Some((_, range)) = &schema.range else {
        return match schema.hash.1 {
            KeyType::S | KeyType::B => Ok(Cow::Borrowed(key)),
            KeyType::N => {
                let mut from = Reader::of_whole(key);
                let mut to = Writer::with_capacity(24);
                write_number(read_number(&mut from)?, &mut to);
                from.finish()?;
                Ok(Cow::Owned(to.into_bytes()))
            }
        };
    };
    let mut from = Reader::of_whole(key);
    let mut to = Writer::with_capacity(key.len() + 24);
    match from.peek()? {
        Token::Text => to.text(&from.text()?),
        Token::Bytes => to.byte_string(&from.byte_string()?),
        _ => write_number(read_number(&mut from)?, &mut to),
    }
    let mut bytes = to.into_bytes();
    match range {
        KeyType::S | KeyType::B => bytes.extend_from_slice(from.rest()),
        KeyType::N => write_lexdecimal(read_lexdecimal(from.rest())?, &mut bytes),
    }
    Ok(Cow::Owned(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::key::{decode_key, encode_key};
    use crate::wire::value::{Item, Value};

    fn schema(hash: KeyType, range: Option<KeyType>) -> KeySchema {
        KeySchema { hash: ("h".into(), hash), range: range.map(|kind| ("r".into(), kind)) }
    }

    fn value(kind: KeyType, number: i64) -> Value {
        match kind {
            KeyType::S => Value::S(format!("é{number}")),
            KeyType::N => Value::N(format!("{number}e-3").parse().expect("a number")),
            KeyType::B => Value::B(vec![0xff; usize::try_from(number.unsigned_abs()).expect("small")].into()),
        }
    }

    /// The cache's other keys are made by `encode_key`: both must say the same.
    #[test]
    fn it_is_what_encode_key_makes() {
        const KINDS: [KeyType; 3] = [KeyType::S, KeyType::N, KeyType::B];
        for hash in KINDS {
            for range in KINDS.map(Some).into_iter().chain([None]) {
                let schema = schema(hash, range);
                for number in [-1500, -1, 0, 1, 42, 300, 70_000] {
                    let mut key: Item = [("h".to_owned(), value(hash, number))].into();
                    key.extend(range.map(|kind| ("r".to_owned(), value(kind, -number))));
                    let bytes = encode_key(&key, &schema).expect("a key");
                    assert_eq!(canonical(&bytes, &schema).as_deref(), Ok(&bytes[..]), "{key:?}");
                }
            }
        }
    }

    /// What follows a number would otherwise be ignored, and the item of the number found.
    #[test]
    fn a_number_with_something_behind_it_is_no_key() {
        assert!(canonical(&[0x01, 0xff], &schema(KeyType::N, None)).is_err());
        assert!(canonical(b"\x61x\xc1\x1c\0\0\x01", &schema(KeyType::S, Some(KeyType::N))).is_err());
    }

    #[test]
    fn other_spellings_of_a_key_are_the_same_key() {
        let one = [0x01];
        // Forty-bit lengths, 1.0, 10e-1, a float, a bignum.
        for spelling in [&[0x18, 0x01][..], b"\xc4\x82\x20\x0a", b"\xc4\x82\x20\x18\x0a", b"\xfb\x3f\xf0\0\0\0\0\0\0", b"\xc2\x41\x01"] {
            assert_eq!(canonical(spelling, &schema(KeyType::N, None)).as_deref(), Ok(&one[..]), "{spelling:x?}");
        }
        let both = schema(KeyType::S, Some(KeyType::N));
        // 1 and 1.0 as sort keys, the text with a longer head than it needs.
        for spelling in [&b"\x61x\xc1\x1c\0\0"[..], b"\x61x\xc1\x1c\0\x10", b"\x78\x01x\xc1\x1c\0\0"] {
            let key = decode_key(spelling, &both).expect("a key");
            let canonical = canonical(spelling, &both).expect("a key").into_owned();
            assert_eq!(canonical, encode_key(&key, &both).expect("a key"), "{spelling:x?}");
        }
    }
}
