//! Properties as a JSON object. Unlike a map they keep their order, and a name that was sent twice.

use crate::ArchiveError;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::fmt;

/// An object of texts.
pub(super) fn to_json(props: &[(String, String)]) -> String {
    let mut json = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut json);
    let written = serializer.serialize_map(Some(props.len())).and_then(|mut map| {
        props.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    });
    written.expect("writing texts to memory cannot fail");
    String::from_utf8(json).expect("JSON of texts is UTF-8")
}

/// The properties of an object of texts.
pub(super) fn from_json(json: &str) -> Result<Vec<(String, String)>, ArchiveError> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let props = deserializer.deserialize_map(Props).map_err(ArchiveError::damaged)?;
    deserializer.end().map_err(ArchiveError::damaged)?;
    Ok(props)
}

struct Props;

impl<'de> Visitor<'de> for Props {
    type Value = Vec<(String, String)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut props = Vec::new();
        while let Some(prop) = map.next_entry()? {
            props.push(prop);
        }
        Ok(props)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_are_kept() {
        let props: Vec<(String, String)> =
            [("z", "1"), ("a", "größe \"XL\"\n"), ("z", ""), ("", "2")].map(|(name, value)| (name.into(), value.into())).into();
        let json = to_json(&props);
        assert_eq!(json, r#"{"z":"1","a":"größe \"XL\"\n","z":"","":"2"}"#);
        assert_eq!(from_json(&json), Ok(props));
        assert_eq!(to_json(&[]), "{}");
    }

    #[test]
    fn anything_else_is_damaged() {
        for json in ["", "[]", "{\"a\":1}", "{}x", "{\"a\":\"b\""] {
            assert!(matches!(from_json(json), Err(ArchiveError::Damaged(_))), "{json}");
        }
    }
}
