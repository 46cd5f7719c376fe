//! Money as people read it.

use super::{compact, count, fixed};
use crate::words::Lang;
use footfall_domain::Currency;

/// Amounts from here on have a short way to be written.
const LONG: f64 = 10_000.0;

/// An amount with the decimals of its currency: `EUR 1,204.50`, `1.204,50 EUR`.
pub fn money(n: f64, currency: Currency, lang: Lang) -> String {
    let text = fixed(n.abs(), currency.decimals() as usize, lang);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at(digits);
    // What is beyond every count of cents anybody has is written without marks between thousands.
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| count(whole, lang));
    with_code(n < 0.0, &format!("{whole}{rest}"), currency, lang)
}

/// The same where there is little room: `EUR 12k`, `12 Tsd. EUR`; smaller amounts in full.
pub fn money_short(n: f64, currency: Currency, lang: Lang) -> String {
    if n.abs() < LONG { money(n, currency, lang) } else { with_code(n < 0.0, &compact(n.abs(), lang), currency, lang) }
}

/// English has the currency before the amount, German after it.
fn with_code(negative: bool, amount: &str, currency: Currency, lang: Lang) -> String {
    let (sign, code) = (if negative { "−" } else { "" }, currency.code());
    match lang {
        Lang::En => format!("{sign}{code}\u{A0}{amount}"),
        Lang::De => format!("{sign}{amount}\u{A0}{code}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{De, En};

    fn of(code: &str) -> Currency {
        Currency::parse(code).expect("a code")
    }

    #[test]
    fn money_has_the_decimals_of_its_currency_and_the_order_of_its_language() {
        for (n, code, en, de) in [
            (1204.5, "EUR", "EUR\u{A0}1,204.50", "1.204,50\u{A0}EUR"),
            (62.5, "USD", "USD\u{A0}62.50", "62,50\u{A0}USD"),
            (-3.0, "JPY", "−JPY\u{A0}3", "−3\u{A0}JPY"),
            (5.25, "KWD", "KWD\u{A0}5.250", "5,250\u{A0}KWD"),
            (0.0, "EUR", "EUR\u{A0}0.00", "0,00\u{A0}EUR"),
        ] {
            assert_eq!([money(n, of(code), En), money(n, of(code), De)], [en, de]);
        }
    }

    #[test]
    fn long_amounts_are_shortened_where_there_is_little_room() {
        let short = |n| [money_short(n, of("EUR"), En), money_short(n, of("EUR"), De)];
        assert_eq!(short(9_999.5), ["EUR\u{A0}9,999.50", "9.999,50\u{A0}EUR"]);
        assert_eq!(short(12_345.6), ["EUR\u{A0}12k", "12\u{202F}Tsd.\u{A0}EUR"]);
        assert_eq!(short(-2e6)[0], "−EUR\u{A0}2M");
    }
}
