//! A resolved range of time, and the site-local days it is made of.

use footfall_domain::{LocalDate, SiteCalendar, UnixMillis, calendar::rfc3339};
use std::ops::{Range, RangeInclusive};

/// A range of time at a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Period {
    /// Whole site-local days, both included. Empty when `last` is before `first`.
    Days {
        /// The first day.
        first: LocalDate,
        /// The last day.
        last: LocalDate,
    },
    /// From an instant until just before another: [from, to).
    Span {
        /// The first instant.
        from: UnixMillis,
        /// The first instant after it.
        to: UnixMillis,
    },
}

/// One site-local day of a period, or a part of it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Part {
    pub date: LocalDate,
    /// The part, [from, to); the whole day when absent.
    pub range: Option<Range<UnixMillis>>,
}

impl Period {
    /// Its instants, [from, to).
    pub fn instants(&self, calendar: &SiteCalendar) -> Range<UnixMillis> {
        match *self {
            Period::Days { first, last } if first > last => calendar.day_start(first)..calendar.day_start(first),
            Period::Days { first, last } => calendar.day_start(first)..calendar.day_start(last.plus(1)),
            Period::Span { from, to } => from..to.max(from),
        }
    }

    /// The first and the last day it touches; none when it is empty.
    pub fn dates(&self, calendar: &SiteCalendar) -> Option<RangeInclusive<LocalDate>> {
        match *self {
            Period::Days { first, last } => (first <= last).then_some(first..=last),
            Period::Span { from, to } if from >= to => None,
            Period::Span { from, to } => Some(calendar.moment(from).date..=calendar.moment(to.plus(-1)).date),
        }
    }

    /// The day with which it begins: where its first week is cut (definition 9).
    pub fn first_date(&self, calendar: &SiteCalendar) -> LocalDate {
        match *self {
            Period::Days { first, .. } => first,
            Period::Span { from, .. } => calendar.moment(from).date,
        }
    }

    /// Whether some of it is still to come, or goes on at `now`.
    pub fn is_open(&self, calendar: &SiteCalendar, now: UnixMillis) -> bool {
        self.instants(calendar).end > now
    }

    /// Its edges as the report names them, RFC 3339 with the site's offset: of days, the last second; of a span, the
    /// two instants as asked.
    pub fn edges(&self, calendar: &SiteCalendar) -> [String; 2] {
        let range = self.instants(calendar);
        let last = match self {
            Period::Days { .. } => range.end.plus(-1000).max(range.start),
            Period::Span { .. } => range.end,
        };
        [label(calendar, range.start), label(calendar, last)]
    }

    /// The days and parts of days in it, of those between the first and the last that can have hits.
    pub(crate) fn parts(&self, calendar: &SiteCalendar, known: &RangeInclusive<LocalDate>) -> Vec<Part> {
        let Some(dates) = self.dates(calendar) else { return Vec::new() };
        let (first, last) = (*dates.start().max(known.start()), *dates.end().min(known.end()));
        let inside = self.instants(calendar);
        let part = |(date, day): (LocalDate, Range<UnixMillis>)| {
            let range = day.start.max(inside.start)..day.end.min(inside.end);
            let whole = range == day;
            (!range.is_empty()).then_some(Part { date, range: (!whole).then_some(range) })
        };
        calendar.days(first, last).filter_map(part).collect()
    }
}

/// RFC 3339 with the site's offset; a fraction only where there is one.
fn label(calendar: &SiteCalendar, at: UnixMillis) -> String {
    let whole = rfc3339(at, calendar.moment(at).offset_seconds);
    match at.0.rem_euclid(1000) {
        0 => whole,
        millis => format!("{}.{millis:03}{}", &whole[..whole.len() - 6], &whole[whole.len() - 6..]),
    }
}
