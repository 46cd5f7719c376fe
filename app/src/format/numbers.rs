//! Numbers as people read them.

use crate::words::Lang;

/// Between a number and its unit, where a language has a space there: narrow, and never the end of a line.
const NARROW: &str = "\u{202F}";

impl Lang {
    /// Between thousands.
    const fn comma(self) -> char {
        match self {
            Lang::En => ',',
            Lang::De => '.',
        }
    }

    /// Before decimals.
    const fn point(self) -> char {
        match self {
            Lang::En => '.',
            Lang::De => ',',
        }
    }

    /// Before a percent sign or a unit.
    const fn gap(self) -> &'static str {
        match self {
            Lang::En => "",
            Lang::De => NARROW,
        }
    }
}

/// A whole number: `61,284`, `61.284`.
pub fn count(n: i64, lang: Lang) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(lang.comma());
        }
        out.push(digit);
    }
    out
}

/// A short number for axes and narrow places: `950`, `1.2k`, `12k`, `3.4M`; `1,2 Tsd.`, `3,4 Mio.`
pub fn compact(n: f64, lang: Lang) -> String {
    let (scaled, unit) = match n.abs() {
        a if a >= 999_500_000.0 => (n / 1e9, 3),
        a if a >= 999_500.0 => (n / 1e6, 2),
        a if a >= 999.5 => (n / 1e3, 1),
        _ => (n, 0),
    };
    let digits = if scaled.abs() >= 9.95 || scaled.fract() == 0.0 || (unit == 0 && scaled.abs() >= 1.0) { 0 } else { 1 };
    let text = fixed(scaled, digits, lang);
    let whole = text.strip_suffix(&format!("{}0", lang.point())).unwrap_or(&text);
    let unit = match lang {
        Lang::En => ["", "k", "M", "B"][unit],
        Lang::De => ["", "Tsd.", "Mio.", "Mrd."][unit],
    };
    if unit.is_empty() { whole.to_owned() } else { format!("{whole}{}{unit}", lang.gap()) }
}

/// So many decimals, and nothing between thousands: for numbers that stay small.
pub fn fixed(n: f64, digits: usize, lang: Lang) -> String {
    format!("{n:.digits$}").replace('.', &lang.point().to_string()).replace('-', "−")
}

/// Two decimals: `2.46`, `2,46`.
pub fn decimal(n: f64, lang: Lang) -> String {
    fixed(n, 2, lang)
}

/// Whole percent with the sign: `48%`, `48 %`.
pub fn percent(n: f64, lang: Lang) -> String {
    format!("{}{}%", fixed(n, 0, lang), lang.gap())
}

/// Seconds as a duration: `0s`, `41s`, `2m 41s`, `1h 05m`; `2 min 41 s`, `1 h 05 min`.
pub fn duration(seconds: f64, lang: Lang) -> String {
    let seconds = seconds.round().max(0.0) as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let gap = lang.gap();
    let minute = match lang {
        Lang::En => "m",
        Lang::De => "min",
    };
    match (hours, minutes) {
        (0, 0) => format!("{rest}{gap}s"),
        (0, _) => format!("{minutes}{gap}{minute} {rest:02}{gap}s"),
        _ => format!("{hours}{gap}h {minutes:02}{gap}{minute}"),
    }
}

/// A share of a whole in percent, without the sign: `36`, `<1`, `0`.
pub fn percent_of(part: i64, whole: i64) -> String {
    if part <= 0 || whole <= 0 {
        return "0".to_owned();
    }
    let percent = part as f64 * 100.0 / whole as f64;
    if percent < 1.0 { "<1".to_owned() } else { format!("{percent:.0}") }
}

/// A change in percent, with a sign that has its own width: `+23%`, `−4%`, `0%`.
pub fn signed_percent(change: i64, lang: Lang) -> String {
    let sign = match change {
        0 => "",
        c if c > 0 => "+",
        _ => "−",
    };
    format!("{sign}{}{}%", count(change.saturating_abs(), lang), lang.gap())
}

/// The class that gives a bar its width: `w0` to `w100`. A style attribute would be blocked by the policy.
/// What is there at all is seen: at least one percent.
pub fn width_class(part: i64, largest: i64) -> String {
    let percent = if largest > 0 { (part.max(0) as f64 * 100.0 / largest as f64).round() as i64 } else { 0 };
    format!("w{}", percent.clamp(i64::from(part > 0), 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{De, En};

    #[test]
    fn counts_have_commas() {
        for (n, en, de) in [(0, "0", "0"), (999, "999", "999"), (1_000, "1,000", "1.000"), (-1_234_567, "−1,234,567", "−1.234.567")] {
            assert_eq!([count(n, En), count(n, De)], [en, de]);
        }
    }

    #[test]
    fn short_numbers_stay_short() {
        for (n, en, de) in [
            (0.0, "0", "0"),
            (0.5, "0.5", "0,5"),
            (7.0, "7", "7"),
            (999.0, "999", "999"),
            (999.6, "1k", "1\u{202F}Tsd."),
            (1_200.0, "1.2k", "1,2\u{202F}Tsd."),
            (12_300.0, "12k", "12\u{202F}Tsd."),
            (999_999.0, "1M", "1\u{202F}Mio."),
            (3_400_000.0, "3.4M", "3,4\u{202F}Mio."),
            (2e9, "2B", "2\u{202F}Mrd."),
        ] {
            assert_eq!([compact(n, En), compact(n, De)], [en, de], "{n}");
        }
    }

    #[test]
    fn durations_name_two_units() {
        for (seconds, en, de) in [
            (0.0, "0s", "0\u{202F}s"),
            (41.0, "41s", "41\u{202F}s"),
            (161.0, "2m 41s", "2\u{202F}min 41\u{202F}s"),
            (60.0, "1m 00s", "1\u{202F}min 00\u{202F}s"),
            (3_900.0, "1h 05m", "1\u{202F}h 05\u{202F}min"),
        ] {
            assert_eq!([duration(seconds, En), duration(seconds, De)], [en, de]);
        }
    }

    #[test]
    fn a_bar_that_is_there_is_seen() {
        assert_eq!(width_class(1, 100_000), "w1");
        assert_eq!(width_class(0, 5), "w0");
        assert_eq!(width_class(5, 5), "w100");
        assert_eq!(percent_of(1, 1000), "<1");
        assert_eq!(percent_of(36, 100), "36");
    }

    #[test]
    fn changes_carry_their_sign() {
        assert_eq!([signed_percent(23, En), signed_percent(-4, En), signed_percent(0, En)], ["+23%", "−4%", "0%"]);
        assert_eq!([signed_percent(1_234, De), percent(48.4, De), decimal(-2.456, De)], ["+1.234\u{202F}%", "48\u{202F}%", "−2,46"]);
        assert_eq!(signed_percent(i64::MIN, En), "−9,223,372,036,854,775,807%");
    }
}
