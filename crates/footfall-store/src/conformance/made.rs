//! Rollups made up from a seed.

use footfall_domain::{Counts, Dimension, DropReason, HourKey, Machine, MachineClass, Part, Rollup, UnixMillis};

/// How large a made-up rollup is.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Rows of the tables of pages and referrers of the part that counts.
    pub rows: usize,
    /// Rows of its other tables.
    pub other_rows: usize,
    /// Whether there are live hits.
    pub live: bool,
    /// Whether there are hits of logs.
    pub log: bool,
    /// Pages that machines asked for.
    pub machines: usize,
}

/// A rollup of a shape. The numbers need not make sense together, but a store must not care.
pub fn made_rollup(seed: u64, shape: Shape) -> Rollup {
    let mut chance = Chance(seed);
    let (rows, other_rows) = (shape.rows, shape.other_rows);
    let live = if shape.live { made_part(&mut chance, rows, other_rows) } else { Part::default() };
    let log = if shape.log { made_part(&mut chance, rows / (1 + usize::from(shape.live) * 9), other_rows) } else { Part::default() };
    let machines = (0..shape.machines).map(|n| {
        let class = [MachineClass::Search, MachineClass::Monitor, MachineClass::Scraper][chance.below(3) as usize];
        let machine = Machine { class, name: format!("Bot {}", chance.below(20)) };
        ((machine, format!("/page/{n}")), 1 + chance.below(1_000) as i64)
    });
    let machines = machines.collect();
    let drops = [(DropReason::Bot, 1 + chance.below(9) as i64)].into();
    Rollup { live, log, drops, machines }
}

fn made_part(chance: &mut Chance, rows: usize, other_rows: usize) -> Part {
    let dimensions = Dimension::ALL.iter().map(|dimension| {
        let rows = if matches!(dimension, Dimension::Page | Dimension::Referrer) { rows } else { other_rows };
        (0..rows).map(|_| (made_value(chance), made_counts(chance))).collect()
    });
    let dimensions = dimensions.collect();
    let hours = (0..24).map(|hour| (HourKey::of(UnixMillis(hour * 3_600_000), 3_600), made_counts(chance))).collect();
    Part {
        events: 1 + chance.below(1_000_000) as i64,
        newest: Some(UnixMillis(chance.below(1 << 41) as i64)),
        day: made_counts(chance),
        hours,
        dimensions,
        drops: [(DropReason::NoVisit, 1 + chance.below(50) as i64)].into(),
    }
}

/// Short and long, with letters of several bytes, some sharing a beginning.
fn made_value(chance: &mut Chance) -> String {
    let n = chance.next();
    match n % 7 {
        0 => format!("/{:x}", n >> 8),
        1 => format!("/blog/{}/größe-{:x}", n % 13, n >> 8),
        2 => format!("\u{1F980}{}", n >> 40),
        3 => format!("/long/{}{:x}", "abcdefgh".repeat((n % 40) as usize), n >> 8),
        4 => format!("{:x}\u{0}z", n >> 20),
        5 if n.is_multiple_of(11) => String::new(),
        _ => format!("/shop/{:05}", (n >> 8) % 100_000),
    }
}

/// Few distinct numbers of visitors, so that ties are common; never all zero.
fn made_counts(chance: &mut Chance) -> Counts {
    let mut number = |below: u64| chance.below(below) as i64;
    Counts {
        visitors: 1 + number(20),
        visits: number(30),
        pageviews: number(1_000),
        events: number(1 << 20),
        bounces: number(30),
        duration_ms: number(1 << 40),
        visit_pageviews: number(2_000),
        engaged_ms: number(1 << 30),
        engaged_pairs: number(50),
        scroll_sum: number(5_000),
        scroll_pairs: number(50),
    }
}

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
