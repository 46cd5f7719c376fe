//! Numbers of lists as people read them.

pub use crate::format::{count, decimal, duration, percent};

use crate::format;
use crate::words::Lang;
use footfall_domain::Currency;

/// A share in percent, without the sign: `36`, `4.2`, `<0.1`, `0`.
pub fn share(n: f64, lang: Lang) -> String {
    match n {
        0.0 => "0".to_owned(),
        n if n < 0.1 => format!("<{}", format::fixed(0.1, 1, lang)),
        n if n < 9.95 => format::fixed(n, 1, lang),
        n => format::fixed(n, 0, lang),
    }
}

/// A conversion rate in percent, with the sign: `4.2%`, as [`percent`] writes it.
pub fn rate(n: f64, lang: Lang) -> String {
    let whole = percent(0.0, lang);
    let digits = if n == 0.0 || n >= 99.95 { 0 } else { 1 };
    whole.replacen('0', &format::fixed(n, digits, lang), 1)
}

/// An amount of money with its code: `1,204.50 EUR`.
pub fn money(n: f64, currency: Currency, lang: Lang) -> String {
    let text = format::fixed(n.abs(), currency.decimals() as usize, lang);
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at(whole);
    let sign = if n < 0.0 { "−" } else { "" };
    format!("{sign}{}{rest}\u{202F}{}", count(whole.parse().unwrap_or(i64::MAX), lang), currency.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_a_decimal_where_it_says_something() {
        assert_eq!([36.4, 4.25, 0.04, 0.0, 9.96].map(|n| share(n, Lang::En)), ["36", "4.2", "<0.1", "0", "10"]);
        assert_eq!(share(4.2, Lang::De), "4,2");
        assert_eq!([4.25, 0.0, 100.0].map(|n| rate(n, Lang::En)), ["4.2%", "0%", "100%"]);
    }

    #[test]
    fn money_has_the_decimals_of_its_currency() {
        let of = |code| Currency::parse(code).expect("a code");
        assert_eq!(money(1204.5, of("EUR"), Lang::En), "1,204.50\u{202F}EUR");
        assert_eq!(money(-3.0, of("JPY"), Lang::En), "−3\u{202F}JPY");
    }
}
