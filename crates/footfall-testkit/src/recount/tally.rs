//! Counting: what is under each combination of values.

use super::filter::Filter;
use super::period::Period;
use super::{PlainHit, Visit, time};
use footfall_domain::{Kind, LocalDate, SiteCalendar};
use std::collections::{BTreeMap, BTreeSet};

/// One value for each dimension asked for. Ordered as rows are: instants by time, texts by their bytes (26).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Key(pub(super) Vec<Part>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    Time { order: i64, label: String },
    Text(String),
}

impl Key {
    /// As written in a report. (An `Option`, as the other period of a comparison may lack a bucket.)
    pub(super) fn labels(&self) -> Vec<Option<String>> {
        self.0.iter().map(|part| Some(part.label().to_owned())).collect()
    }
}

impl Part {
    pub(super) fn label(&self) -> &str {
        match self {
            Part::Time { label, .. } | Part::Text(label) => label,
        }
    }
}

/// What was counted under a key: things, not numbers, so that nothing counts twice.
#[derive(Default)]
pub(super) struct Tally<'a> {
    /// Distinct visitors of a day (5).
    pub(super) visitors: BTreeSet<(LocalDate, u64)>,
    pub(super) pageviews: i64,
    pub(super) events: i64,
    /// Visits that began here, by number.
    pub(super) visits: BTreeMap<usize, &'a Visit<'a>>,
    /// Engaged milliseconds by (visit, page) (12).
    pub(super) engaged_ms: BTreeMap<(usize, String), i64>,
    /// Deepest scroll by (visit, page) (12).
    pub(super) scroll: BTreeMap<(usize, String), u8>,
}

/// Counts a period, by the values of `dimensions`. Without dimensions there is one row, always.
pub(super) fn tally<'a>(
    visits: &'a [Visit<'a>],
    dimensions: &[String],
    filter: &Filter,
    period: &Period,
    calendar: &SiteCalendar,
) -> BTreeMap<Key, Tally<'a>> {
    let mut rows: BTreeMap<Key, Tally> = BTreeMap::new();
    if dimensions.is_empty() {
        rows.insert(Key(Vec::new()), Tally::default());
    }
    for (number, visit) in visits.iter().enumerate() {
        let began = visit.first_hit();
        // The key of a hit, in the time bucket of `when`: of the hit itself, or of the hit with which the visit began.
        let key = |hit: &PlainHit, when: &PlainHit| {
            Key(dimensions
                .iter()
                .map(|dimension| match dimension.as_str() {
                    time if time.starts_with("time") => time::bucket(time, when, period, calendar),
                    value => Part::Text(visit.value(hit, value)),
                })
                .collect())
        };
        for hit in visit.doings().into_iter().filter(|hit| filter.keeps(hit, visit)) {
            if period.contains(hit) {
                let row = rows.entry(key(hit, hit)).or_default();
                row.visitors.insert((hit.date, hit.visitor));
                row.events += 1;
                row.pageviews += i64::from(hit.kind == Kind::Pageview);
            }
            if period.contains(began) {
                rows.entry(key(hit, began)).or_default().visits.insert(number, visit);
            }
        }
        let engagement_has_a_row = !dimensions.iter().any(|dimension| dimension == "event:name");
        if period.contains(began) && engagement_has_a_row {
            for hit in visit.engagements().into_iter().filter(|hit| filter.keeps(hit, visit)) {
                engage(&mut rows, key(hit, began), number, hit);
            }
        }
    }
    rows
}

fn engage<'a>(rows: &mut BTreeMap<Key, Tally<'a>>, key: Key, visit: usize, hit: &PlainHit) {
    let pair = (visit, hit.page.clone());
    if let Some(engaged_ms) = hit.engaged_ms {
        *rows.entry(key.clone()).or_default().engaged_ms.entry(pair.clone()).or_default() += i64::from(engaged_ms);
    }
    if let Some(depth) = hit.scroll_depth {
        let deepest = rows.entry(key).or_default().scroll.entry(pair).or_default();
        *deepest = depth.max(*deepest);
    }
}
