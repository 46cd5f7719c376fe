//! Instants and site-local dates as plain numbers.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The earliest and the latest instants this program handles: years 1 and 9998, safely inside what `jiff` can express.
    pub const MIN: Self = Self(-62_135_596_800_000);
    /// See [`UnixMillis::MIN`].
    pub const MAX: Self = Self(253_370_764_800_000);

    /// The instant as `jiff` knows it; values outside [`UnixMillis::MIN`] … [`UnixMillis::MAX`] are clamped.
    pub fn timestamp(self) -> jiff::Timestamp {
        let clamped = self.0.clamp(Self::MIN.0, Self::MAX.0);
        jiff::Timestamp::from_millisecond(clamped).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// This instant moved by `millis`.
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl From<jiff::Timestamp> for UnixMillis {
    fn from(at: jiff::Timestamp) -> Self {
        Self(at.as_millisecond())
    }
}

/// A calendar date at the site, as days since 1970-01-01. Written `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocalDate(pub i32);

impl LocalDate {
    /// The date of a civil date.
    pub fn from_civil(date: Date) -> Self {
        let days = date.since((jiff::Unit::Day, Date::constant(1970, 1, 1))).map(|span| span.get_days());
        Self(days.unwrap_or(0))
    }

    /// The civil date; clamped to the years 1 to 9998.
    pub fn civil(self) -> Date {
        let days = self.0.clamp(-719_162, 2_932_530);
        Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
    }

    /// The date `days` later (earlier, when negative).
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// All dates from this one to `last`, both included; none when `last` is earlier.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.0..=last.0).map(Self)
    }

    /// Reads `YYYY-MM-DD`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        if !plain {
            return None;
        }
        text.parse::<Date>().ok().filter(|date| (1..=9998).contains(&date.year())).map(Self::from_civil)
    }
}

impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.civil().fmt(f)
    }
}

/// Written as text where people read it (JSON, TOML), as a number in our own binary records.
impl Serialize for LocalDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_i32(self.0) }
    }
}

impl<'de> Deserialize<'de> for LocalDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("'{text}' is no date; write YYYY-MM-DD")))
        } else {
            i32::deserialize(deserializer).map(Self)
        }
    }
}
