//! Numbers as people read them.

/// A whole number with commas: `61,284`.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A short number for axes and narrow places: `950`, `1.2k`, `12k`, `3.4M`.
pub fn compact(n: f64) -> String {
    let (scaled, unit) = match n.abs() {
        a if a >= 999_500_000.0 => (n / 1e9, "B"),
        a if a >= 999_500.0 => (n / 1e6, "M"),
        a if a >= 999.5 => (n / 1e3, "k"),
        _ => (n, ""),
    };
    let digits = if scaled.abs() >= 9.95 || scaled.fract() == 0.0 || (unit.is_empty() && scaled.abs() >= 1.0) { 0 } else { 1 };
    let text = format!("{scaled:.digits$}");
    format!("{}{unit}", text.strip_suffix(".0").unwrap_or(&text))
}

/// Two decimals: `2.46`.
pub fn decimal(n: f64) -> String {
    format!("{n:.2}")
}

/// Seconds as a duration: `0s`, `41s`, `2m 41s`, `1h 05m`.
pub fn duration(seconds: f64) -> String {
    let seconds = seconds.round().max(0.0) as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest}s"),
        (0, _) => format!("{minutes}m {rest:02}s"),
        _ => format!("{hours}h {minutes:02}m"),
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
pub fn signed_percent(change: i64) -> String {
    let sign = match change {
        0 => "",
        c if c > 0 => "+",
        _ => "−",
    };
    format!("{sign}{}%", count(change.abs()))
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

    #[test]
    fn counts_have_commas() {
        for (n, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (61_284, "61,284"), (-1_234_567, "−1,234,567")] {
            assert_eq!(count(n), text);
        }
    }

    #[test]
    fn short_numbers_stay_short() {
        for (n, text) in [
            (0.0, "0"),
            (0.5, "0.5"),
            (7.0, "7"),
            (999.0, "999"),
            (999.6, "1k"),
            (1_200.0, "1.2k"),
            (12_300.0, "12k"),
            (999_999.0, "1M"),
            (3_400_000.0, "3.4M"),
            (2e9, "2B"),
        ] {
            assert_eq!(compact(n), text, "{n}");
        }
    }

    #[test]
    fn durations_name_two_units() {
        for (seconds, text) in [(0.0, "0s"), (41.0, "41s"), (161.0, "2m 41s"), (60.0, "1m 00s"), (3_900.0, "1h 05m")] {
            assert_eq!(duration(seconds), text);
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
        assert_eq!([signed_percent(23), signed_percent(-4), signed_percent(0)], ["+23%", "−4%", "0%"]);
    }
}
