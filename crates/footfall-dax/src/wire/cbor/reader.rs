use super::{BREAK, MAX_DEPTH, MAX_MESSAGE, Scanner, major};
use crate::wire::error::WireError;
use std::borrow::Cow;

/// Reads items one after the other. Nothing is set aside for a count or a length before the bytes for it are there.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    whole: bool,
}

/// What the next item is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Token {
    Unsigned,
    Negative,
    Bytes,
    Text,
    Array,
    Map,
    Tag,
    Bool,
    Null,
    Float,
    /// The end of what was begun, or a simple value without a meaning here.
    Other,
}

/// An array or a map being read: see [`Reader::more`].
#[derive(Clone, Debug)]
pub struct Sequence {
    /// `None`: until the break.
    left: Option<u64>,
}

impl Sequence {
    /// How many items (of a map: pairs) are left; 0 where only the break will tell. Never more than there are bytes.
    pub fn known(&self) -> usize {
        self.left.map_or(0, |left| left as usize)
    }
}

impl<'a> Reader<'a> {
    /// Of bytes that more may follow: where they end too early that is [`WireError::Incomplete`].
    pub fn of_stream(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: 0, whole: false }
    }

    /// Of bytes that are all: where they end too early they are malformed.
    pub fn of_whole(bytes: &'a [u8]) -> Self {
        Self { whole: true, ..Self::of_stream(bytes) }
    }

    /// How many bytes were read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// What was not read yet.
    pub fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// Whether everything was read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// # Errors
    /// Something follows.
    pub fn finish(&self) -> Result<(), WireError> {
        if self.is_at_end() { Ok(()) } else { Err(WireError::malformed("something follows the end")) }
    }

    /// What comes next, without reading it.
    ///
    /// # Errors
    /// Nothing comes.
    pub fn peek(&self) -> Result<Token, WireError> {
        let first = self.first()?;
        Ok(match (first >> 5, first & 31) {
            (major::UNSIGNED, _) => Token::Unsigned,
            (major::NEGATIVE, _) => Token::Negative,
            (major::BYTES, _) => Token::Bytes,
            (major::TEXT, _) => Token::Text,
            (major::ARRAY, _) => Token::Array,
            (major::MAP, _) => Token::Map,
            (major::TAG, _) => Token::Tag,
            (_, 20 | 21) => Token::Bool,
            (_, 22) => Token::Null,
            (_, 25..=27) => Token::Float,
            _ => Token::Other,
        })
    }

    /// A whole number of 64 bits with a sign.
    ///
    /// # Errors
    /// It is something else, or larger.
    pub fn int(&mut self) -> Result<i64, WireError> {
        let mut ahead = self.clone();
        let (kind, argument) = ahead.head()?;
        let number = i64::try_from(argument).map_err(|_| WireError::malformed("a number is too large"))?;
        let number = match kind {
            major::UNSIGNED => number,
            major::NEGATIVE => !number,
            _ => return Err(WireError::malformed("a whole number was expected")),
        };
        *self = ahead;
        Ok(number)
    }

    /// A whole number without a sign.
    ///
    /// # Errors
    /// It is something else.
    pub fn uint(&mut self) -> Result<u64, WireError> {
        self.expect(major::UNSIGNED, "a number that is not negative was expected")
    }

    /// Of the whole number −1 − n: n.
    pub(crate) fn negative(&mut self) -> Result<u64, WireError> {
        self.expect(major::NEGATIVE, "a negative number was expected")
    }

    /// True or false, also as 1 or 0.
    ///
    /// # Errors
    /// It is something else.
    pub fn bool(&mut self) -> Result<bool, WireError> {
        match self.first()? {
            0xf4 | 0x00 => self.at += 1,
            0xf5 | 0x01 => {
                self.at += 1;
                return Ok(true);
            }
            _ => return Err(WireError::malformed("true or false was expected")),
        }
        Ok(false)
    }

    /// Reads a null, if that comes next; whether it did.
    ///
    /// # Errors
    /// Nothing comes.
    pub fn null(&mut self) -> Result<bool, WireError> {
        let null = self.peek()? == Token::Null;
        self.at += usize::from(null);
        Ok(null)
    }

    /// A float of any width, or a whole number.
    ///
    /// # Errors
    /// It is something else.
    pub fn float(&mut self) -> Result<f64, WireError> {
        if self.peek()? != Token::Float {
            return self.int().map(|number| number as f64);
        }
        let width = self.first()? & 31;
        let (_, bits) = self.head()?;
        Ok(match width {
            25 => half(bits as u16),
            26 => f64::from(f32::from_bits(bits as u32)),
            _ => f64::from_bits(bits),
        })
    }

    /// A float's value as the shortest decimal its width tells apart from others.
    pub(crate) fn float_text(&mut self) -> Result<String, WireError> {
        if self.first()? == 0xfa {
            let (_, bits) = self.head()?;
            return Ok(format!("{:e}", f32::from_bits(bits as u32)));
        }
        Ok(format!("{:e}", self.float()?))
    }

    /// A tag; the item it is about comes next.
    ///
    /// # Errors
    /// It is something else.
    pub fn tag(&mut self) -> Result<u64, WireError> {
        self.expect(major::TAG, "a tag was expected")
    }

    /// A byte string.
    ///
    /// # Errors
    /// It is something else.
    pub fn byte_string(&mut self) -> Result<Cow<'a, [u8]>, WireError> {
        self.string(major::BYTES, "a byte string was expected")
    }

    /// A text.
    ///
    /// # Errors
    /// It is something else, or not UTF-8.
    pub fn text(&mut self) -> Result<Cow<'a, str>, WireError> {
        let utf8 = "a text is not UTF-8";
        Ok(match self.string(major::TEXT, "a text was expected")? {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| WireError::malformed(utf8))?),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(|_| WireError::malformed(utf8))?),
        })
    }

    /// Enters an array.
    ///
    /// # Errors
    /// It is something else, too deep, or has more items than there are bytes.
    pub fn array(&mut self) -> Result<Sequence, WireError> {
        self.enter(major::ARRAY, 1, "an array was expected")
    }

    /// Enters a map; [`Self::more`] then counts pairs.
    ///
    /// # Errors
    /// As [`Self::array`].
    pub fn map(&mut self) -> Result<Sequence, WireError> {
        self.enter(major::MAP, 2, "a map was expected")
    }

    /// Whether another item (of a map: pair) comes; leaves the array or map when none does.
    ///
    /// # Errors
    /// The bytes end.
    pub fn more(&mut self, sequence: &mut Sequence) -> Result<bool, WireError> {
        let more = match &mut sequence.left {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None if self.first()? == BREAK => {
                self.at += 1;
                sequence.left = Some(0);
                false
            }
            None => true,
        };
        if !more {
            self.depth = self.depth.saturating_sub(1);
        }
        Ok(more)
    }

    /// Moves past one item, whatever it is.
    ///
    /// # Errors
    /// It does not end, nests too deep, or is malformed.
    pub fn skip(&mut self) -> Result<(), WireError> {
        self.at = Scanner::at(self.at).item(self.bytes).map_err(|error| match error {
            WireError::Incomplete => self.ends_early(),
            error => error,
        })?;
        Ok(())
    }

    /// The bytes of one item, whatever it is.
    ///
    /// # Errors
    /// As [`Self::skip`].
    pub fn raw_item(&mut self) -> Result<&'a [u8], WireError> {
        let start = self.at;
        self.skip()?;
        Ok(&self.bytes[start..self.at])
    }

    fn enter(&mut self, kind: u8, bytes_each: u64, otherwise: &str) -> Result<Sequence, WireError> {
        if self.first()? == kind << 5 | 31 {
            self.at += 1;
            self.descend()?;
            return Ok(Sequence { left: None });
        }
        let count = self.expect(kind, otherwise)?;
        if count > MAX_MESSAGE as u64 {
            return Err(WireError::TooLarge("items of an array"));
        }
        if count * bytes_each > self.rest().len() as u64 {
            return Err(self.ends_early());
        }
        self.descend()?;
        Ok(Sequence { left: Some(count) })
    }

    fn descend(&mut self) -> Result<(), WireError> {
        if self.depth == MAX_DEPTH {
            return Err(WireError::TooLarge("depth"));
        }
        self.depth += 1;
        Ok(())
    }

    fn string(&mut self, kind: u8, otherwise: &str) -> Result<Cow<'a, [u8]>, WireError> {
        if self.first()? != kind << 5 | 31 {
            return self.piece(kind, otherwise).map(Cow::Borrowed);
        }
        self.at += 1;
        let mut together = Vec::new();
        while self.first()? != BREAK {
            together.extend_from_slice(self.piece(kind, "a string's pieces are strings of its kind")?);
        }
        self.at += 1;
        Ok(Cow::Owned(together))
    }

    fn piece(&mut self, kind: u8, otherwise: &str) -> Result<&'a [u8], WireError> {
        let length = self.expect(kind, otherwise)?;
        if length > MAX_MESSAGE as u64 {
            return Err(WireError::TooLarge("bytes of a string"));
        }
        self.take(length as usize)
    }

    /// The argument of an item of this kind; where it is another, nothing was read.
    fn expect(&mut self, kind: u8, otherwise: &str) -> Result<u64, WireError> {
        if self.first()? >> 5 != kind {
            return Err(WireError::malformed(otherwise));
        }
        self.head().map(|(_, argument)| argument)
    }

    /// Kind and argument, of an item that has a definite one.
    fn head(&mut self) -> Result<(u8, u64), WireError> {
        let first = self.first()?;
        let argument = match first & 31 {
            info @ 0..=23 => {
                self.at += 1;
                u64::from(info)
            }
            info @ 24..=27 => {
                let width = 1 << (info - 24);
                self.take(1 + width)?[1..].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
            }
            _ => return Err(WireError::malformed("a definite length was expected")),
        };
        Ok((first >> 5, argument))
    }

    fn first(&self) -> Result<u8, WireError> {
        self.bytes.get(self.at).copied().ok_or_else(|| self.ends_early())
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        let taken = self.rest().get(..length).ok_or_else(|| self.ends_early())?;
        self.at += length;
        Ok(taken)
    }

    fn ends_early(&self) -> WireError {
        if self.whole { WireError::malformed("it ends too early") } else { WireError::Incomplete }
    }
}

/// A float of 16 bits.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -magnitude } else { magnitude }
}
