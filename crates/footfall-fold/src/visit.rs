//! One visit, counted.

use crate::names::{First, Names};
use crate::packed::Packed;
use footfall_domain::{Counts, Dimension, Sym};

/// The dimensions that a visit has from its first and last pageview, in the order of [`Edges`].
pub(crate) const EDGES: [Dimension; 4] =
    [Dimension::EntryPage, Dimension::ExitPage, Dimension::EntryPageHostname, Dimension::ExitPageHostname];

/// Entry page, exit page, and their hosts.
pub(crate) type Edges = [Sym; 4];

/// A visit as far as its hits are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit {
    /// When it began, Unix milliseconds.
    pub began: i64,
    /// Time of its last pageview or custom event.
    last: i64,
    /// The hour bucket in which it began.
    pub hour: u16,
    pub first: First,
    pub edges: Edges,
    pageviews: i64,
    events: i64,
    /// Whether it has an interactive custom event.
    interactive: bool,
    /// Engaged time and scroll depth over its pages; the other numbers are zero.
    pub engaged: Counts,
}

impl Visit {
    /// A visit without hits yet, about to be opened by `event`.
    pub fn opened_by(event: &Packed, names: &Names) -> Self {
        let began = names.time(event);
        Self {
            began,
            last: began,
            hour: event.hour,
            first: names.first(event),
            edges: [names.not_set; 4],
            pageviews: 0,
            events: 0,
            interactive: false,
            engaged: Counts::default(),
        }
    }

    /// Takes in a pageview or custom event.
    pub fn add(&mut self, event: &Packed, names: &Names) {
        self.last = names.time(event);
        self.events += 1;
        self.interactive |= event.ends_bounce();
        if event.is_pageview() {
            let host = names.what(event).hostname;
            if self.pageviews == 0 {
                (self.edges[0], self.edges[2]) = (event.page, host);
            }
            (self.edges[1], self.edges[3]) = (event.page, host);
            self.pageviews += 1;
        }
    }

    /// Everything it counts for but its visitor (definitions 6, 11 and 12).
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { pageviews: self.pageviews, events: self.events, ..self.whole() };
        counts += self.engaged;
        counts
    }

    /// What it counts for once for every value that one of its hits has (definition 10).
    pub fn whole(&self) -> Counts {
        Counts {
            visits: 1,
            bounces: i64::from(self.pageviews == 1 && !self.interactive),
            duration_ms: self.last - self.began,
            visit_pageviews: self.pageviews,
            ..Counts::default()
        }
    }
}
