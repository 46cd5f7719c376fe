//! Page views as trackers send them.

use footfall_domain::{Feed, Hit, HitId, Place, SiteCalendar, SiteId, UnixMillis, VisitorId};

/// A browser that is no machine.
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/// A page view of `visitor`, whatever else is said left away. Small numbers make visitors that lie far apart.
pub fn page_view((site, calendar): (SiteId, &SiteCalendar), number: u64, visitor: u64, at: UnixMillis, url: &str) -> Hit {
    let moment = calendar.moment(at);
    Hit {
        id: HitId(u128::from(number)),
        site,
        time: at,
        date: moment.date,
        offset_seconds: moment.offset_seconds,
        visitor: VisitorId(visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        feed: Feed::Tracker,
        name: "pageview".into(),
        url: url.to_owned(),
        referrer: String::new(),
        user_agent: CHROME.into(),
        language: "en".into(),
        props: Vec::new(),
        interactive: true,
        hash_routing: false,
        engaged_ms: None,
        scroll_depth: None,
        screen_width: None,
        revenue: None,
        place: Place::default(),
        address_rules: Vec::new(),
    }
}
