//! A guest before the numbers: at a moment that many share, and for how long it is one.

use super::super::super::App;
use super::super::super::carried::{self, Lasts, Made, Piece};
use super::super::super::headers::Frames;
use super::super::answer::{Page, Trouble};
use super::super::seat::Seat;
use super::Guest;
use axum::body::Body;
use axum::response::Response;
use footfall_app::door::Door;
use footfall_app::site_page::{Against, Interval, PageState, Period};
use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};
use footfall_query::current;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderValue};
use std::future::Future;
use std::ops::RangeInclusive;

/// A guest before the numbers.
pub(in crate::http) struct Sitting {
    /// What questions need.
    pub seat: Seat,
    /// The days the answer is about, compared ones included.
    pub days: RangeInclusive<LocalDate>,
    /// For how long it is good.
    pub lasts: Lasts,
}

/// Hours of all zones begin on quarters of an hour.
const QUARTER_MS: i64 = 15 * 60_000;
const MINUTE_MS: i64 = 60_000;
/// The farthest that days compared "with the period before" lie before it, beside its length: a week of another day of
/// the week, and what months differ.
const MARGIN: i32 = 40;
const YEAR: i32 = 366;

impl Guest {
    /// A seat for what an address says. The moment is cut to what the answer shows of it: to the day where its days are
    /// over, else to the quarter of an hour, the minute, or the ten seconds of current visitors.
    ///
    /// # Errors
    /// As [`Seat::of_guest`].
    pub(in crate::http) async fn sit(&self, app: &App, state: &PageState) -> Result<Sitting, Trouble> {
        let seat = Seat::of_guest(app, self.entry.clone(), self.lang(), self.segment).await?;
        let (calendar, now) = (&self.entry.calendar, app.house.now());
        let today = calendar.moment(now).date;
        let days = days_of(state, today, seat.view.first_date);
        let lasts = Lasts::of(calendar, *days.end(), now).ending(self.ends);
        let is_open = *days.end() >= today;
        Ok(Sitting { seat: seat.at(cut(state, is_open, calendar, now), is_open), days, lasts })
    }

    /// Answers with what was made before or is made now: carried by caches, unless a password was asked for.
    ///
    /// # Errors
    /// As [`carried::answer`].
    pub(in crate::http) async fn answer<F>(&self, app: &App, headers: &HeaderMap, piece: Piece<'_>, make: impl FnOnce() -> F) -> Page
    where
        F: Future<Output = Result<Made, Trouble>>,
    {
        if !self.is_private {
            return carried::answer(app, headers, piece, make).await;
        }
        let made = make().await?;
        let mut response = Response::new(Body::from(made.body));
        response.headers_mut().extend(made.headers);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
        Ok(response)
    }

    /// Who may frame a page of theirs: nobody a public page, everybody or the site's hosts that of a link.
    pub(in crate::http) fn frames(&self) -> Frames {
        match &self.door {
            Door::Shared { .. } | Door::Embedded { .. } if !self.is_private => Frames::of(self.site()),
            _ => Frames::Nobody,
        }
    }
}

impl Sitting {
    /// What an address says as far as the site has it, as far as its days have begun, and as far as it is a guest's business.
    /// Whatever is asked for a guest is asked of this: a filter on what is not shown is a question about it.
    pub(in crate::http) fn possible(&self, state: &PageState) -> PageState {
        let (known, _) = state.known_at(&self.seat.site);
        let (possible, _) = known.possible(&self.seat.asker(&self.seat.context()));
        possible
    }

    /// A page at an address.
    pub(in crate::http) fn page<'a>(&'a self, address: &'a str, frames: Frames) -> Piece<'a> {
        Piece { frames: Some(frames), ..self.file(address) }
    }

    /// Something else at an address.
    pub(in crate::http) fn file<'a>(&'a self, address: &'a str) -> Piece<'a> {
        let (seat, days, lasts) = (&self.seat, self.days.clone(), self.lasts);
        Piece { seat, address, days, lasts, frames: None, indexed: false, for_everybody: false }
    }
}

/// The days that may stand on a page: at least those, rather more.
fn days_of(state: &PageState, today: LocalDate, first: Option<LocalDate>) -> RangeInclusive<LocalDate> {
    let span = state.period.span(today, first);
    let length = span.end.0 - span.from.0 + 1;
    let (from, to) = match (state.period, state.compare.against) {
        (Period::Realtime, _) => (today.plus(-1), today),
        (Period::All, _) | (_, Against::Off) => (span.from, span.to),
        (_, Against::Previous) => (span.from.plus(-length - MARGIN), span.to),
        (_, Against::Year) => (span.from.plus(-YEAR - MARGIN), span.to),
        (_, Against::Custom(from, to)) => (span.from.min(from), span.to.max(to.min(today))),
    };
    from.min(to)..=to
}

fn cut(state: &PageState, is_open: bool, calendar: &SiteCalendar, now: UnixMillis) -> UnixMillis {
    let down = |step: i64| UnixMillis(now.0.div_euclid(step) * step);
    match (state.period, state.interval) {
        (Period::Realtime, _) => current::as_of(now),
        _ if !is_open => calendar.day_start(calendar.moment(now).date),
        (_, Some(Interval::Minute)) => down(MINUTE_MS),
        _ => down(QUARTER_MS).max(calendar.day_start(calendar.moment(now).date)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> LocalDate {
        LocalDate::parse(text).expect("a date")
    }

    fn days(query: &str) -> (String, String) {
        let state = PageState::parse_behind(&Door::public(""), query, Period::default(), &[]).state;
        let days = days_of(&state, date("2026-11-20"), Some(date("2026-01-10")));
        (days.start().to_string(), days.end().to_string())
    }

    #[test]
    fn compared_days_are_part_of_a_page() {
        assert_eq!(days("comparison=off&period=7d"), ("2026-11-14".into(), "2026-11-20".into()));
        assert_eq!(days("period=day"), ("2026-10-10".into(), "2026-11-20".into()));
        assert_eq!(days("period=all"), ("2026-01-10".into(), "2026-11-20".into()));
        let custom = "comparison=custom&compare_from=2026-11-19&compare_to=2026-11-30&date=2026-03-01&period=month";
        assert_eq!(days(custom), ("2026-03-01".into(), "2026-11-20".into()));
    }

    #[test]
    fn a_page_says_no_more_of_the_time_than_it_shows() {
        let calendar = SiteCalendar::of_zone("Asia/Kathmandu").expect("a zone");
        let now = UnixMillis(1_795_000_000_123);
        let at = |query: &str, is_open| {
            let state = PageState::parse_behind(&Door::public(""), query, Period::default(), &[]).state;
            calendar.label(cut(&state, is_open, &calendar, now))
        };
        assert_eq!(calendar.label(now).get(..19), Some("2026-11-18T16:51:40"));
        assert!(at("", true).starts_with("2026-11-18T16:45:00"));
        assert!(at("interval=minute&period=day", true).starts_with("2026-11-18T16:51:00"));
        assert!(at("period=realtime", true).starts_with("2026-11-18T16:51:40"));
        assert!(at("period=yesterday", false).starts_with("2026-11-18T00:00:00"));
    }
}
