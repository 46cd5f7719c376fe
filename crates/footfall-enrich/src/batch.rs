//! A batch at work: every distinct text is worked out once, every hit is a few look-ups.

use crate::agent::{Cache, Person, Reading};
use crate::campaign::Campaign;
use crate::channel::{Clues, channel};
use crate::left_out::LeftOut;
use crate::{address::Address, language, referrer::Referrer, screen, source};
use footfall_domain::{
    Agent, AgentId, DropReason, Event, EventBatch, Exclusions, Hit, Kind, Machine, Money, Origin, OriginId, Place, PlaceId, Places,
    PropsId, Sym, Values, labels,
};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many properties of a hit exist (definition 24).
const MOST_PROPS: usize = 30;

/// A batch that is being made.
pub(crate) struct Batch<'a, 'e> {
    readings: &'e Cache,
    values: Values,
    events: Vec<Event>,
    left_out: LeftOut<'e>,
    drops: BTreeMap<DropReason, i64>,
    agents: FxHashMap<&'a str, Visitor>,
    machines: Vec<Arc<Reading>>,
    addresses: FxHashMap<(&'a str, bool), usize>,
    pages: Vec<Page<'a>>,
    campaigns: FxHashMap<Campaign, usize>,
    tags: Vec<Campaign>,
    referrers: FxHashMap<&'a str, usize>,
    sites: Vec<Option<Referrer>>,
    origins: FxHashMap<(usize, usize, Sym), Option<OriginId>>,
    places: FxHashMap<&'a Place, PlaceId>,
    languages: FxHashMap<&'a str, Sym>,
    last: Last<'a>,
    machine_pages: FxHashMap<(usize, usize), i64>,
}

/// What the hit before had: neighbours are alike, and comparing is cheaper than looking up.
#[derive(Default)]
struct Last<'a> {
    name: Option<(&'a str, Sym)>,
    screen: Option<(&'static str, Sym)>,
    language: Option<(&'a str, Sym)>,
    place: Option<(&'a Place, PlaceId)>,
    no_props: Option<PropsId>,
}

/// Who sent a user agent.
#[derive(Clone, Copy)]
enum Visitor {
    /// By place in `machines`.
    Machine(usize),
    Person(AgentId),
}

/// What a URL says. The names are given when the first person asks for the page: what only machines see is not in the values.
struct Page<'a> {
    address: Address<'a>,
    page: Cow<'a, str>,
    named: Option<Named>,
}

#[derive(Clone, Copy)]
struct Named {
    page: Sym,
    hostname: Sym,
    /// By place in `tags`.
    campaign: usize,
}

impl<'a, 'e> Batch<'a, 'e> {
    /// An empty batch that expects about `hits` hits.
    pub fn new(readings: &'e Cache, rules: &'e Exclusions, hits: usize) -> Self {
        Self {
            readings,
            values: Values::default(),
            events: Vec::with_capacity(hits),
            left_out: LeftOut::of(rules),
            drops: BTreeMap::new(),
            agents: FxHashMap::default(),
            machines: Vec::new(),
            addresses: FxHashMap::default(),
            pages: Vec::new(),
            campaigns: FxHashMap::default(),
            tags: Vec::new(),
            referrers: FxHashMap::default(),
            sites: Vec::new(),
            origins: FxHashMap::default(),
            places: FxHashMap::default(),
            languages: FxHashMap::default(),
            last: Last::default(),
            machine_pages: FxHashMap::default(),
        }
    }

    /// Makes an event of a hit, or counts why not.
    pub fn add(&mut self, hit: &'a Hit) {
        let page = self.page(&hit.url, hit.hash_routing);
        let agent = match self.visitor(&hit.user_agent) {
            Visitor::Person(agent) => agent,
            Visitor::Machine(machine) => {
                self.not_counted(DropReason::Bot);
                if kind(&hit.name) == Kind::Pageview {
                    *self.machine_pages.entry((machine, page)).or_default() += 1;
                }
                return;
            }
        };
        let Page { address, page: path, .. } = &self.pages[page];
        if let Some(reason) = self.left_out.why(hit, page, || (address.hostname(), path)) {
            return self.not_counted(reason);
        }
        let named = self.named(page);
        let referrer = self.referrer(&hit.referrer);
        let Some(origin) = self.origin(named, referrer) else { return self.not_counted(DropReason::SpamReferrer) };
        let event = self.event(hit, named, origin, agent);
        self.events.push(event);
    }

    /// The finished batch.
    pub fn finish(self) -> EventBatch {
        let mut machines: BTreeMap<(Machine, String), i64> = BTreeMap::new();
        for ((machine, page), count) in self.machine_pages {
            if let Reading::Machine(machine) = &*self.machines[machine] {
                *machines.entry((machine.clone(), self.pages[page].page.to_string())).or_default() += count;
            }
        }
        EventBatch { values: self.values, events: self.events, drops: self.drops, machines }
    }

    fn not_counted(&mut self, reason: DropReason) {
        *self.drops.entry(reason).or_default() += 1;
    }

    fn event(&mut self, hit: &'a Hit, named: Named, origin: OriginId, agent: AgentId) -> Event {
        let kind = kind(&hit.name);
        let engagement = kind == Kind::Engagement;
        Event {
            id: hit.id,
            time: hit.time,
            visitor: hit.visitor,
            offset_seconds: hit.offset_seconds,
            kind,
            feed: hit.feed,
            interactive: kind == Kind::Pageview || hit.interactive,
            name: self.name(&hit.name),
            page: named.page,
            hostname: named.hostname,
            screen: self.screen(screen::class(hit.screen_width)),
            language: self.language(&hit.language),
            origin,
            agent,
            place: self.place(&hit.place),
            props: self.props(hit),
            engaged_ms: hit.engaged_ms.filter(|_| engagement),
            scroll_depth: hit.scroll_depth.filter(|_| engagement),
        }
    }

    fn visitor(&mut self, user_agent: &'a str) -> Visitor {
        if let Some(known) = self.agents.get(user_agent) {
            return *known;
        }
        let reading = self.readings.read(user_agent);
        let visitor = match &*reading {
            Reading::Person(person) => Visitor::Person(person_of(&mut self.values, person)),
            Reading::Machine(_) => {
                self.machines.push(reading);
                Visitor::Machine(self.machines.len() - 1)
            }
        };
        self.agents.insert(user_agent, visitor);
        visitor
    }

    fn page(&mut self, url: &'a str, hash_routing: bool) -> usize {
        *self.addresses.entry((url, hash_routing)).or_insert_with(|| {
            let address = Address::of(url);
            self.pages.push(Page { address, page: address.page(hash_routing), named: None });
            self.pages.len() - 1
        })
    }

    fn named(&mut self, page: usize) -> Named {
        if let Some(named) = self.pages[page].named {
            return named;
        }
        let address = self.pages[page].address;
        let named = Named {
            page: self.values.sym(&self.pages[page].page),
            hostname: self.values.sym(or(&address.hostname(), labels::NONE)),
            campaign: self.campaign(address.query),
        };
        self.pages[page].named = Some(named);
        named
    }

    fn campaign(&mut self, query: &str) -> usize {
        let campaign = Campaign::of(query);
        *self.campaigns.entry(campaign).or_insert_with_key(|campaign| {
            self.tags.push(campaign.clone());
            self.tags.len() - 1
        })
    }

    fn referrer(&mut self, referrer: &'a str) -> usize {
        *self.referrers.entry(referrer).or_insert_with(|| {
            self.sites.push(Referrer::of(referrer));
            self.sites.len() - 1
        })
    }

    /// The origin of a hit; `None` when its referrer is spam. The site's own pages refer to nobody (definition 23).
    fn origin(&mut self, named: Named, referrer: usize) -> Option<OriginId> {
        let key = (named.campaign, referrer, named.hostname);
        if let Some(known) = self.origins.get(&key) {
            return *known;
        }
        let own = self.values.text(named.hostname).clone();
        let referrer = self.sites[referrer].as_ref().filter(|referrer| *referrer.host != *own);
        let origin = match referrer {
            Some(referrer) if referrer.spam => None,
            referrer => Some(origin_of(&mut self.values, &self.tags[named.campaign], referrer)),
        };
        self.origins.insert(key, origin);
        origin
    }

    fn name(&mut self, name: &'a str) -> Sym {
        recall(&mut self.last.name, name, || self.values.sym(name))
    }

    fn screen(&mut self, class: &'static str) -> Sym {
        recall(&mut self.last.screen, class, || self.values.sym(class))
    }

    fn language(&mut self, language: &'a str) -> Sym {
        recall(&mut self.last.language, language, || {
            *self.languages.entry(language).or_insert_with(|| self.values.sym(&language::tag(language)))
        })
    }

    fn place(&mut self, place: &'a Place) -> PlaceId {
        recall(&mut self.last.place, place, || *self.places.entry(place).or_insert_with(|| place_of(&mut self.values, place)))
    }

    fn props(&mut self, hit: &Hit) -> PropsId {
        let money = hit.revenue.as_ref().and_then(|sent| Money::parse(&sent.amount, &sent.currency));
        if hit.props.is_empty() && money.is_none() {
            return *self.last.no_props.get_or_insert_with(|| self.values.props(&[]));
        }
        let exist = hit.props.iter().filter(|(name, value)| !name.trim().is_empty() && !value.trim().is_empty());
        let pairs: SmallVec<[(Sym, Sym); 8]> =
            exist.take(MOST_PROPS).map(|(name, value)| (self.values.sym(name), self.values.sym(value))).collect();
        self.values.props_and_money(&pairs, money)
    }
}

/// The answer of last time, when the question is the same.
fn recall<K: PartialEq + Copy, V: Copy>(last: &mut Option<(K, V)>, key: K, answer: impl FnOnce() -> V) -> V {
    match last {
        Some((known, value)) if *known == key => *value,
        _ => last.insert((key, answer())).1,
    }
}

fn kind(name: &str) -> Kind {
    match name {
        "pageview" => Kind::Pageview,
        "engagement" => Kind::Engagement,
        _ => Kind::Custom,
    }
}

fn person_of(values: &mut Values, person: &Person) -> AgentId {
    let agent = Agent {
        browser: values.sym(&person.browser),
        browser_version: values.sym(&person.browser_version),
        os: values.sym(&person.os),
        os_version: values.sym(&person.os_version),
        device: values.sym(person.device),
    };
    values.agent(agent)
}

fn place_of(values: &mut Values, place: &Place) -> PlaceId {
    let mut part = |text: &str| values.sym(or(text, labels::NOT_SET));
    let places = Places { country: part(&place.country), region: part(&place.region), city: part(&place.city) };
    values.place(places)
}

fn origin_of(values: &mut Values, campaign: &Campaign, referrer: Option<&Referrer>) -> OriginId {
    let source = campaign.source.as_deref().or(referrer.map(Referrer::name));
    let kind = match &campaign.source {
        Some(tag) => source::of_tag(tag).and_then(|source| source.kind),
        None => referrer.and_then(|referrer| referrer.source?.kind),
    };
    let clues = Clues {
        source,
        kind,
        medium: campaign.utm_medium.as_deref().unwrap_or_default(),
        campaign: campaign.utm_campaign.as_deref().unwrap_or_default(),
        click: campaign.click,
    };
    let mut tag = |text: &Option<Box<str>>| values.sym(text.as_deref().unwrap_or(labels::NOT_SET));
    let origin = Origin {
        utm_medium: tag(&campaign.utm_medium),
        utm_source: tag(&campaign.utm_source),
        utm_campaign: tag(&campaign.utm_campaign),
        utm_content: tag(&campaign.utm_content),
        utm_term: tag(&campaign.utm_term),
        channel: values.sym(channel(&clues)),
        source: values.sym(source.unwrap_or(labels::DIRECT)),
        referrer: values.sym(referrer.map_or(labels::DIRECT, |referrer| &referrer.page)),
    };
    values.origin(origin)
}

fn or<'t>(text: &'t str, label: &'t str) -> &'t str {
    if text.is_empty() { label } else { text }
}
