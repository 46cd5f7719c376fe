//! Properties (definition 24): text as sent, the first thirty.

use crate::Invalid;
use crate::fields::{Fields, Value};

/// How many properties of a hit are kept.
pub const MAX_PROPS: usize = 30;
/// The longest name of a property, in bytes.
pub const MAX_NAME_BYTES: usize = 300;
/// The longest value of a property, in bytes.
pub const MAX_VALUE_BYTES: usize = 2_000;

/// The properties among the fields, in the order sent. Blank, null, list and object values do not exist; what is not an
/// object of properties at all counts as none.
pub(crate) fn read(fields: &Fields<'_>, invalid: &mut Invalid) -> Vec<(String, String)> {
    let found = fields.first(&["m", "meta", "p", "props"]).and_then(Value::object);
    let Some(listed) = found.as_deref().and_then(Fields::read) else { return Vec::new() };
    let mut props = Vec::new();
    for (name, value) in listed.into_list() {
        let Some(text) = text_of(value) else { continue };
        if name.trim().is_empty() || props.len() == MAX_PROPS {
            continue;
        }
        check(&name, &text, invalid);
        props.push((name, text));
    }
    props
}

fn text_of(value: Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text),
        Value::Number(text) => Some(text.to_owned()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn check(name: &str, text: &str, invalid: &mut Invalid) {
    if name.len() > MAX_NAME_BYTES {
        invalid.add("props", format!("have a name of {} bytes; use at most {MAX_NAME_BYTES}", name.len()));
    }
    if text.len() > MAX_VALUE_BYTES {
        invalid.add("props", format!("have a value of {} bytes; use at most {MAX_VALUE_BYTES}", text.len()));
    }
}
