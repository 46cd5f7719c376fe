//! Amounts of money as text.

use footfall_domain::Currency;
use serde_json::{Value, json};

/// What stands for a currency before an amount in English; all others are written by their code.
const SYMBOLS: [(&str, &str); 21] = [
    ("AUD", "A$"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("CNY", "CN¥"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("HKD", "HK$"),
    ("ILS", "₪"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("KRW", "₩"),
    ("MXN", "MX$"),
    ("NZD", "NZ$"),
    ("PHP", "₱"),
    ("TWD", "NT$"),
    ("USD", "$"),
    ("VND", "₫"),
    ("XAF", "FCFA\u{a0}"),
    ("XCD", "EC$"),
    ("XOF", "F\u{202f}CFA\u{a0}"),
    ("XPF", "CFPF\u{a0}"),
];

/// `{"value", "currency", "short", "long"}`.
pub(crate) fn to_json(value: f64, currency: Currency) -> Value {
    json!({ "value": value, "currency": currency.code(), "short": short(value, currency), "long": long(value, currency) })
}

/// Every digit: `$1,234.50`.
pub fn long(value: f64, currency: Currency) -> String {
    let decimals = currency.decimals() as usize;
    let written = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{}{grouped}{point}{fraction}", sign(value), symbol(currency))
}

/// One decimal and a letter for thousands, millions and so on: `$1.2K`.
pub fn short(value: f64, currency: Currency) -> String {
    let mut amount = value.abs();
    let mut letter = "";
    for next in ["K", "M", "B", "T"] {
        // What would be written 1000.0 is written 1.0 of the next.
        if amount < 999.95 {
            break;
        }
        amount /= 1000.0;
        letter = next;
    }
    let decimals = usize::from(!letter.is_empty() || currency.decimals() > 0);
    format!("{}{}{amount:.decimals$}{letter}", sign(value), symbol(currency))
}

fn sign(value: f64) -> &'static str {
    if value < 0.0 { "-" } else { "" }
}

fn symbol(currency: Currency) -> String {
    let known = SYMBOLS.iter().find(|(code, _)| *code == currency.code());
    known.map_or_else(|| format!("{}\u{a0}", currency.code()), |(_, symbol)| (*symbol).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_short_and_long() {
        let table = [
            (1234.5, "USD", "$1.2K", "$1,234.50"),
            (0.0, "EUR", "€0.0", "€0.00"),
            (-3.0, "GBP", "-£3.0", "-£3.00"),
            (999.96, "EUR", "€1.0K", "€999.96"),
            (999_960.0, "EUR", "€1.0M", "€999,960.00"),
            (500.0, "JPY", "¥500", "¥500"),
            (2_500_000.0, "JPY", "¥2.5M", "¥2,500,000"),
            (1.234, "KWD", "KWD\u{a0}1.2", "KWD\u{a0}1.234"),
            (1e15, "CHF", "CHF\u{a0}1000.0T", "CHF\u{a0}1,000,000,000,000,000.00"),
        ];
        for (value, code, brief, full) in table {
            let currency = Currency::parse(code).expect("a code");
            assert_eq!((short(value, currency).as_str(), long(value, currency).as_str()), (brief, full));
        }
    }
}
