//! Ranges of days and of instants (9; decision 0201).

use super::PlainHit;
use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};
use jiff::ToSpan;
use serde_json::Value;

/// A range of whole site-local days, or of instants.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Period {
    /// Its first instant.
    pub(super) from: UnixMillis,
    /// The first instant after it.
    pub(super) to: UnixMillis,
    pub(super) first_day: LocalDate,
    /// The last day that has an instant of it; the day before the first when it has none.
    pub(super) last_day: LocalDate,
    pub(super) whole_days: bool,
}

impl Period {
    /// From one day through another.
    pub(super) fn days(first_day: LocalDate, last_day: LocalDate, calendar: &SiteCalendar) -> Self {
        let (from, to) = (calendar.day_start(first_day), calendar.day_start(last_day.plus(1)));
        Self { from, to, first_day, last_day, whole_days: true }
    }

    /// [from, to).
    pub(super) fn instants(from: UnixMillis, to: UnixMillis, calendar: &SiteCalendar) -> Self {
        let first_day = calendar.moment(from).date;
        let last_day = if to > from { calendar.moment(to.plus(-1)).date } else { first_day.plus(-1) };
        Self { from, to, first_day, last_day, whole_days: false }
    }

    /// Reads a `date_range`.
    pub(super) fn read(range: &Value, now: UnixMillis, calendar: &SiteCalendar, first_hit: Option<LocalDate>) -> Self {
        let today = calendar.moment(now).date;
        let yesterday = today.plus(-1);
        let days = |first, last| Self::days(first, last, calendar);
        match range {
            Value::String(word) => match word.as_str() {
                "day" => days(today, today),
                "7d" => days(today.plus(-7), yesterday),
                "28d" => days(today.plus(-28), yesterday),
                "30d" => days(today.plus(-30), yesterday),
                "91d" => days(today.plus(-91), yesterday),
                "month" => days(month_start(today, 0), month_start(today, 1).plus(-1)),
                "6mo" => days(month_start(today, -6), month_start(today, 0).plus(-1)),
                "12mo" => days(month_start(today, -12), month_start(today, 0).plus(-1)),
                "year" => days(year_start(today, 0), year_start(today, 1).plus(-1)),
                "all" => days(first_hit.unwrap_or(today).min(today), today),
                "24h" => Self::last_24_hours(now, calendar),
                other => panic!("no date range '{other}'"),
            },
            Value::Array(pair) => Self::read_pair(pair, calendar),
            other => panic!("no date range {other}"),
        }
    }

    fn read_pair(pair: &[Value], calendar: &SiteCalendar) -> Self {
        let [Value::String(first), Value::String(last)] = pair else { panic!("a range is a pair of texts, not {pair:?}") };
        match (LocalDate::parse(first), LocalDate::parse(last)) {
            (Some(first), Some(last)) => Self::days(first, last, calendar),
            _ => {
                let instant = |text: &str| UnixMillis::from(text.parse::<jiff::Timestamp>().expect("a date-time with offset"));
                Self::instants(instant(first), instant(last), calendar)
            }
        }
    }

    /// The current hour bucket and the 23 before it (9).
    fn last_24_hours(now: UnixMillis, calendar: &SiteCalendar) -> Self {
        let today = calendar.moment(now).date;
        let mut begun: Vec<_> =
            today.plus(-4).through(today).flat_map(|date| calendar.hours(date)).filter(|hour| hour.start <= now).collect();
        let last_24 = begun.split_off(begun.len() - 24);
        Self::instants(last_24[0].start, last_24[23].end, calendar)
    }

    /// Whether a hit falls in it: by its fixed day, or by its time.
    pub(super) fn contains(&self, hit: &PlainHit) -> bool {
        if self.whole_days { (self.first_day..=self.last_day).contains(&hit.date) } else { (self.from.0..self.to.0).contains(&hit.time) }
    }
}

/// The first day of the month `months` after that of `date`.
pub(super) fn month_start(date: LocalDate, months: i32) -> LocalDate {
    let start = date.civil().first_of_month();
    LocalDate::from_civil(start.saturating_add(months.months()))
}

/// The first day of the year `years` after that of `date`.
fn year_start(date: LocalDate, years: i32) -> LocalDate {
    let start = date.civil().first_of_year();
    LocalDate::from_civil(start.saturating_add(years.years()))
}
