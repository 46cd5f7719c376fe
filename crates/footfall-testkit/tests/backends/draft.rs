//! Other numbers for days that are closed: what a replay under other rules would give.

use footfall_domain::{Hit, LocalDate, LogicId, Position, Rollup, Site, UnixMillis};
use footfall_enrich::Enricher;
use footfall_fold::Shard;
use footfall_store::{Activation, DayKey, DayStamp, GenerationRow, Put, Run, Store};
use std::ops::RangeInclusive;

/// A day folded without one visitor in `part`.
pub fn rollup(enricher: &Enricher, site: &Site, date: LocalDate, hits: &[Hit], part: u64) -> Rollup {
    let kept = hits.iter().filter(|hit| hit.site == site.id && hit.date == date && !hit.visitor.0.is_multiple_of(part));
    let mut shard = Shard::new();
    shard.apply(&enricher.batch(kept, site), 0..=255);
    shard.rollup()
}

/// Stores a draft for each day of a range.
pub async fn put(store: &dyn Store, site: &Site, generation: u32, dates: RangeInclusive<LocalDate>, hits: &[Hit], through: Position) {
    let enricher = Enricher::new();
    for date in dates.start().0..=dates.end().0 {
        let date = LocalDate(date);
        let rollup = rollup(&enricher, site, date, hits, u64::from(generation) + 1);
        let newest_hit = rollup.people().newest;
        let stamp = DayStamp { revision: 1, logic: logic(generation), through, newest_hit };
        let put = store.put_day(DayKey { site: site.id, generation, date }, stamp, &rollup).await;
        assert_eq!(put, Ok(Put::Written), "the draft of {date}");
    }
}

fn logic(generation: u32) -> LogicId {
    LogicId([generation as u8; 16])
}

/// Makes a generation answer for days.
pub async fn activate(store: &dyn Store, site: &Site, generation: u32, dates: &RangeInclusive<LocalDate>, at: UnixMillis) {
    let row = store.generations(site.id).await.expect("a row");
    let mut history = row.history;
    history.push(Activation { at, who: "ada@example.com".into(), why: "better rules".into(), logic: logic(generation), before: row.runs });
    let run = Run { from: *dates.start(), through: *dates.end(), generation };
    let next = GenerationRow { version: 0, runs: vec![run], history };
    store.activate(site.id, row.version, next).await.expect("activated");
}

/// Takes the last activation back.
pub async fn undo(store: &dyn Store, site: &Site) {
    let row = store.generations(site.id).await.expect("a row");
    let mut history = row.history;
    let last = history.pop().expect("something to undo");
    store.activate(site.id, row.version, GenerationRow { version: 0, runs: last.before, history }).await.expect("activated");
}
