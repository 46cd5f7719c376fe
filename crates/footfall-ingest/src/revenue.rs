//! Money that came with an event. A bad amount loses itself, never the event.

use crate::fields::{Fields, Value};
use footfall_domain::Revenue;

/// The longest amount read, in characters: enough for any price, short enough for every database.
const MAX_AMOUNT_CHARS: usize = 30;

/// The revenue among the fields: an object, or the same written into a text.
pub(crate) fn read(fields: &Fields<'_>) -> Option<Revenue> {
    let found = fields.first(&["$", "revenue"])?.object()?;
    let money = Fields::read(&found)?;
    let amount = match money.first(&["amount"])? {
        Value::Number(text) => decimal(text)?,
        Value::Text(text) => decimal(text.trim())?,
        _ => return None,
    };
    Some(Revenue { amount, currency: currency(money.first(&["currency"])?.text()?.trim())? })
}

/// A plain decimal number: an optional minus, digits, and perhaps a point and more digits.
fn decimal(text: &str) -> Option<String> {
    let (whole, fraction) = text.strip_prefix('-').unwrap_or(text).split_once('.').unwrap_or((text.trim_start_matches('-'), "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (text.len() <= MAX_AMOUNT_CHARS && !text.starts_with("--") && digits(whole) && digits(fraction)).then(|| text.to_owned())
}

/// Three letters, upper case. Which codes are in use is for the reader to say: lists of currencies change, hits do not.
fn currency(text: &str) -> Option<String> {
    (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<(&str, &str)>) {
        let read = Fields::read(json.as_bytes()).and_then(|fields| read(&fields));
        let expected = expected.map(|(amount, currency)| Revenue { amount: amount.into(), currency: currency.into() });
        assert_eq!(read, expected, "{json}");
    }

    #[test]
    fn revenue_is_an_object_or_a_text_of_one() {
        check(r#"{"$": {"amount": 12.5, "currency": "EUR"}}"#, Some(("12.5", "EUR")));
        check(r#"{"revenue": {"amount": "9.90", "currency": "usd"}}"#, Some(("9.90", "USD")));
        check(r#"{"revenue": "{\"amount\": -3, \"currency\": \"USD\"}"}"#, Some(("-3", "USD")));
        check(r#"{"$": {"amount": 0, "currency": "JPY"}}"#, Some(("0", "JPY")));
    }

    #[test]
    fn bad_revenue_is_none() {
        for bad in ["1", "\"x\"", "[]", "{}", r#"{"amount": 1}"#, r#"{"currency": "EUR"}"#, r#"{"amount": 1, "currency": "EURO"}"#] {
            check(&format!(r#"{{"$": {bad}}}"#), None);
        }
        for amount in
            ["1e3", "\"1,50\"", "\"\"", "\"-\"", "\"--1\"", "\".\"", "\"1.\"", "true", "\"NaN\"", "\"1234567890123456789012345678901\""]
        {
            check(&format!(r#"{{"$": {{"amount": {amount}, "currency": "EUR"}}}}"#), None);
        }
    }
}
