//! A hit to change, and a batch in words.

// Each test file uses its own share.
#![allow(dead_code)]

use footfall_domain::{Dimension, EventBatch, Feed, Hit, HitId, LocalDate, Place, Site, SiteId, UnixMillis, VisitorId};

pub const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36";
pub const CURL: &str = "curl/8.5.0";
pub const GPTBOT: &str = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)";

pub fn site() -> Site {
    Site { zones: Vec::new(), ..Site::new(SiteId(1), "example.com", "UTC", UnixMillis(0)) }
}

/// A pageview of `https://example.com/` by Chrome on Windows, and nothing else known.
pub fn hit() -> Hit {
    Hit {
        id: HitId(1),
        site: SiteId(1),
        time: UnixMillis(1_000),
        date: LocalDate(0),
        offset_seconds: 0,
        visitor: VisitorId(7),
        feed: Feed::Tracker,
        name: "pageview".to_owned(),
        url: "https://example.com/".to_owned(),
        referrer: String::new(),
        user_agent: CHROME.to_owned(),
        language: String::new(),
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

/// Every event's own values, as text.
pub fn event_values(batch: &EventBatch) -> Vec<Vec<String>> {
    let own = |event| Dimension::ALL.iter().filter_map(move |dimension| batch.values.value(*dimension, event));
    batch.events.iter().map(|event| own(event).map(|sym| batch.values.text(sym).to_string()).collect()).collect()
}
