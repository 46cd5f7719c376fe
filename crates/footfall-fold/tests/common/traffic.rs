//! Nasty traffic: few visitors and values, so that everything collides; gaps around thirty minutes; repeated ids.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A zone and a day of it.
pub const DAYS: [(&str, &str); 5] = [
    ("UTC", "2026-11-23"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Asia/Kathmandu", "2026-01-01"),
    ("Europe/Berlin", "2026-10-25"),
    ("Europe/Berlin", "2026-03-29"),
];

/// A day's hits in order of arrival, where it was, and where to cut.
#[derive(Clone, Debug)]
pub struct Day {
    pub zone: &'static str,
    pub date: &'static str,
    pub hits: Vec<Told>,
    /// Places to cut: for batches, shards and ranges.
    pub cuts: Vec<Index>,
    /// A key to sort arrival by.
    pub keys: Vec<u32>,
}

impl Day {
    pub fn calendar(&self) -> SiteCalendar {
        SiteCalendar::of_zone(self.zone).expect("a zone")
    }

    pub fn date(&self) -> LocalDate {
        LocalDate::parse(self.date).expect("a date")
    }

    /// The same hits in another order of arrival.
    pub fn shuffled(&self) -> Vec<Told> {
        let mut hits: Vec<_> = self.hits.iter().zip(self.keys.iter().cycle()).collect();
        hits.sort_by_key(|(_, key)| **key);
        hits.into_iter().map(|(hit, _)| hit.clone()).collect()
    }

    /// The hits in batches.
    pub fn batches(&self, hits: &[Told]) -> Vec<Vec<Told>> {
        let mut edges: Vec<_> = self.cuts.iter().map(|cut| cut.index(hits.len() + 1)).chain([0, hits.len()]).collect();
        edges.sort_unstable();
        edges.windows(2).map(|edge| hits[edge[0]..edge[1]].to_vec()).collect()
    }

    /// The buckets in ranges that cover all of them once.
    pub fn shards(&self) -> Vec<std::ops::RangeInclusive<u8>> {
        let mut edges: Vec<_> = self.cuts.iter().map(|cut| cut.index(257)).chain([0, 256]).collect();
        edges.sort_unstable();
        edges.dedup();
        edges.windows(2).map(|edge| edge[0] as u8..=(edge[1] - 1) as u8).collect()
    }
}

/// A day of up to `hits` hits on up to `pages` pages.
pub fn days(hits: usize, pages: usize) -> impl Strategy<Value = Day> {
    (select(&DAYS[..]), select(vec![0, HOUR, 3 * HOUR / 2, 12 * HOUR]), prop::collection::vec(told(pages), 0..hits))
        .prop_flat_map(|(day, origin, hits)| {
            let cuts = prop::collection::vec(any::<Index>(), 0..6);
            (Just(day), Just(origin), Just(hits), cuts, prop::collection::vec(any::<u32>(), 1..200))
        })
        .prop_map(|((zone, date), origin, hits, cuts, keys)| {
            let mut day = Day { zone, date, hits, cuts, keys };
            let (calendar, range) = (day.calendar(), day.calendar().day(day.date()));
            for hit in &mut day.hits {
                hit.time = (range.start.0 + origin + hit.time).clamp(range.start.0, range.end.0 - 1);
                hit.offset_seconds = calendar.moment(UnixMillis(hit.time)).offset_seconds;
            }
            day
        })
}

/// A hit; its time counts from the day's origin.
fn told(pages: usize) -> impl Strategy<Value = Told> {
    let when = (select(vec![0, 1, 2, 3, 4, 5, 9]), select(vec![0, 0, 1, SECOND, 10 * MINUTE, 15 * MINUTE]), -1..=1i64)
        .prop_map(|(halves, more, jitter)| (halves * 30 * MINUTE + more + jitter).max(0));
    let who = select(vec![1u64, 2, (127 << 56) | 5, (128 << 56) | 5, u64::MAX]);
    let id = prop_oneof![5 => any::<u128>(), 1 => 0..6u128];
    let feed = prop_oneof![6 => Just(Feed::Tracker), 2 => Just(Feed::Server), 2 => Just(Feed::Log)];
    let place = (select(vec!["DE", "NP", "(not set)"]), select(vec!["Bonn", "Kathmandu"]));
    (when, who, id, feed, said(pages), origin(), agent(), place).prop_map(|(time, visitor, id, feed, said, origin, agent, place)| Told {
        id,
        time,
        visitor,
        feed,
        source: origin.0.into(),
        referrer: origin.1.into(),
        browser: agent.0.into(),
        browser_version: agent.1.into(),
        screen: agent.2.into(),
        language: agent.3.into(),
        country: place.0.into(),
        city: place.1.into(),
        ..said
    })
}

/// Where a visit came from, where it is the first hit's.
fn origin() -> impl Strategy<Value = (&'static str, &'static str)> {
    (select(vec!["Direct / None", "Google", "Bing"]), select(vec!["Direct / None", "google.com", "google.de"]))
}

/// Nearly always the same for one visitor; a fold must not count on it.
fn agent() -> impl Strategy<Value = (&'static str, &'static str, &'static str, &'static str)> {
    let ordinary = Just(("Firefox", "140", "Desktop", "en"));
    let any = (select(vec!["Firefox", "Chrome"]), select(vec!["140", "141"]), select(vec!["Desktop", "Mobile"]), select(vec!["en", "de"]));
    prop_oneof![6 => ordinary, 1 => any]
}

/// Kind, name, page, hostname and properties.
fn said(pages: usize) -> impl Strategy<Value = Told> {
    let page = (0..pages).prop_map(|page| format!("/{page}"));
    let hostname = select(vec!["example.com", "example.com", "example.com", "shop.example.com", "(none)"]);
    let props = prop::collection::vec((select(vec!["plan", "author"]), select(vec!["a", "b", "(none)"])), 0..3);
    let kind = prop_oneof![
        6 => Just((Kind::Pageview, "pageview", true)),
        1 => Just((Kind::Custom, "Signup", true)),
        1 => Just((Kind::Custom, "Scroll", false)),
        1 => Just((Kind::Custom, "pageview", false)),
        4 => Just((Kind::Engagement, "engagement", false)),
    ];
    let engaged = prop::option::of(select(vec![0u32, 1, 2500, u32::MAX]));
    let scroll = prop::option::of(select(vec![0u8, 1, 50, 100]));
    (page, hostname, props, kind, engaged, scroll).prop_map(|(page, hostname, props, kind, engaged_ms, scroll_depth)| Told {
        kind: kind.0,
        name: kind.1.into(),
        interactive: kind.2,
        hostname: hostname.into(),
        props: props.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        engaged_ms: engaged_ms.filter(|_| kind.0 == Kind::Engagement),
        scroll_depth: scroll_depth.filter(|_| kind.0 == Kind::Engagement),
        ..view(&page, 0)
    })
}
