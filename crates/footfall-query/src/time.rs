//! Time buckets and their labels (definitions 8 and 9).

use crate::{Period, QueryError, TimeUnit};
use footfall_domain::{HourKey, LocalDate, SiteCalendar, UnixMillis, calendar::rfc3339};

/// The most labels a report lists.
pub const MAX_LABELS: i64 = 100_000;

/// A time bucket of a period; ordered as time is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bucket {
    /// A day, week or month, called by its first day in the period (a month by the first of the month).
    Date(LocalDate),
    /// An hour or minute: its first instant, and the offset it is labelled with.
    Instant(UnixMillis, i32),
}

impl Bucket {
    /// The bucket of a day, in a period that begins on `first`.
    pub(crate) fn of_date(unit: TimeUnit, date: LocalDate, first: LocalDate) -> Self {
        match unit {
            TimeUnit::Week => Bucket::Date(monday(date).max(first)),
            TimeUnit::Month => Bucket::Date(crate::date_range::first_of_month(date, 0)),
            _ => Bucket::Date(date),
        }
    }

    /// An hour bucket.
    pub(crate) fn of_hour(key: HourKey, calendar: &SiteCalendar) -> Self {
        Bucket::Instant(calendar.hour_start(key), key.offset_seconds)
    }

    /// A minute of UTC, counted since 1970.
    pub(crate) fn of_minute(minute: i64, calendar: &SiteCalendar) -> Self {
        let start = UnixMillis(minute * 60_000);
        Bucket::Instant(start, calendar.moment(start).offset_seconds)
    }

    /// `2026-11-23`, or RFC 3339 with the site's offset.
    pub fn label(&self) -> String {
        match self {
            Bucket::Date(date) => date.to_string(),
            Bucket::Instant(start, offset_seconds) => rfc3339(*start, *offset_seconds),
        }
    }
}

/// The unit `time` stands for: hours up to two days, days up to some forty, weeks up to a year, then months. The
/// borders are Plausible's, so that a chart has the same steps there and here.
pub fn unit_for(period: &Period, calendar: &SiteCalendar) -> TimeUnit {
    let range = period.instants(calendar);
    let hours = (range.end.since(range.start) - 1).max(0) / 3_600_000;
    match hours {
        ..=48 => TimeUnit::Hour,
        _ if hours / 24 <= 40 => TimeUnit::Day,
        _ if hours / (24 * 7) <= 52 => TimeUnit::Week,
        _ => TimeUnit::Month,
    }
}

/// All buckets of a period, in order, those to come and those without hits too.
///
/// # Errors
/// There would be more than [`MAX_LABELS`].
pub fn buckets(period: &Period, unit: TimeUnit, calendar: &SiteCalendar) -> Result<Vec<Bucket>, QueryError> {
    let Some(dates) = period.dates(calendar) else { return Ok(Vec::new()) };
    let (first, last) = (*dates.start(), *dates.end());
    let days = i64::from(last.0) - i64::from(first.0) + 1;
    let labels_a_day = match unit {
        TimeUnit::Minute => 1440,
        TimeUnit::Hour => 24,
        _ => 1,
    };
    if days * labels_a_day > MAX_LABELS {
        let message = format!("this range has more than {MAX_LABELS} time labels; ask for a shorter range or a longer time dimension");
        return Err(QueryError::new("date_range", message));
    }
    let inside = period.instants(calendar);
    let mut buckets: Vec<Bucket> = match unit {
        TimeUnit::Minute => {
            let minutes = inside.start.0.div_euclid(60_000)..=(inside.end.0 - 1).div_euclid(60_000);
            minutes.map(|minute| Bucket::of_minute(minute, calendar)).collect()
        }
        TimeUnit::Hour => {
            let hours = first.through(last).flat_map(|date| calendar.hours(date));
            let hours = hours.filter(|hour| hour.end > inside.start && hour.start < inside.end);
            hours.map(|hour| Bucket::of_hour(hour.key, calendar)).collect()
        }
        _ => {
            let real = calendar.days(first, last).filter(|(_, day)| !day.is_empty());
            real.map(|(date, _)| Bucket::of_date(unit, date, first)).collect()
        }
    };
    buckets.dedup();
    Ok(buckets)
}

fn monday(date: LocalDate) -> LocalDate {
    // 1970-01-01 was a Thursday.
    date.plus(-(date.0 + 3).rem_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    fn labels(zone: &str, first: &str, last: &str, unit: TimeUnit) -> Vec<String> {
        let calendar = SiteCalendar::of_zone(zone).expect("a zone");
        let period = Period::Days { first: date(first), last: date(last) };
        buckets(&period, unit, &calendar).expect("few labels").iter().map(Bucket::label).collect()
    }

    #[test]
    fn the_first_week_begins_with_the_range() {
        assert_eq!(labels("UTC", "2026-11-05", "2026-11-17", TimeUnit::Week), ["2026-11-05", "2026-11-09", "2026-11-16"]);
        assert_eq!(labels("UTC", "2026-11-09", "2026-11-15", TimeUnit::Week), ["2026-11-09"]);
        assert_eq!(monday(date("1969-12-31")), date("1969-12-29"));
    }

    #[test]
    fn a_month_is_called_by_its_first_day_even_when_the_range_begins_later() {
        assert_eq!(labels("UTC", "2026-10-15", "2026-12-01", TimeUnit::Month), ["2026-10-01", "2026-11-01", "2026-12-01"]);
    }

    #[test]
    fn a_skipped_day_has_no_label() {
        assert_eq!(labels("Pacific/Apia", "2011-12-29", "2011-12-31", TimeUnit::Day), ["2011-12-29", "2011-12-31"]);
    }

    #[test]
    fn the_hour_that_comes_twice_has_two_labels() {
        let labels = labels("Europe/Berlin", "2026-10-25", "2026-10-25", TimeUnit::Hour);
        assert_eq!(labels.len(), 25);
        assert_eq!(labels[2..4], ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]);
    }

    #[test]
    fn a_span_has_the_hours_it_touches() {
        let calendar = SiteCalendar::of_zone("Asia/Kathmandu").expect("a zone");
        let at = |text: &str| UnixMillis::from(text.parse::<jiff::Timestamp>().expect("an instant"));
        let period = Period::Span { from: at("2026-01-01T12:00:00+05:45"), to: at("2026-01-01T14:00:01+05:45") };
        let labels: Vec<_> = buckets(&period, TimeUnit::Hour, &calendar).expect("few").iter().map(Bucket::label).collect();
        assert_eq!(labels, ["2026-01-01T12:00:00+05:45", "2026-01-01T13:00:00+05:45", "2026-01-01T14:00:00+05:45"]);
    }

    #[test]
    fn time_is_measured_in_steps_that_fit() {
        let calendar = SiteCalendar::of_zone("UTC").expect("a zone");
        let days = |n: i32| Period::Days { first: date("2026-01-01"), last: date("2026-01-01").plus(n - 1) };
        let units = [(1, TimeUnit::Hour), (2, TimeUnit::Hour), (3, TimeUnit::Day), (41, TimeUnit::Day), (42, TimeUnit::Week)];
        for (n, unit) in units.into_iter().chain([(371, TimeUnit::Week), (372, TimeUnit::Month)]) {
            assert_eq!(unit_for(&days(n), &calendar), unit, "{n} days");
        }
    }

    #[test]
    fn ten_thousand_years_of_minutes_are_refused() {
        let calendar = SiteCalendar::of_zone("UTC").expect("a zone");
        let period = Period::Days { first: date("0001-01-01"), last: date("9998-12-31") };
        assert!(buckets(&period, TimeUnit::Minute, &calendar).is_err());
        assert!(buckets(&period, TimeUnit::Month, &calendar).is_err());
    }
}
