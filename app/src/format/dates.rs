//! Dates as people read them.

use crate::words::Lang;
use footfall_domain::LocalDate;

/// The names of months and days of one language.
struct Names {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    days: [&'static str; 7],
}

const EN: Names = Names {
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

const DE: Names = Names {
    months: ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    short_months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
};

fn names(lang: Lang) -> &'static Names {
    match lang {
        Lang::En => &EN,
        Lang::De => &DE,
    }
}

/// `23 Nov`, `23. Nov.`
pub fn day_and_month(date: LocalDate, lang: Lang) -> String {
    format!("{} {}", day_of(date, lang), short_month(date, lang))
}

/// `23 Nov 2026`, `23. Nov. 2026`.
pub fn day_short(date: LocalDate, lang: Lang) -> String {
    format!("{} {}", day_and_month(date, lang), date.civil().year())
}

/// `Monday 23 November`, `Montag, 23. November`.
pub fn day_long(date: LocalDate, lang: Lang) -> String {
    let comma = if lang == Lang::De { "," } else { "" };
    format!("{}{comma} {} {}", weekday(date, lang), day_of(date, lang), month(date, lang))
}

/// `Monday 23 November 2026`.
pub fn day_full(date: LocalDate, lang: Lang) -> String {
    format!("{} {}", day_long(date, lang), date.civil().year())
}

/// `Nov`, or `Nov 2025` in another year than `today`'s.
pub fn month_short(date: LocalDate, today: LocalDate, lang: Lang) -> String {
    let name = short_month(date, lang);
    if date.civil().year() == today.civil().year() { name.to_owned() } else { format!("{name} {}", date.civil().year()) }
}

/// `November 2026`.
pub fn month_long(date: LocalDate, lang: Lang) -> String {
    format!("{} {}", month(date, lang), date.civil().year())
}

/// `27 Oct – 23 Nov`, with years where they differ from `today`'s.
pub fn range(from: LocalDate, to: LocalDate, today: LocalDate, lang: Lang) -> String {
    let this_year = today.civil().year();
    let years = (from.civil().year(), to.civil().year());
    let text = |date| if years == (this_year, this_year) { day_and_month(date, lang) } else { day_short(date, lang) };
    if from == to {
        return text(from);
    }
    let first = if years.0 == years.1 { day_and_month(from, lang) } else { text(from) };
    format!("{first} – {}", text(to))
}

/// The clock time of an hour's label: `14:00` of `2026-11-23T14:00:00+01:00`.
pub fn hour_of(label: &str) -> &str {
    label.get(11..16).unwrap_or(label)
}

fn day_of(date: LocalDate, lang: Lang) -> String {
    match lang {
        Lang::En => date.civil().day().to_string(),
        Lang::De => format!("{}.", date.civil().day()),
    }
}

fn month_index(date: LocalDate) -> usize {
    usize::from(date.civil().month().unsigned_abs()) - 1
}

fn month(date: LocalDate, lang: Lang) -> &'static str {
    names(lang).months[month_index(date)]
}

fn short_month(date: LocalDate, lang: Lang) -> &'static str {
    names(lang).short_months[month_index(date)]
}

fn weekday(date: LocalDate, lang: Lang) -> &'static str {
    names(lang).days[usize::from(date.civil().weekday().to_monday_zero_offset().unsigned_abs())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{De, En};

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    #[test]
    fn days_are_written_out() {
        assert_eq!(day_long(date("2026-11-23"), En), "Monday 23 November");
        assert_eq!(day_long(date("2026-03-03"), De), "Dienstag, 3. März");
        assert_eq!(day_full(date("2026-03-03"), De), "Dienstag, 3. März 2026");
        assert_eq!(day_short(date("2026-01-01"), En), "1 Jan 2026");
        assert_eq!(day_short(date("2026-01-01"), De), "1. Jan. 2026");
        assert_eq!([month_long(date("2026-05-01"), En), month_long(date("2026-12-01"), De)], ["May 2026", "Dezember 2026"]);
        assert_eq!(month_short(date("2025-09-01"), date("2026-11-23"), De), "Sept. 2025");
        assert_eq!(hour_of("2026-11-23T14:00:00+01:00"), "14:00");
    }

    #[test]
    fn a_range_names_years_only_where_they_say_something() {
        let today = date("2026-11-23");
        assert_eq!(range(date("2026-10-27"), today, today, En), "27 Oct – 23 Nov");
        assert_eq!(range(date("2026-10-27"), today, today, De), "27. Okt. – 23. Nov.");
        assert_eq!(range(date("2025-12-30"), date("2026-01-05"), today, En), "30 Dec 2025 – 5 Jan 2026");
        assert_eq!(range(date("2025-02-01"), date("2025-02-28"), today, En), "1 Feb – 28 Feb 2025");
        assert_eq!(range(today, today, today, En), "23 Nov");
    }
}
