//! Hour buckets (definition 8).

use crate::UnixMillis;
use serde::{Deserialize, Serialize};

const HOUR_MS: i64 = 3_600_000;

/// The part of a local clock hour that has one UTC offset.
///
/// Known from a hit alone: the instant at which that clock hour would have begun under the hit's own offset, and the
/// offset. Its *label*, the first instant that really belongs to it, is the calendar's to say
/// ([`crate::SiteCalendar::hour_start`]): a clock that jumps in mid-hour begins a bucket in mid-hour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct HourKey {
    /// The clock hour's beginning under `offset_seconds`.
    pub floor: UnixMillis,
    /// Seconds east of UTC.
    pub offset_seconds: i32,
}

impl HourKey {
    /// The bucket of an instant observed under an offset.
    pub fn of(time: UnixMillis, offset_seconds: i32) -> Self {
        let offset_ms = i64::from(offset_seconds) * 1000;
        let local = time.0 + offset_ms;
        Self { floor: UnixMillis(local.div_euclid(HOUR_MS) * HOUR_MS - offset_ms), offset_seconds }
    }
}
