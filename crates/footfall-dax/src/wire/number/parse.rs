//! Numbers out of their text.

use super::{MAX_DIGITS, Number, NumberError};

/// `None`: not a number at all.
pub(super) fn parse(text: &[u8]) -> Option<Result<Number, NumberError>> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let end = text.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(text.len());
    let (digits, exponent) = text.split_at(end);
    let power = match exponent {
        [] => 0,
        [_, exponent @ ..] => power(exponent)?,
    };
    let read = Digits::read(digits)?;
    let exponent = power.saturating_add(read.zeros).saturating_sub(read.fraction);
    Some(match read.mantissa {
        Some(mantissa) => Number::new(if negative { -mantissa } else { mantissa }, exponent),
        None => Err(NumberError::TooManyDigits),
    })
}

/// What stands before the exponent.
struct Digits {
    /// The digits without the zeros at either end; `None` when they are too many.
    mantissa: Option<i128>,
    /// How many zeros at the end were left away.
    zeros: i64,
    /// How many digits stood behind the point.
    fraction: i64,
}

impl Digits {
    fn read(text: &[u8]) -> Option<Self> {
        let mut read = Self { mantissa: Some(0), zeros: 0, fraction: 0 };
        let (mut point, mut any, mut significant) = (false, false, 0_i64);
        for byte in text {
            match byte {
                b'.' if !point => point = true,
                b'0'..=b'9' => {
                    any = true;
                    read.fraction += i64::from(point);
                    if *byte == b'0' {
                        read.zeros += i64::from(significant > 0);
                        continue;
                    }
                    significant += read.zeros + 1;
                    let digit = i128::from(byte - b'0');
                    let fits = significant <= i64::from(MAX_DIGITS);
                    read.mantissa = read.mantissa.filter(|_| fits).map(|m| m * 10_i128.pow(read.zeros as u32 + 1) + digit);
                    read.zeros = 0;
                }
                _ => return None,
            }
        }
        any.then_some(read)
    }
}

/// The exponent's digits. DynamoDB takes those of 32 bits for numbers (though far too large ones), others not.
fn power(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let power = digits.iter().fold(0_i64, |sum, byte| sum.saturating_mul(10).saturating_add(i64::from(byte - b'0')));
    let power = if negative { -power } else { power };
    i32::try_from(power).ok().map(i64::from)
}
