//! Reading `period`, `date` and `interval`.

use crate::date_range::first_of_month;
use crate::{DateRange, QueryError, TimeUnit};
use footfall_domain::LocalDate;

/// The range, and the day it is relative to.
pub(super) fn read(period: Option<&str>, date: Option<&str>, today: LocalDate) -> Result<(DateRange, Option<LocalDate>), QueryError> {
    let period = period.unwrap_or("30d");
    if period == "custom" {
        return Ok((custom(date)?, None));
    }
    let date = date.map(single).transpose()?;
    let range = match period {
        "day" | "7d" | "30d" | "month" | "6mo" | "12mo" => DateRange::from_name(period),
        _ => None,
    };
    let range = range.ok_or_else(|| {
        QueryError::new("period", format!("'{period}' is no period; there are day, 7d, 30d, month, 6mo, 12mo and custom."))
    })?;
    // Months end with that of the date; those of the v2 API end before it.
    let months = matches!(range, DateRange::Months(_));
    Ok((range, if months { Some(first_of_month(date.unwrap_or(today), 1)) } else { date }))
}

fn single(text: &str) -> Result<LocalDate, QueryError> {
    LocalDate::parse(text).ok_or_else(|| QueryError::new("date", format!("'{text}' is no date; write one such as 2026-01-31.")))
}

fn custom(date: Option<&str>) -> Result<DateRange, QueryError> {
    let wrong = |message: &str| QueryError::new("date", message);
    let date = date.ok_or_else(|| wrong("The period `custom` needs the parameter `date`: two dates such as 2026-01-01,2026-01-31."))?;
    let pair = date.split_once(',').ok_or_else(|| wrong("The period `custom` needs two dates joined by a comma."))?;
    let (first, last) = (single(pair.0.trim())?, single(pair.1.trim())?);
    if first <= last { Ok(DateRange::Dates(first, last)) } else { Err(wrong("The range ends before it begins; swap its dates.")) }
}

/// The length of a step of a timeseries.
pub(super) fn interval(asked: Option<&str>, range: &DateRange) -> Result<TimeUnit, QueryError> {
    match (asked, range) {
        (Some(name), _) => TimeUnit::of_interval(name)
            .ok_or_else(|| QueryError::new("interval", format!("'{name}' is no interval; there are day and month."))),
        (None, DateRange::Day) => Ok(TimeUnit::Hour),
        (None, DateRange::Months(_)) => Ok(TimeUnit::Month),
        (None, _) => Ok(TimeUnit::Day),
    }
}
