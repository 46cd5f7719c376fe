use super::{BREAK, MAX_DEPTH, MAX_MESSAGE, major};
use crate::wire::error::WireError;

/// Finds where items end, going on where it stood when more bytes have come: however a message is cut into pieces, each
/// byte is looked at once (and the insides of strings never).
#[derive(Clone, Default, Debug)]
pub struct Scanner {
    at: usize,
    needed: usize,
    open: Vec<Left>,
    /// After a tag an item must come.
    tagged: bool,
}

/// What is still to come inside an array, a map or a string in pieces.
#[derive(Clone, Copy, Debug)]
enum Left {
    Items(u64),
    UntilBreak,
}

impl Scanner {
    /// At the beginning.
    pub fn new() -> Self {
        Self::default()
    }

    /// At a place in the bytes where an item begins.
    pub fn at(position: usize) -> Self {
        Self { at: position, ..Self::default() }
    }

    /// Where it stands: after an item that ended, behind that item.
    pub fn position(&self) -> usize {
        self.at
    }

    /// After `Incomplete`: so many bytes are needed at least, counted from the beginning.
    pub fn needed(&self) -> usize {
        self.needed
    }

    /// Moves past one item, or past what is left of the one begun. `bytes` are all from the beginning.
    ///
    /// # Errors
    /// `Incomplete` until the item's end is there (call again with more), `Malformed`, `TooLarge`.
    pub fn item(&mut self, bytes: &[u8]) -> Result<usize, WireError> {
        loop {
            let ended = self.step(bytes)?;
            if ended && self.close() {
                return Ok(self.at);
            }
        }
    }

    /// Reads one head (and string); true when that ends an item.
    fn step(&mut self, bytes: &[u8]) -> Result<bool, WireError> {
        let first = self.byte(bytes)?;
        if first == BREAK {
            return self.broken();
        }
        let (kind, info) = (first >> 5, first & 31);
        let width = match info {
            0..=23 | 31 => 0,
            24..=27 => 1_usize << (info - 24),
            _ => return Err(WireError::malformed("a head's length is reserved")),
        };
        let head_end = self.at + 1 + width;
        let head = self.upto(bytes, head_end)?;
        let argument = match info {
            0..=23 => u64::from(info),
            _ => head[1..].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        };
        let (opened, end) = match (kind, info) {
            (major::BYTES | major::TEXT | major::ARRAY | major::MAP, 31) => (Some(Left::UntilBreak), head_end),
            (_, 31) => return Err(WireError::malformed("a number without an end")),
            (major::BYTES | major::TEXT, _) => {
                let length = usize::try_from(argument).unwrap_or(usize::MAX);
                (None, head_end.saturating_add(length))
            }
            (major::ARRAY, _) => (Some(Left::Items(argument)), head_end),
            (major::MAP, _) => (Some(Left::Items(argument.saturating_mul(2))), head_end),
            _ => (None, head_end),
        };
        self.upto(bytes, end)?;
        self.at = end;
        self.tagged = kind == major::TAG;
        if let Some(left) = opened {
            return self.open(left);
        }
        Ok(!self.tagged)
    }

    /// Enters an array or map; true when it is empty.
    fn open(&mut self, left: Left) -> Result<bool, WireError> {
        match left {
            Left::Items(0) => return Ok(true),
            Left::Items(items) if items > MAX_MESSAGE as u64 => return Err(WireError::TooLarge("items of an array")),
            _ => {}
        }
        if self.open.len() == MAX_DEPTH {
            return Err(WireError::TooLarge("depth"));
        }
        self.open.push(left);
        Ok(false)
    }

    fn broken(&mut self) -> Result<bool, WireError> {
        if self.tagged || !matches!(self.open.last(), Some(Left::UntilBreak)) {
            return Err(WireError::malformed("a break where nothing was begun"));
        }
        self.open.pop();
        self.at += 1;
        Ok(true)
    }

    /// After an item's end: ends what it was the last of; true when nothing is open any more.
    fn close(&mut self) -> bool {
        while let Some(Left::Items(left)) = self.open.last_mut() {
            *left -= 1;
            if *left > 0 {
                return false;
            }
            self.open.pop();
        }
        self.open.is_empty()
    }

    fn byte(&mut self, bytes: &[u8]) -> Result<u8, WireError> {
        let at = self.at;
        Ok(self.upto(bytes, at + 1)?[0])
    }

    /// The bytes from here to a place.
    fn upto<'a>(&mut self, bytes: &'a [u8], end: usize) -> Result<&'a [u8], WireError> {
        if end > MAX_MESSAGE {
            return Err(WireError::TooLarge("bytes of a message"));
        }
        self.needed = end;
        bytes.get(self.at..end).ok_or(WireError::Incomplete)
    }
}
