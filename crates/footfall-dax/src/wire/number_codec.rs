//! Numbers on the wire: whole ones as such, others as a decimal fraction.

use super::cbor::{Reader, Token, Writer, tag};
use super::error::WireError;
use super::number::{Number, NumberError};
use num_bigint::BigUint;

/// The longest magnitude of a big number that is looked at: 10^126 takes 53 bytes.
const LONGEST_BIGNUM: usize = 64;

/// Writes a number as every client can read it and prints it best: all digits of a whole number, an exponent and a
/// mantissa without trailing zeros otherwise. Never a float, which the Go client cannot read here.
pub fn write_number(number: Number, to: &mut Writer) {
    if !number.is_integer() {
        to.tag(tag::DECIMAL);
        to.array(2);
        to.int(number.exponent().into());
        write_whole(number.mantissa(), to);
    } else if let Some(whole) = number.to_i128() {
        write_whole(whole, to);
    } else {
        let magnitude = BigUint::from(number.mantissa().unsigned_abs()) * BigUint::from(10_u32).pow(number.exponent() as u32);
        write_bignum(number.mantissa() < 0, magnitude, to);
    }
}

/// Reads a number in any of the forms clients write.
///
/// # Errors
/// Something that is no number; [`WireError::Invalid`] for one DynamoDB refuses.
pub fn read_number(from: &mut Reader<'_>) -> Result<Number, WireError> {
    match from.peek()? {
        Token::Unsigned => Ok(from.uint()?.into()),
        Token::Float => {
            let text = from.float_text()?;
            refusable(Number::parse(&text))
        }
        Token::Tag if from.clone().tag()? == tag::DECIMAL => {
            from.tag()?;
            let mut pair = from.array()?;
            let decimal = read_decimal(from, &mut pair)?;
            if from.more(&mut pair)? {
                return Err(WireError::malformed("a decimal number is an exponent and a mantissa"));
            }
            refusable(decimal)
        }
        _ => refusable(read_whole(from)?.scaled(0)),
    }
}

fn read_decimal(from: &mut Reader<'_>, pair: &mut super::cbor::Sequence) -> Result<Result<Number, NumberError>, WireError> {
    let expected = || WireError::malformed("a decimal number is an exponent and a mantissa");
    if !from.more(pair)? {
        return Err(expected());
    }
    let exponent = from.int()?;
    if !from.more(pair)? {
        return Err(expected());
    }
    Ok(read_whole(from)?.scaled(exponent))
}

/// A whole number of any size.
enum Whole {
    Small(i128),
    Big { negative: bool, magnitude: BigUint },
}

impl Whole {
    fn scaled(self, exponent: i64) -> Result<Number, NumberError> {
        match self {
            Self::Small(mantissa) => Number::new(mantissa, exponent),
            Self::Big { negative, magnitude } => {
                let sign = if negative { "-" } else { "" };
                Number::parse(&format!("{sign}{magnitude}e{exponent}"))
            }
        }
    }
}

fn read_whole(from: &mut Reader<'_>) -> Result<Whole, WireError> {
    match from.peek()? {
        Token::Unsigned => from.uint().map(|whole| Whole::Small(whole.into())),
        Token::Negative => from.negative().map(|below| Whole::Small(-1 - i128::from(below))),
        Token::Tag => read_bignum(from),
        _ => Err(WireError::malformed("a number was expected")),
    }
}

fn read_bignum(from: &mut Reader<'_>) -> Result<Whole, WireError> {
    let negative = match from.tag()? {
        tag::POSITIVE_BIGNUM => false,
        tag::NEGATIVE_BIGNUM => true,
        _ => return Err(WireError::malformed("a number was expected")),
    };
    let bytes = from.byte_string()?;
    let bytes = significant(&bytes);
    if bytes.len() > LONGEST_BIGNUM {
        return Err(WireError::Invalid(NumberError::Overflow.to_string()));
    }
    if bytes.len() < 16 {
        let magnitude = bytes.iter().fold(0_i128, |sum, byte| sum << 8 | i128::from(*byte));
        return Ok(Whole::Small(if negative { -1 - magnitude } else { magnitude }));
    }
    let magnitude = BigUint::from_bytes_be(bytes) + u32::from(negative);
    Ok(Whole::Big { negative, magnitude })
}

fn write_whole(whole: i128, to: &mut Writer) {
    match (u64::try_from(whole), u64::try_from(!whole)) {
        (Ok(whole), _) => to.uint(whole),
        (_, Ok(below)) => to.negative(below),
        _ => {
            let magnitude = if whole < 0 { !whole as u128 } else { whole as u128 };
            let bytes = magnitude.to_be_bytes();
            to.tag(if whole < 0 { tag::NEGATIVE_BIGNUM } else { tag::POSITIVE_BIGNUM });
            to.byte_string(significant(&bytes));
        }
    }
}

fn write_bignum(negative: bool, magnitude: BigUint, to: &mut Writer) {
    to.tag(if negative { tag::NEGATIVE_BIGNUM } else { tag::POSITIVE_BIGNUM });
    to.byte_string(&(magnitude - u32::from(negative)).to_bytes_be());
}

fn refusable(number: Result<Number, NumberError>) -> Result<Number, WireError> {
    number.map_err(|error| WireError::Invalid(error.to_string()))
}

/// Without the zero bytes at the front.
fn significant(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    &bytes[start..]
}
