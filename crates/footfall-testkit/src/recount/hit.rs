//! A hit with every value written out.

use footfall_domain::{Dimension, Event, Feed, Kind, LocalDate, Values};
use std::collections::BTreeMap;

/// A counted hit, every value as text. Missing values hold their label (25).
#[derive(Clone, PartialEq, Debug)]
pub struct PlainHit {
    /// The hit's id.
    pub id: u128,
    /// When, in milliseconds of Unix time.
    pub time: i64,
    /// The site-local day, fixed when the hit was received.
    pub date: LocalDate,
    /// Seconds east of UTC, fixed with `date`.
    pub offset_seconds: i32,
    /// The visitor's hash.
    pub visitor: u64,
    /// Tracker, server or log.
    pub feed: Feed,
    /// Pageview, custom event or engagement.
    pub kind: Kind,
    /// Whether a custom event ends a bounce.
    pub interactive: bool,
    /// The event's name.
    pub name: String,
    /// The page.
    pub page: String,
    /// The host visited.
    pub hostname: String,
    /// What its visit is called if the hit is the first of it: v2 name, such as `visit:source`, to value.
    pub visit: BTreeMap<&'static str, String>,
    /// Properties in the order sent.
    pub props: Vec<(String, String)>,
    /// The money it brought: code of the currency, and millionths.
    pub money: Option<(String, i64)>,
    /// Milliseconds engaged; engagement only.
    pub engaged_ms: Option<u32>,
    /// Deepest scroll in percent; engagement only.
    pub scroll_depth: Option<u8>,
}

impl PlainHit {
    /// Writes out an event of a batch with the names in `values`. The batch is of the site-day `date`.
    pub fn from_event(event: &Event, values: &Values, date: LocalDate) -> Self {
        let text = |sym| values.text(sym).to_string();
        let of_visit = Dimension::ALL.iter().filter(|dimension| dimension.of_visit());
        Self {
            id: event.id.0,
            time: event.time.0,
            date,
            offset_seconds: event.offset_seconds,
            visitor: event.visitor.0,
            feed: event.feed,
            kind: event.kind,
            interactive: event.interactive,
            name: text(event.name),
            page: text(event.page),
            hostname: text(event.hostname),
            visit: of_visit.filter_map(|dimension| Some((dimension.name(), text(values.value(*dimension, event)?)))).collect(),
            props: values.props_of(event.props).iter().map(|(name, value)| (text(*name), text(*value))).collect(),
            money: values.money_of(event.props).map(|money| (money.currency.code().to_owned(), money.millionths)),
            engaged_ms: event.engaged_ms,
            scroll_depth: event.scroll_depth,
        }
    }

    /// Whether the hit is a pageview or custom event: what makes visitors, visits and events.
    pub fn is_doing(&self) -> bool {
        self.kind != Kind::Engagement
    }

    /// The canonical order (3): time, engagement last, id.
    pub(super) fn order(&self) -> (i64, bool, u128) {
        (self.time, !self.is_doing(), self.id)
    }

    /// The first value of a property; `(none)` without (24, 25).
    pub(super) fn property(&self, name: &str) -> String {
        match self.props.iter().find(|(key, _)| key == name) {
            Some((_, value)) => value.clone(),
            None => "(none)".to_owned(),
        }
    }
}
