//! The arrows of the period picker: the period before, and the one after.

use crate::DateRange;
use crate::date_range::first_of_month;
use footfall_domain::LocalDate;

/// A range and the day it is relative to: what a page's URL holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// The range; custom dates move with the step.
    pub range: DateRange,
    /// The reference day of a relative range; none for custom dates.
    pub date: Option<LocalDate>,
}

impl Step {
    /// The range as long as this one, just before it. None for ranges without a neighbour (`24h`, `all`, instants).
    pub fn earlier(&self, today: LocalDate) -> Option<Step> {
        self.moved(-1, today)
    }

    /// The range as long as this one, just after it; none when that would hold nothing but days to come.
    pub fn later(&self, today: LocalDate) -> Option<Step> {
        let day = self.date.unwrap_or(today);
        let begins = match self.range {
            DateRange::Dates(_, last) => last.plus(1),
            DateRange::Month => first_of_month(day, 1),
            DateRange::Year => first_of_month(day, 12 - month_of(day)),
            _ => day.plus(1),
        };
        let step = self.moved(1, today)?;
        // A rolling range never goes past the one that is relative to today.
        let date =
            step.date.map(|date| if matches!(step.range, DateRange::Days(_) | DateRange::Months(_)) { date.min(today) } else { date });
        (begins <= today).then_some(Step { date, ..step })
    }

    fn moved(&self, by: i32, today: LocalDate) -> Option<Step> {
        let day = self.date.unwrap_or(today);
        let date = match self.range {
            DateRange::Day => day.plus(by),
            DateRange::Days(n) => day.plus(by * i32::from(n)),
            DateRange::Month => first_of_month(day, by),
            DateRange::Months(n) => first_of_month(day, by * i32::from(n)),
            DateRange::Year => first_of_month(day, 12 * by - month_of(day)),
            DateRange::Dates(first, last) => {
                let days = by * (last.0 - first.0 + 1);
                return Some(Step { range: DateRange::Dates(first.plus(days), last.plus(days)), date: None });
            }
            DateRange::Hours24 | DateRange::All | DateRange::Instants(..) => return None,
        };
        Some(Step { range: self.range, date: Some(date) })
    }
}

/// Months since January.
fn month_of(date: LocalDate) -> i32 {
    i32::from(date.civil().month()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    #[test]
    fn steps_back_and_forth() {
        let today = date("2026-11-23");
        let table = [
            (DateRange::Day, Some("2026-11-22"), None),
            (DateRange::Days(7), Some("2026-11-16"), None),
            (DateRange::Month, Some("2026-10-01"), None),
            (DateRange::Months(6), Some("2026-05-01"), None),
            (DateRange::Year, Some("2025-01-01"), None),
            (DateRange::All, None, None),
        ];
        for (range, back, forth) in table {
            let step = Step { range, date: None };
            assert_eq!(step.earlier(today).and_then(|step| step.date), back.map(date), "{range:?}");
            assert_eq!(step.later(today).and_then(|step| step.date), forth.map(date), "{range:?}");
        }
    }

    #[test]
    fn forth_leads_back_to_today() {
        let today = date("2026-11-23");
        let later = |range, day: &str| Step { range, date: Some(date(day)) }.later(today).and_then(|step| step.date);
        assert_eq!(later(DateRange::Day, "2026-11-22"), Some(today));
        assert_eq!(later(DateRange::Days(7), "2026-11-20"), Some(today));
        assert_eq!(later(DateRange::Month, "2026-10-31"), Some(date("2026-11-01")));
        assert_eq!(later(DateRange::Year, "2025-06-01"), Some(date("2026-01-01")));
    }

    #[test]
    fn custom_dates_move_by_their_length() {
        let today = date("2026-11-23");
        let step = Step { range: DateRange::Dates(date("2026-11-10"), date("2026-11-19")), date: None };
        assert_eq!(step.earlier(today).map(|step| step.range), Some(DateRange::Dates(date("2026-10-31"), date("2026-11-09"))));
        assert_eq!(step.later(today).map(|step| step.range), Some(DateRange::Dates(date("2026-11-20"), date("2026-11-29"))));
    }
}
