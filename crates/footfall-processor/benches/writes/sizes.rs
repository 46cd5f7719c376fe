//! What a write of a day takes, at each hour of it, for sites of several sizes.

use crate::traffic::{DATE, People};
use footfall_domain::{LogicId, Position, Site, SiteId, SiteRules, UnixMillis, ZoneChange};
use footfall_enrich::Enricher;
use footfall_fold::Shard;
use footfall_store::dynamo::{write_units_of_day, write_units_of_totals};
use footfall_store::{DayStamp, DayTotals};

/// Hits of a day that are folded one by one. What is larger is worked out from how units grow between the last two.
const SIZES: [f64; 7] = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7];
/// How often in the day a write is laid out.
const POINTS: usize = 16;
const BATCH: usize = 10_000;

/// A site of one size.
pub struct Size {
    pub hits: f64,
    pub visitors: u64,
    pub rows: u64,
    pub totals_units: u64,
    /// Units of a write when a sixteenth of the day's hits were there, two sixteenths, …
    units: Vec<f64>,
}

pub fn measure() -> Vec<Size> {
    let enricher = Enricher::new();
    SIZES.iter().map(|hits| day(*hits, &enricher)).collect()
}

fn day(hits: f64, enricher: &Enricher) -> Size {
    let site = Site {
        id: SiteId(1),
        domain: "www.example.com".into(),
        zones: vec![ZoneChange { from: UnixMillis::MIN, zone: "UTC".into() }],
        created: UnixMillis(0),
        rules: SiteRules::default(),
    };
    let mut people = People::of(hits);
    let mut shard = Shard::new();
    let mut size = Size { hits, visitors: 0, rows: 0, totals_units: 0, units: Vec::new() };
    let total = hits as usize;
    let mut made = 0;
    for point in 1..=POINTS {
        let goal = total * point / POINTS;
        while made < goal {
            let batch: Vec<_> = (made..goal.min(made + BATCH)).map(|n| people.hit(n as f64 / hits)).collect();
            made += batch.len();
            shard.apply(&enricher.batch(&batch, &site), 0..=255);
        }
        let rollup = shard.rollup();
        size.units.push(write_units_of_day(&rollup).expect("a day that can be written") as f64);
        if point == POINTS {
            size.rows = rollup.people().dimensions.iter().map(|table| table.len() as u64).sum();
            size.visitors = people.visitors();
            let through = Position { epoch: u64::MAX, partition: 0, offset: u64::MAX };
            let stamp = DayStamp { revision: 9_999, logic: LogicId([9; 16]), through, newest_hit: Some(UnixMillis(1_781_049_600_000)) };
            size.totals_units = write_units_of_totals(&DayTotals::of(DATE, stamp, &rollup)).expect("totals that can be written");
        }
    }
    eprintln!("{hits} hits: {} units", size.units[POINTS - 1]);
    size
}

impl Size {
    /// Units of a write when so much of the day's hits are there.
    pub fn units_at(&self, part: f64) -> f64 {
        let at = (part * POINTS as f64 - 1.0).clamp(0.0, (POINTS - 1) as f64);
        let (below, rest) = (at.floor() as usize, at.fract());
        let above = (below + 1).min(POINTS - 1);
        let first = self.units[below] * (1.0 - rest) + self.units[above] * rest;
        // Before the first point: as if units grew with the root of the hits.
        if part * (POINTS as f64) < 1.0 { (first * (part * POINTS as f64).sqrt()).max(1.0) } else { first }
    }
}

/// Units of a write at a site of so many hits a day, between the sizes that were folded, or beyond them.
pub fn units(sizes: &[Size], hits: f64, part: f64) -> u64 {
    let above = sizes.iter().position(|size| size.hits >= hits).unwrap_or(sizes.len() - 1).max(1);
    let (a, b) = (&sizes[above - 1], &sizes[above]);
    let place = (hits / a.hits).ln() / (b.hits / a.hits).ln();
    let (from, to) = (a.units_at(part).ln(), b.units_at(part).ln());
    (from + (to - from) * place).exp().ceil().max(1.0) as u64
}
