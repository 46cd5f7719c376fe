use super::raw::{Raw, RawOptions};
use super::read::read_name;
use super::{MAX_EXPRESSION, MAX_KEY};
use crate::wire::cbor::{Reader, Token, Writer};
use crate::wire::error::WireError;

/// The keys of a request's optional arguments.
pub(super) mod key {
    pub const PROJECTION: i64 = 0;
    pub const CONSISTENT: i64 = 2;
    pub const CAPACITY: i64 = 3;
    pub const CONDITION: i64 = 4;
    pub const COLLECTION_METRICS: i64 = 6;
    pub const RETURN_VALUES: i64 = 7;
    pub const UPDATE: i64 = 8;
    pub const START: i64 = 9;
    pub const FILTER: i64 = 10;
    pub const INDEX: i64 = 11;
    pub const LIMIT: i64 = 13;
    pub const FORWARD: i64 = 14;
    pub const SELECT: i64 = 15;
    pub const SEGMENT: i64 = 16;
    pub const TOTAL_SEGMENTS: i64 = 17;
    pub const TOKEN: i64 = 19;
}

/// Reads the optional arguments: null, or a map. Of a key that comes twice the last one counts: the Python client sends
/// a condition's text under the key of its tree, and then the tree. Keys without a meaning here are skipped: it also
/// sends names and values that are in the tree already.
pub(super) fn read_options<'a>(from: &mut Reader<'a>) -> Result<RawOptions<'a>, WireError> {
    let mut options = RawOptions::default();
    if from.null()? {
        return Ok(options);
    }
    let mut pairs = from.map()?;
    while from.more(&mut pairs)? {
        let key = from.int()?;
        if from.null()? {
            continue;
        }
        match key {
            key::PROJECTION => options.projection = Some(limited(from, MAX_EXPRESSION, "bytes of an expression")?),
            key::CONSISTENT => options.consistent = Some(from.bool()?),
            key::CAPACITY => options.capacity = Some(from.int()?),
            key::CONDITION => options.condition = Some(limited(from, MAX_EXPRESSION, "bytes of an expression")?),
            key::COLLECTION_METRICS => options.collection_metrics = Some(from.int()?),
            key::RETURN_VALUES => options.return_values = Some(from.int()?),
            key::UPDATE => options.update = Some(limited(from, MAX_EXPRESSION, "bytes of an expression")?),
            key::START => options.start = Some(limited(from, MAX_KEY, "bytes of a key")?),
            key::FILTER => options.filter = Some(limited(from, MAX_EXPRESSION, "bytes of an expression")?),
            key::INDEX => options.index = Some(read_name(from)?),
            key::LIMIT => options.limit = Some(from.int()?),
            key::FORWARD => options.forward = Some(from.bool()?),
            key::SELECT => options.select = Some(from.int()?),
            key::SEGMENT => options.segment = Some(from.int()?),
            key::TOTAL_SEGMENTS => options.total_segments = Some(from.int()?),
            key::TOKEN => options.token = Some(from.text()?.into_owned()),
            _ => from.skip()?,
        }
    }
    Ok(options)
}

/// Bytes of at most so many.
pub(super) fn limited<'a>(from: &mut Reader<'a>, limit: usize, what: &'static str) -> Result<Raw<'a>, WireError> {
    let bytes = from.byte_string()?;
    if bytes.len() > limit { Err(WireError::TooLarge(what)) } else { Ok(bytes) }
}

/// As [`limited`], or null.
pub(super) fn limited_or_null<'a>(from: &mut Reader<'a>, limit: usize, what: &'static str) -> Result<Option<Raw<'a>>, WireError> {
    if from.peek()? == Token::Null {
        from.null()?;
        return Ok(None);
    }
    limited(from, limit, what).map(Some)
}

/// Writes optional arguments, as a map without a count.
pub(super) struct OptionsWriter<'w> {
    pub to: &'w mut Writer,
}

impl<'w> OptionsWriter<'w> {
    pub fn begin(to: &'w mut Writer) -> Self {
        to.begin_map();
        Self { to }
    }

    pub fn number(&mut self, key: i64, value: i64) {
        self.to.int(key);
        self.to.int(value);
    }

    /// A number, if there is one.
    pub fn some(&mut self, key: i64, value: Option<i64>) {
        if let Some(value) = value {
            self.number(key, value);
        }
    }

    /// A key whose value is written next.
    pub fn key(&mut self, key: i64) -> &mut Writer {
        self.to.int(key);
        self.to
    }

    pub fn end(self) {
        self.to.end();
    }
}
