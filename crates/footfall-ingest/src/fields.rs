//! The fields of a JSON object in the order sent, with the exact text of each value.
//!
//! Two things an ordinary map would lose decide what is counted: which thirty properties came first, and how a number
//! was written (definition 24).

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// An object's fields, in the order sent. Of a repeated name the last value counts, at the place of the first.
#[derive(Default)]
pub(crate) struct Fields<'a>(Vec<(String, Value<'a>)>);

/// A field's value.
#[derive(Clone)]
pub(crate) enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written.
    Number(&'a str),
    /// A text.
    Text(String),
    /// An object, as it was written.
    Object(&'a str),
    /// A list.
    List,
}

impl<'a> Fields<'a> {
    /// Reads an object; `None` when the bytes are no JSON or no object.
    pub(crate) fn read(json: &'a [u8]) -> Option<Self> {
        let raw: RawFields<'a> = serde_json::from_slice(json).ok()?;
        let mut fields = Self(Vec::with_capacity(raw.0.len()));
        for (name, value) in raw.0 {
            fields.put(name, Value::of(value.get()));
        }
        Some(fields)
    }

    /// Sets a field.
    pub(crate) fn put(&mut self, name: String, value: Value<'a>) {
        // Names repeat in no honest request; the search is bounded so that a hostile one costs no squared time.
        let known = if self.0.len() <= 64 { self.0.iter_mut().find(|(known, _)| *known == name) } else { None };
        match known {
            Some((_, slot)) => *slot = value,
            None => self.0.push((name, value)),
        }
    }

    /// The value of the first of these names that has one; `null` and `false` are none.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&Value<'a>> {
        names.iter().find_map(|name| self.get(name).filter(|value| !matches!(value, Value::Null | Value::Bool(false))))
    }

    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The fields, in the order sent.
    pub(crate) fn into_list(self) -> Vec<(String, Value<'a>)> {
        self.0
    }
}

impl<'a> Value<'a> {
    fn of(raw: &'a str) -> Self {
        match raw.as_bytes().first() {
            Some(b'n') => Value::Null,
            Some(b't') => Value::Bool(true),
            Some(b'f') => Value::Bool(false),
            Some(b'"') => Value::Text(serde_json::from_str::<Lossy>(raw).map(|text| text.0).unwrap_or_default()),
            Some(b'{') => Value::Object(raw),
            Some(b'[') => Value::List,
            _ => Value::Number(raw),
        }
    }

    /// The text of a text.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// A number, also when written as text.
    pub(crate) fn number(&self) -> Option<f64> {
        let text = match self {
            Value::Number(text) => text,
            Value::Text(text) => text.trim(),
            _ => return None,
        };
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// An object: as it is, or written into a text.
    pub(crate) fn object(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Value::Object(raw) => Some(Cow::Borrowed(raw.as_bytes())),
            Value::Text(text) => Some(Cow::Borrowed(text.as_bytes())),
            _ => None,
        }
    }
}

struct RawFields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawFields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawFields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(Lossy(name)) = map.next_key()? {
                    entries.push((name, map.next_value()?));
                }
                Ok(RawFields(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// A text whose half surrogates (a script cut an emoji in two) become U+FFFD instead of an error.
struct Lossy(String);

impl<'de> Deserialize<'de> for Lossy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Lossy;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Lossy, E> {
                Ok(Lossy(String::from_utf8_lossy(bytes).into_owned()))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Lossy, E> {
                Ok(Lossy(text.to_owned()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_text_and_fields_their_order() {
        let fields = Fields::read(br#"{"z": 1.50, "a": 1e3, "z2": -0}"#).expect("an object");
        let texts: Vec<_> = fields.into_list().into_iter().map(|(name, value)| (name, matches!(value, Value::Number(_)))).collect();
        assert_eq!(texts, [("z".to_owned(), true), ("a".to_owned(), true), ("z2".to_owned(), true)]);
    }

    #[test]
    fn the_last_of_a_repeated_name_counts() {
        let fields = Fields::read(br#"{"n": "a", "n": "b"}"#).expect("an object");
        assert_eq!(fields.get("n").and_then(Value::text), Some("b"));
        assert_eq!(fields.into_list().len(), 1);
    }

    #[test]
    fn half_an_emoji_is_no_error() {
        let fields = Fields::read(br#"{"n\ud83d": "cut \ud83d"}"#).expect("an object");
        let (name, value) = fields.into_list().remove(0);
        assert!(name.starts_with("n\u{fffd}"), "{name}");
        assert!(value.text().is_some_and(|text| text.starts_with("cut \u{fffd}")));
    }

    #[test]
    fn only_an_object_has_fields() {
        for json in ["", "[]", "1", "\"x\"", "null", "{", "{\"a\":}", "{} x", "\u{feff}{}"] {
            assert!(Fields::read(json.as_bytes()).is_none(), "{json:?}");
        }
    }
}
