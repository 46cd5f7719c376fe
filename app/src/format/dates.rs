//! Dates as people read them.

use footfall_domain::LocalDate;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `23 Nov`.
pub fn day_and_month(date: LocalDate) -> String {
    let civil = date.civil();
    format!("{} {}", civil.day(), month_name(date).get(..3).unwrap_or_default())
}

/// `23 Nov 2026`.
pub fn day_short(date: LocalDate) -> String {
    format!("{} {}", day_and_month(date), date.civil().year())
}

/// `Monday 23 November`.
pub fn day_long(date: LocalDate) -> String {
    format!("{} {} {}", weekday(date), date.civil().day(), month_name(date))
}

/// `Nov`, or `Nov 2025` in another year than `today`'s.
pub fn month_short(date: LocalDate, today: LocalDate) -> String {
    let name = month_name(date).get(..3).unwrap_or_default();
    if date.civil().year() == today.civil().year() { name.to_owned() } else { format!("{name} {}", date.civil().year()) }
}

/// `November 2026`.
pub fn month_long(date: LocalDate) -> String {
    format!("{} {}", month_name(date), date.civil().year())
}

/// `27 Oct – 23 Nov`, with years where they differ from `today`'s.
pub fn range(from: LocalDate, to: LocalDate, today: LocalDate) -> String {
    let this_year = today.civil().year();
    let years = (from.civil().year(), to.civil().year());
    let text = |date| if years == (this_year, this_year) { day_and_month(date) } else { day_short(date) };
    if from == to {
        return text(from);
    }
    let first = if years.0 == years.1 { day_and_month(from) } else { text(from) };
    format!("{first} – {}", text(to))
}

/// The clock time of an hour's label: `14:00` of `2026-11-23T14:00:00+01:00`.
pub fn hour_of(label: &str) -> &str {
    label.get(11..16).unwrap_or(label)
}

fn month_name(date: LocalDate) -> &'static str {
    MONTHS[usize::from(date.civil().month().unsigned_abs()) - 1]
}

fn weekday(date: LocalDate) -> &'static str {
    DAYS[usize::from(date.civil().weekday().to_monday_zero_offset().unsigned_abs())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    #[test]
    fn days_are_written_out() {
        assert_eq!(day_long(date("2026-11-23")), "Monday 23 November");
        assert_eq!(day_short(date("2026-01-01")), "1 Jan 2026");
        assert_eq!(month_long(date("2026-05-01")), "May 2026");
        assert_eq!(hour_of("2026-11-23T14:00:00+01:00"), "14:00");
    }

    #[test]
    fn a_range_names_years_only_where_they_say_something() {
        let today = date("2026-11-23");
        assert_eq!(range(date("2026-10-27"), today, today), "27 Oct – 23 Nov");
        assert_eq!(range(date("2025-12-30"), date("2026-01-05"), today), "30 Dec 2025 – 5 Jan 2026");
        assert_eq!(range(date("2025-02-01"), date("2025-02-28"), today), "1 Feb – 28 Feb 2025");
        assert_eq!(range(today, today, today), "23 Nov");
    }
}
