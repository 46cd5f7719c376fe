//! For how long caches keep an answer.

use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};
use http::HeaderValue;

/// For how long an answer is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) enum Lasts {
    /// Its days may still change at any moment.
    Open {
        /// Until another day begins at the site, or what one came by ends; seconds.
        today: u64,
    },
    /// Its days are over; only imports and late hits change them.
    Closed {
        /// The same: then addresses that say "yesterday" mean another day.
        today: u64,
    },
}

/// Hits of a day may come so much later: what was written before midnight, and is still on its way.
const LATE_MS: i64 = 10 * 60_000;
/// The longest that browsers keep a page: no purge reaches them.
const BROWSERS: u64 = 30;
/// The same where days are over.
const BROWSERS_CLOSED: u64 = 50;
/// The longest that shared caches keep a page whose days are over.
const CLOSED: u64 = 3_600;
/// So long an old page may stand in while the next is made.
const WHILE_REVALIDATING: u64 = 10;
/// So long it may stand in while the server is away.
const IF_ERROR: u64 = 24 * 60 * 60;
/// A number that counts seconds.
const LIVE: u64 = 5;

impl Lasts {
    /// How long an answer about days up to `last` is good.
    pub(in crate::http) fn of(calendar: &SiteCalendar, last: LocalDate, now: UnixMillis) -> Self {
        let today = (calendar.next_midnight(now).since(now).max(0) as u64).div_ceil(1_000);
        match last < calendar.moment(now.plus(-LATE_MS)).date {
            true => Self::Closed { today },
            false => Self::Open { today },
        }
    }

    /// The same until an end, where there is one before midnight.
    pub(in crate::http) fn ending(self, end: Option<UnixMillis>, now: UnixMillis) -> Self {
        let Some(end) = end else { return self };
        let left = (end.since(now).max(0) as u64) / 1_000;
        match self {
            Self::Open { today } => Self::Open { today: today.min(left) },
            Self::Closed { today } => Self::Closed { today: today.min(left) },
        }
    }

    /// `fresh`: seconds after which a new hit shows at the latest (`cdn.fresh_seconds`).
    pub(in crate::http) fn header(self, fresh: u64) -> HeaderValue {
        let (browsers, shared, today) = match self {
            Lasts::Open { today } => (BROWSERS, fresh.saturating_sub(WHILE_REVALIDATING.min(fresh / 6)).max(1), today),
            Lasts::Closed { today } => (BROWSERS_CLOSED, CLOSED, today),
        };
        let revalidating = WHILE_REVALIDATING.min(fresh / 6);
        let shared = shared.min(today.max(1));
        let revalidating = revalidating.min(today.saturating_sub(shared));
        public(browsers.min(shared), shared, revalidating)
    }
}

/// How long a number that counts seconds is good.
pub(in crate::http) fn live() -> HeaderValue {
    public(LIVE, LIVE, LIVE)
}

fn public(browsers: u64, shared: u64, revalidating: u64) -> HeaderValue {
    let text = format!("public, max-age={browsers}, s-maxage={shared}, stale-while-revalidate={revalidating}, stale-if-error={IF_ERROR}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("no-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 86_400;

    fn text(lasts: Lasts, fresh: u64) -> String {
        lasts.header(fresh).to_str().expect("text").to_owned()
    }

    #[test]
    fn a_new_hit_shows_within_the_time_that_is_set() {
        assert_eq!(
            text(Lasts::Open { today: DAY }, 60),
            "public, max-age=30, s-maxage=50, stale-while-revalidate=10, stale-if-error=86400"
        );
        assert_eq!(text(Lasts::Open { today: DAY }, 6), "public, max-age=5, s-maxage=5, stale-while-revalidate=1, stale-if-error=86400");
        assert_eq!(text(Lasts::Open { today: DAY }, 1), "public, max-age=1, s-maxage=1, stale-while-revalidate=0, stale-if-error=86400");
        assert_eq!(
            text(Lasts::Closed { today: DAY }, 60),
            "public, max-age=50, s-maxage=3600, stale-while-revalidate=10, stale-if-error=86400"
        );
    }

    #[test]
    fn nothing_is_kept_over_midnight() {
        assert!(text(Lasts::Closed { today: 100 }, 60).contains("max-age=50, s-maxage=100,"));
        assert!(text(Lasts::Open { today: 7 }, 60).contains("max-age=7, s-maxage=7, stale-while-revalidate=0,"));
    }

    #[test]
    fn nothing_is_kept_over_the_end_of_a_link() {
        let (now, closed) = (UnixMillis(1_000_000), Lasts::Closed { today: DAY });
        let ending = |seconds: i64| closed.ending(Some(now.plus(seconds * 1_000)), now);
        assert!(text(ending(100), 60).contains("max-age=50, s-maxage=100, stale-while-revalidate=0,"));
        assert!(text(ending(20), 60).contains("max-age=20, s-maxage=20, stale-while-revalidate=0,"));
        assert_eq!((ending(2 * 86_400), closed.ending(None, now)), (closed, closed));
        assert_eq!(Lasts::Open { today: 7 }.ending(Some(now.plus(3_999)), now), Lasts::Open { today: 3 });
    }

    #[test]
    fn a_day_is_over_some_minutes_after_its_end() {
        let calendar = SiteCalendar::of_zone("Europe/Berlin").expect("a zone");
        let day = LocalDate::parse("2026-11-20").expect("a date");
        let end = calendar.day(day).end;
        assert_eq!(Lasts::of(&calendar, day, end.plus(-1_000)), Lasts::Open { today: 1 });
        assert_eq!(Lasts::of(&calendar, day, end.plus(LATE_MS - 1)), Lasts::Open { today: DAY - 599 });
        assert!(matches!(Lasts::of(&calendar, day, end.plus(LATE_MS)), Lasts::Closed { .. }));
    }
}
