//! A site-day that still takes hits, folded in memory.

use footfall_domain::{Counts, Dimension, DropReason, EventBatch, HourKey, LocalDate, LogicId, Position, Rollup, UnixMillis};
use footfall_fold::{People, Shard};
use footfall_query::{DayHits, MachineRow, MachineSum, MachineTable};
use footfall_store::{DayStamp, DayTotals};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock, RwLockReadGuard};

/// Every shard of one open site-day, and how far into the log it has come.
///
/// The number of shards is chosen when the day is opened and never changes (design, section 4).
pub(crate) struct OpenDay {
    shards: Vec<(RangeInclusive<u8>, RwLock<Shard>)>,
    /// What decides what its hits mean. Under another one the day is folded anew.
    logic: LogicId,
    through: Mutex<Option<Position>>,
    /// Records folded here.
    hits: AtomicU64,
    edition: AtomicU64,
    /// Held while a batch is folded into all shards: what is written of the day must be of one moment.
    folding: Mutex<()>,
}

/// An open day at one moment.
pub(crate) struct Snapshot {
    pub(crate) rollup: Rollup,
    pub(crate) through: Position,
    pub(crate) newest: Option<UnixMillis>,
    pub(crate) hits: u64,
}

impl OpenDay {
    /// An empty day of so many shards; 1 to 256, a power of two.
    pub(crate) fn new(shards: usize, logic: LogicId) -> Self {
        let width = 256 / shards.clamp(1, 256);
        let ranges = (0..256 / width).map(|at| (at * width) as u8..=((at + 1) * width - 1) as u8);
        let shards = ranges.map(|range| (range, RwLock::new(Shard::new()))).collect();
        Self {
            shards,
            logic,
            through: Mutex::new(None),
            hits: AtomicU64::new(0),
            edition: AtomicU64::new(next_edition()),
            folding: Mutex::new(()),
        }
    }

    /// The logic it is folded under.
    pub(crate) fn logic(&self) -> LogicId {
        self.logic
    }

    /// How many records are folded here.
    pub(crate) fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// The last position folded here; records at or before it must not be applied again.
    pub(crate) fn through(&self) -> Option<Position> {
        *self.through.lock().expect("no thread panics while it holds the position")
    }

    /// Folds a batch of so many records that reaches to `through`. Returns how many visitors had to be folded again.
    pub(crate) fn apply(&self, batch: &EventBatch, hits: u64, through: Position) -> usize {
        let _whole = self.folding.lock().expect(UNPOISONED);
        let mut late = 0;
        for (buckets, shard) in &self.shards {
            late += shard.write().expect(UNPOISONED).apply(batch, buckets.clone()).late_refolds;
        }
        *self.through.lock().expect("no thread panics while it holds the position") = Some(through);
        self.hits.fetch_add(hits, Ordering::Relaxed);
        // Last: what was read while the batch came in is no one's edition any more.
        self.edition.store(next_edition(), Ordering::Release);
        late
    }

    /// Another number after every batch, and of every open day there was: what was read after asking for it is of the day as
    /// it is for as long as the number is the same.
    pub(crate) fn edition(&self) -> u64 {
        self.edition.load(Ordering::Acquire)
    }

    /// The same once no batch is half folded: between two of these that are equal, nothing changed.
    pub(crate) fn edition_at_rest(&self) -> u64 {
        let _whole = self.folding.lock().expect(UNPOISONED);
        self.edition()
    }

    /// Whether reading its tables is work for a thread of its own.
    pub(crate) fn is_large(&self) -> bool {
        self.shards.len() > 1 || self.hits() > MANY_HITS
    }

    /// Everything of one moment; `None` for a day without records. What comes meanwhile waits.
    pub(crate) fn snapshot(&self) -> Option<Snapshot> {
        let _whole = self.folding.lock().expect(UNPOISONED);
        Some(Snapshot { through: self.through()?, rollup: self.rollup(), newest: self.newest(), hits: self.hits() })
    }

    /// The day's numbers of one moment, without its tables; `stamp` gets what is known of the day here.
    pub(crate) fn totals(&self, date: LocalDate, stamp: impl FnOnce(Position, Option<UnixMillis>) -> DayStamp) -> Option<(DayTotals, u64)> {
        let _whole = self.folding.lock().expect(UNPOISONED);
        let people = self.people();
        let totals = DayTotals {
            date,
            stamp: stamp(self.through()?, self.newest()),
            day: self.day(people),
            hours: self.hours(people).into_iter().collect(),
            drops: self.drops().into_iter().collect(),
            machines: self.machines(),
        };
        Some((totals, self.hits()))
    }

    fn machines(&self) -> i64 {
        let mut sum = 0;
        self.each(|shard| sum += shard.machine_views());
        sum
    }

    pub(crate) fn rollup(&self) -> Rollup {
        let mut whole = Rollup::default();
        self.each(|shard| whole.merge(&shard.rollup()));
        whole
    }

    pub(crate) fn day(&self, people: People) -> Counts {
        let mut sum = Counts::default();
        self.each(|shard| sum += shard.day(people));
        sum
    }

    pub(crate) fn hours(&self, people: People) -> BTreeMap<HourKey, Counts> {
        let mut sum: BTreeMap<HourKey, Counts> = BTreeMap::new();
        self.each(|shard| {
            for (hour, counts) in shard.hours(people) {
                *sum.entry(hour).or_default() += counts;
            }
        });
        sum
    }

    /// The whole table of a dimension, in any order.
    pub(crate) fn table(&self, people: People, dimension: Dimension) -> Vec<(Arc<str>, Counts)> {
        if let [(_, only)] = &self.shards[..] {
            return only.read().expect(UNPOISONED).table(people, dimension);
        }
        let mut sum: FxHashMap<Arc<str>, Counts> = FxHashMap::default();
        self.each(|shard| {
            for (value, counts) in shard.table(people, dimension) {
                *sum.entry(value).or_default() += counts;
            }
        });
        sum.into_iter().collect()
    }

    /// One row of a dimension's table.
    pub(crate) fn row(&self, people: People, dimension: Dimension, value: &str) -> Counts {
        let mut sum = Counts::default();
        self.each(|shard| sum += shard.row(people, dimension, value));
        sum
    }

    /// What machines did, in order of value.
    pub(crate) fn machine_rows(&self, asked: &MachineTable) -> Arc<[MachineRow]> {
        let mut sum = MachineSum::new(asked);
        self.each(|shard| shard.machines().iter().for_each(|((machine, page), views)| sum.add(machine, page, *views)));
        sum.rows().into()
    }

    pub(crate) fn newest(&self) -> Option<UnixMillis> {
        let mut newest = None;
        self.each(|shard| newest = newest.max(shard.newest()));
        newest
    }

    /// Visitors whose last counted hit lies in the 10-second slot `from_slot` or later.
    pub(crate) fn seen_since(&self, from_slot: i64) -> i64 {
        let people = self.people();
        let mut sum = 0;
        self.each(|shard| sum += shard.last_seen(people, from_slot).values().sum::<i64>());
        sum
    }

    pub(crate) fn events(&self) -> i64 {
        let mut sum = 0;
        self.each(|shard| sum += shard.feed_events(People::Live) + shard.feed_events(People::Log));
        sum
    }

    /// Every hit of the day that is not counted, by reason: as [`Rollup::all_drops`], without making the rollup.
    pub(crate) fn drops(&self) -> BTreeMap<DropReason, i64> {
        let people = self.people();
        let mut all: BTreeMap<DropReason, i64> = BTreeMap::new();
        self.each(|shard| {
            for (reason, n) in shard.enrich_drops().iter().map(|(reason, n)| (*reason, *n)).chain(shard.fold_drops(people)) {
                *all.entry(reason).or_default() += n;
            }
            if people == People::Live {
                *all.entry(DropReason::OtherFeed).or_default() += shard.feed_events(People::Log);
            }
        });
        all.retain(|_, n| *n != 0);
        all
    }

    pub(crate) fn bytes(&self) -> usize {
        let mut sum = 0;
        self.each(|shard| sum += shard.bytes());
        sum
    }

    fn each(&self, mut see: impl FnMut(&Shard)) {
        for (_, shard) in &self.shards {
            see(&shard.read().expect(UNPOISONED));
        }
    }
}

fn next_edition() -> u64 {
    static EDITIONS: AtomicU64 = AtomicU64::new(0);
    EDITIONS.fetch_add(1, Ordering::Relaxed)
}

/// With more records a day's tables are no small thing to copy.
const MANY_HITS: u64 = 10_000;

const UNPOISONED: &str = "folding does not panic while it holds a shard";

impl DayHits for OpenDay {
    fn people(&self) -> People {
        let live = |shard: RwLockReadGuard<'_, Shard>| shard.feed_events(People::Live) > 0;
        if self.shards.iter().any(|(_, shard)| live(shard.read().expect(UNPOISONED))) { People::Live } else { People::Log }
    }

    fn scan(&self, see: &mut dyn FnMut(&Shard)) {
        self.each(see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_all_buckets_once() {
        for shards in [1, 2, 16, 256] {
            let day = OpenDay::new(shards, LogicId([0; 16]));
            assert_eq!(day.shards.len(), shards);
            let covered: Vec<u8> = day.shards.iter().flat_map(|(range, _)| range.clone()).collect();
            assert_eq!(covered, (0..=255).collect::<Vec<u8>>());
        }
    }
}
