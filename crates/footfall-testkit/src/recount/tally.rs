//! Counting: what is under each combination of values.

use super::names::Goal;
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

impl Key {
    /// The parts of some of the dimensions.
    pub(super) fn only(&self, dimensions: &[String], some: &[String]) -> Key {
        let parts = self.0.iter().zip(dimensions).filter(|(_, dimension)| some.contains(dimension));
        Key(parts.map(|(part, _)| part.clone()).collect())
    }
}

impl Part {
    pub(super) fn label(&self) -> &str {
        match self {
            Part::Time { label, .. } | Part::Text(label) => label,
        }
    }
}

/// Money by currency: millionths, and of how many hits (decision 0604).
pub(super) type Takings = BTreeMap<String, (i128, i64)>;

/// What was counted under a key: things, not numbers, so that nothing counts twice.
#[derive(Default)]
pub(super) struct Tally<'a> {
    /// Distinct visitors of a day (5).
    pub(super) visitors: BTreeSet<(LocalDate, u64)>,
    pub(super) pageviews: i64,
    pub(super) events: i64,
    pub(super) takings: Takings,
    /// Visits that began here, by number.
    pub(super) visits: BTreeMap<usize, &'a Visit<'a>>,
    /// Engaged milliseconds by (visit, page) (12).
    pub(super) engaged_ms: BTreeMap<(usize, String), i64>,
    /// Deepest scroll by (visit, page) (12).
    pub(super) scroll: BTreeMap<(usize, String), u8>,
}

/// Which hits are counted, and how they are called.
pub(super) struct Counting<'q> {
    pub(super) dimensions: &'q [String],
    /// The rows of `event:goal`, if that is a dimension: a hit counts in that of each goal it reaches.
    pub(super) goals: &'q [Goal],
    pub(super) keeps: &'q dyn Fn(&PlainHit, &Visit) -> bool,
    pub(super) period: &'q Period,
    pub(super) calendar: &'q SiteCalendar,
}

/// Counts a period, by the values of dimensions. Without dimensions there is one row, always.
pub(super) fn tally<'a>(visits: &'a [Visit<'a>], counting: &Counting<'_>) -> BTreeMap<Key, Tally<'a>> {
    let Counting { dimensions, keeps, period, .. } = counting;
    let mut rows: BTreeMap<Key, Tally> = BTreeMap::new();
    if dimensions.is_empty() {
        rows.insert(Key(Vec::new()), Tally::default());
    }
    for (number, visit) in visits.iter().enumerate() {
        let began = visit.first_hit();
        for hit in visit.doings().into_iter().filter(|hit| keeps(hit, visit)) {
            if period.contains(hit) {
                for key in counting.keys(hit, hit, visit) {
                    let row = rows.entry(key).or_default();
                    row.visitors.insert((hit.date, hit.visitor));
                    row.events += 1;
                    row.pageviews += i64::from(hit.kind == Kind::Pageview);
                    if let Some((currency, millionths)) = &hit.money {
                        let taken = row.takings.entry(currency.clone()).or_default();
                        *taken = (taken.0 + i128::from(*millionths), taken.1 + 1);
                    }
                }
            }
            if period.contains(began) {
                for key in counting.keys(hit, began, visit) {
                    rows.entry(key).or_default().visits.insert(number, visit);
                }
            }
        }
        let engagement_has_a_row = !dimensions.iter().any(|dimension| dimension == "event:name");
        if period.contains(began) && engagement_has_a_row {
            for hit in visit.engagements().into_iter().filter(|hit| keeps(hit, visit)) {
                for key in counting.keys(hit, began, visit) {
                    engage(&mut rows, key, number, hit);
                }
            }
        }
    }
    rows
}

impl Counting<'_> {
    /// The keys of a hit in the time bucket of `when`: of the hit itself, or of the hit with which the visit began. There is one, unless goals
    /// are asked for.
    fn keys(&self, hit: &PlainHit, when: &PlainHit, visit: &Visit) -> Vec<Key> {
        let of_goals = self.dimensions.iter().any(|dimension| dimension == "event:goal");
        let reached = || self.goals.iter().filter(|goal| goal.is_reached_by(hit, visit)).map(|goal| goal.name.as_str()).collect();
        // Goals of one name are one goal.
        let goals: BTreeSet<&str> = if of_goals { reached() } else { BTreeSet::from([""]) };
        let part = |dimension: &String, goal: &str| match dimension.as_str() {
            "event:goal" => Part::Text(goal.to_owned()),
            time if time.starts_with("time") => time::bucket(time, when, self.period, self.calendar),
            value => Part::Text(visit.value(hit, value)),
        };
        goals.into_iter().map(|goal| Key(self.dimensions.iter().map(|dimension| part(dimension, goal)).collect())).collect()
    }
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
