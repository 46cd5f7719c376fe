//! The fold of one group of feeds: its visitors, and what has been counted of them.

use crate::names::Names;
use crate::packed::Packed;
use crate::place::{Known, place};
use crate::sink::{Nothing, Retract, Sink};
use crate::tables::Tables;
use crate::view::View;
use crate::walk::Walk;
use footfall_domain::{UnixMillis, VisitorId};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// With more events than this a visitor's walk is kept; with fewer, walking them again is cheaper than the memory.
const KEPT_WALK: usize = 64;

/// Everything one group of feeds has shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Feed {
    ids: FxHashMap<VisitorId, u32>,
    visitors: Vec<Visitor>,
    tables: Tables,
    /// Events that reached the fold.
    pub events: i64,
    /// Time of the newest of them.
    pub newest: Option<UnixMillis>,
    /// Visitors with events not folded yet; empty but within a batch.
    touched: Vec<u32>,
    /// Visitors with a wide visit whose last changes are not in `tables`.
    owing: Vec<u32>,
    late_refolds: u64,
}

/// One visitor's events, in canonical order but for those not folded yet.
#[derive(Clone, Debug, Default)]
struct Visitor {
    events: Vec<Packed>,
    folded: u32,
    busy: Option<Box<Busy>>,
}

/// What is kept of a visitor with many events.
#[derive(Clone, Debug, Default)]
struct Busy {
    walk: Walk,
    known: Known,
    /// Events walked since the tables were told.
    owed: usize,
}

impl Feed {
    /// Takes in an event; it counts after [`Feed::fold`].
    pub fn push(&mut self, visitor: VisitorId, time: UnixMillis, event: Packed) {
        self.events += 1;
        self.newest = self.newest.max(Some(time));
        let next = u32::try_from(self.visitors.len()).expect("fewer than 4 billion visitors in a site-day");
        let at = *self.ids.entry(visitor).or_insert(next);
        if at == next {
            self.visitors.push(Visitor::default());
        }
        let visitor = &mut self.visitors[at as usize];
        if visitor.events.len() == visitor.folded as usize {
            self.touched.push(at);
        }
        visitor.push(event);
    }

    /// Folds what was pushed; returns how many visitors were folded again from their beginning.
    pub fn fold(&mut self, names: &Names) -> usize {
        let mut scratch = Walk::default();
        let mut late = 0;
        for at in std::mem::take(&mut self.touched) {
            let visitor = &mut self.visitors[at as usize];
            let owed = visitor.owes();
            late += usize::from(visitor.fold(names, &mut self.tables, &mut scratch));
            if visitor.owes() && !owed {
                self.owing.push(at);
            }
        }
        self.owing.retain(|at| self.visitors[*at as usize].owes());
        self.late_refolds += late as u64;
        late
    }

    /// Folds again of late events, since the beginning.
    pub fn late_refolds(&self) -> u64 {
        self.late_refolds
    }

    /// What has been counted.
    pub fn view<'a>(&'a self, names: &'a Names) -> View<'a> {
        let owed = (!self.owing.is_empty()).then(|| {
            let mut owed = Tables::default();
            for busy in self.owing.iter().filter_map(|at| self.visitors[*at as usize].busy.as_ref()) {
                busy.walk.emit(names, &mut owed);
            }
            owed
        });
        View { told: &self.tables, owed, names }
    }

    /// Each visitor's events, placed and in canonical order.
    pub fn visitors(&self) -> impl Iterator<Item = &[Packed]> {
        self.visitors.iter().map(|visitor| visitor.events.as_slice())
    }

    pub fn bytes(&self) -> usize {
        let visitors = self.visitors.capacity() * size_of::<Visitor>() + self.ids.capacity() * 13;
        let events: usize = self.visitors.iter().map(Visitor::bytes).sum();
        visitors + events + self.tables.bytes()
    }
}

impl Visitor {
    /// Most visitors have few events: room grows by a half, from one.
    fn push(&mut self, event: Packed) {
        if self.events.len() == self.events.capacity() {
            self.events.reserve_exact(1 + self.events.len() / 2);
        }
        self.events.push(event);
    }

    fn owes(&self) -> bool {
        self.busy.as_ref().is_some_and(|busy| busy.owed > 0)
    }

    /// Folds the new events; true if one of them was older than what was folded.
    fn fold(&mut self, names: &Names, tables: &mut Tables, scratch: &mut Walk) -> bool {
        let folded = self.folded as usize;
        self.events[folded..].sort_unstable_by(|a, b| names.order(a, b));
        let late = folded > 0 && names.order(&self.events[folded], &self.events[folded - 1]) == Ordering::Less;
        if late {
            self.retract(names, tables, scratch);
        }
        let from = self.folded as usize;
        place(&mut self.events, from, self.busy.as_mut().map(|busy| &mut busy.known), names);
        match &mut self.busy {
            Some(busy) => busy.go_on(&self.events[from..], names, tables),
            None => go_on(scratch, &self.events, from, names, tables),
        }
        if self.busy.is_none() && self.events.len() > KEPT_WALK {
            scratch.settle();
            let known = Known::of(&self.events, names);
            self.busy = Some(Box::new(Busy { walk: std::mem::take(scratch), known, owed: 0 }));
        }
        self.folded = u32::try_from(self.events.len()).expect("fewer than 4 billion events of one visitor");
        late
    }

    /// Takes back all that the folded events counted for, and puts the others where they belong among them.
    fn retract(&mut self, names: &Names, tables: &mut Tables, scratch: &mut Walk) {
        if let Some(busy) = &mut self.busy {
            // What is owed was never told, so it must not be taken back.
            busy.walk.emit(names, tables);
            **busy = Busy::default();
        }
        go_on(scratch, &self.events[..self.folded as usize], 0, names, &mut Retract(tables));
        self.events.sort_by(|a, b| names.order(a, b));
        self.folded = 0;
    }

    fn bytes(&self) -> usize {
        let busy = self.busy.as_ref().map_or(0, |busy| size_of::<Busy>() + busy.known.bytes() + busy.walk.bytes());
        self.events.capacity() * size_of::<Packed>() + busy
    }
}

impl Busy {
    /// Walks on, and tells the tables when enough has come together: a visit of many pages changes as many rows with
    /// each hit, so telling waits for a share of as many hits.
    fn go_on(&mut self, events: &[Packed], names: &Names, tables: &mut Tables) {
        for event in events {
            self.walk.step(event, names, tables);
        }
        self.owed += events.len();
        if self.owed * 8 >= self.walk.width() {
            self.walk.emit(names, tables);
            self.walk.settle();
            self.owed = 0;
        }
    }
}

/// Tells what the events from `from` on change; those before were told already.
fn go_on(walk: &mut Walk, events: &[Packed], from: usize, names: &Names, sink: &mut impl Sink) {
    walk.clear();
    let (told, new) = events.split_at(from);
    for event in told {
        walk.step(event, names, &mut Nothing);
    }
    walk.settle();
    for event in new {
        walk.step(event, names, sink);
    }
    walk.emit(names, sink);
}
