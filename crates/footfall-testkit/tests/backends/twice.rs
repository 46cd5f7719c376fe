//! Law 3: twice equals once, and an older flush never overwrites a newer one.

use footfall_domain::{Dimension, LocalDate, LogicId, Position, Rollup, SiteId};
use footfall_enrich::Enricher;
use footfall_fold::Shard;
use footfall_store::conformance::{Home, agrees};
use footfall_store::{DayKey, DayStamp, DayTotals, Put, RollupStore, Store};
use footfall_testkit::Dice;
use footfall_testkit::traffic::{Plan, raw_hits};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const KEY: DayKey = DayKey { site: SiteId(1), generation: 0, date: LocalDate(20_000) };
const OTHER: DayKey = DayKey { date: LocalDate(20_001), ..KEY };
/// How often the day is written while it grows.
const VERSIONS: u64 = 10;

pub async fn equals_once(home: &mut dyn Home, seed: u64) {
    let growing = growing();
    the_newest_stays_whatever_the_order(home, &growing, seed).await;
    totals_alone_follow_the_same_rule(home, &growing).await;
}

/// A day with a tenth of its hits, two tenths, …
fn growing() -> Arc<Vec<Rollup>> {
    let plan = Plan { people_a_day: 200, ..Plan::ordinary() };
    let (site, enricher) = (plan.site(), Enricher::new());
    let mut hits = raw_hits(&plan, 1);
    hits.retain(|hit| hit.date == plan.days[1]);
    let mut shard = Shard::new();
    let part = |hits| {
        shard.apply(&enricher.batch(hits, &site), 0..=255);
        shard.rollup()
    };
    Arc::new(hits.chunks(hits.len().div_ceil(VERSIONS as usize)).map(part).collect())
}

fn stamp(version: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: version * 100 };
    DayStamp { revision: version, logic: LogicId([1; 16]), through, newest_hit: None }
}

/// Four writers at once, each version twice, in any order; while somebody reads.
async fn the_newest_stays_whatever_the_order(home: &mut dyn Home, growing: &Arc<Vec<Rollup>>, seed: u64) {
    let store = home.open().await;
    let mut dice = Dice::of_seed(seed);
    let mut order: Vec<u64> = (1..=VERSIONS).chain(1..=VERSIONS).collect();
    dice.shuffle(&mut order);
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn(read_whole_versions(store.clone(), growing.clone(), done.clone()));
    let writers: Vec<_> = order.chunks(5).map(|some| tokio::spawn(write(store.clone(), growing.clone(), some.to_vec()))).collect();
    let mut written = 0;
    for writer in writers {
        written += writer.await.expect("a writer");
    }
    done.store(true, Ordering::Relaxed);
    reader.await.expect("a reader");
    assert!((1..=VERSIONS).contains(&written), "{written} of {} writes took place", order.len());

    let newest = &growing[VERSIONS as usize - 1];
    agrees(&*store, KEY, stamp(VERSIONS), newest).await;
    for version in order {
        let put = store.put_day(KEY, stamp(version), &growing[version as usize - 1]).await;
        assert_eq!(put, Ok(Put::Older), "version {version} again");
    }
    agrees(&*store, KEY, stamp(VERSIONS), newest).await;
    drop(store);
    agrees(&*home.open().await, KEY, stamp(VERSIONS), newest).await;
}

async fn write(store: Arc<dyn Store>, growing: Arc<Vec<Rollup>>, versions: Vec<u64>) -> u64 {
    let mut written = 0;
    for version in versions {
        let put = store.put_day(KEY, stamp(version), &growing[version as usize - 1]).await.expect("put");
        written += u64::from(put == Put::Written);
        tokio::task::yield_now().await;
    }
    written
}

/// Whatever is read is one of the versions, whole; and what is read later is no older.
async fn read_whole_versions(store: Arc<dyn Store>, growing: Arc<Vec<Rollup>>, done: Arc<AtomicBool>) {
    let mut last = 0;
    while !done.load(Ordering::Relaxed) {
        if let Some((stamp, rollup)) = store.day(KEY).await.expect("a day") {
            assert!(stamp.revision >= last, "{} after {last}", stamp.revision);
            last = stamp.revision;
            assert_eq!(rollup, growing[stamp.revision as usize - 1], "revision {last}");
        }
        let heads = store.heads(KEY.site, KEY.generation, Dimension::Page, KEY.date..=KEY.date).await.expect("heads");
        for head in heads {
            assert!(head.stamp.revision >= last, "{} after {last}", head.stamp.revision);
            last = head.stamp.revision;
            let table = growing[last as usize - 1].people().values(Dimension::Page);
            assert_eq!(head.rows, table.len() as u64, "revision {last}");
            assert!(head.top.iter().all(|(value, counts)| table.get(value) == Some(counts)), "revision {last}");
        }
        tokio::task::yield_now().await;
    }
}

/// Numbers written between two flushes are shown while they are newer than the day, and never when they are older.
async fn totals_alone_follow_the_same_rule(home: &mut dyn Home, growing: &[Rollup]) {
    let store = home.open().await;
    let totals_of = |version: u64| DayTotals::of(OTHER.date, stamp(version), &growing[version as usize - 1]);
    assert_eq!(store.put_totals(OTHER, &totals_of(2)).await, Ok(Put::Written));
    assert_eq!(shown(&*store).await, totals_of(2), "before the day itself");
    assert_eq!(store.put_totals(OTHER, &totals_of(2)).await, Ok(Put::Older));
    assert_eq!(store.put_totals(OTHER, &totals_of(1)).await, Ok(Put::Older));
    assert_eq!(store.flush_day(OTHER, stamp(4), &growing[3]).await, Ok(Put::Written));
    assert_eq!(shown(&*store).await, totals_of(4), "the day is newer");
    store.put_totals(OTHER, &totals_of(3)).await.expect("written or not");
    assert_eq!(shown(&*store).await, totals_of(4), "the day is still newer");
    assert_eq!(store.put_totals(OTHER, &totals_of(6)).await, Ok(Put::Written));
    assert_eq!(shown(&*store).await, totals_of(6));
    assert_eq!(store.day(OTHER).await, Ok(Some((stamp(4), growing[3].clone()))), "the day itself is as it was");
    assert_eq!(store.put_day(OTHER, stamp(7), &growing[6]).await, Ok(Put::Written));
    assert_eq!(shown(&*store).await, totals_of(7));
    agrees(&*store, OTHER, stamp(7), &growing[6]).await;
}

async fn shown(store: &dyn RollupStore) -> DayTotals {
    let totals = store.totals(OTHER.site, OTHER.generation, OTHER.date..=OTHER.date).await.expect("totals");
    assert_eq!(totals.len(), 1);
    totals.into_iter().next().expect("one")
}
