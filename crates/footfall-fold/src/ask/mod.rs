//! The general engine: any question, answered by folding the hits (definitions 9, 10, 12, 16 and 17).

mod groups;
mod predicate;
mod seen;
mod text_test;

pub(crate) use seen::seen_since;

use crate::depth::Depth;
use crate::names::Names;
use crate::packed::{Packed, Place};
use crate::small_map::SmallMap;
use crate::visit::Visit;
use crate::{Answer, Question};
use footfall_domain::{Counts, Sym, UnixMillis};
use groups::{Groups, Key};
use predicate::Predicate;
use std::ops::Range;

/// Answers a question about visitors whose events are placed and in canonical order.
pub(crate) fn ask<'a>(visitors: impl Iterator<Item = &'a [Packed]>, names: &Names, question: &Question) -> Answer {
    let everything = UnixMillis(i64::MIN)..UnixMillis(i64::MAX);
    let range = question.range.clone().unwrap_or(everything);
    let mut engine = Engine {
        names,
        range: range.start.0..range.end.0,
        keep: Predicate::new(question.filter.as_ref(), names),
        groups: Groups::new(&question.group_by, names),
        takings: question.takings,
        keys: Vec::new(),
        depths: SmallMap::default(),
        visitor: 0,
        visit: 0,
    };
    for events in visitors {
        engine.visitor(events);
    }
    engine.groups.answer(names)
}

struct Engine<'a> {
    names: &'a Names,
    /// Unix milliseconds.
    range: Range<i64>,
    keep: Predicate,
    groups: Groups,
    /// Whether money is asked for.
    takings: bool,
    /// Those a hit counts for; room that is used again.
    keys: Vec<Key>,
    /// Engagement of the visit at hand, by page and row.
    depths: SmallMap<(Sym, Key), Depth>,
    /// Running numbers, from 1.
    visitor: u32,
    visit: u32,
}

impl Engine<'_> {
    fn visitor(&mut self, events: &[Packed]) {
        if events.last().is_none_or(|last| self.names.time(last) < self.range.start) {
            return;
        }
        self.visitor += 1;
        for events in Visits(events) {
            if !self.visit(events) {
                return;
            }
        }
    }

    /// One visit; false when it began after the range, as all that follow.
    fn visit(&mut self, events: &[Packed]) -> bool {
        if self.names.time(&events[0]) >= self.range.end {
            return false;
        }
        let visit = visit_of(events, self.names);
        self.visit += 1;
        self.keep.enter(self.visit);
        if self.keep.whole_visit(events, &visit, self.names) {
            self.hits(events, &visit);
        }
        true
    }

    fn hits(&mut self, events: &[Packed], visit: &Visit) {
        let (whole, began_inside) = (visit.whole(), self.range.contains(&visit.began));
        let base = self.groups.of_visit(visit, self.names);
        self.depths.clear();
        for hit in hits(events) {
            if hit.is_engagement() {
                if began_inside && self.groups.counts_engagement && self.keep.hit(hit, events, visit, self.names) {
                    self.engagement(base, hit, visit);
                }
                continue;
            }
            let time = self.names.time(hit);
            let inside = self.range.contains(&time);
            if !(inside || began_inside) || !self.keep.hit(hit, events, visit, self.names) {
                continue;
            }
            let values = self.groups.of_hit(base, hit, self.names);
            let mut keys = std::mem::take(&mut self.keys);
            self.groups.each(values, hit, self.names, &mut keys);
            for values in &keys {
                if inside {
                    let key = self.groups.at(*values, hit.hour, time);
                    self.groups.add_hit(key, self.visitor, hit.is_pageview());
                    if let Some(money) = self.takings.then(|| self.names.money(hit)).flatten() {
                        self.groups.add_money(key, money);
                    }
                }
                if began_inside {
                    let key = self.groups.at(*values, visit.hour, visit.began);
                    self.groups.add_visit(key, self.visit, whole);
                }
            }
            self.keys = keys;
        }
    }

    fn engagement(&mut self, base: Key, hit: &Packed, visit: &Visit) {
        let values = self.groups.of_hit(base, hit, self.names);
        let mut keys = std::mem::take(&mut self.keys);
        self.groups.each(values, hit, self.names, &mut keys);
        for values in &keys {
            let key = self.groups.at(*values, visit.hour, visit.began);
            let pair = self.depths.place((hit.page, key));
            let growth: Counts = self.depths.value_mut(pair).add(hit);
            self.groups.add(key, growth);
        }
        self.keys = keys;
    }
}

/// The events of each visit of a visitor, one after the other.
struct Visits<'a>(&'a [Packed]);

impl<'a> Iterator for Visits<'a> {
    type Item = &'a [Packed];

    fn next(&mut self) -> Option<&'a [Packed]> {
        // What comes before the first visit is not counted.
        let begin = self.0.iter().position(|event| event.place() == Place::Opens)?;
        let rest = &self.0[begin..];
        let end = rest[1..].iter().position(|event| event.place() == Place::Opens).map_or(rest.len(), |at| at + 1);
        let (visit, rest) = rest.split_at(end);
        self.0 = rest;
        Some(visit)
    }
}

/// A whole visit.
fn visit_of(events: &[Packed], names: &Names) -> Visit {
    let mut visit = Visit::opened_by(&events[0], names);
    hits(events).filter(|hit| !hit.is_engagement()).for_each(|hit| visit.add(hit, names));
    visit
}

/// The counted hits of a visit's events.
fn hits(events: &[Packed]) -> impl Iterator<Item = &Packed> {
    events.iter().filter(|event| event.place().is_counted())
}
