//! Numbers as bytes that sort as the numbers do: sort keys that are numbers.
//!
//! A number is ±0.digits × 10^e. A header tells sign and e; then come the digits in groups of three, ten bits each,
//! and a group that ends them. Negative ones are turned round.

use super::error::WireError;
use super::number::{MAX_DIGITS, Number, NumberError};

const ZERO: u8 = 0x80;
/// From here on e is in four bytes of its own.
const FAR: i32 = 62;
/// What a group of digits is moved by, so that every group is above every end.
const ABOVE_ENDS: u16 = 12;
/// Turns a group of ten bits round.
const TURNED: u16 = 0x3ff;

/// Writes a number.
pub fn write_lexdecimal(number: Number, to: &mut Vec<u8>) {
    if number == Number::ZERO {
        to.push(ZERO);
        return;
    }
    let negative = number.mantissa() < 0;
    write_header(negative, number.magnitude(), to);
    let digits = number.digits() as usize;
    let groups = digits.div_ceil(3);
    let mut left = number.mantissa().unsigned_abs();
    let mut values = [0_u16; MAX_DIGITS.div_ceil(3) as usize];
    for (index, value) in values[..groups].iter_mut().enumerate().rev() {
        // The last group may have one or two digits: zeros fill it up.
        let width = (digits - index * 3).min(3) as u32;
        let group = left % 10_u128.pow(width) * 10_u128.pow(3 - width);
        left /= 10_u128.pow(width);
        *value = group as u16 + ABOVE_ENDS;
    }
    let end = (digits - 1) as u16 % 3;
    let (mut bits, mut count) = (0_u32, 0);
    for group in values[..groups].iter().copied().chain([end]) {
        let group = if negative { TURNED - group } else { group };
        bits = bits << 10 | u32::from(group);
        count += 10;
        while count >= 8 {
            count -= 8;
            to.push((bits >> count) as u8);
        }
    }
    if count > 0 {
        to.push((bits << (8 - count)) as u8);
    }
}

/// Reads a number that takes all the bytes.
///
/// # Errors
/// They are no number, or more; [`WireError::Invalid`] for a number DynamoDB refuses.
pub fn read_lexdecimal(bytes: &[u8]) -> Result<Number, WireError> {
    if bytes == [ZERO] {
        return Ok(Number::ZERO);
    }
    let (negative, magnitude, groups) = read_header(bytes)?;
    let mut digits = Digits::default();
    let (mut bits, mut count, mut left) = (0_u32, 0, groups.iter());
    loop {
        while count < 10 {
            let byte = left.next().ok_or_else(|| WireError::malformed("a number of a key ends too early"))?;
            bits = bits << 8 | u32::from(*byte);
            count += 8;
        }
        count -= 10;
        let group = (bits >> count) as u16;
        bits &= (1 << count) - 1;
        match if negative { TURNED - group } else { group } {
            0..=2 if left.next().is_none() => break,
            group @ ABOVE_ENDS..=1011 => digits.add(group - ABOVE_ENDS).map_err(refused)?,
            _ => return Err(WireError::malformed("the digits of a number of a key")),
        }
    }
    digits.number(negative, magnitude).map_err(refused)
}

/// The digits read so far: those of `mantissa`, and zeros behind them.
#[derive(Default)]
struct Digits {
    mantissa: i128,
    zeros: u32,
    count: i64,
}

impl Digits {
    /// Adds three. What fills up the last three are zeros, and zeros at the end change nothing.
    fn add(&mut self, mut group: u16) -> Result<(), NumberError> {
        self.count += 3;
        if group == 0 {
            self.zeros += 3;
            return Ok(());
        }
        let mut width = 3;
        while group.is_multiple_of(10) {
            group /= 10;
            width -= 1;
        }
        let moved = 10_i128.checked_pow(self.zeros + width).and_then(|power| self.mantissa.checked_mul(power));
        let mantissa = moved.and_then(|mantissa| mantissa.checked_add(group.into()));
        self.mantissa = mantissa.ok_or(NumberError::TooManyDigits)?;
        self.zeros = 3 - width;
        Ok(())
    }

    fn number(self, negative: bool, magnitude: i32) -> Result<Number, NumberError> {
        let mantissa = if negative { -self.mantissa } else { self.mantissa };
        Number::new(mantissa, i64::from(magnitude) - self.count + i64::from(self.zeros))
    }
}

fn refused(error: NumberError) -> WireError {
    WireError::Invalid(error.to_string())
}

fn write_header(negative: bool, magnitude: i32, to: &mut Vec<u8>) {
    let near = (-FAR..FAR).contains(&magnitude);
    match (negative, near) {
        (false, true) => to.push((0xc0 + magnitude) as u8),
        (true, true) => to.push((0x3f - magnitude) as u8),
        (false, false) => {
            to.push(if magnitude < 0 { 0x81 } else { 0xfe });
            to.extend_from_slice(&(magnitude as u32 ^ 0x8000_0000).to_be_bytes());
        }
        (true, false) => {
            to.push(if magnitude < 0 { 0x7e } else { 0x01 });
            to.extend_from_slice(&(magnitude as u32 ^ 0x7fff_ffff).to_be_bytes());
        }
    }
}

/// Sign, e, and what follows.
fn read_header(bytes: &[u8]) -> Result<(bool, i32, &[u8]), WireError> {
    let unexpected = || WireError::malformed("the head of a number of a key");
    let (head, rest) = bytes.split_first().ok_or_else(unexpected)?;
    let far = |turn: u32| {
        let (word, rest) = rest.split_first_chunk::<4>().ok_or_else(unexpected)?;
        Ok(((u32::from_be_bytes(*word) ^ turn) as i32, rest))
    };
    Ok(match head {
        0x82..=0xfd => (false, i32::from(*head) - 0xc0, rest),
        0x02..=0x7d => (true, 0x3f - i32::from(*head), rest),
        0x81 | 0xfe => {
            let (magnitude, rest) = far(0x8000_0000)?;
            (false, magnitude, rest)
        }
        0x7e | 0x01 => {
            let (magnitude, rest) = far(0x7fff_ffff)?;
            (true, magnitude, rest)
        }
        _ => return Err(unexpected()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(number: &str) -> String {
        let mut to = Vec::new();
        write_lexdecimal(Number::parse(number).unwrap(), &mut to);
        hex::encode(to)
    }

    fn number(bytes: &str) -> Result<Number, WireError> {
        read_lexdecimal(&hex::decode(bytes).unwrap())
    }

    /// From the protocol's description: captured, or in the tests of the Go client.
    const KNOWN: [(&str, &str); 10] = [
        ("3.14", "c1518020"),
        ("3.141", "c151870000"),
        ("3.14E11", "cc518020"),
        ("111122223333444445555.66667777", "d51ec863ad59721c98dea6ac70e004"),
        ("42", "c26c0010"),
        ("43", "c26e8010"),
        ("-3.14", "3eae7fd0"),
        ("1", "c11c0000"),
        ("17E8", "ca2d8010"),
        ("0", "80"),
    ];

    #[test]
    fn known_numbers_have_their_bytes() {
        for (text, known) in KNOWN {
            assert_eq!(bytes(text), known, "{text}");
            assert_eq!(number(known), Ok(Number::parse(text).unwrap()), "{text}");
        }
    }

    #[test]
    fn zeros_at_the_end_are_read_as_nothing() {
        assert_eq!(number("c11c0010"), number("c11c0000"));
        assert_eq!(number("ca2d80c0300c0000"), Ok(1_700_000_000_u64.into()));
    }

    #[test]
    fn what_dynamodb_could_not_hold_is_refused() {
        assert!(matches!(number("7e829848c8c569c775705f7fe0"), Err(WireError::Invalid(words)) if words.contains("underflow")));
    }

    #[test]
    fn thirty_eight_digits_fit() {
        let nines = "-9".to_owned() + &"9".repeat(37);
        assert_eq!(number(&bytes(&nines)), Ok(Number::parse(&nines).unwrap()));
    }

    #[test]
    fn what_is_cut_or_longer_is_refused() {
        for (_, known) in KNOWN {
            assert!(number(&known[..known.len() - 2]).is_err(), "{known} cut");
            assert!(number(&format!("{known}00")).is_err(), "{known} longer");
        }
    }
}
