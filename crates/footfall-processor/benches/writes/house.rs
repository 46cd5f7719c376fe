//! A day of all sites under the credit rule, second by second.

use crate::sizes::{Size, units};
use footfall_domain::{LocalDate, SiteId, UnixMillis};
use footfall_processor::credit::{Due, HITS_PER_UNIT, Ledger};

const DAY_S: i64 = 86_400;
/// How often the engine looks round.
const LOOK_S: i64 = 1;
/// How often a reader looks.
const READ_S: i64 = 10;
const DATE: LocalDate = LocalDate(20_614);

/// What a day came to: times and units of each kind of write.
pub struct Lived {
    pub hits: u64,
    pub earned: (u64, u64),
    pub forced: (u64, u64),
    pub totals: (u64, u64),
    pub settled: (u64, u64),
    pub groups: Vec<Group>,
}

impl Lived {
    pub fn units(&self) -> u64 {
        self.earned.1 + self.forced.1 + self.totals.1 + self.settled.1
    }
}

/// Sites of similar size.
pub struct Group {
    pub first: usize,
    pub last: usize,
    pub least: f64,
    pub most: f64,
    pub tables: Ages,
    pub totals: Ages,
}

/// How often a reader met each age, by seconds.
#[derive(Default)]
pub struct Ages(Vec<u64>);

impl Ages {
    fn add(&mut self, seconds: i64) {
        let at = usize::try_from(seconds).unwrap_or(0);
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] += 1;
    }

    pub fn quantile(&self, part: f64) -> usize {
        let all: u64 = self.0.iter().sum();
        let mut seen = 0;
        self.0
            .iter()
            .position(|n| {
                seen += n;
                seen as f64 >= all as f64 * part
            })
            .unwrap_or(0)
    }

    pub fn longest(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

#[derive(Clone, Default)]
struct Site {
    hits: f64,
    now: u64,
    tables: Option<i64>,
    totals: Option<i64>,
}

/// How much of a day's hits are there after so many seconds: few at night, many in the evening.
fn part_of_day(second: i64) -> f64 {
    let turn = |second: f64| (second / DAY_S as f64 - 5.0 / 24.0) * std::f64::consts::TAU;
    let whole = |second: f64| second / DAY_S as f64 - 0.6 / std::f64::consts::TAU * (turn(second).sin() - turn(0.0).sin());
    whole(second as f64)
}

pub fn live(hits: &[f64], sizes: &[Size]) -> Lived {
    let mut sites: Vec<Site> = hits.iter().map(|hits| Site { hits: *hits, ..Site::default() }).collect();
    let mut groups: Vec<Group> = (0..)
        .map(|power| (10_usize.pow(power) + usize::from(power > 0), 10_usize.pow(power + 1)))
        .take_while(|(first, _)| *first <= hits.len())
        .map(|(first, last)| {
            let last = last.min(hits.len());
            Group { first, last, least: hits[last - 1], most: hits[first - 1], tables: Ages::default(), totals: Ages::default() }
        })
        .collect();
    let mut lived = Lived { hits: 0, earned: (0, 0), forced: (0, 0), totals: (0, 0), settled: (0, 0), groups: Vec::new() };
    let mut ledger = Ledger::default();
    let name = |at: usize| (SiteId(at as u64), DATE);
    let millis = |second: i64| UnixMillis(second * 1_000);
    for second in (0..=DAY_S).step_by(LOOK_S as usize) {
        let part = part_of_day(second);
        for (at, site) in sites.iter_mut().enumerate() {
            let now = (site.hits * part) as u64;
            if now > site.now {
                site.now = now;
                // The first of them may have come right after the last look.
                site.tables = site.tables.or(Some(second - LOOK_S));
                site.totals = site.totals.or(Some(second - LOOK_S));
                ledger.open(name(at), 0, millis(second));
                ledger.look(name(at), now, millis(second - LOOK_S));
            }
        }
        for ((id, _), due) in ledger.due(millis(second)) {
            let site = &mut sites[id.0 as usize];
            let cost = units(sizes, site.hits, site.now as f64 / site.hits);
            match due {
                Due::Whole { at_most: Some(most) } if cost > most => ledger.too_dear((id, DATE), cost),
                Due::Whole { at_most } => {
                    ledger.wrote((id, DATE), cost, site.now, millis(second));
                    let kind = if at_most.is_some() { &mut lived.earned } else { &mut lived.forced };
                    (kind.0, kind.1) = (kind.0 + 1, kind.1 + cost);
                    (site.tables, site.totals) = (None, None);
                }
                Due::Totals => {
                    let cost = sizes[0].totals_units.max(sizes[sizes.len() - 1].totals_units);
                    ledger.wrote_totals((id, DATE), cost, site.now, millis(second));
                    lived.totals = (lived.totals.0 + 1, lived.totals.1 + cost);
                    site.totals = None;
                }
            }
        }
        if second % READ_S == READ_S / 2 {
            for group in &mut groups {
                for site in &sites[group.first - 1..group.last] {
                    group.tables.add(site.tables.map_or(0, |since| second - since));
                    group.totals.add(site.totals.map_or(0, |since| second - since));
                }
            }
        }
    }
    for (at, site) in sites.iter().enumerate() {
        let cost = units(sizes, site.hits, 1.0);
        ledger.close(name(at), cost);
        lived.settled = (lived.settled.0 + 1, lived.settled.1 + cost);
        lived.hits += site.now;
    }
    lived.groups = groups;
    assert!(lived.units() > lived.hits / HITS_PER_UNIT / 100, "next to nothing was written");
    lived
}
