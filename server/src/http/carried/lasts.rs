//! For how long caches keep an answer.

use footfall_domain::{LocalDate, SiteCalendar, UnixMillis};
use http::HeaderValue;

/// For how long an answer is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) struct Lasts {
    /// Whether its days are over: then only imports and late hits change them.
    is_over: bool,
    /// When another day begins at the site: then addresses that say "yesterday" mean another one.
    tomorrow: UnixMillis,
    /// When the link ends by which it is seen.
    end: Option<UnixMillis>,
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
        let is_over = last < calendar.moment(now.plus(-LATE_MS)).date;
        Self { is_over, tomorrow: calendar.next_midnight(now), end: None }
    }

    /// The same by a link that ends.
    pub(in crate::http) fn ending(self, end: Option<UnixMillis>) -> Self {
        Self { end, ..self }
    }

    /// Whether its days are over.
    pub(super) fn is_over(self) -> bool {
        self.is_over
    }

    /// What caches are told at a moment. `fresh`: seconds after which a new hit shows at the latest (`cdn.fresh_seconds`).
    pub(in crate::http) fn header(self, fresh: u64, now: UnixMillis) -> HeaderValue {
        let revalidating = WHILE_REVALIDATING.min(fresh / 6);
        let (browsers, shared) =
            if self.is_over { (BROWSERS_CLOSED, CLOSED) } else { (BROWSERS, fresh.saturating_sub(revalidating).max(1)) };
        let today = (self.tomorrow.since(now).max(0) as u64).div_ceil(1_000);
        let shared = shared.min(today);
        public(browsers, shared, revalidating.min(today - shared), left(self.end, now))
    }
}

/// What caches are told of a number that counts seconds, seen by a link that may end.
pub(super) fn live(end: Option<UnixMillis>, now: UnixMillis) -> HeaderValue {
    public(LIVE, LIVE, LIVE, left(end, now))
}

/// Whole seconds until an end, where there is one.
fn left(end: Option<UnixMillis>, now: UnixMillis) -> u64 {
    end.map_or(u64::MAX, |end| end.since(now).max(0) as u64 / 1_000)
}

/// Over what is `left` nothing is kept, and no old page stands in: not while the server is away either.
fn public(browsers: u64, shared: u64, revalidating: u64, left: u64) -> HeaderValue {
    let shared = shared.min(left);
    let after = left - shared;
    let (browsers, revalidating, if_error) = (browsers.min(shared), revalidating.min(after), IF_ERROR.min(after));
    let text = format!("public, max-age={browsers}, s-maxage={shared}, stale-while-revalidate={revalidating}, stale-if-error={if_error}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("no-store"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_000_000);
    const DAY: u64 = 86_400;

    fn lasts(is_over: bool, today: u64) -> Lasts {
        Lasts { is_over, tomorrow: seconds(today), end: None }
    }

    fn seconds(number: u64) -> UnixMillis {
        NOW.plus(number as i64 * 1_000)
    }

    fn text(lasts: Lasts, fresh: u64) -> String {
        lasts.header(fresh, NOW).to_str().expect("text").to_owned()
    }

    #[test]
    fn a_new_hit_shows_within_the_time_that_is_set() {
        assert_eq!(text(lasts(false, DAY), 60), "public, max-age=30, s-maxage=50, stale-while-revalidate=10, stale-if-error=86400");
        assert_eq!(text(lasts(false, DAY), 6), "public, max-age=5, s-maxage=5, stale-while-revalidate=1, stale-if-error=86400");
        assert_eq!(text(lasts(false, DAY), 1), "public, max-age=1, s-maxage=1, stale-while-revalidate=0, stale-if-error=86400");
        assert_eq!(text(lasts(true, DAY), 60), "public, max-age=50, s-maxage=3600, stale-while-revalidate=10, stale-if-error=86400");
    }

    #[test]
    fn nothing_is_kept_over_midnight() {
        assert!(text(lasts(true, 100), 60).contains("max-age=50, s-maxage=100,"));
        assert!(text(lasts(false, 7), 60).contains("max-age=7, s-maxage=7, stale-while-revalidate=0,"));
    }

    /// A page that took long to make is as good as one that was made at once.
    #[test]
    fn what_is_left_is_counted_from_when_it_is_sent() {
        let sent = |after: u64| lasts(true, 10).ending(Some(seconds(8))).header(60, seconds(after)).to_str().expect("text").to_owned();
        assert!(sent(3).contains("max-age=5, s-maxage=5, stale-while-revalidate=0, stale-if-error=0"), "{}", sent(3));
        assert!(sent(60).contains("max-age=0, s-maxage=0, stale-while-revalidate=0, stale-if-error=0"), "{}", sent(60));
    }

    #[test]
    fn nothing_is_kept_over_the_end_of_a_link() {
        let ending = |left: u64| text(lasts(true, DAY).ending(Some(seconds(left))), 60);
        assert!(ending(20).contains("max-age=20, s-maxage=20, stale-while-revalidate=0, stale-if-error=0"), "{}", ending(20));
        assert!(ending(3_605).contains("max-age=50, s-maxage=3600, stale-while-revalidate=5, stale-if-error=5"), "{}", ending(3_605));
        assert!(ending(DAY).contains("s-maxage=3600, stale-while-revalidate=10, stale-if-error=82800"), "past midnight too");
        assert_eq!(ending(2 * DAY), text(lasts(true, DAY), 60));
        let pill = |end| live(end, NOW).to_str().expect("text").to_owned();
        assert_eq!(pill(None), "public, max-age=5, s-maxage=5, stale-while-revalidate=5, stale-if-error=86400");
        assert_eq!(pill(Some(seconds(7))), "public, max-age=5, s-maxage=5, stale-while-revalidate=2, stale-if-error=2");
        assert_eq!(pill(Some(NOW.plus(3_999))), "public, max-age=3, s-maxage=3, stale-while-revalidate=0, stale-if-error=0");
    }

    #[test]
    fn a_day_is_over_some_minutes_after_its_end() {
        let calendar = SiteCalendar::of_zone("Europe/Berlin").expect("a zone");
        let day = LocalDate::parse("2026-11-20").expect("a date");
        let end = calendar.day(day).end;
        let at = |now: UnixMillis| Lasts::of(&calendar, day, now);
        assert_eq!((at(end.plus(-1_000)).is_over, at(end.plus(-1_000)).tomorrow), (false, end));
        assert_eq!((at(end.plus(LATE_MS - 1)).is_over, at(end.plus(LATE_MS)).is_over), (false, true));
    }
}
