//! One visitor's day, hit by hit, as changes of counts.

use crate::carrier::FirstPart;
use crate::depth::Depth;
use crate::names::Names;
use crate::packed::{Packed, Place};
use crate::sink::Sink;
use crate::small_map::SmallMap;
use crate::visit::{EDGES, Edges, Visit};
use footfall_domain::{Counts, Dimension, DropReason, Sym};

/// The state of one visitor after some of its events, and what of it has been told to a sink.
///
/// Feed it placed events in canonical order with [`Walk::step`]; [`Walk::emit`] tells what changed since
/// [`Walk::settle`]. What a whole walk tells is a pure function of the events: walking the same events again into
/// [`crate::sink::Retract`] takes all of it back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Walk {
    /// All visits so far. Only the last can change.
    visits: Vec<Visit>,
    /// What was told of the last visit.
    told: Option<Told>,
    /// Pages, hostnames and names of the visitor's day.
    values: SmallMap<(Dimension, Sym), Seen>,
    /// Which of `values` the last visit has.
    present: Vec<u32>,
    /// Engagement of the last visit, by page, and by page and hostname.
    depths: SmallMap<(Sym, Option<Sym>), Depth>,
    /// Hour buckets in which the visitor was counted.
    hours: Vec<u16>,
    /// Hits not told yet, by hour.
    new_hits: Vec<(u16, Counts)>,
    /// Hits not told yet that are not counted: duplicates, and engagement without a visit.
    new_drops: [i64; 2],
    /// The 10-second slot of the last counted hit, and the one told.
    last_slot: Option<i64>,
    told_slot: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
struct Told {
    counts: Counts,
    edges: Edges,
}

/// A value of an event dimension as one visitor has it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Whether the visitor has been told to count for it.
    visitor_told: bool,
    /// How many visits there were when it was last seen: its visit's number, from 1.
    visit: usize,
    /// Whether that visit has a pageview or custom event of it, and whether that was told.
    hit: bool,
    hit_told: bool,
    /// Pageviews, events and engagement not told yet.
    new: Counts,
}

const DROPS: [DropReason; 2] = [DropReason::Duplicate, DropReason::NoVisit];

impl Walk {
    /// Takes in the next event. Tells the sink all that is left to tell of a visit before the next one opens.
    pub fn step<S: Sink>(&mut self, event: &Packed, names: &Names, sink: &mut S) {
        match event.place() {
            Place::Duplicate => self.new_drops[0] += 1,
            Place::NoVisit => self.new_drops[1] += 1,
            Place::Opens => {
                self.open(event, names, sink);
                self.hit(event, names);
            }
            Place::Continues if event.is_engagement() => self.engagement(event, names),
            Place::Continues => self.hit(event, names),
            Place::Waiting => debug_assert!(false, "an event is placed before it is walked"),
        }
    }

    /// Tells what changed since [`Walk::settle`].
    pub fn emit<S: Sink>(&self, names: &Names, sink: &mut S) {
        for (reason, hits) in DROPS.into_iter().zip(self.new_drops) {
            if hits != 0 {
                sink.dropped(reason, hits);
            }
        }
        for (hour, counts) in &self.new_hits {
            sink.hour(*hour, *counts);
        }
        if self.last_slot != self.told_slot {
            self.told_slot.inspect(|slot| sink.last_seen(*slot, -1));
            self.last_slot.inspect(|slot| sink.last_seen(*slot, 1));
        }
        if let Some((visit, earlier)) = self.visits.split_last() {
            self.emit_visit(visit, earlier, names, sink);
            self.emit_values(visit, sink);
        }
    }

    /// Remembers that everything so far has been told.
    pub fn settle(&mut self) {
        self.new_drops = [0; 2];
        self.new_hits.clear();
        self.told_slot = self.last_slot;
        self.told = self.visits.last().map(|visit| Told { counts: visit.counts(), edges: visit.edges });
        for place in &self.present {
            let seen = self.values.value_mut(*place);
            seen.new = Counts::default();
            seen.visitor_told |= seen.hit;
            seen.hit_told = seen.hit;
        }
    }

    /// Back to the beginning; keeps the room.
    pub fn clear(&mut self) {
        self.visits.clear();
        self.told = None;
        self.values.clear();
        self.present.clear();
        self.depths.clear();
        self.hours.clear();
        self.new_hits.clear();
        self.new_drops = [0; 2];
        (self.last_slot, self.told_slot) = (None, None);
    }

    /// How many rows [`Walk::emit`] touches, roughly.
    pub fn width(&self) -> usize {
        self.present.len()
    }

    pub fn bytes(&self) -> usize {
        self.visits.capacity() * size_of::<Visit>() + self.values.bytes() + self.depths.bytes() + self.present.capacity() * 4
    }

    fn open<S: Sink>(&mut self, event: &Packed, names: &Names, sink: &mut S) {
        if !self.visits.is_empty() {
            self.emit(names, sink);
            self.settle();
        }
        self.told = None;
        self.present.clear();
        self.depths.clear();
        self.visits.push(Visit::opened_by(event, names));
    }

    /// A counted pageview or custom event.
    fn hit(&mut self, event: &Packed, names: &Names) {
        self.last_slot = Some(slot(names.time(event)));
        if let Some(visit) = self.visits.last_mut() {
            visit.add(event, names);
        }
        let mut one = Counts { pageviews: i64::from(event.is_pageview()), events: 1, ..Counts::default() };
        let what = names.what(event);
        for key in [(Dimension::Page, event.page), (Dimension::Hostname, what.hostname), (Dimension::Name, what.name)] {
            let seen = self.touch(key);
            seen.hit = true;
            seen.new += one;
        }
        one.visitors = i64::from(!self.hours.contains(&event.hour));
        if one.visitors == 1 {
            self.hours.push(event.hour);
        }
        match self.new_hits.iter_mut().rev().find(|(hour, _)| *hour == event.hour) {
            Some((_, counts)) => *counts += one,
            None => self.new_hits.push((event.hour, one)),
        }
    }

    /// An engagement hit of the open visit.
    fn engagement(&mut self, event: &Packed, names: &Names) {
        self.last_slot = Some(slot(names.time(event)));
        let hostname = names.what(event).hostname;
        let of_page = self.deepen((event.page, None), event);
        self.touch((Dimension::Page, event.page)).new += of_page;
        let of_host = self.deepen((event.page, Some(hostname)), event);
        self.touch((Dimension::Hostname, hostname)).new += of_host;
        if let Some(visit) = self.visits.last_mut() {
            visit.engaged += of_page;
        }
    }

    fn deepen(&mut self, key: (Sym, Option<Sym>), event: &Packed) -> Counts {
        let place = self.depths.place(key);
        self.depths.value_mut(place).add(event)
    }

    /// A value that a hit of the last visit has.
    fn touch(&mut self, key: (Dimension, Sym)) -> &mut Seen {
        let visit = self.visits.len();
        let place = self.values.place(key);
        let seen = self.values.value_mut(place);
        if seen.visit != visit {
            *seen = Seen { visit, visitor_told: seen.visitor_told, ..Seen::default() };
            self.present.push(place);
        }
        seen
    }

    fn emit_visit<S: Sink>(&self, visit: &Visit, earlier: &[Visit], names: &Names, sink: &mut S) {
        let now = visit.counts();
        let mut change = now;
        let new = self.told.is_none();
        if let Some(told) = self.told {
            change -= told.counts;
        }
        change.visitors = i64::from(new && earlier.is_empty());
        if !change.is_zero() {
            sink.day(change);
            sink.first(&visit.first, change);
            sink.hour(visit.hour, Counts { visitors: 0, pageviews: 0, events: 0, ..change });
        }
        if new && !earlier.is_empty() {
            emit_more_visitors(visit, earlier, names, sink);
        }
        for (at, dimension) in EDGES.into_iter().enumerate() {
            let has = |value: Sym| i64::from(earlier.iter().all(|other| other.edges[at] != value));
            let value = visit.edges[at];
            match self.told {
                Some(told) if told.edges[at] == value => {
                    if !change.is_zero() {
                        sink.value(dimension, value, change);
                    }
                }
                Some(told) => {
                    let gone = told.edges[at];
                    sink.value(dimension, gone, Counts { visitors: has(gone), ..told.counts }.times(-1));
                    sink.value(dimension, value, Counts { visitors: has(value), ..now });
                }
                None => sink.value(dimension, value, Counts { visitors: has(value), ..now }),
            }
        }
    }

    fn emit_values<S: Sink>(&self, visit: &Visit, sink: &mut S) {
        let whole = visit.whole();
        let mut change = whole;
        if let Some(told) = self.told {
            let Counts { visits, bounces, duration_ms, visit_pageviews, .. } = told.counts;
            change -= Counts { visits, bounces, duration_ms, visit_pageviews, ..Counts::default() };
        }
        for place in &self.present {
            let seen = self.values.value(*place);
            let mut counts = seen.new;
            if seen.hit {
                counts.visitors = i64::from(!seen.visitor_told);
                counts += if seen.hit_told { change } else { whole };
            }
            if !counts.is_zero() {
                let (dimension, value) = self.values.key(*place);
                sink.value(dimension, value, counts);
            }
        }
    }
}

/// The 10-second slot of an instant.
pub(crate) fn slot(unix_millis: i64) -> i64 {
    unix_millis.div_euclid(10_000)
}

/// A later visit of the visitor: it counts as visitor only for values that none of the earlier visits had.
fn emit_more_visitors<S: Sink>(visit: &Visit, earlier: &[Visit], names: &Names, sink: &mut S) {
    if earlier.iter().any(|other| other.first == visit.first) {
        return;
    }
    for dimension in Dimension::ALL.iter().copied() {
        let Some(part) = FirstPart::of(dimension) else { continue };
        let value = part.value(&visit.first, names);
        if earlier.iter().all(|other| part.value(&other.first, names) != value) {
            sink.more_visitors(dimension, value, 1);
        }
    }
}
