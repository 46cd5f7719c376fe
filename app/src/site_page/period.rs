//! The period a page is about, and the buckets of its chart.

use crate::format;
use crate::words::Lang;
use footfall_domain::LocalDate;
use jiff::ToSpan;

/// A period as the address says it: mostly relative to today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Period {
    /// The last 30 minutes, minute by minute. Another page shows it.
    Realtime,
    /// This hour and the 23 before it.
    Hours24,
    /// One day; today without a date.
    Day(Option<LocalDate>),
    /// The day before today.
    Yesterday,
    /// So many days through the date; through today without one.
    Days(u16, Option<LocalDate>),
    /// A month; this month to date without one. The date is the month's first.
    Month(Option<LocalDate>),
    /// The month before this one.
    LastMonth,
    /// A year; this year to date without one. The date is the year's first.
    Year(Option<LocalDate>),
    /// So many months, this one to date included.
    Months(u8),
    /// From the first hit to today.
    All,
    /// From one date to another, both included.
    Custom(LocalDate, LocalDate),
}

/// The numbers of days that are offered.
pub const DAYS: [u16; 4] = [7, 28, 30, 91];

/// Nobody counted anything on the web before: a chart of two thousand years is nobody's wish.
const EARLIEST: jiff::civil::Date = jiff::civil::date(1995, 1, 1);

impl Default for Period {
    fn default() -> Self {
        Period::Days(28, None)
    }
}

/// The days of a period, once it is known what today is. Both ends are included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The first day.
    pub from: LocalDate,
    /// The last day that can have hits: at most today.
    pub to: LocalDate,
    /// The last day as the calendar has it: a month to date ends with the month. The chart's axis ends here.
    pub end: LocalDate,
}

impl Span {
    /// How many days, those to come not included.
    pub fn days(self) -> i32 {
        self.to.0 - self.from.0 + 1
    }

    /// How many days the axis of a chart has: 24 hours are one, although they lie in two.
    pub fn axis_days(self, period: Period) -> i32 {
        if period == Period::Hours24 { 1 } else { self.end.0 - self.from.0 + 1 }
    }
}

impl Period {
    /// The days of the period. `first` is the date of the site's first hit. Nothing lies in the future.
    pub fn span(self, today: LocalDate, first: Option<LocalDate>) -> Span {
        let at = |date: Option<LocalDate>| date.map_or(today, |date| date.min(today));
        let (from, end) = match self {
            Period::Realtime => (today, today),
            Period::Hours24 => (today.plus(-1), today),
            Period::Day(date) => (at(date), at(date)),
            Period::Yesterday => (today.plus(-1), today.plus(-1)),
            Period::Days(n, last) => (at(last).plus(1 - i32::from(n)), at(last)),
            Period::Month(date) => month(at(date)),
            Period::LastMonth => month(months_from(today, -1)),
            Period::Year(date) => year(at(date)),
            Period::Months(n) => (months_from(today, 1 - i32::from(n)), today),
            Period::All => (at(first), today),
            Period::Custom(from, to) => (from.min(today), to.min(today)),
        };
        Span { from, to: end.min(today), end }
    }

    /// The same, unless its date is still to come: then the one of today, and that date.
    pub fn begun(self, today: LocalDate) -> (Self, Option<LocalDate>) {
        let future = match self {
            Period::Day(date) | Period::Days(_, date) | Period::Month(date) | Period::Year(date) => date,
            Period::Custom(from, _) => Some(from),
            _ => None,
        };
        let Some(date) = future.filter(|date| *date > today) else { return (self, None) };
        let now = match self {
            Period::Days(n, _) => Period::Days(n, None),
            Period::Month(_) => Period::Month(None),
            Period::Year(_) => Period::Year(None),
            _ => Period::Day(None),
        };
        (now, Some(date))
    }

    /// The period before this one of the same kind; `None` when there is none.
    pub fn earlier(self, today: LocalDate) -> Option<Period> {
        Some(match self {
            Period::Day(date) => Period::Day(Some(date.unwrap_or(today).plus(-1))),
            Period::Yesterday => Period::Day(Some(today.plus(-2))),
            Period::Days(n, last) => Period::Days(n, Some(last.unwrap_or(today).plus(-i32::from(n)))),
            Period::Month(date) => Period::Month(Some(months_from(date.unwrap_or(today), -1))),
            Period::LastMonth => Period::Month(Some(months_from(today, -2))),
            Period::Year(date) => Period::Year(Some(years_from(date.unwrap_or(today), -1))),
            Period::Custom(from, to) => Period::Custom(from.plus(from.0 - to.0 - 1), from.plus(-1)),
            Period::Realtime | Period::Hours24 | Period::Months(_) | Period::All => return None,
        })
    }

    /// The period after this one of the same kind; `None` when it lies in the future.
    pub fn later(self, today: LocalDate) -> Option<Period> {
        let later = match self {
            Period::Day(Some(date)) => Period::Day(Some(date.plus(1))),
            Period::Yesterday => Period::Day(None),
            Period::Days(n, Some(last)) => Period::Days(n, Some(last.plus(i32::from(n)))),
            Period::Month(Some(date)) => Period::Month(Some(months_from(date, 1))),
            Period::LastMonth => Period::Month(None),
            Period::Year(Some(date)) => Period::Year(Some(years_from(date, 1))),
            Period::Custom(from, to) => Period::Custom(to.plus(1), to.plus(to.0 - from.0 + 1)),
            Period::Day(None) | Period::Days(_, None) | Period::Month(None) | Period::Year(None) => return None,
            Period::Realtime | Period::Hours24 | Period::Months(_) | Period::All => return None,
        };
        later.relative(today)
    }

    /// Reads it from the address: `period`, `date`, `from`, `to`. `None`: it makes no sense.
    pub fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let earliest = LocalDate::from_civil(EARLIEST);
        let date = |name: &str| get(name).map_or(Some(None), |text| LocalDate::parse(text).map(|date| Some(date.max(earliest))));
        let name = get("period")?;
        Some(match name {
            "realtime" => Period::Realtime,
            "24h" => Period::Hours24,
            "day" => Period::Day(date("date")?),
            "yesterday" => Period::Yesterday,
            "month" => Period::Month(date("date")?.map(|date| LocalDate::from_civil(date.civil().first_of_month()))),
            "last_month" => Period::LastMonth,
            "year" => Period::Year(date("date")?.map(|date| LocalDate::from_civil(date.civil().first_of_year()))),
            "6mo" => Period::Months(6),
            "12mo" => Period::Months(12),
            "all" => Period::All,
            "custom" => match (date("from")?, date("to")?) {
                (Some(from), Some(to)) => Period::Custom(from.min(to), from.max(to)),
                (Some(day), None) | (None, Some(day)) => Period::Custom(day, day),
                (None, None) => return None,
            },
            _ => {
                let days = name.strip_suffix('d').and_then(|n| n.parse().ok()).filter(|n| DAYS.contains(n))?;
                Period::Days(days, date("date")?)
            }
        })
    }

    /// Its name in the address: `28d`.
    pub fn name(self) -> &'static str {
        match self {
            Period::Realtime => "realtime",
            Period::Hours24 => "24h",
            Period::Day(_) => "day",
            Period::Yesterday => "yesterday",
            Period::Days(7, _) => "7d",
            Period::Days(28, _) => "28d",
            Period::Days(30, _) => "30d",
            Period::Days(..) => "91d",
            Period::Month(_) => "month",
            Period::LastMonth => "last_month",
            Period::Year(_) => "year",
            Period::Months(6) => "6mo",
            Period::Months(_) => "12mo",
            Period::All => "all",
            Period::Custom(..) => "custom",
        }
    }

    /// How [`Period::parse`] reads it.
    pub fn pairs(self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("period", self.name().to_owned())];
        match self {
            Period::Day(Some(date)) | Period::Days(_, Some(date)) | Period::Month(Some(date)) | Period::Year(Some(date)) => {
                pairs.push(("date", date.to_string()));
            }
            Period::Custom(from, to) => pairs.extend([("from", from.to_string()), ("to", to.to_string())]),
            _ => {}
        }
        pairs
    }

    /// Its name, if it is worth remembering as the reader's last choice: it says the same another day.
    pub fn remembered(self) -> Option<&'static str> {
        let dated = self.pairs().len() > 1 || self == Period::Realtime;
        (!dated).then(|| self.name())
    }

    /// The period of a remembered name.
    pub fn recalled(name: &str) -> Option<Self> {
        let period = Period::parse(|key| (key == "period").then_some(name))?;
        period.remembered().is_some().then_some(period)
    }

    /// What the picker shows.
    pub fn label(self, today: LocalDate, lang: Lang) -> String {
        let words = &lang.words().site.period;
        let span = self.span(today, None);
        match self {
            Period::Realtime => words.realtime.to_owned(),
            Period::Hours24 => words.hours24.to_owned(),
            Period::Day(None) => words.today.to_owned(),
            Period::Day(Some(date)) => format::day_short(date, lang),
            Period::Yesterday => words.yesterday.to_owned(),
            Period::Days(n, None) => (words.days)(n),
            Period::Month(None) => words.month.to_owned(),
            Period::LastMonth => words.last_month.to_owned(),
            Period::Month(Some(date)) => format::month_long(date, lang),
            Period::Year(None) => words.year.to_owned(),
            Period::Year(Some(date)) => date.civil().year().to_string(),
            Period::Months(n) => (words.months)(n),
            Period::All => words.all.to_owned(),
            Period::Days(_, Some(_)) | Period::Custom(..) => format::range(span.from, span.end, today, lang),
        }
    }

    /// The same period without a date where today makes one needless; `None` where it begins in the future.
    fn relative(self, today: LocalDate) -> Option<Period> {
        let (from, end) = match self {
            Period::Custom(from, to) => (from, to),
            other => {
                let far = other.span(LocalDate::from_civil(jiff::civil::Date::MAX).plus(-400), None);
                (far.from, far.end)
            }
        };
        if from > today {
            return None;
        }
        Some(match self {
            Period::Day(Some(date)) if date == today => Period::Day(None),
            Period::Day(Some(date)) if date == today.plus(-1) => Period::Yesterday,
            Period::Days(n, Some(_)) if end >= today => Period::Days(n, None),
            Period::Month(Some(_)) if end >= today => Period::Month(None),
            Period::Year(Some(_)) if end >= today => Period::Year(None),
            other => other,
        })
    }
}

fn month(date: LocalDate) -> (LocalDate, LocalDate) {
    let civil = date.civil();
    (LocalDate::from_civil(civil.first_of_month()), LocalDate::from_civil(civil.last_of_month()))
}

fn year(date: LocalDate) -> (LocalDate, LocalDate) {
    let civil = date.civil();
    (LocalDate::from_civil(civil.first_of_year()), LocalDate::from_civil(civil.last_of_year()))
}

/// The first day of the month so many months from the date's.
fn months_from(date: LocalDate, months: i32) -> LocalDate {
    LocalDate::from_civil(date.civil().first_of_month().saturating_add(months.months()))
}

fn years_from(date: LocalDate, years: i32) -> LocalDate {
    LocalDate::from_civil(date.civil().first_of_year().saturating_add(years.years()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    fn today() -> LocalDate {
        date("2026-11-23")
    }

    fn days(period: Period) -> String {
        let span = period.span(today(), Some(date("2026-02-03")));
        format!("{} {} {}", span.from, span.to, span.end)
    }

    #[test]
    fn what_is_still_to_come_is_the_present_one() {
        let (today, tomorrow) = (date("2026-11-23"), date("2026-11-24"));
        for (asked, shown, left_out) in [
            (Period::Day(Some(tomorrow)), Period::Day(None), Some(tomorrow)),
            (Period::Days(7, Some(tomorrow)), Period::Days(7, None), Some(tomorrow)),
            (Period::Month(Some(date("2027-05-01"))), Period::Month(None), Some(date("2027-05-01"))),
            (Period::Custom(tomorrow, tomorrow), Period::Day(None), Some(tomorrow)),
            (Period::Custom(today, tomorrow), Period::Custom(today, tomorrow), None),
            (Period::Month(Some(date("2026-11-01"))), Period::Month(Some(date("2026-11-01"))), None),
        ] {
            assert_eq!(asked.begun(today), (shown, left_out));
        }
    }

    #[test]
    fn periods_have_these_days() {
        for (period, expected) in [
            (Period::Day(None), "2026-11-23 2026-11-23 2026-11-23"),
            (Period::Yesterday, "2026-11-22 2026-11-22 2026-11-22"),
            (Period::Days(28, None), "2026-10-27 2026-11-23 2026-11-23"),
            (Period::Days(7, Some(date("2026-11-01"))), "2026-10-26 2026-11-01 2026-11-01"),
            (Period::Month(None), "2026-11-01 2026-11-23 2026-11-30"),
            (Period::LastMonth, "2026-10-01 2026-10-31 2026-10-31"),
            (Period::Year(None), "2026-01-01 2026-11-23 2026-12-31"),
            (Period::Months(12), "2025-12-01 2026-11-23 2026-11-23"),
            (Period::All, "2026-02-03 2026-11-23 2026-11-23"),
            (Period::Custom(date("2026-11-20"), date("2027-11-20")), "2026-11-20 2026-11-23 2026-11-23"),
            (Period::Day(Some(date("2030-01-01"))), "2026-11-23 2026-11-23 2026-11-23"),
        ] {
            assert_eq!(days(period), expected, "{period:?}");
        }
    }

    #[test]
    fn arrows_go_back_and_return() {
        for period in
            [Period::Day(None), Period::Yesterday, Period::Days(28, None), Period::Month(None), Period::LastMonth, Period::Year(None)]
        {
            let earlier = period.earlier(today()).expect("an earlier one");
            assert_eq!(earlier.span(today(), None).end.plus(1), period.span(today(), None).from, "{period:?}");
            let back = earlier.later(today()).expect("the way back");
            assert_eq!(back.span(today(), None), period.span(today(), None), "{period:?}");
        }
        assert_eq!(Period::Day(Some(date("2026-11-22"))).later(today()), Some(Period::Day(None)));
        assert_eq!(Period::Day(None).later(today()), None);
        assert_eq!(Period::All.earlier(today()), None);
    }

    #[test]
    fn an_unknown_first_day_is_today() {
        assert_eq!(Period::All.span(today(), None).days(), 1);
    }
}
