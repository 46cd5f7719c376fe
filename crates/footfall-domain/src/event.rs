//! What a hit means under a logic: interned values, ready to be counted.

use crate::{AgentId, DropReason, Feed, HitId, HourKey, Machine, OriginId, PlaceId, PropsId, Sym, UnixMillis, Values, VisitorId};
use std::collections::BTreeMap;

/// The three kinds of hit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A page was looked at.
    Pageview,
    /// Anything else that happened.
    Custom,
    /// Time or scrolling on a page already open. Never opens a visit.
    Engagement,
}

/// A counted hit. Its values are names in the [`Values`] of the batch or shard that holds it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Event {
    /// The hit's id.
    pub id: HitId,
    /// The hit's time.
    pub time: UnixMillis,
    /// The hit's visitor.
    pub visitor: VisitorId,
    /// The hit's UTC offset, seconds east.
    pub offset_seconds: i32,
    /// Pageview, custom event or engagement.
    pub kind: Kind,
    /// Where it came from.
    pub feed: Feed,
    /// Whether a custom event ends a bounce; true for pageviews.
    pub interactive: bool,
    /// Event name (`pageview`, `engagement` or a custom name).
    pub name: Sym,
    /// Page (definition 21).
    pub page: Sym,
    /// Hostname (definition 20).
    pub hostname: Sym,
    /// Screen class.
    pub screen: Sym,
    /// Language.
    pub language: Sym,
    /// Source, referrer, channel and campaign tags.
    pub origin: OriginId,
    /// Browser, system and device.
    pub agent: AgentId,
    /// Country, region, city.
    pub place: PlaceId,
    /// Properties.
    pub props: PropsId,
    /// Milliseconds engaged; engagement only.
    pub engaged_ms: Option<u32>,
    /// Deepest scroll in percent; engagement only.
    pub scroll_depth: Option<u8>,
}

impl Event {
    /// The canonical order: time, engagement last, hit id (design, section 1). Arrival decides nothing.
    pub fn order(&self) -> (UnixMillis, bool, HitId) {
        (self.time, self.kind == Kind::Engagement, self.id)
    }

    /// The hour bucket it falls in.
    pub fn hour(&self) -> HourKey {
        HourKey::of(self.time, self.offset_seconds)
    }
}

/// Events of one site-day, with the values they name, and what was dropped on the way.
#[derive(Clone, Debug, Default)]
pub struct EventBatch {
    /// What the events' names mean.
    pub values: Values,
    /// The counted hits, in any order.
    pub events: Vec<Event>,
    /// Hits not counted, by reason.
    pub drops: BTreeMap<DropReason, i64>,
    /// Pageviews of machines (a subset of the drops), with the page they asked for.
    pub machines: BTreeMap<(Machine, String), i64>,
}
