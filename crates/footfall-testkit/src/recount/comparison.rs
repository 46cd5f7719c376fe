//! The other period of a comparison (18; decision 0201).

use super::period::Period;
use super::tally::{Key, Part};
use super::time;
use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};
use jiff::ToSpan;
use serde_json::Value;
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The period that `include.comparisons` asks for beside `period`.
pub(super) fn other_period(wish: &Value, period: &Period, now: UnixMillis, calendar: &SiteCalendar) -> Period {
    if period.whole_days { other_days(wish, period, now, calendar) } else { other_instants(wish, period, now, calendar) }
}

/// The other period of a range of days.
fn other_days(wish: &Value, period: &Period, now: UnixMillis, calendar: &SiteCalendar) -> Period {
    let today = calendar.moment(now).date;
    let is_over = period.last_day < today;
    let is_to_come = period.first_day > today;
    let last_begun = if is_to_come { period.last_day } else { period.last_day.min(today) };
    let n = last_begun.0 - period.first_day.0 + 1;

    let other = match mode(wish) {
        "custom" => Period::read(&wish["date_range"], now, calendar, None),
        mode => {
            let first = if mode == "previous_period" { period.first_day.plus(-n) } else { a_year_before(period.first_day) };
            let first = first.plus(days_to_weekday(wish, first, period.first_day));
            Period::days(first, first.plus(n - 1), calendar)
        }
    };
    if is_over || is_to_come {
        return other;
    }
    // The same elapsed hour buckets: all of n − 1 days, and of the n-th day as many as today has begun.
    let nth_day = other.first_day.plus(n - 1);
    let begun = calendar.hours(today).iter().filter(|hour| hour.start <= now).count();
    let hours = calendar.hours(nth_day);
    let end = hours.iter().take(begun).next_back().map_or(calendar.day_start(nth_day), |hour| hour.end);
    if other.last_day < nth_day { other } else { Period::instants(other.from, end.min(other.to), calendar) }
}

/// The other period of a range of instants.
fn other_instants(wish: &Value, period: &Period, now: UnixMillis, calendar: &SiteCalendar) -> Period {
    let is_under_way = (period.from..period.to).contains(&now);
    let end = if is_under_way { end_of_hour(now, calendar).min(period.to) } else { period.to };
    let length = end.since(period.from);

    let from = match mode(wish) {
        "custom" => {
            let other = Period::read(&wish["date_range"], now, calendar, None);
            let elapsed = other.from.plus(length).min(other.to);
            return if is_under_way { Period::instants(other.from, elapsed, calendar) } else { other };
        }
        "previous_period" => period.from.plus(-length),
        _ => {
            let days = period.first_day.0 - a_year_before(period.first_day).0;
            period.from.plus(-DAY_MS * i64::from(days))
        }
    };
    let days = days_to_weekday(wish, calendar.moment(from).date, period.first_day);
    let from = from.plus(DAY_MS * i64::from(days));
    Period::instants(from, from.plus(length), calendar)
}

fn mode(wish: &Value) -> &str {
    match wish["mode"].as_str() {
        Some(mode @ ("previous_period" | "year_over_year" | "custom")) => mode,
        other => panic!("no comparison mode {other:?}"),
    }
}

fn a_year_before(date: LocalDate) -> LocalDate {
    LocalDate::from_civil(date.civil().saturating_sub(1.year()))
}

/// How many days to move a period that begins on `first` so that it begins on the weekday of `asked`, if that is wished:
/// the nearest such day, but not `asked` itself.
fn days_to_weekday(wish: &Value, first: LocalDate, asked: LocalDate) -> i32 {
    if wish["match_day_of_week"] != true {
        return 0;
    }
    let forwards = (asked.0 - first.0).rem_euclid(7);
    let nearest = if forwards <= 3 { forwards } else { forwards - 7 };
    if first.plus(nearest) == asked { nearest - 7 } else { nearest }
}

/// The end of the hour bucket that `now` is in.
fn end_of_hour(now: UnixMillis, calendar: &SiteCalendar) -> UnixMillis {
    let hours = calendar.hours(calendar.moment(now).date);
    hours.iter().find(|hour| hour.start <= now && now < hour.end).expect("every instant is in an hour").end
}

/// Which bucket of the other period stands beside each bucket of the period asked about: the one at the same place.
pub(super) struct Counterparts(Vec<BTreeMap<String, Option<String>>>);

impl Counterparts {
    pub(super) fn of(dimensions: &[String], period: &Period, other: &Period, calendar: &SiteCalendar) -> Self {
        let beside = |dimension: &String| {
            if !dimension.starts_with("time") {
                return BTreeMap::new();
            }
            let others = time::labels(dimension, other, calendar).into_iter().map(Some).chain(std::iter::repeat(None));
            time::labels(dimension, period, calendar).into_iter().zip(others).collect()
        };
        Self(dimensions.iter().map(beside).collect())
    }

    /// What a row is called in the other period.
    pub(super) fn labels(&self, key: &Key) -> Vec<Option<String>> {
        let in_other = |(beside, part): (&BTreeMap<String, Option<String>>, &Part)| match part {
            Part::Text(value) => Some(value.clone()),
            Part::Time { label, .. } => beside.get(label).expect("a row's bucket is a bucket of its period").clone(),
        };
        self.0.iter().zip(&key.0).map(in_other).collect()
    }
}
