//! What has been counted of one group of feeds.

use crate::carrier::{Carrier, FirstPart};
use crate::names::{First, Names};
use crate::sink::Sink;
use footfall_domain::{AgentId, Counts, Dimension, DropReason, OriginId, PlaceId, Sym};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Counts by value.
pub(crate) type Rows = FxHashMap<Sym, Counts>;

/// The running sums.
///
/// What a visit has from its first hit is kept by agent, place and origin as a whole, not by each of their eighteen
/// dimensions: a table of one of them is made when somebody asks for it ([`Tables::rows`]). All numbers add up that
/// way but visitors: they are counted with the first visit of their day, and `more_visitors` holds what later visits
/// add.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub day: Counts,
    /// By number of the hour.
    pub hours: Vec<Counts>,
    pub drops: BTreeMap<DropReason, i64>,
    /// Visitors by the 10-second slot of their last counted hit.
    pub last_seen: FxHashMap<i64, i64>,
    agents: Vec<Counts>,
    places: Vec<Counts>,
    origins: Vec<Counts>,
    screens: Rows,
    languages: Rows,
    more_visitors: FxHashMap<(Dimension, Sym), i64>,
    /// Event dimensions, entry and exit: those that have no table by agent, place or origin.
    values: Box<[Rows; 7]>,
}

impl Sink for Tables {
    fn day(&mut self, counts: Counts) {
        self.day += counts;
    }

    fn hour(&mut self, hour: u16, counts: Counts) {
        *at(&mut self.hours, usize::from(hour)) += counts;
    }

    fn first(&mut self, first: &First, counts: Counts) {
        *at(&mut self.agents, first.client.agent.0 as usize) += counts;
        *at(&mut self.places, first.client.place.0 as usize) += counts;
        *at(&mut self.origins, first.origin.0 as usize) += counts;
        *self.screens.entry(first.client.screen).or_default() += counts;
        *self.languages.entry(first.client.language).or_default() += counts;
    }

    fn more_visitors(&mut self, dimension: Dimension, value: Sym, visitors: i64) {
        *self.more_visitors.entry((dimension, value)).or_default() += visitors;
    }

    fn value(&mut self, dimension: Dimension, value: Sym, counts: Counts) {
        if let Some(table) = own_table(dimension) {
            *self.values[table].entry(value).or_default() += counts;
        }
    }

    fn dropped(&mut self, reason: DropReason, hits: i64) {
        *self.drops.entry(reason).or_default() += hits;
    }

    fn last_seen(&mut self, slot: i64, visitors: i64) {
        let here = self.last_seen.entry(slot).or_default();
        *here += visitors;
        if *here == 0 {
            self.last_seen.remove(&slot);
        }
    }
}

impl Tables {
    /// A dimension's rows; some may be zero.
    pub fn rows(&self, dimension: Dimension, names: &Names) -> Cow<'_, Rows> {
        let part = match Carrier::of(dimension) {
            Carrier::First(part) => part,
            _ => return Cow::Borrowed(&self.values[own_table(dimension).unwrap_or_default()]),
        };
        let mut rows = match part {
            FirstPart::Agent(value) => summed(&self.agents, |id| value(names.values.agent_of(AgentId(id)))),
            FirstPart::Place(value) => summed(&self.places, |id| value(names.values.place_of(PlaceId(id)))),
            FirstPart::Origin(value) => summed(&self.origins, |id| value(names.values.origin_of(OriginId(id)))),
            FirstPart::Screen => self.screens.clone(),
            FirstPart::Language => self.languages.clone(),
        };
        for ((_, value), visitors) in self.more_visitors.iter().filter(|((other, _), _)| *other == dimension) {
            rows.entry(*value).or_default().visitors += visitors;
        }
        Cow::Owned(rows)
    }

    pub fn bytes(&self) -> usize {
        let lists = self.hours.capacity() + self.agents.capacity() + self.places.capacity() + self.origins.capacity();
        let rows: usize = self.values.iter().chain([&self.screens, &self.languages]).map(|rows| rows.capacity()).sum();
        lists * size_of::<Counts>() + rows * (size_of::<Counts>() + 9) + self.more_visitors.capacity() * 17 + self.last_seen.capacity() * 17
    }
}

/// The place of a dimension's table among [`Tables::values`], if it has one.
fn own_table(dimension: Dimension) -> Option<usize> {
    match Carrier::of(dimension) {
        Carrier::Page => Some(0),
        Carrier::Hostname => Some(1),
        Carrier::Name => Some(2),
        Carrier::Edge(at) => Some(3 + at),
        Carrier::First(_) => None,
    }
}

fn at(list: &mut Vec<Counts>, id: usize) -> &mut Counts {
    if list.len() <= id {
        list.resize(id + 1, Counts::default());
    }
    &mut list[id]
}

fn summed(list: &[Counts], value: impl Fn(u32) -> Sym) -> Rows {
    let mut rows = Rows::default();
    for (counts, id) in list.iter().zip(0..) {
        if !counts.is_zero() {
            *rows.entry(value(id)).or_default() += *counts;
        }
    }
    rows
}
