//! The other period of a comparison (definition 18; `docs/decisions/0601`).

use crate::date_range::Reference;
use crate::{Comparison, ComparisonMode, DateRange, Period};
use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};

const DAY_MS: i64 = 86_400_000;

/// The period to compare `period` with.
///
/// Where `period` is not over, only what has elapsed of it is compared: its whole days with as many whole days, and of
/// the running day as many hour buckets as have begun.
pub fn other_period(period: &Period, comparison: &Comparison, reference: &Reference<'_>) -> Period {
    let elapsed = Elapsed::of(period, reference);
    let other = match (&comparison.mode, period) {
        (ComparisonMode::Custom(range), _) => range.resolve(reference),
        (_, Period::Days { first, .. }) => other_days(*first, elapsed.days, comparison),
        (_, Period::Span { from, .. }) => other_span(*from, elapsed.millis, comparison, reference.calendar),
    };
    elapsed.cut(other, reference.calendar)
}

/// How much of a period is there already.
struct Elapsed {
    /// Days begun.
    days: i32,
    /// Milliseconds, until the end of the last hour bucket begun.
    millis: i64,
    /// What is still to come.
    rest: Rest,
}

enum Rest {
    /// Nothing: the period is over.
    Nothing,
    /// Of days: what follows so many hour buckets of the last day begun.
    AfterHours(usize),
    /// Of a span: what follows its elapsed milliseconds.
    AfterMillis,
}

impl Elapsed {
    fn of(period: &Period, reference: &Reference<'_>) -> Self {
        let (calendar, now) = (reference.calendar, reference.now);
        let range = period.instants(calendar);
        let first = period.first_date(calendar);
        let days = |last: LocalDate| last.0 - first.0 + 1;
        if !range.contains(&now) {
            // Over, or wholly to come: then nothing is cut, there being nothing to be fair to.
            let last = period.dates(calendar).map_or(first.plus(-1), |dates| *dates.end());
            return Self { days: days(last), millis: range.end.since(range.start), rest: Rest::Nothing };
        }
        let today = reference.today();
        let begun: Vec<_> = calendar.hours(today).into_iter().filter(|hour| hour.start <= now).collect();
        let end = begun.last().map_or(range.end, |hour| hour.end.min(range.end));
        let rest = match period {
            Period::Days { .. } => Rest::AfterHours(begun.len()),
            Period::Span { .. } => Rest::AfterMillis,
        };
        Self { days: days(today), millis: end.since(range.start), rest }
    }

    /// The same part of another period; all of one that is shorter.
    fn cut(&self, other: Period, calendar: &SiteCalendar) -> Period {
        let until = match (&self.rest, &other) {
            (Rest::Nothing, _) => return other,
            (Rest::AfterHours(begun), Period::Days { first, .. }) => {
                let last = first.plus(self.days - 1);
                let hours = calendar.hours(last);
                begun.checked_sub(1).and_then(|at| hours.get(at)).map_or(calendar.day(last).end, |hour| hour.end)
            }
            _ => other.instants(calendar).start.plus(self.millis),
        };
        let range = other.instants(calendar);
        let whole_days = calendar.moment(until.plus(-1)).date;
        match other {
            other if until >= range.end => other,
            Period::Days { first, .. } if calendar.day(whole_days).end == until => Period::Days { first, last: whole_days },
            _ => Period::Span { from: range.start, to: until },
        }
    }
}

fn other_days(first: LocalDate, days: i32, comparison: &Comparison) -> Period {
    let begin = match comparison.mode {
        ComparisonMode::YearOverYear => a_year_before(first),
        _ => first.plus(-days),
    };
    let begin = if comparison.match_day_of_week { nearest_same_weekday(begin, first) } else { begin };
    Period::Days { first: begin, last: begin.plus(days - 1) }
}

/// Spans move by their own length, or by days of 24 hours.
fn other_span(from: UnixMillis, millis: i64, comparison: &Comparison, calendar: &SiteCalendar) -> Period {
    let date = |at| calendar.moment(at).date;
    let moved = |at: UnixMillis, days: i32| at.plus(i64::from(days) * DAY_MS);
    let begin = match comparison.mode {
        ComparisonMode::YearOverYear => moved(from, a_year_before(date(from)).0 - date(from).0),
        _ => from.plus(-millis),
    };
    let begin = match comparison.match_day_of_week {
        true => moved(begin, nearest_same_weekday(date(begin), date(from)).0 - date(begin).0),
        false => begin,
    };
    Period::Span { from: begin, to: begin.plus(millis) }
}

/// The same date a year before; of 29 February, the 28th.
fn a_year_before(date: LocalDate) -> LocalDate {
    LocalDate::from_civil(date.civil().saturating_sub(jiff::Span::new().years(1)))
}

/// The day nearest to `date` that is the same day of the week as `first`, but never `first` itself.
fn nearest_same_weekday(date: LocalDate, first: LocalDate) -> LocalDate {
    let ahead = (first.0 - date.0).rem_euclid(7);
    let (nearest, farther) = if ahead <= 3 { (ahead, ahead - 7) } else { (ahead - 7, ahead) };
    if date.plus(nearest) == first { date.plus(farther) } else { date.plus(nearest) }
}

impl Comparison {
    /// With the period just before.
    pub fn previous_period() -> Self {
        Self { mode: ComparisonMode::PreviousPeriod, match_day_of_week: false }
    }

    /// With the same dates a year before.
    pub fn year_over_year() -> Self {
        Self { mode: ComparisonMode::YearOverYear, match_day_of_week: false }
    }

    /// With a period that is named.
    pub fn custom(range: DateRange) -> Self {
        Self { mode: ComparisonMode::Custom(range), match_day_of_week: false }
    }

    /// The same, moved so that it begins on the same day of the week.
    pub fn matching_day_of_week(mut self) -> Self {
        self.match_day_of_week = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    fn other(range: DateRange, comparison: Comparison, now: &str) -> [String; 2] {
        let calendar = SiteCalendar::of_zone("Europe/Berlin").expect("a zone");
        let now: UnixMillis = now.parse::<jiff::Timestamp>().expect("an instant").into();
        let reference = Reference { calendar: &calendar, now, date: None, first_date: None };
        other_period(&range.resolve(&reference), &comparison, &reference).edges(&calendar)
    }

    /// Monday, 2026-11-23, 14:20 in Berlin.
    const NOW: &str = "2026-11-23T14:20:00+01:00";

    #[test]
    fn a_closed_period_is_compared_with_as_many_days() {
        let previous = Comparison::previous_period;
        assert_eq!(other(DateRange::Days(7), previous(), NOW), ["2026-11-09T00:00:00+01:00", "2026-11-15T23:59:59+01:00"]);
        assert_eq!(other(DateRange::Dates(date("2026-03-01"), date("2026-03-03")), previous(), NOW)[0], "2026-02-26T00:00:00+01:00");
        let year = other(DateRange::Days(28), Comparison::year_over_year(), NOW);
        assert_eq!(year, ["2025-10-26T00:00:00+02:00", "2025-11-22T23:59:59+01:00"]);
    }

    #[test]
    fn today_is_compared_with_the_same_hours_of_yesterday() {
        let today = other(DateRange::Day, Comparison::previous_period(), NOW);
        assert_eq!(today, ["2026-11-22T00:00:00+01:00", "2026-11-22T15:00:00+01:00"]);
    }

    #[test]
    fn the_month_so_far_is_compared_with_as_much_of_the_days_before() {
        let month = other(DateRange::Month, Comparison::previous_period(), NOW);
        assert_eq!(month, ["2026-10-09T00:00:00+02:00", "2026-10-31T15:00:00+01:00"]);
        let year = other(DateRange::Month, Comparison::year_over_year(), NOW);
        assert_eq!(year, ["2025-11-01T00:00:00+01:00", "2025-11-23T15:00:00+01:00"]);
        let custom = Comparison::custom(DateRange::Dates(date("2026-10-01"), date("2026-10-31")));
        assert_eq!(other(DateRange::Month, custom, NOW), ["2026-10-01T00:00:00+02:00", "2026-10-23T15:00:00+02:00"]);
    }

    #[test]
    fn hours_are_counted_not_read_off_the_clock() {
        // 24 buckets of a day have begun; the day before had 25.
        let today = other(DateRange::Day, Comparison::previous_period(), "2026-10-26T23:10:00+01:00");
        assert_eq!(today, ["2026-10-25T00:00:00+02:00", "2026-10-25T23:00:00+01:00"]);
        // 25 buckets have begun; the day before had 24, and is whole.
        let today = other(DateRange::Day, Comparison::previous_period(), "2026-10-25T23:10:00+01:00");
        assert_eq!(today, ["2026-10-24T00:00:00+02:00", "2026-10-24T23:59:59+02:00"]);
    }

    #[test]
    fn the_last_24_hours_are_compared_with_the_24_before() {
        assert_eq!(
            other(DateRange::Hours24, Comparison::previous_period(), NOW),
            ["2026-11-21T15:00:00+01:00", "2026-11-22T15:00:00+01:00"]
        );
        let weekday = Comparison::previous_period().matching_day_of_week();
        assert_eq!(other(DateRange::Hours24, weekday, NOW), ["2026-11-15T15:00:00+01:00", "2026-11-16T15:00:00+01:00"]);
        assert_eq!(other(DateRange::Hours24, Comparison::year_over_year(), NOW)[0], "2025-11-22T15:00:00+01:00");
    }

    #[test]
    fn days_of_the_week_are_matched_by_the_nearest() {
        let weekday = |comparison: Comparison| comparison.matching_day_of_week();
        // 30 days begin on Saturday, 24 October; 30 days before is a Thursday.
        assert_eq!(other(DateRange::Days(30), weekday(Comparison::previous_period()), NOW)[0], "2026-09-26T00:00:00+02:00");
        // A year before Monday, 16 November is a Sunday.
        assert_eq!(other(DateRange::Days(7), weekday(Comparison::year_over_year()), NOW)[0], "2025-11-17T00:00:00+01:00");
        // The nearest Wednesday would be the period itself.
        let two_days = DateRange::Dates(date("2023-03-01"), date("2023-03-02"));
        assert_eq!(other(two_days, weekday(Comparison::previous_period()), NOW)[0], "2023-02-22T00:00:00+01:00");
    }

    #[test]
    fn a_leap_day_is_compared_with_the_28th() {
        let leap = DateRange::Dates(date("2024-02-29"), date("2024-02-29"));
        assert_eq!(other(leap, Comparison::year_over_year(), NOW)[0], "2023-02-28T00:00:00+01:00");
    }

    #[test]
    fn a_period_to_come_is_compared_whole() {
        let to_come = DateRange::Dates(date("2027-01-01"), date("2027-01-31"));
        let other = other(to_come, Comparison::previous_period(), NOW);
        assert_eq!(other, ["2026-12-01T00:00:00+01:00", "2026-12-31T23:59:59+01:00"]);
    }

    #[test]
    fn a_custom_range_longer_than_what_has_elapsed_is_cut() {
        let longer = Comparison::custom(DateRange::Dates(date("2026-10-01"), date("2026-10-05")));
        assert_eq!(other(DateRange::Day, longer.clone(), NOW), ["2026-10-01T00:00:00+02:00", "2026-10-01T15:00:00+02:00"]);
        assert_eq!(other(DateRange::Hours24, longer.clone(), NOW), ["2026-10-01T00:00:00+02:00", "2026-10-01T23:59:59+02:00"]);
        assert_eq!(other(DateRange::Month, longer, NOW), ["2026-10-01T00:00:00+02:00", "2026-10-05T23:59:59+02:00"]);
    }
}
