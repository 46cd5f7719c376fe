//! What the numbers inside a shard's packed events mean.

use crate::carrier::FirstPart;
use crate::packed::{Named, Packed};
use footfall_domain::values::Adopter;
use footfall_domain::{AgentId, Dimension, Event, HourKey, Kind, Money, OriginId, PlaceId, PropsId, Sym, Values, labels};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::hash::Hash;

/// What stays the same over a visitor's day, nearly always.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Client {
    pub agent: AgentId,
    pub place: PlaceId,
    pub screen: Sym,
    pub language: Sym,
}

/// What has few values on most sites.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct What {
    pub name: Sym,
    pub hostname: Sym,
    pub props: PropsId,
}

/// What a visit takes from its first hit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct First {
    pub client: Client,
    pub origin: OriginId,
}

/// Every distinct value of a shard, once.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub values: Values,
    clients: Interned<Client>,
    whats: Interned<What>,
    hours: Interned<HourKey>,
    /// `(not set)`: the entry and exit page of a visit without a pageview.
    pub not_set: Sym,
    /// `(none)`: a property a hit does not have.
    pub none: Sym,
    engagement: Sym,
}

impl Default for Names {
    fn default() -> Self {
        let mut values = Values::default();
        let (not_set, none) = (values.sym(labels::NOT_SET), values.sym(labels::NONE));
        let engagement = values.sym("engagement");
        Self { values, clients: Interned::default(), whats: Interned::default(), hours: Interned::default(), not_set, none, engagement }
    }
}

impl Names {
    /// Packs events whose values are named by another table.
    pub fn packer<'a>(&'a mut self, from: &'a Values) -> Packer<'a> {
        Packer {
            engagement: self.engagement,
            adopter: self.values.adopt(from),
            clients: &mut self.clients,
            whats: &mut self.whats,
            hours: &mut self.hours,
        }
    }

    pub fn hours(&self) -> &[HourKey] {
        &self.hours.list
    }

    /// When the event happened, Unix milliseconds.
    pub fn time(&self, event: &Packed) -> i64 {
        self.hours.list[usize::from(event.hour)].floor.0 + i64::from(event.millis)
    }

    pub fn what(&self, event: &Packed) -> &What {
        &self.whats.list[event.what as usize]
    }

    /// The value of a property: `(none)` when the hit has none of this name, or no hit has.
    pub fn property(&self, event: &Packed, name: Option<Sym>) -> Sym {
        name.and_then(|name| self.values.prop(self.what(event).props, name)).unwrap_or(self.none)
    }

    /// The money a pageview or custom event brought.
    pub fn money(&self, event: &Packed) -> Option<Money> {
        self.values.money_of(self.what(event).props)
    }

    pub fn first(&self, event: &Packed) -> First {
        First { client: self.clients.list[event.client as usize], origin: event.origin() }
    }

    /// Canonical order: time, engagement last, hit id. Two hits that agree in all three have the same id, so at most
    /// one counts; which, must not depend on arrival: their contents decide, as texts.
    pub fn order(&self, a: &Packed, b: &Packed) -> Ordering {
        let key = |event: &Packed| (self.time(event), event.is_engagement(), event.id());
        key(a).cmp(&key(b)).then_with(|| self.contents(a).cmp(&self.contents(b)))
    }

    fn contents(&self, event: &Packed) -> impl Ord {
        let text = |sym: Sym| &**self.values.text(sym);
        let (what, first) = (self.what(event), self.first(event));
        let own = (event.kind(), event.interactive(), event.engaged_ms(), event.scroll_depth(), self.hours()[usize::from(event.hour)]);
        let said = [text(event.page), text(what.name), text(what.hostname)];
        let props: Vec<_> = self.values.props_of(what.props).iter().map(|(key, value)| (text(*key), text(*value))).collect();
        let visit = if event.is_engagement() { Vec::new() } else { self.visit_texts(&first) };
        (own, said, props, visit, self.money(event))
    }

    fn visit_texts(&self, first: &First) -> Vec<&str> {
        let parts = Dimension::ALL.iter().filter_map(|dimension| FirstPart::of(*dimension));
        parts.map(|part| &**self.values.text(part.value(first, self))).collect()
    }

    pub fn bytes(&self) -> usize {
        self.values.bytes() + self.clients.bytes() + self.whats.bytes() + self.hours.bytes()
    }
}

/// See [`Names::packer`].
pub(crate) struct Packer<'a> {
    adopter: Adopter<'a>,
    clients: &'a mut Interned<Client>,
    whats: &'a mut Interned<What>,
    hours: &'a mut Interned<HourKey>,
    engagement: Sym,
}

impl Packer<'_> {
    pub fn pack(&mut self, event: &Event) -> Packed {
        let ours = self.adopter.event(event);
        let hour = event.hour();
        let name = if event.kind == Kind::Engagement { self.engagement } else { ours.name };
        let named = Named {
            millis: u32::try_from(event.time.since(hour.floor)).expect("an event is inside its hour"),
            hour: u16::try_from(self.hours.id(hour)).expect("a site-day has fewer than 65,536 hours"),
            what: self.whats.id(What { name, hostname: ours.hostname, props: ours.props }),
            client: self.clients.id(Client { agent: ours.agent, place: ours.place, screen: ours.screen, language: ours.language }),
        };
        Packed::new(&ours, named)
    }
}

/// Distinct values and their numbers, in order of first sight.
#[derive(Clone, Debug)]
struct Interned<T> {
    list: Vec<T>,
    ids: FxHashMap<T, u32>,
    /// The last one asked for: neighbours in a batch are often alike.
    last: u32,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { list: Vec::new(), ids: FxHashMap::default(), last: 0 }
    }
}

impl<T: Copy + Eq + Hash> Interned<T> {
    fn id(&mut self, value: T) -> u32 {
        if self.list.get(self.last as usize) == Some(&value) {
            return self.last;
        }
        let list = &mut self.list;
        self.last = *self.ids.entry(value).or_insert_with(|| {
            list.push(value);
            u32::try_from(list.len() - 1).expect("fewer than 4 billion distinct values in a site-day")
        });
        self.last
    }

    fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<T>() + self.ids.capacity() * (size_of::<T>() + 5)
    }
}
