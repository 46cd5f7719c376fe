//! A few words to tell small stories of visitors, so that a test reads as a fact.

use footfall_domain::{Dimension, Feed, Kind, SiteCalendar, UnixMillis, labels};
use footfall_testkit::recount::Recount;
use footfall_testkit::when::instant;
use footfall_testkit::{PlainHit, Recounted};
use serde_json::{Value, json};

/// A site, the hits it got, and the moment at which we ask.
pub struct Story {
    calendar: SiteCalendar,
    now: UnixMillis,
    hits: Vec<PlainHit>,
    names: Value,
}

impl Story {
    /// A site in a zone, asked at an instant (RFC 3339).
    pub fn in_zone(zone: &str, now: &str) -> Self {
        Self { calendar: SiteCalendar::of_zone(zone).expect("a zone"), now: instant(now), hits: Vec::new(), names: Value::Null }
    }

    /// Visitor `who` looks at `page`.
    pub fn view(self, time: &str, who: u64, page: &str) -> Self {
        self.hit(time, who, |hit| hit.page = page.to_owned())
    }

    /// Visitor `who` does something on `/`.
    pub fn event(self, time: &str, who: u64, name: &str) -> Self {
        self.hit(time, who, |hit| {
            hit.kind = Kind::Custom;
            hit.name = name.to_owned();
        })
    }

    /// Visitor `who` was engaged on `page`.
    pub fn engaged(self, time: &str, who: u64, page: &str, engaged_ms: u32, scroll_depth: u8) -> Self {
        self.hit(time, who, |hit| {
            hit.kind = Kind::Engagement;
            hit.name = "engagement".to_owned();
            hit.page = page.to_owned();
            hit.engaged_ms = Some(engaged_ms);
            hit.scroll_depth = Some(scroll_depth);
        })
    }

    /// A pageview of `/`, changed as needed.
    pub fn hit(mut self, time: &str, who: u64, change: impl FnOnce(&mut PlainHit)) -> Self {
        let time = instant(time);
        let moment = self.calendar.moment(time);
        let of_visit = Dimension::ALL.iter().filter(|dimension| dimension.of_visit());
        let mut hit = PlainHit {
            id: self.hits.len() as u128,
            time: time.0,
            date: moment.date,
            offset_seconds: moment.offset_seconds,
            visitor: who,
            feed: Feed::Tracker,
            kind: Kind::Pageview,
            interactive: true,
            name: "pageview".to_owned(),
            page: "/".to_owned(),
            hostname: "example.org".to_owned(),
            visit: of_visit.map(|dimension| (dimension.name(), labels::missing(*dimension).to_owned())).collect(),
            props: Vec::new(),
            money: None,
            engaged_ms: None,
            scroll_depth: None,
        };
        change(&mut hit);
        self.hits.push(hit);
        self
    }

    /// At a site with goals and segments.
    pub fn naming(self, names: Value) -> Self {
        Self { names, ..self }
    }

    /// Asks a whole query.
    pub fn answer(&self, query: &Value) -> Recounted {
        Recount::of(&self.hits, &self.calendar).knowing(&self.names).answer(self.now, query)
    }

    /// Asks for metrics by dimensions over all days: `metrics` and `dimensions` are separated by spaces.
    pub fn ask(&self, metrics: &str, dimensions: &str, filters: Value) -> Vec<Value> {
        self.rows(&json!({"date_range": "all", "metrics": words(metrics), "dimensions": words(dimensions), "filters": filters}))
    }

    /// Asks a whole query and gives its rows flat: dimensions, then metrics.
    pub fn rows(&self, query: &Value) -> Vec<Value> {
        let list = |value: &Value| value.as_array().expect("a list").clone();
        self.answer(query).results.iter().map(|row| [list(&row["dimensions"]), list(&row["metrics"])].concat().into()).collect()
    }
}

pub fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
