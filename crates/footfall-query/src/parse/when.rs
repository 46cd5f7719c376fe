//! Reading `date_range`.

use super::field::Field;
use crate::{DateRange, QueryError};
use footfall_domain::{LocalDate, UnixMillis};

const FORMS: &str = "write one of day, 24h, 7d, 28d, 30d, 91d, month, 6mo, 12mo, year, all, \
                     or two dates such as [\"2026-01-01\", \"2026-01-31\"], or two date-times with an offset";

pub(super) fn date_range(field: &Field<'_>) -> Result<DateRange, QueryError> {
    match field.value.as_str() {
        Some(name @ ("realtime" | "30m")) => {
            Err(field.error(format!("'{name}' is not answered here; current visitors have an endpoint of their own")))
        }
        Some(name) => DateRange::from_name(name).ok_or_else(|| field.error(format!("'{name}' is no date range; {FORMS}"))),
        None => edges(field),
    }
}

/// Two dates, or two date-times.
pub(super) fn edges(field: &Field<'_>) -> Result<DateRange, QueryError> {
    if !field.value.is_array() {
        return Err(field.error(FORMS));
    }
    let pair = field.array()?;
    let [from, to] = pair.as_slice() else { return Err(field.error("a range has two ends: write the first and the last")) };
    let range = match (LocalDate::parse(from.text()?), LocalDate::parse(to.text()?)) {
        (Some(first), Some(last)) if first <= last => return Ok(DateRange::Dates(first, last)),
        (Some(_), Some(_)) => None,
        (None, None) => {
            let (from, to) = (instant(from)?, instant(to)?);
            (from <= to).then_some(DateRange::Instants(from, to))
        }
        (first, _) if ![from, to].iter().any(|end| end.value.as_str().is_some_and(|text| text.contains('T'))) => {
            let wrong = if first.is_none() { from } else { to };
            return Err(wrong.error(format!("'{}' is no date; write one such as 2026-01-31", wrong.text()?)));
        }
        _ => return Err(field.error("one end is a date and the other is not; write two dates or two date-times")),
    };
    range.ok_or_else(|| field.error("the range ends before it begins; swap its ends"))
}

fn instant(field: &Field<'_>) -> Result<UnixMillis, QueryError> {
    let text = field.text()?;
    let wrong = || field.error(format!("'{text}' is neither a date nor a date-time with an offset, such as 2026-01-01T12:00:00+02:00"));
    // RFC 3339: jiff would also read names of zones in brackets and other spellings.
    if text.contains(['[', ' ']) || !text.contains('T') {
        return Err(wrong());
    }
    let at = UnixMillis::from(text.parse::<jiff::Timestamp>().map_err(|_| wrong())?);
    if (UnixMillis::MIN..=UnixMillis::MAX).contains(&at) { Ok(at) } else { Err(wrong()) }
}
