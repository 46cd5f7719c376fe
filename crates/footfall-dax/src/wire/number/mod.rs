//! DynamoDB's numbers: decimals of up to 38 significant digits, magnitudes 1E-130 to 9.99E+125.

mod parse;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// The significant digits a number can have.
pub const MAX_DIGITS: u32 = 38;
/// The power of ten of the first digit: at most.
const HIGHEST: i64 = 125;
/// And at least.
const LOWEST: i64 = -130;

/// A decimal number in one canonical form: equal numbers are equal values whatever their spelling was (`1`, `1.0`,
/// `10E-1`). The value is `±mantissa × 10^exponent`; the mantissa of 38 digits fits 127 bits.
///
/// Its order is that of the values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Number {
    /// Without trailing zeros; 0 for zero, negative below it.
    mantissa: i128,
    /// 0 for zero.
    exponent: i32,
}

/// Why something is not a number of DynamoDB's, in the words of DynamoDB Local 3.3.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NumberError {
    /// Not digits.
    #[error("A value provided cannot be converted into a number")]
    NotANumber,
    /// More than 38 significant digits.
    #[error("DynamoDB only supports precision up to 38 digits")]
    TooManyDigits,
    /// 1E+126 or more.
    #[error("Number overflow. Attempting to store a number with magnitude larger than supported range")]
    Overflow,
    /// Less than 1E-130.
    #[error("Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    Underflow,
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, exponent: 0 };

    /// `mantissa × 10^exponent`.
    ///
    /// # Errors
    /// It has too many digits, or is too large or too small.
    pub fn new(mut mantissa: i128, exponent: i64) -> Result<Self, NumberError> {
        let mut exponent = exponent;
        if mantissa == 0 {
            return Ok(Self::ZERO);
        }
        while ends_in_zero(mantissa) {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        let digits = digits_of(mantissa.unsigned_abs());
        if digits > MAX_DIGITS {
            return Err(NumberError::TooManyDigits);
        }
        match exponent.saturating_add(i64::from(digits) - 1) {
            first if first > HIGHEST => Err(NumberError::Overflow),
            first if first < LOWEST => Err(NumberError::Underflow),
            _ => Ok(Self { mantissa, exponent: exponent as i32 }),
        }
    }

    /// A number as DynamoDB takes it: decimal digits with an optional sign, point and exponent.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        parse::parse(text.as_bytes()).unwrap_or(Err(NumberError::NotANumber))
    }

    /// The shortest decimal that reads back as this float; `None` where that is no number of DynamoDB's.
    pub fn from_f64(float: f64) -> Option<Self> {
        Self::parse(&format!("{float:e}")).ok()
    }

    /// The significant digits without trailing zeros, as a whole number with the number's sign.
    pub fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// The power of ten the mantissa is to be multiplied by.
    pub fn exponent(self) -> i32 {
        self.exponent
    }

    /// How many significant digits it has; 0 for zero.
    pub fn digits(self) -> u32 {
        if self.mantissa == 0 { 0 } else { digits_of(self.mantissa.unsigned_abs()) }
    }

    /// Whether it is a whole number.
    pub fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// As a whole number of 64 bits, where it is one.
    pub fn to_i64(self) -> Option<i64> {
        self.to_i128().and_then(|whole| i64::try_from(whole).ok())
    }

    /// As a whole number of 128 bits, where it is one.
    pub fn to_i128(self) -> Option<i128> {
        let zeros = u32::try_from(self.exponent).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(zeros)?)
    }

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        format!("{}e{}", self.mantissa, self.exponent).parse().expect("digits and an exponent are a float")
    }

    /// The power of ten above the first digit: the number is 0.digits × 10^this.
    pub(crate) fn magnitude(self) -> i32 {
        self.exponent + self.digits() as i32
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.mantissa.signum().cmp(&other.mantissa.signum());
        if signs.is_ne() || self.mantissa == 0 {
            return signs;
        }
        let larger = self.magnitude().cmp(&other.magnitude()).then_with(|| {
            // The same magnitude: with as many digits each, the mantissas tell. 38 digits are the most.
            let digits = self.digits().max(other.digits());
            let widened = |number: &Self| number.mantissa.unsigned_abs() * 10_u128.pow(digits - number.digits());
            widened(self).cmp(&widened(other))
        });
        if self.mantissa < 0 { larger.reverse() } else { larger }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::parse(text)
    }
}

/// As DynamoDB prints numbers: all digits, never an exponent.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        let point = digits.len() as i32 + self.exponent;
        if self.exponent >= 0 {
            write!(f, "{digits}{:0<1$}", "", self.exponent as usize)
        } else if point > 0 {
            let (whole, fraction) = digits.split_at(point as usize);
            write!(f, "{whole}.{fraction}")
        } else {
            write!(f, "0.{:0<1$}{digits}", "", -point as usize)
        }
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self::new(whole.into(), 0).expect("64 bits are at most 20 digits")
    }
}

impl From<u64> for Number {
    fn from(whole: u64) -> Self {
        Self::new(whole.into(), 0).expect("64 bits are at most 20 digits")
    }
}

impl From<i32> for Number {
    fn from(whole: i32) -> Self {
        i64::from(whole).into()
    }
}

impl From<u32> for Number {
    fn from(whole: u32) -> Self {
        u64::from(whole).into()
    }
}

/// Most numbers are small, and dividing 128 bits is slow.
fn ends_in_zero(mantissa: i128) -> bool {
    i64::try_from(mantissa).map_or_else(|_| mantissa % 10 == 0, |small| small % 10 == 0)
}

fn digits_of(magnitude: u128) -> u32 {
    magnitude.ilog10() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    /// What DynamoDB Local 3.3 answered when each was written and read back.
    #[test]
    fn prints_as_dynamodb_does() {
        let small = format!("0.{}15", "0".repeat(129));
        let large = format!("999{}", "0".repeat(123));
        for (written, read) in [
            ("1", "1"),
            ("1.0", "1"),
            ("1.50E+3", "1500"),
            ("1e10", "10000000000"),
            ("9.99e125", &large),
            ("1.5E-130", &small),
            ("-1e-5", "-0.00001"),
            ("123456789012345678901234567890123456780", "123456789012345678901234567890123456780"),
            ("0.1", "0.1"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+5", "5"),
            ("00012", "12"),
            ("-0", "0"),
            ("0e500", "0"),
            ("0.0000000000000000000000000000000000000001234", "0.0000000000000000000000000000000000000001234"),
            ("-314.15", "-314.15"),
        ] {
            assert_eq!(number(written).to_string(), read, "{written}");
            assert_eq!(number(read), number(written));
        }
    }

    #[test]
    fn refuses_what_dynamodb_refuses() {
        for text in ["", " 5", "5 ", "abc", "--1", "1e", "1e1.5", "0x10", "NaN", "1_0", ".", "1.2.3", "1e99999999999"] {
            assert_eq!(Number::parse(text), Err(NumberError::NotANumber), "{text:?}");
        }
        assert_eq!(Number::parse("1e126"), Err(NumberError::Overflow));
        assert_eq!(Number::parse("1e-131"), Err(NumberError::Underflow));
        assert_eq!(Number::parse("123456789012345678901234567890123456789"), Err(NumberError::TooManyDigits));
    }

    #[test]
    fn whole_numbers_and_floats_go_both_ways() {
        assert_eq!(Number::from(i64::MIN).to_i64(), Some(i64::MIN));
        assert_eq!(Number::from(u64::MAX).to_i64(), None);
        assert_eq!(Number::from(u64::MAX).to_string(), u64::MAX.to_string());
        assert_eq!(number("1.5").to_i64(), None);
        assert_eq!(Number::from_f64(0.1), Some(number("0.1")));
        assert_eq!(Number::from_f64(-1e-5), Some(number("-0.00001")));
        assert_eq!(Number::from_f64(f64::NAN), None);
        assert_eq!(Number::from_f64(1e300), None);
        assert_eq!(number("-314.15").to_f64(), -314.15);
    }
}
