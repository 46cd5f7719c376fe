//! Visits, formed from all hits before anything is filtered (16).

use super::PlainHit;
use footfall_domain::{DropReason, Feed, Kind, LocalDate};
use std::collections::{BTreeMap, BTreeSet};

/// The longest time between two hits of a visit, inclusive (1).
const GAP_MS: i64 = 30 * 60 * 1000;

/// The countries of made-up traffic by their English names (ISO 3166-1, as in Unicode CLDR).
pub(crate) const COUNTRIES: &[(&str, &str)] =
    &[("DE", "Germany"), ("FR", "France"), ("GB", "United Kingdom"), ("JP", "Japan"), ("NP", "Nepal"), ("US", "United States")];

/// A visit. It has at least one pageview or custom event, and that is its first hit.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    /// Its hits in canonical order, engagement included.
    pub hits: Vec<&'a PlainHit>,
}

/// Hits put together: the visits, and how many hits of each day belong to none, by reason.
#[derive(Default)]
pub(super) struct Formed<'a> {
    pub(super) visits: Vec<Visit<'a>>,
    pub(super) dropped: BTreeMap<(LocalDate, DropReason), i64>,
}

/// Puts the hits of a site together to visits.
pub(super) fn form(hits: &[PlainHit]) -> Formed<'_> {
    let mut formed = Formed::default();
    let mut visitors: BTreeMap<(LocalDate, u64), Vec<&PlainHit>> = BTreeMap::new();
    // People are counted from tracker and server if the day has any of their hits, else from logs.
    let live_days: BTreeSet<LocalDate> = hits.iter().filter(|hit| hit.feed != Feed::Log).map(|hit| hit.date).collect();
    for hit in hits {
        if hit.feed == Feed::Log && live_days.contains(&hit.date) {
            formed.drop(hit, DropReason::OtherFeed);
        } else {
            visitors.entry((hit.date, hit.visitor)).or_default().push(hit);
        }
    }
    for hits_of_one in visitors.into_values() {
        formed.add_visitor(hits_of_one);
    }
    formed
}

impl<'a> Formed<'a> {
    /// Adds the visits of one visitor on one day (1 to 4).
    fn add_visitor(&mut self, mut hits: Vec<&'a PlainHit>) {
        hits.sort_by_key(|hit| hit.order());
        let mut seen = BTreeSet::new();
        let mut open: Option<Visit> = None;
        for hit in hits {
            if !seen.insert(hit.id) {
                self.drop(hit, DropReason::Duplicate);
                continue;
            }
            match &mut open {
                Some(visit) if hit.time - visit.last_hit().time <= GAP_MS => visit.hits.push(hit),
                _ if hit.is_doing() => self.visits.extend(open.replace(Visit { hits: vec![hit] })),
                _ => self.drop(hit, DropReason::NoVisit),
            }
        }
        self.visits.extend(open);
    }

    fn drop(&mut self, hit: &PlainHit, reason: DropReason) {
        *self.dropped.entry((hit.date, reason)).or_default() += 1;
    }
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
            "event:currency" => hit.money.as_ref().map_or("(none)".to_owned(), |(currency, _)| currency.clone()),
            "visit:country_name" => {
                let code = self.value(hit, "visit:country");
                COUNTRIES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| (*name).to_owned())
            }
            // Regions and cities are kept by name.
            "visit:region_name" => self.value(hit, "visit:region"),
            "visit:city_name" => self.value(hit, "visit:city"),
            _ => match dimension.strip_prefix("event:props:") {
                Some(property) => hit.property(property),
                None => self.first_hit().visit.get(dimension).unwrap_or_else(|| panic!("no dimension '{dimension}'")).clone(),
            },
        }
    }
}
