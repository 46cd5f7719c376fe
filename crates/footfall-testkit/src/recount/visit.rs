//! Visits, formed from all hits before anything is filtered (16).

use super::PlainHit;
use footfall_domain::{Feed, Kind, LocalDate};
use std::collections::{BTreeMap, BTreeSet};

/// The longest time between two hits of a visit, inclusive (1).
const GAP_MS: i64 = 30 * 60 * 1000;

/// A visit. It has at least one pageview or custom event, and that is its first hit.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    /// Its hits in canonical order, engagement included.
    pub hits: Vec<&'a PlainHit>,
}

/// All visits in the hits of a site.
pub(super) fn visits(hits: &[PlainHit]) -> Vec<Visit<'_>> {
    let mut visitors: BTreeMap<(LocalDate, u64), Vec<&PlainHit>> = BTreeMap::new();
    for hit in people(hits) {
        visitors.entry((hit.date, hit.visitor)).or_default().push(hit);
    }
    visitors.into_values().flat_map(visits_of_one_visitor).collect()
}

/// The hits of a day that count as people: those of tracker and server if there are any, else those of logs.
fn people(hits: &[PlainHit]) -> impl Iterator<Item = &PlainHit> {
    let live_days: BTreeSet<LocalDate> = hits.iter().filter(|hit| hit.feed != Feed::Log).map(|hit| hit.date).collect();
    hits.iter().filter(move |hit| (hit.feed != Feed::Log) == live_days.contains(&hit.date))
}

/// The visits of one visitor on one day (1 to 4).
fn visits_of_one_visitor(mut hits: Vec<&PlainHit>) -> Vec<Visit<'_>> {
    hits.sort_by_key(|hit| hit.order());
    let mut seen = BTreeSet::new();
    hits.retain(|hit| seen.insert(hit.id));

    let mut visits: Vec<Visit> = Vec::new();
    for hit in hits {
        match visits.last_mut() {
            Some(open) if hit.time - open.last_hit().time <= GAP_MS => open.hits.push(hit),
            _ if hit.is_doing() => visits.push(Visit { hits: vec![hit] }),
            _ => {} // engagement without an open visit
        }
    }
    visits
}

impl<'a> Visit<'a> {
    /// The hit it began with.
    pub fn first_hit(&self) -> &'a PlainHit {
        self.hits[0]
    }

    fn last_hit(&self) -> &'a PlainHit {
        self.hits[self.hits.len() - 1]
    }

    /// Its pageviews and custom events, in order.
    pub fn doings(&self) -> Vec<&'a PlainHit> {
        self.hits.iter().copied().filter(|hit| hit.is_doing()).collect()
    }

    /// Its pageviews, in order.
    pub fn pageviews(&self) -> Vec<&'a PlainHit> {
        self.hits.iter().copied().filter(|hit| hit.kind == Kind::Pageview).collect()
    }

    /// Its engagement, in order.
    pub fn engagements(&self) -> Vec<&'a PlainHit> {
        self.hits.iter().copied().filter(|hit| hit.kind == Kind::Engagement).collect()
    }

    /// Exactly one pageview and no interactive custom event; never without a pageview (6).
    pub fn is_bounce(&self) -> bool {
        let interacted = self.hits.iter().any(|hit| hit.kind == Kind::Custom && hit.interactive);
        self.pageviews().len() == 1 && !interacted
    }

    /// From the first pageview or custom event to the last.
    pub fn duration_ms(&self) -> i64 {
        let doings = self.doings();
        doings[doings.len() - 1].time - doings[0].time
    }

    /// The value one of its hits has for a v2 dimension, as its label if missing (19, 25).
    pub(super) fn value(&self, hit: &PlainHit, dimension: &str) -> String {
        match dimension {
            "event:name" => hit.name.clone(),
            "event:page" => hit.page.clone(),
            "event:hostname" => hit.hostname.clone(),
            "visit:entry_page" => self.pageviews().first().map_or("(not set)".to_owned(), |first| first.page.clone()),
            "visit:exit_page" => self.pageviews().last().map_or("(not set)".to_owned(), |last| last.page.clone()),
            "visit:entry_page_hostname" => self.pageviews().first().map_or("(not set)".to_owned(), |first| first.hostname.clone()),
            "visit:exit_page_hostname" => self.pageviews().last().map_or("(not set)".to_owned(), |last| last.hostname.clone()),
            _ => match dimension.strip_prefix("event:props:") {
                Some(property) => hit.property(property),
                None => self.first_hit().visit.get(dimension).unwrap_or_else(|| panic!("no dimension '{dimension}'")).clone(),
            },
        }
    }
}
