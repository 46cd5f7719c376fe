//! Time buckets and their labels (5, 8, 9).

use super::PlainHit;
use super::period::{Period, month_start};
use super::tally::Part;
use footfall_domain::calendar::rfc3339;
use footfall_domain::{HourKey, LocalDate, SiteCalendar, UnixMillis};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// What `time` means for a period, by its length (decision 0201).
pub(super) fn settled(period: &Period) -> &'static str {
    let length = period.to.plus(-1).since(period.from);
    match length {
        _ if length / HOUR_MS <= 48 => "time:hour",
        _ if length / DAY_MS <= 40 => "time:day",
        _ if length / (7 * DAY_MS) <= 52 => "time:week",
        _ => "time:month",
    }
}

/// The bucket a hit falls in.
pub(super) fn bucket(dimension: &str, hit: &PlainHit, period: &Period, calendar: &SiteCalendar) -> Part {
    match dimension {
        "time:hour" => {
            let start = calendar.hour_start(HourKey::of(UnixMillis(hit.time), hit.offset_seconds));
            Part::Time { order: start.0, label: rfc3339(start, hit.offset_seconds) }
        }
        "time:minute" => {
            let start = UnixMillis(hit.time.div_euclid(MINUTE_MS) * MINUTE_MS);
            Part::Time { order: start.0, label: calendar.label(start) }
        }
        _ => day_bucket(dimension, hit.date, period),
    }
}

/// The labels of all buckets that touch a period, in order.
pub(super) fn labels(dimension: &str, period: &Period, calendar: &SiteCalendar) -> Vec<String> {
    let days = period.first_day.through(period.last_day);
    let mut labels: Vec<String> = match dimension {
        "time:hour" => {
            let hours = days.flat_map(|date| calendar.hours(date));
            hours.filter(|hour| hour.end > period.from && hour.start < period.to).map(|hour| calendar.label(hour.start)).collect()
        }
        "time:minute" => {
            let minutes = period.from.0.div_euclid(MINUTE_MS)..period.to.plus(MINUTE_MS - 1).0.div_euclid(MINUTE_MS);
            minutes.map(|minute| calendar.label(UnixMillis(minute * MINUTE_MS))).collect()
        }
        _ => {
            let real_days = days.filter(|date| !calendar.day(*date).is_empty());
            real_days.map(|date| day_bucket(dimension, date, period).label().to_owned()).collect()
        }
    };
    labels.dedup();
    labels
}

/// The day, week or month of a day, called by its first day.
fn day_bucket(dimension: &str, date: LocalDate, period: &Period) -> Part {
    let start = match dimension {
        "time:day" => date,
        "time:week" => monday(date).max(period.first_day),
        "time:month" => month_start(date, 0),
        other => panic!("no time dimension '{other}'"),
    };
    Part::Time { order: i64::from(start.0), label: start.to_string() }
}

/// The Monday of a day's week.
fn monday(date: LocalDate) -> LocalDate {
    date.plus(-i32::from(date.civil().weekday().to_monday_zero_offset()))
}
