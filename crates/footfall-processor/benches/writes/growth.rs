//! What writing a day takes, by how many hits it has so far: folded hit by hit up to the largest site's whole day.

use crate::traffic::{DATE, People};
use footfall_domain::{LogicId, Position, Rollup, UnixMillis};
use footfall_fold::Shard;
use footfall_store::dynamo::{write_units_of_closed_day, write_units_of_day, write_units_of_totals};
use footfall_store::{DayStamp, DayTotals};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Hits of a part of the largest day. A day is the sum over disjoint visitors (decision 0102), so that it need not be in
/// memory as a whole.
const PART: usize = SMALLEST << 14;
const PARTS: usize = 64;
/// The first part is looked at when it has this many hits, and whenever they have doubled.
const SMALLEST: usize = 100;
const THREADS: usize = 2;

/// A day that has so many hits.
pub struct Point {
    pub hits: u64,
    pub pages: u64,
    /// Values of all tables.
    pub rows: u64,
    /// Write units of all of it while it is open.
    pub units: u64,
    /// Write units of all of it when it has closed.
    pub closed_units: u64,
    /// Write units of its totals.
    pub totals_units: u64,
    /// What laying it out took.
    pub laying_out: Duration,
}

/// Days of hits that double from point to point.
pub struct Growth(pub Vec<Point>);

impl Growth {
    pub fn measure() -> Self {
        let mut points = Vec::new();
        let mut whole = first_part(&mut points);
        thread::scope(|scope| {
            let parts: Vec<_> = (0..THREADS).map(|thread| folded(scope, thread)).collect();
            for part in 1..PARTS {
                whole.merge(&parts[part % THREADS].recv().expect("a part"));
                if (part + 1).is_power_of_two() {
                    points.push(point((part + 1) * PART, &whole));
                }
            }
        });
        Self(points)
    }

    /// Write units of a day that has so many hits.
    pub fn units(&self, hits: u64) -> u64 {
        self.between(hits, |point| point.units)
    }

    /// Write units of such a day when it has closed.
    pub fn closed_units(&self, hits: u64) -> u64 {
        self.between(hits, |point| point.closed_units)
    }

    /// Write units of its totals.
    pub fn totals_units(&self, hits: u64) -> u64 {
        self.between(hits, |point| point.totals_units)
    }

    /// Seconds of one core for laying it out.
    pub fn laying_out(&self, hits: u64) -> f64 {
        self.between(hits, |point| point.laying_out.as_micros() as u64) as f64 / 1e6
    }

    /// On a straight line between two points where both are drawn by their logarithms.
    fn between(&self, hits: u64, of: impl Fn(&Point) -> u64) -> u64 {
        let last = self.0.len() - 1;
        let above = self.0.iter().position(|point| point.hits >= hits).unwrap_or(last).clamp(1, last);
        let (a, b) = (&self.0[above - 1], &self.0[above]);
        let place = (hits.max(1) as f64 / a.hits as f64).ln() / (b.hits as f64 / a.hits as f64).ln();
        let (from, to) = ((of(a).max(1) as f64).ln(), (of(b).max(1) as f64).ln());
        (from + (to - from) * place.max(0.0)).exp().ceil() as u64
    }
}

/// Folds the first part and looks at it as it grows.
fn first_part(points: &mut Vec<Point>) -> Rollup {
    let (mut people, mut shard) = (People::of_seed(0), Shard::new());
    let (mut made, mut goal) = (0, SMALLEST);
    loop {
        people.hits(goal - made, |batch| {
            shard.apply(batch, 0..=255);
        });
        made = goal;
        let rollup = shard.rollup();
        points.push(point(made, &rollup));
        if made >= PART {
            return rollup;
        }
        goal = (goal * 2).min(PART);
    }
}

/// Folds every other part on a thread of its own, one ahead of who takes them.
fn folded<'scope>(scope: &'scope thread::Scope<'scope, '_>, thread: usize) -> mpsc::Receiver<Rollup> {
    let (give, take) = mpsc::sync_channel(1);
    scope.spawn(move || {
        for part in (1..PARTS).filter(|part| part % THREADS == thread) {
            let mut shard = Shard::new();
            People::of_seed(part as u64).hits(PART, |batch| {
                shard.apply(batch, 0..=255);
            });
            if give.send(shard.rollup()).is_err() {
                return;
            }
        }
    });
    take
}

fn point(hits: usize, rollup: &Rollup) -> Point {
    let began = Instant::now();
    let units = write_units_of_day(rollup).expect("a day that can be written");
    let laying_out = began.elapsed();
    let through = Position { epoch: u64::MAX, partition: 0, offset: u64::MAX };
    let stamp = DayStamp { revision: 9_999, logic: LogicId([9; 16]), through, newest_hit: Some(UnixMillis(1_781_049_600_000)) };
    Point {
        hits: hits as u64,
        pages: rollup.people().dimensions[0].len() as u64,
        rows: rollup.people().dimensions.iter().map(|table| table.len() as u64).sum(),
        units,
        closed_units: write_units_of_closed_day(rollup).expect("a day that can be written"),
        totals_units: write_units_of_totals(&DayTotals::of(DATE, stamp, rollup)).expect("totals that can be written"),
        laying_out,
    }
}
