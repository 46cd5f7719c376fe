//! Numbers of lists as people read them.

pub use crate::format::{count, decimal, duration, money, percent};

use crate::format;
use crate::words::Lang;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_a_decimal_where_it_says_something() {
        assert_eq!([36.4, 4.25, 0.04, 0.0, 9.96].map(|n| share(n, Lang::En)), ["36", "4.2", "<0.1", "0", "10"]);
        assert_eq!(share(4.2, Lang::De), "4,2");
        assert_eq!([4.25, 0.0, 100.0].map(|n| rate(n, Lang::En)), ["4.2%", "0%", "100%"]);
    }
}
