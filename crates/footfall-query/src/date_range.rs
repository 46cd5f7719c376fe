//! Which time is asked for: names and edges, before a calendar makes them a [`Period`].

use crate::Period;
use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};
use jiff::civil::Date;

/// The most days and months a relative range may have; Plausible's own limits.
pub const MAX_DAYS: u16 = 5_000;
/// See [`MAX_DAYS`].
pub const MAX_MONTHS: u16 = 100;

/// A range of time as asked for. What the relative ones mean is fixed in `docs/decisions/0601`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateRange {
    /// `day`: the reference day.
    Day,
    /// `24h`: the current hour bucket and the 23 before it.
    Hours24,
    /// `7d`, `28d`, …: so many whole days before the reference day.
    Days(u16),
    /// `month`: the calendar month of the reference day, whole.
    Month,
    /// `6mo`, `12mo`, …: so many whole calendar months before that of the reference day.
    Months(u16),
    /// `year`: the calendar year of the reference day, whole.
    Year,
    /// `all`: from the first day that has hits through the reference day.
    All,
    /// From the first through the second day.
    Dates(LocalDate, LocalDate),
    /// From the first instant until just before the second.
    Instants(UnixMillis, UnixMillis),
}

/// What a relative range is relative to.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// The site's days.
    pub calendar: &'a SiteCalendar,
    /// The present instant.
    pub now: UnixMillis,
    /// The reference day; today when absent.
    pub date: Option<LocalDate>,
    /// The first day that has hits.
    pub first_date: Option<LocalDate>,
}

impl Reference<'_> {
    /// The site-local day of the present instant.
    pub fn today(&self) -> LocalDate {
        self.calendar.moment(self.now).date
    }

    fn day(&self) -> LocalDate {
        self.date.unwrap_or_else(|| self.today())
    }
}

impl DateRange {
    /// The range of a schema name; those with edges of their own have none.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "day" => return Some(DateRange::Day),
            "24h" => return Some(DateRange::Hours24),
            "month" => return Some(DateRange::Month),
            "year" => return Some(DateRange::Year),
            "all" => return Some(DateRange::All),
            _ => {}
        }
        let number = |unit: &str, most: u16| {
            let digits = name.strip_suffix(unit)?;
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
            digits.parse().ok().filter(|n| plain && (1..=most).contains(n))
        };
        number("mo", MAX_MONTHS).map(DateRange::Months).or_else(|| number("d", MAX_DAYS).map(DateRange::Days))
    }

    /// The schema name; none for ranges with edges of their own.
    pub fn name(&self) -> Option<String> {
        Some(match self {
            DateRange::Day => "day".to_owned(),
            DateRange::Hours24 => "24h".to_owned(),
            DateRange::Days(n) => format!("{n}d"),
            DateRange::Month => "month".to_owned(),
            DateRange::Months(n) => format!("{n}mo"),
            DateRange::Year => "year".to_owned(),
            DateRange::All => "all".to_owned(),
            DateRange::Dates(..) | DateRange::Instants(..) => return None,
        })
    }

    /// The period meant.
    pub fn resolve(&self, reference: &Reference<'_>) -> Period {
        let day = reference.day();
        let (first, last) = match *self {
            DateRange::Day => (day, day),
            DateRange::Hours24 => return last_24_hours(reference),
            DateRange::Days(n) => (day.plus(-i32::from(n)), day.plus(-1)),
            DateRange::Month => (first_of_month(day, 0), first_of_month(day, 1).plus(-1)),
            DateRange::Months(n) => (first_of_month(day, -i32::from(n)), first_of_month(day, 0).plus(-1)),
            DateRange::Year => (first_of_year(day), first_of_month(first_of_year(day), 12).plus(-1)),
            DateRange::All => (reference.first_date.unwrap_or(day).min(day), day),
            DateRange::Dates(first, last) => (first, last),
            DateRange::Instants(from, to) => return Period::Span { from, to },
        };
        Period::Days { first, last }
    }
}

/// The first day of the month `months` after that of `date`.
pub(crate) fn first_of_month(date: LocalDate, months: i32) -> LocalDate {
    let first = date.civil().first_of_month();
    LocalDate::from_civil(first.saturating_add(jiff::Span::new().months(months)))
}

fn first_of_year(date: LocalDate) -> LocalDate {
    LocalDate::from_civil(Date::constant(date.civil().year(), 1, 1))
}

fn last_24_hours(reference: &Reference<'_>) -> Period {
    let today = reference.today();
    // Two days before today hold more than 24 buckets whatever their clocks do, but for a day the zone skips.
    let mut hours: Vec<_> = today.plus(-3).through(today).flat_map(|date| reference.calendar.hours(date)).collect();
    hours.retain(|hour| hour.start <= reference.now);
    let from = hours.len().saturating_sub(24);
    match (hours.get(from), hours.last()) {
        (Some(first), Some(last)) => Period::Span { from: first.start, to: last.end },
        _ => Period::Span { from: reference.now, to: reference.now },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(range: &str, zone: &str, now: &str) -> [String; 2] {
        let calendar = SiteCalendar::of_zone(zone).expect("a zone");
        let now: UnixMillis = now.parse::<jiff::Timestamp>().expect("an instant").into();
        let reference = Reference { calendar: &calendar, now, date: None, first_date: LocalDate::parse("2026-02-03") };
        DateRange::from_name(range).expect("a range").resolve(&reference).edges(&calendar)
    }

    /// Decision 0601, as a table; it is Monday, 2026-11-23, 14:20 in Berlin.
    #[test]
    fn the_names_of_ranges() {
        let table = [
            ("day", "2026-11-23T00:00:00+01:00", "2026-11-23T23:59:59+01:00"),
            ("24h", "2026-11-22T15:00:00+01:00", "2026-11-23T15:00:00+01:00"),
            ("7d", "2026-11-16T00:00:00+01:00", "2026-11-22T23:59:59+01:00"),
            ("28d", "2026-10-26T00:00:00+01:00", "2026-11-22T23:59:59+01:00"),
            ("30d", "2026-10-24T00:00:00+02:00", "2026-11-22T23:59:59+01:00"),
            ("91d", "2026-08-24T00:00:00+02:00", "2026-11-22T23:59:59+01:00"),
            ("month", "2026-11-01T00:00:00+01:00", "2026-11-30T23:59:59+01:00"),
            ("6mo", "2026-05-01T00:00:00+02:00", "2026-10-31T23:59:59+01:00"),
            ("12mo", "2025-11-01T00:00:00+01:00", "2026-10-31T23:59:59+01:00"),
            ("year", "2026-01-01T00:00:00+01:00", "2026-12-31T23:59:59+01:00"),
            ("all", "2026-02-03T00:00:00+01:00", "2026-11-23T23:59:59+01:00"),
        ];
        for (range, from, to) in table {
            assert_eq!(edges(range, "Europe/Berlin", "2026-11-23T13:20:00Z"), [from, to], "{range}");
        }
    }

    #[test]
    fn a_day_is_the_sites_own() {
        assert_eq!(edges("day", "Asia/Tokyo", "2026-11-23T15:00:00Z")[0], "2026-11-24T00:00:00+09:00");
        assert_eq!(edges("day", "America/Los_Angeles", "2026-11-23T07:59:59Z")[0], "2026-11-22T00:00:00-08:00");
    }

    #[test]
    fn the_last_24_hours_are_24_buckets_also_when_a_clock_changes() {
        // 01:30+10:30 begins a bucket of half an hour on Lord Howe.
        assert_eq!(edges("24h", "Australia/Lord_Howe", "2026-04-05T02:10:00Z")[0], "2026-04-04T14:00:00+11:00");
        assert_eq!(edges("24h", "Asia/Kathmandu", "2026-01-01T12:00:00Z"), ["2025-12-31T18:00:00+05:45", "2026-01-01T18:00:00+05:45"]);
    }

    #[test]
    fn names_are_read_strictly() {
        for wrong in ["0d", "07d", "+7d", "7 d", "d", "5001d", "101mo", "7D", "week", "realtime", "30m", ""] {
            assert_eq!(DateRange::from_name(wrong), None, "{wrong}");
        }
        for right in ["day", "24h", "1d", "5000d", "month", "100mo", "year", "all"] {
            assert_eq!(DateRange::from_name(right).and_then(|range| range.name()).as_deref(), Some(right));
        }
    }
}
