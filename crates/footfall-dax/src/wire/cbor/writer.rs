use super::{BREAK, NULL, major};

/// Writes items, each in its shortest form, into a buffer that can be used again.
#[derive(Clone, Default, Debug)]
pub struct Writer {
    bytes: Vec<u8>,
}

/// What is set aside for the head of a nested string before its length is known: right for 256 to 65,535 bytes.
const HEAD_GUESS: usize = 3;

impl Writer {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty one with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    /// What was written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What was written, for good.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many bytes were written.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Takes back everything after the first `length` bytes, such as a message that could not be finished.
    pub fn truncate(&mut self, length: usize) {
        self.bytes.truncate(length);
    }

    /// A whole number.
    pub fn int(&mut self, number: i64) {
        if number < 0 { self.head(major::NEGATIVE, !number as u64) } else { self.head(major::UNSIGNED, number as u64) }
    }

    /// A whole number without a sign.
    pub fn uint(&mut self, number: u64) {
        self.head(major::UNSIGNED, number);
    }

    /// The whole number −1 − `below`.
    pub(crate) fn negative(&mut self, below: u64) {
        self.head(major::NEGATIVE, below);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.head(major::TEXT, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A byte string.
    pub fn byte_string(&mut self, bytes: &[u8]) {
        self.head(major::BYTES, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// A byte string that holds what `write` writes: the protocol nests its structures so.
    ///
    /// # Errors
    /// Those of `write`; what was written until then stays and makes no sense (see [`Self::truncate`]).
    pub fn nested<E>(&mut self, write: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<(), E> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&[0; HEAD_GUESS]);
        write(self)?;
        let end = self.bytes.len();
        let content = start + HEAD_GUESS;
        let (head, head_length) = shortest_head(major::BYTES, (end - content) as u64);
        if head_length <= HEAD_GUESS {
            self.bytes.copy_within(content..end, start + head_length);
            self.bytes.truncate(end - (HEAD_GUESS - head_length));
        } else {
            self.bytes.resize(end + head_length - HEAD_GUESS, 0);
            self.bytes.copy_within(content..end, start + head_length);
        }
        self.bytes[start..start + head_length].copy_from_slice(&head[..head_length]);
        Ok(())
    }

    /// The head of an array of so many items; they follow.
    pub fn array(&mut self, items: usize) {
        self.head(major::ARRAY, items as u64);
    }

    /// The head of a map of so many pairs; they follow.
    pub fn map(&mut self, pairs: usize) {
        self.head(major::MAP, pairs as u64);
    }

    /// The head of a map of any number of pairs; they follow, then [`Self::end`].
    pub fn begin_map(&mut self) {
        self.bytes.push(major::MAP << 5 | 31);
    }

    /// The end of what was begun.
    pub fn end(&mut self) {
        self.bytes.push(BREAK);
    }

    /// A tag; the item it is about follows.
    pub fn tag(&mut self, tag: u64) {
        self.head(major::TAG, tag);
    }

    /// True or false.
    pub fn bool(&mut self, value: bool) {
        self.bytes.push(if value { 0xf5 } else { 0xf4 });
    }

    /// Null.
    pub fn null(&mut self) {
        self.bytes.push(NULL);
    }

    /// A float of 64 bits. Never for a number of an attribute: the Go client cannot read it there.
    pub fn float(&mut self, value: f64) {
        self.bytes.push(0xfb);
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// An item's first bytes: its kind and argument in the shortest form.
    fn head(&mut self, major: u8, argument: u64) {
        let (head, length) = shortest_head(major, argument);
        self.bytes.extend_from_slice(&head[..length]);
    }
}

fn shortest_head(major: u8, argument: u64) -> ([u8; 9], usize) {
    let mut head = [0; 9];
    let kind = major << 5;
    let (first, width) = match argument {
        0..24 => (kind | argument as u8, 0),
        24..0x100 => (kind | 24, 1),
        0x100..0x1_0000 => (kind | 25, 2),
        0x1_0000..0x1_0000_0000 => (kind | 26, 4),
        _ => (kind | 27, 8),
    };
    head[0] = first;
    head[1..=width].copy_from_slice(&argument.to_be_bytes()[8 - width..]);
    (head, 1 + width)
}
