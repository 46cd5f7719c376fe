//! Money that came with hits: exact, each currency for itself.

use std::collections::BTreeMap;
use std::ops::AddAssign;

const MILLION: i128 = 1_000_000;

/// An ISO 4217 code: three upper-case letters. Which codes are in use is for the reader to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads three upper-case letters; anything else is `None`.
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters")
    }

    /// How many decimals its amounts are written with (ISO 4217's minor unit; two where it names none).
    pub fn decimals(self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND" | "VUV" | "XAF"
            | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }
}

/// An amount of one hit, in millionths of its currency: exact for every amount with up to six decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Money {
    /// Its currency.
    pub currency: Currency,
    /// The amount, millionths.
    pub millionths: i64,
}

impl Money {
    /// Reads a plain decimal number (`-12.50`) and a currency. Decimals after the sixth are rounded, halves away from
    /// zero; an amount beyond nine trillion is none.
    pub fn parse(amount: &str, currency: &str) -> Option<Self> {
        let (negative, digits) = amount.strip_prefix('-').map_or((false, amount), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            return None;
        }
        let kept: String = fraction.bytes().chain(std::iter::repeat(b'0')).take(6).map(char::from).collect();
        let rounded_up = i128::from(fraction.as_bytes().get(6).is_some_and(|digit| *digit >= b'5'));
        let millionths = whole.parse::<i128>().ok()?.checked_mul(MILLION)?.checked_add(kept.parse::<i128>().ok()?)? + rounded_up;
        let millionths = i64::try_from(if negative { -millionths } else { millionths }).ok()?;
        Some(Self { currency: Currency::parse(currency)?, millionths })
    }
}

/// Sums of money, each currency for itself: what is never added up.
///
/// *Law*: addition is associative and commutative, with [`Takings::default`] as identity.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Takings(BTreeMap<Currency, Taken>);

/// A sum of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Taken {
    /// The sum, millionths.
    pub millionths: i128,
    /// Of how many hits.
    pub times: i64,
}

impl Takings {
    /// Adds what one hit brought.
    pub fn add(&mut self, money: Money) {
        let taken = self.0.entry(money.currency).or_default();
        taken.millionths += i128::from(money.millionths);
        taken.times += 1;
    }

    /// Whether no hit brought money.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sum of a currency; zero of no hit when there is none.
    pub fn of(&self, currency: Currency) -> Taken {
        self.0.get(&currency).copied().unwrap_or_default()
    }

    /// The currencies, in order.
    pub fn currencies(&self) -> impl ExactSizeIterator<Item = Currency> {
        self.0.keys().copied()
    }
}

impl AddAssign<&Takings> for Takings {
    fn add_assign(&mut self, other: &Takings) {
        for (currency, taken) in &other.0 {
            let ours = self.0.entry(*currency).or_default();
            ours.millionths += taken.millionths;
            ours.times += taken.times;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_to_the_sixth_decimal() {
        let table = [
            ("12.5", Some(12_500_000)),
            ("-3", Some(-3_000_000)),
            ("0.1", Some(100_000)),
            ("1.2345675", Some(1_234_568)),
            ("-0.0000005", Some(-1)),
            ("0.00000049", Some(0)),
            ("9223372036854.775807", Some(i64::MAX)),
            ("9223372036854.775808", None),
            ("99999999999999999999999999999999999999999", None),
            ("1e3", None),
            ("--1", None),
            (".5", None),
            ("5.", None),
            ("", None),
        ];
        for (amount, millionths) in table {
            assert_eq!(Money::parse(amount, "EUR").map(|money| money.millionths), millionths, "{amount}");
        }
        assert_eq!(Money::parse("1", "eur"), None);
        assert_eq!(Money::parse("1", "EURO"), None);
    }

    #[test]
    fn currencies_are_summed_apart() {
        let money = |amount, currency| Money::parse(amount, currency).expect("money");
        let mut takings = Takings::default();
        for _ in 0..10 {
            takings.add(money("0.1", "EUR"));
        }
        let mut other = Takings::default();
        other.add(money("500", "JPY"));
        takings += &other;
        let eur = Currency::parse("EUR").expect("a code");
        assert_eq!(takings.of(eur), Taken { millionths: 1_000_000, times: 10 });
        assert_eq!(takings.currencies().map(|code| code.decimals()).collect::<Vec<_>>(), [2, 0]);
    }
}
