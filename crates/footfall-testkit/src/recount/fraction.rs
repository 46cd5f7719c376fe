//! Exact numbers: a metric is a fraction until it is reported (13).

use serde_json::Value;

/// n ÷ d, d above zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    n: i128,
    d: i128,
}

impl Fraction {
    /// `n ÷ d`; `None` when d is zero: the mean of nothing.
    pub(super) fn of(n: i64, d: i64) -> Option<Self> {
        (d != 0).then(|| Self { n: i128::from(n), d: i128::from(d) })
    }

    /// The same of large numbers.
    pub(super) fn of_large(n: i128, d: i128) -> Option<Self> {
        (d != 0).then_some(Self { n, d })
    }

    /// A whole number.
    pub(super) fn whole(n: i64) -> Self {
        Self { n: i128::from(n), d: 1 }
    }

    /// Rounded to `decimals`, halves away from zero.
    pub(super) fn rounded(self, decimals: u32) -> Value {
        let scale = 10_i128.pow(decimals);
        let units = self.round_of(scale);
        if decimals == 0 { Value::from(units) } else { Value::from(units as f64 / scale as f64) }
    }

    /// From an old number to this one in whole percent (18); `None` when the old one is 0.
    pub(super) fn change_from(self, old: Self) -> Option<i64> {
        // (new − old) ÷ old = (n/d − n'/d') ÷ (n'/d') = (n·d' − n'·d) ÷ (n'·d)
        // An old amount of money may be below 0; a fraction's d may not.
        let sign = old.n.signum();
        let change = Self { n: sign * (self.n * old.d - old.n * self.d), d: sign * old.n * self.d };
        (old.n != 0).then(|| change.round_of(100))
    }

    /// `n · times ÷ d` to the nearest whole number, halves away from zero.
    fn round_of(self, times: i128) -> i64 {
        let doubled = 2 * self.n.abs() * times;
        let nearest = (doubled + self.d) / (2 * self.d);
        let signed = if self.n < 0 { -nearest } else { nearest };
        i64::try_from(signed).expect("a metric fits 64 bits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (n, d, decimals, expected) in [
            (1, 2, 0, json!(1)),
            (3, 2, 0, json!(2)),
            (-1, 2, 0, json!(-1)),
            (149, 100, 0, json!(1)),
            (1, 8, 2, json!(0.13)),
            (2, 3, 2, json!(0.67)),
        ] {
            assert_eq!(Fraction::of(n, d).expect("d is not zero").rounded(decimals), expected, "{n}/{d}");
        }
    }

    #[test]
    fn change_is_rounded_once() {
        let third = Fraction::of(1, 3).expect("a third");
        let two_thirds = Fraction::of(2, 3).expect("two thirds");
        assert_eq!(two_thirds.change_from(third), Some(100));
        assert_eq!(third.change_from(two_thirds), Some(-50));
        assert_eq!(Fraction::whole(203).change_from(Fraction::whole(200)), Some(2));
        assert_eq!(Fraction::whole(197).change_from(Fraction::whole(200)), Some(-2));
        assert_eq!(third.change_from(Fraction::whole(0)), None);
        assert_eq!(Fraction::whole(3).change_from(Fraction::whole(-5)), Some(-160));
        assert_eq!(Fraction::of(1999, 100).expect("money").change_from(Fraction::whole(-5)), Some(-500), "-499.8");
    }
}
