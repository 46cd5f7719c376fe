//! Interning: each distinct value is kept, hashed and compared as text once.

use crate::{Dimension, Event, Money, labels};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::Arc;

/// A text in a [`Values`] table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Sym(pub u32);
/// An [`Origin`] in a [`Values`] table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OriginId(pub u32);
/// An [`Agent`] in a [`Values`] table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AgentId(pub u32);
/// A [`Places`] in a [`Values`] table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceId(pub u32);
/// A list of properties, and the money that came with them, in a [`Values`] table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PropsId(pub u32);

/// Where a visit came from. Missing parts hold their label (definition 25).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Origin {
    /// `utm_source`, `source`, `ref`, or the name of the referrer's host.
    pub source: Sym,
    /// Host and path.
    pub referrer: Sym,
    /// The channel grouping.
    pub channel: Sym,
    /// Campaign tag.
    pub utm_medium: Sym,
    /// Campaign tag.
    pub utm_source: Sym,
    /// Campaign tag.
    pub utm_campaign: Sym,
    /// Campaign tag.
    pub utm_content: Sym,
    /// Campaign tag.
    pub utm_term: Sym,
}

/// What a user agent says. Missing parts hold their label.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Agent {
    /// Browser name.
    pub browser: Sym,
    /// Major version.
    pub browser_version: Sym,
    /// System name.
    pub os: Sym,
    /// System version.
    pub os_version: Sym,
    /// `Desktop`, `Mobile`, `Tablet`, …
    pub device: Sym,
}

/// Country, region and city. Missing parts hold their label.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Places {
    /// ISO 3166-1 alpha-2.
    pub country: Sym,
    /// Region.
    pub region: Sym,
    /// City.
    pub city: Sym,
}

/// An append-only table of distinct values. Ids are dense, in order of first sight, and mean nothing outside their table.
#[derive(Clone, Debug, Default)]
pub struct Values {
    texts: Interner<Arc<str>>,
    origins: Interner<Origin>,
    agents: Interner<Agent>,
    places: Interner<Places>,
    props: Interner<Box<[(Sym, Sym)]>>,
    /// What [`PropsId`] means: a list of `props`, and money.
    told: Interner<(u32, Option<Money>)>,
}

impl Values {
    /// The name of a text, new or known.
    pub fn sym(&mut self, text: &str) -> Sym {
        match self.texts.ids.get(text) {
            Some(id) => Sym(*id),
            None => Sym(self.texts.push(Arc::from(text))),
        }
    }

    /// The name of a text already seen here.
    pub fn find(&self, text: &str) -> Option<Sym> {
        self.texts.ids.get(text).copied().map(Sym)
    }

    /// The id of an origin, new or known.
    pub fn origin(&mut self, origin: Origin) -> OriginId {
        OriginId(self.origins.id(origin))
    }

    /// The id of an agent, new or known.
    pub fn agent(&mut self, agent: Agent) -> AgentId {
        AgentId(self.agents.id(agent))
    }

    /// The id of a place, new or known.
    pub fn place(&mut self, place: Places) -> PlaceId {
        PlaceId(self.places.id(place))
    }

    /// The id of a list of (name, value), new or known; in the order sent.
    pub fn props(&mut self, props: &[(Sym, Sym)]) -> PropsId {
        self.props_and_money(props, None)
    }

    /// The same of a hit that brought money, or none.
    pub fn props_and_money(&mut self, props: &[(Sym, Sym)], money: Option<Money>) -> PropsId {
        let list = match self.props.ids.get(props) {
            Some(id) => *id,
            None => self.props.push(props.into()),
        };
        PropsId(self.told.id((list, money)))
    }

    /// The text of a name. Panics on a name of another table.
    pub fn text(&self, sym: Sym) -> &Arc<str> {
        &self.texts.list[sym.0 as usize]
    }

    /// How many texts there are: all `Sym`s are below.
    pub fn texts(&self) -> usize {
        self.texts.list.len()
    }

    /// The origin of an id.
    pub fn origin_of(&self, id: OriginId) -> &Origin {
        &self.origins.list[id.0 as usize]
    }

    /// The agent of an id.
    pub fn agent_of(&self, id: AgentId) -> &Agent {
        &self.agents.list[id.0 as usize]
    }

    /// The place of an id.
    pub fn place_of(&self, id: PlaceId) -> &Places {
        &self.places.list[id.0 as usize]
    }

    /// The properties of an id.
    pub fn props_of(&self, id: PropsId) -> &[(Sym, Sym)] {
        &self.props.list[self.told.list[id.0 as usize].0 as usize]
    }

    /// The money that came with the properties of an id.
    pub fn money_of(&self, id: PropsId) -> Option<Money> {
        self.told.list[id.0 as usize].1
    }

    /// The value of a property; `None` when the event has no such property.
    pub fn prop(&self, id: PropsId, name: Sym) -> Option<Sym> {
        self.props_of(id).iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// The event's own value of a dimension that depends on one event alone.
    ///
    /// `None` for entry and exit pages and hostnames, which only a whole visit knows. For visit dimensions this is the
    /// value the visit has if this event is its first.
    pub fn value(&self, dimension: Dimension, event: &Event) -> Option<Sym> {
        use Dimension as D;
        Some(match dimension {
            D::Page => event.page,
            D::Hostname => event.hostname,
            D::Name => event.name,
            D::Screen => event.screen,
            D::Language => event.language,
            D::EntryPage | D::ExitPage | D::EntryPageHostname | D::ExitPageHostname => return None,
            D::Source => self.origin_of(event.origin).source,
            D::Referrer => self.origin_of(event.origin).referrer,
            D::Channel => self.origin_of(event.origin).channel,
            D::UtmMedium => self.origin_of(event.origin).utm_medium,
            D::UtmSource => self.origin_of(event.origin).utm_source,
            D::UtmCampaign => self.origin_of(event.origin).utm_campaign,
            D::UtmContent => self.origin_of(event.origin).utm_content,
            D::UtmTerm => self.origin_of(event.origin).utm_term,
            D::Browser => self.agent_of(event.agent).browser,
            D::BrowserVersion => self.agent_of(event.agent).browser_version,
            D::Os => self.agent_of(event.agent).os,
            D::OsVersion => self.agent_of(event.agent).os_version,
            D::Device => self.agent_of(event.agent).device,
            D::Country => self.place_of(event.place).country,
            D::Region => self.place_of(event.place).region,
            D::City => self.place_of(event.place).city,
        })
    }

    /// Translates events of another table into this one; texts are hashed once per distinct value, not per event.
    pub fn adopt<'a>(&'a mut self, other: &'a Values) -> Adopter<'a> {
        Adopter {
            texts: vec![None; other.texts.list.len()],
            origins: vec![None; other.origins.list.len()],
            agents: vec![None; other.agents.list.len()],
            places: vec![None; other.places.list.len()],
            props: vec![None; other.told.list.len()],
            into: self,
            from: other,
        }
    }

    /// Bytes held, roughly: for memory limits, not for accounting.
    pub fn bytes(&self) -> usize {
        let texts: usize = self.texts.list.iter().map(|text| text.len() + 56).sum();
        let props: usize = self.props.list.iter().map(|props| props.len() * 8 + 48).sum();
        texts + props + self.told.list.len() * 72 + self.origins.list.len() * 88 + self.agents.list.len() * 64 + self.places.list.len() * 48
    }

    /// The label of a missing source or referrer, property or hostname, or anything else.
    pub fn label_for(dimension: Dimension) -> &'static str {
        labels::missing(dimension)
    }
}

/// See [`Values::adopt`].
pub struct Adopter<'a> {
    into: &'a mut Values,
    from: &'a Values,
    texts: Vec<Option<Sym>>,
    origins: Vec<Option<OriginId>>,
    agents: Vec<Option<AgentId>>,
    places: Vec<Option<PlaceId>>,
    props: Vec<Option<PropsId>>,
}

impl Adopter<'_> {
    /// The event as the adopting table names it.
    pub fn event(&mut self, event: &Event) -> Event {
        Event {
            name: self.sym(event.name),
            page: self.sym(event.page),
            hostname: self.sym(event.hostname),
            screen: self.sym(event.screen),
            language: self.sym(event.language),
            origin: self.origin(event.origin),
            agent: self.agent(event.agent),
            place: self.place(event.place),
            props: self.props(event.props),
            ..*event
        }
    }

    fn sym(&mut self, sym: Sym) -> Sym {
        if let Some(known) = self.texts[sym.0 as usize] {
            return known;
        }
        let text = self.from.text(sym);
        let ours = match self.into.texts.ids.get(&**text) {
            Some(id) => Sym(*id),
            None => Sym(self.into.texts.push(text.clone())),
        };
        self.texts[sym.0 as usize] = Some(ours);
        ours
    }

    fn origin(&mut self, id: OriginId) -> OriginId {
        if let Some(known) = self.origins[id.0 as usize] {
            return known;
        }
        let theirs = *self.from.origin_of(id);
        let ours = Origin {
            source: self.sym(theirs.source),
            referrer: self.sym(theirs.referrer),
            channel: self.sym(theirs.channel),
            utm_medium: self.sym(theirs.utm_medium),
            utm_source: self.sym(theirs.utm_source),
            utm_campaign: self.sym(theirs.utm_campaign),
            utm_content: self.sym(theirs.utm_content),
            utm_term: self.sym(theirs.utm_term),
        };
        let ours = self.into.origin(ours);
        self.origins[id.0 as usize] = Some(ours);
        ours
    }

    fn agent(&mut self, id: AgentId) -> AgentId {
        if let Some(known) = self.agents[id.0 as usize] {
            return known;
        }
        let theirs = *self.from.agent_of(id);
        let ours = Agent {
            browser: self.sym(theirs.browser),
            browser_version: self.sym(theirs.browser_version),
            os: self.sym(theirs.os),
            os_version: self.sym(theirs.os_version),
            device: self.sym(theirs.device),
        };
        let ours = self.into.agent(ours);
        self.agents[id.0 as usize] = Some(ours);
        ours
    }

    fn place(&mut self, id: PlaceId) -> PlaceId {
        if let Some(known) = self.places[id.0 as usize] {
            return known;
        }
        let theirs = *self.from.place_of(id);
        let ours = Places { country: self.sym(theirs.country), region: self.sym(theirs.region), city: self.sym(theirs.city) };
        let ours = self.into.place(ours);
        self.places[id.0 as usize] = Some(ours);
        ours
    }

    fn props(&mut self, id: PropsId) -> PropsId {
        if let Some(known) = self.props[id.0 as usize] {
            return known;
        }
        let theirs = self.from.props_of(id);
        let ours: Vec<_> = theirs.iter().map(|(key, value)| (self.sym(*key), self.sym(*value))).collect();
        let ours = self.into.props_and_money(&ours, self.from.money_of(id));
        self.props[id.0 as usize] = Some(ours);
        ours
    }
}

#[derive(Clone, Debug)]
struct Interner<T> {
    list: Vec<T>,
    ids: FxHashMap<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { list: Vec::new(), ids: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Interner<T> {
    fn id(&mut self, value: T) -> u32 {
        match self.ids.get(&value) {
            Some(id) => *id,
            None => self.push(value),
        }
    }

    fn push(&mut self, value: T) -> u32 {
        let id = u32::try_from(self.list.len()).expect("fewer than 4 billion distinct values in a site-day");
        self.list.push(value.clone());
        self.ids.insert(value, id);
        id
    }
}
