//! A site's days: when each begins and ends, and which hours it has.

use crate::{HourKey, LocalDate, UnixMillis};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// From when on a zone holds. The first of a site holds since ever, whatever its `from`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ZoneChange {
    /// The first instant of the zone: a midnight of the zone before.
    pub from: UnixMillis,
    /// IANA name.
    pub zone: String,
}

/// A name the time zone database does not know.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("'{0}' is no IANA time zone; write a name such as Europe/Berlin or UTC")]
pub struct UnknownZone(pub String);

/// What an instant is called at the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayMoment {
    /// The site-local day.
    pub date: LocalDate,
    /// Seconds east of UTC.
    pub offset_seconds: i32,
}

/// An hour bucket with its true edges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hour {
    /// The bucket.
    pub key: HourKey,
    /// Its first instant: its label.
    pub start: UnixMillis,
    /// The first instant after it.
    pub end: UnixMillis,
}

/// A site's calendar over all its zones.
///
/// Days never go back: a changed zone begins at the old zone's next midnight, past days keep theirs, and where the new
/// zone is still on a date already ended, the day that began at the change goes on until the new zone has caught up.
/// So no day is opened again and no visitor is split by a change (design, section 3).
#[derive(Clone, Debug)]
pub struct SiteCalendar {
    spans: Vec<Span>,
}

#[derive(Clone, Debug)]
struct Span {
    from: UnixMillis,
    /// The date that begins with the span; dates before it belong to earlier spans.
    first_date: LocalDate,
    zone: TimeZone,
}

impl SiteCalendar {
    /// A calendar of one zone.
    ///
    /// # Errors
    /// The name is not in the time zone database.
    pub fn of_zone(zone: &str) -> Result<Self, UnknownZone> {
        Self::new(&[ZoneChange { from: UnixMillis::MIN, zone: zone.to_owned() }])
    }

    /// The calendar of a site's zones, oldest first. No zone at all is UTC.
    ///
    /// # Errors
    /// A name is not in the time zone database.
    pub fn new(zones: &[ZoneChange]) -> Result<Self, UnknownZone> {
        let mut calendar = Self { spans: vec![Span { from: UnixMillis::MIN, first_date: LocalDate(i32::MIN), zone: TimeZone::UTC }] };
        for (at, change) in zones.iter().enumerate() {
            let zone = TimeZone::get(&change.zone).map_err(|_| UnknownZone(change.zone.clone()))?;
            if at == 0 {
                calendar.spans[0].zone = zone;
            } else {
                let first_date = calendar.moment(change.from).date;
                calendar.spans.push(Span { from: change.from, first_date, zone });
            }
        }
        Ok(calendar)
    }

    /// The site-local day and offset of an instant.
    pub fn moment(&self, at: UnixMillis) -> DayMoment {
        let span = self.span_of(at);
        let offset = span.zone.to_offset(at.timestamp());
        let date = civil_date(&span.zone, at).max(span.first_date);
        DayMoment { date, offset_seconds: offset.seconds() }
    }

    /// The instants of a day: from its first to the first of the next. Empty where the zone skips the date.
    pub fn day(&self, date: LocalDate) -> Range<UnixMillis> {
        let (start, end) = (self.day_start(date), self.day_start(date.plus(1)));
        start..end.max(start)
    }

    /// The same of days one after the other, both ends included: each midnight is looked for once.
    pub fn days(&self, first: LocalDate, last: LocalDate) -> impl Iterator<Item = (LocalDate, Range<UnixMillis>)> {
        let mut next = self.day_start(first);
        first.through(last).map(move |date| {
            let start = next;
            next = self.day_start(date.plus(1));
            (date, start..next.max(start))
        })
    }

    /// The first instant whose day is `date` or later.
    pub fn day_start(&self, date: LocalDate) -> UnixMillis {
        for (at, span) in self.spans.iter().enumerate() {
            let until = self.spans.get(at + 1).map_or(UnixMillis(i64::MAX), |next| next.from);
            if at > 0 && date <= span.first_date {
                return span.from;
            }
            let start = midnight(&span.zone, date).max(span.from);
            if start < until {
                return start;
            }
        }
        UnixMillis::MAX
    }

    /// The hour buckets of a day, in order.
    pub fn hours(&self, date: LocalDate) -> Vec<Hour> {
        let day = self.day(date);
        let mut hours = Vec::new();
        let mut at = day.start;
        while at < day.end {
            let key = HourKey::of(at, self.moment(at).offset_seconds);
            let end = self.next_edge(key, at).min(day.end);
            hours.push(Hour { key, start: at, end });
            at = end;
        }
        hours
    }

    /// The first instant of an hour bucket: its label. `at` is any instant inside the bucket's clock hour or its floor.
    pub fn hour_start(&self, key: HourKey) -> UnixMillis {
        // The bucket may begin after its floor (the clock jumped in mid-hour): look for the first instant with the offset.
        let mut at = key.floor;
        let end = key.floor.plus(3_600_000);
        while at < end && self.moment(at).offset_seconds != key.offset_seconds {
            at = self.next_change(at).min(end);
        }
        if at < end { at } else { key.floor }
    }

    /// The next midnight of the zone in force at `at`: when a zone set now takes effect.
    pub fn next_midnight(&self, at: UnixMillis) -> UnixMillis {
        self.day_start(self.moment(at).date.plus(1))
    }

    /// RFC 3339 with the site's offset, to the second: how hours are labelled.
    pub fn label(&self, at: UnixMillis) -> String {
        rfc3339(at, self.moment(at).offset_seconds)
    }

    fn span_of(&self, at: UnixMillis) -> &Span {
        self.spans.iter().rev().find(|span| span.from <= at).unwrap_or(&self.spans[0])
    }

    fn next_edge(&self, key: HourKey, at: UnixMillis) -> UnixMillis {
        key.floor.plus(3_600_000).min(self.next_change(at))
    }

    /// The next instant at which the offset may change: a transition of the zone, or the next zone.
    fn next_change(&self, at: UnixMillis) -> UnixMillis {
        let span = self.span_of(at);
        let transition = span.zone.following(at.timestamp()).next().map(|transition| UnixMillis::from(transition.timestamp()));
        let next_span = self.spans.iter().map(|span| span.from).find(|from| *from > at);
        transition.into_iter().chain(next_span).filter(|change| *change > at).min().unwrap_or(UnixMillis::MAX)
    }
}

/// RFC 3339 to the second under an offset.
pub fn rfc3339(at: UnixMillis, offset_seconds: i32) -> String {
    let offset = jiff::tz::Offset::from_seconds(offset_seconds).unwrap_or(jiff::tz::Offset::UTC);
    let local = offset.to_datetime(at.timestamp());
    let sign = if offset_seconds < 0 { '-' } else { '+' };
    let minutes = offset_seconds.unsigned_abs() / 60;
    format!("{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}", local.date(), local.hour(), local.minute(), local.second(), minutes / 60, minutes % 60)
}

/// The date's first instant in a zone (after midnight where the clock skips it).
fn midnight(zone: &TimeZone, date: LocalDate) -> UnixMillis {
    match date.civil().to_zoned(zone.clone()) {
        Ok(zoned) => zoned.timestamp().into(),
        Err(_) => UnixMillis::MAX,
    }
}

/// The calendar date in a zone, never going back: a visit ends at the *first* local midnight (definition 1), also
/// where a clock set back just after midnight shows the old date once more.
fn civil_date(zone: &TimeZone, at: UnixMillis) -> LocalDate {
    let shown = LocalDate::from_civil(zone.to_datetime(at.timestamp()).date());
    if midnight(zone, shown.plus(1)) <= at { shown.plus(1) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMillis {
        text.parse::<jiff::Timestamp>().expect("a timestamp").into()
    }

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    fn labels(zone: &str, day: &str) -> Vec<String> {
        let calendar = SiteCalendar::of_zone(zone).expect("a zone");
        calendar.hours(date(day)).iter().map(|hour| calendar.label(hour.start)).collect()
    }

    #[test]
    fn berlin_has_25_hours_when_summer_ends_and_23_when_it_begins() {
        assert_eq!(labels("Europe/Berlin", "2026-10-25").len(), 25);
        assert!(labels("Europe/Berlin", "2026-10-25").contains(&"2026-10-25T02:00:00+01:00".to_owned()));
        assert_eq!(labels("Europe/Berlin", "2026-03-29").len(), 23);
    }

    #[test]
    fn lord_howe_begins_a_bucket_in_mid_hour() {
        let hours = labels("Australia/Lord_Howe", "2026-04-05");
        assert!(hours.contains(&"2026-04-05T01:30:00+10:30".to_owned()), "{hours:?}");
        assert!(hours.contains(&"2026-04-05T01:00:00+11:00".to_owned()));
    }

    #[test]
    fn every_hour_key_finds_its_label() {
        for (zone, day) in [("Australia/Lord_Howe", "2026-04-05"), ("Asia/Kathmandu", "2026-01-01"), ("Europe/Berlin", "2026-10-25")] {
            let calendar = SiteCalendar::of_zone(zone).expect("a zone");
            for hour in calendar.hours(date(day)) {
                assert_eq!(calendar.hour_start(hour.key), hour.start, "{zone} {day}");
                let last = calendar.moment(hour.end.plus(-1));
                assert_eq!(HourKey::of(hour.end.plus(-1), last.offset_seconds), hour.key);
            }
        }
    }

    #[test]
    fn apia_skips_a_day() {
        let calendar = SiteCalendar::of_zone("Pacific/Apia").expect("a zone");
        assert!(calendar.day(date("2011-12-30")).is_empty());
        assert_eq!(calendar.day(date("2011-12-29")).end, calendar.day(date("2011-12-31")).start);
    }

    #[test]
    fn a_clock_set_back_just_after_midnight_does_not_open_yesterday_again() {
        // St. John's moved its clocks at 00:01 until 2011: one minute of the new date, then 59 of the old one again.
        let calendar = SiteCalendar::of_zone("America/St_Johns").expect("a zone");
        let back = at("2006-10-29T02:31:00Z");
        assert_eq!(calendar.moment(back.plus(-1)).date, date("2006-10-29"));
        assert_eq!(calendar.moment(back).date, date("2006-10-29"));
    }

    #[test]
    fn a_site_that_moves_west_keeps_its_day_until_the_new_zone_catches_up() {
        let tokyo = SiteCalendar::of_zone("Asia/Tokyo").expect("a zone");
        let change = tokyo.next_midnight(at("2026-06-10T03:00:00Z"));
        assert_eq!(change, at("2026-06-10T15:00:00Z"));
        let zones = [
            ZoneChange { from: UnixMillis::MIN, zone: "Asia/Tokyo".into() },
            ZoneChange { from: change, zone: "America/Los_Angeles".into() },
        ];
        let moved = SiteCalendar::new(&zones).expect("zones");
        assert_eq!(moved.moment(change.plus(-1)).date, date("2026-06-10"));
        assert_eq!(moved.moment(change).date, date("2026-06-11"));
        assert_eq!(moved.day(date("2026-06-11")), change..at("2026-06-12T07:00:00Z"));
        assert_eq!(moved.hours(date("2026-06-11")).len(), 40);
    }

    #[test]
    fn a_site_that_moves_east_has_a_short_day() {
        let zones = [
            ZoneChange { from: UnixMillis::MIN, zone: "America/Los_Angeles".into() },
            ZoneChange { from: at("2026-06-11T07:00:00Z"), zone: "Asia/Tokyo".into() },
        ];
        let moved = SiteCalendar::new(&zones).expect("zones");
        assert_eq!(moved.moment(at("2026-06-11T06:59:59Z")).date, date("2026-06-10"));
        assert_eq!(moved.day(date("2026-06-11")), at("2026-06-11T07:00:00Z")..at("2026-06-11T15:00:00Z"));
    }
}
