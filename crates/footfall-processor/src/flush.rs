//! Writing days that are still open, so that others can read them: to a store where writes cost, by the credit rule.
//!
//! Where writes cost nothing (`RollupStore::write_cost` says so) nothing of this runs: an open day is in memory, and in
//! the store once it has closed.

use crate::blocking::blocking;
use crate::credit::{Due, Ledger};
use crate::engine::{DayName, Engine, EngineError, UNPOISONED};
use crate::follow::describe;
use crate::open_day::{OpenDay, Snapshot};
use crate::stats::Counters;
use footfall_domain::{Position, Rollup, UnixMillis};
use footfall_store::{DayKey, DayStamp, Put, RollupStore, StoreError};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How often the flusher looks round.
const TICK: Duration = Duration::from_secs(1);
/// Days written at the same time: each holds its rollup in memory meanwhile.
const AT_ONCE: usize = 4;

/// What the flusher keeps between its rounds.
#[derive(Default)]
pub(crate) struct Flusher {
    book: Mutex<Book>,
    /// Held for reading while an open day is written, for writing while a closed one is: of two writes of one day the
    /// settled one must come last.
    pub(crate) gate: tokio::sync::RwLock<()>,
}

#[derive(Default)]
struct Book {
    ledger: Ledger,
    /// The highest revision the store has of a day, as far as it was read or written here.
    revisions: FxHashMap<DayName, u64>,
    last_look: Option<UnixMillis>,
    /// The newest position the store has seen of this log.
    newest: Option<Position>,
}

/// What the store has of a day, as its next write must know it.
struct Stored {
    stamp: Option<DayStamp>,
    revision: u64,
}

pub(crate) async fn run(engine: Arc<Engine>) {
    if !engine.pays_for_writes {
        return;
    }
    let mut stopping = engine.stopping();
    loop {
        tokio::select! { () = sleep(TICK) => {}, _ = stopping.wait_for(|stop| *stop) => return }
        if engine.followed.borrow().loaded
            && let Err(error) = engine.flush_due().await
        {
            tracing::error!(error = %describe(&error), "open days could not be written to the store; trying again");
        }
    }
}

impl Engine {
    /// Writes the open days that are due by the credit rule. Runs by itself every second where writes cost; the number of
    /// days looked at that were due is returned.
    ///
    /// # Errors
    /// A day could not be written; all others were tried.
    pub async fn flush_due(self: &Arc<Self>) -> Result<usize, EngineError> {
        let due = self.look_at_open_days();
        let looked_at = due.len();
        let mut writing = JoinSet::new();
        let mut failed = None;
        for (name, due) in due {
            if writing.len() >= AT_ONCE {
                note_failure(writing.join_next().await, &mut failed);
            }
            let engine = self.clone();
            writing.spawn(async move { engine.flush(name, due).await });
        }
        while let Some(written) = writing.join_next().await {
            note_failure(Some(written), &mut failed);
        }
        failed.map_or(Ok(looked_at), Err)
    }

    fn look_at_open_days(&self) -> Vec<(DayName, Due)> {
        let now = self.clock().now();
        let open: Vec<(DayName, u64)> = self.open.read().expect(UNPOISONED).iter().map(|(name, day)| (*name, day.hits())).collect();
        let mut book = self.flusher.book.lock().expect(UNPOISONED);
        let Book { ledger, revisions, last_look, .. } = &mut *book;
        for (name, hits) in &open {
            // What is there at the first look was folded again after a start: it has earned before.
            let earned_before = if last_look.is_none() { *hits } else { 0 };
            ledger.open(*name, earned_before, now);
            ledger.look(*name, *hits, last_look.unwrap_or(now));
        }
        *last_look = Some(now);
        if ledger.open_days() > open.len() {
            let open: FxHashSet<DayName> = open.into_iter().map(|(name, _)| name).collect();
            let unsettled = self.unsettled.lock().expect(UNPOISONED);
            let is_here = |name: &DayName| open.contains(name) || unsettled.contains_key(name);
            ledger.keep(is_here);
            revisions.retain(|name, _| is_here(name));
        }
        ledger.due(now)
    }

    async fn flush(&self, name: DayName, due: Due) -> Result<(), EngineError> {
        let _not_while_settling = self.flusher.gate.read().await;
        let Some(day) = self.open.read().expect(UNPOISONED).get(&name).cloned() else { return Ok(()) };
        if self.sites().by_id(name.0).is_none() {
            return Ok(());
        }
        let generation = self.parts.rollups.generations(name.0).await?.of(name.1);
        let key = DayKey { site: name.0, generation, date: name.1 };
        match due {
            Due::Whole { at_most } => self.flush_whole(key, day, at_most).await,
            Due::Totals => self.flush_totals(key, day).await,
        }
    }

    async fn flush_whole(&self, key: DayKey, day: Arc<OpenDay>, at_most: Option<u64>) -> Result<(), EngineError> {
        let name = (key.site, key.date);
        let as_of = self.clock().now();
        let logic = day.logic();
        let Some((snapshot, units)) = self.lay(day).await? else { return Ok(()) };
        if at_most.is_some_and(|most| units > most) {
            self.with_ledger(|ledger| ledger.too_dear(name, units));
            return Ok(());
        }
        let stored = self.stored(key).await?;
        let nothing_new = stored.stamp.is_some_and(|stamp| stamp.logic == logic && stamp.through.covers(snapshot.through) == Some(true));
        let elsewhere = self.is_counted_elsewhere(key, stored.stamp, snapshot.through, &snapshot.rollup).await?;
        if nothing_new || elsewhere {
            let mut book = self.flusher.book.lock().expect(UNPOISONED);
            book.ledger.found_written(name, snapshot.hits, as_of);
            if elsewhere {
                book.revisions.remove(&name);
            }
            return Ok(());
        }
        let Snapshot { rollup, through, newest, hits } = snapshot;
        let stamp = DayStamp { revision: stored.revision + 1, logic, through, newest_hit: newest };
        let put = self.parts.rollups.flush_day(key, stamp, &rollup).await?;
        let mut book = self.flusher.book.lock().expect(UNPOISONED);
        match put {
            Put::Written => {
                book.revisions.insert(name, stamp.revision);
                book.note_stored(through);
                book.ledger.wrote(name, units, hits, as_of);
                Counters::add(&self.counters.flushed_days, 1);
                Counters::add(&self.counters.forced_flushes, u64::from(at_most.is_none()));
                Counters::add(&self.counters.flushed_units, units);
            }
            // Somebody else wrote the day meanwhile: what is there is looked at before the next try.
            Put::Older => drop(book.revisions.remove(&name)),
        }
        Ok(())
    }

    /// The day as it is now, and what writing it costs.
    async fn lay(&self, day: Arc<OpenDay>) -> Result<Option<(Snapshot, u64)>, EngineError> {
        let _turn = self.folding.acquire().await;
        let store = self.parts.rollups.clone();
        let laid = blocking(move || {
            let Some(snapshot) = day.snapshot() else { return Ok(None) };
            let units = store.write_cost(&snapshot.rollup)?.unwrap_or(0);
            Ok::<_, StoreError>(Some((snapshot, units)))
        });
        Ok(laid.await?)
    }

    async fn flush_totals(&self, key: DayKey, day: Arc<OpenDay>) -> Result<(), EngineError> {
        let name = (key.site, key.date);
        let stored = self.stored(key).await?;
        let now = self.clock().now();
        let revision = stored.revision + 1;
        let logic = day.logic();
        let stamp = move |through, newest_hit| DayStamp { revision, logic, through, newest_hit };
        let Some((totals, hits)) = blocking(move || day.totals(key.date, stamp)).await else { return Ok(()) };
        // Whether a day of another log has more hits is not known without its rollup: only a whole write may replace it.
        if stored.stamp.is_some_and(|stamp| stamp.through.epoch != totals.stamp.through.epoch) {
            let mut book = self.flusher.book.lock().expect(UNPOISONED);
            book.revisions.remove(&name);
            book.ledger.wrote_totals(name, 0, hits, now);
            return Ok(());
        }
        let units = self.parts.rollups.totals_cost(&totals)?.unwrap_or(0);
        let put = self.parts.rollups.put_totals(key, &totals).await?;
        let mut book = self.flusher.book.lock().expect(UNPOISONED);
        match put {
            Put::Written => {
                book.revisions.insert(name, revision);
                book.note_stored(totals.stamp.through);
                Counters::add(&self.counters.flushed_totals, 1);
                Counters::add(&self.counters.flushed_units, units);
            }
            Put::Older => drop(book.revisions.remove(&name)),
        }
        book.ledger.wrote_totals(name, units, hits, now);
        Ok(())
    }

    /// An open day was folded anew under other rules: the store lacks that, though no hit came.
    pub(crate) fn note_refolded(&self, name: DayName) {
        let now = self.clock().now();
        self.with_ledger(|ledger| ledger.changed(name, now));
    }

    /// A closed day was written to the store, up to this position.
    pub(crate) async fn note_settled(&self, name: DayName, rollup: Arc<Rollup>, through: Position) -> Result<(), EngineError> {
        if !self.pays_for_writes {
            return Ok(());
        }
        let has_account = self.with_ledger(|ledger| ledger.knows(name));
        let store = self.parts.rollups.clone();
        let units = if has_account { blocking(move || store.close_cost(&rollup)).await?.unwrap_or(0) } else { 0 };
        let mut book = self.flusher.book.lock().expect(UNPOISONED);
        book.note_stored(through);
        book.revisions.remove(&name);
        if has_account {
            book.ledger.close(name, units);
        }
        Ok(())
    }

    /// What other instances may be told: every hit received before this is in the store, and the newest position it has
    /// seen of this log. `None` while closed days wait to be settled, or before the first look.
    pub(crate) fn stored_until(&self) -> Option<(UnixMillis, Option<Position>)> {
        let followed = *self.followed.borrow();
        if !followed.loaded || !self.unsettled.lock().expect(UNPOISONED).is_empty() {
            return None;
        }
        let book = self.flusher.book.lock().expect(UNPOISONED);
        let until = book.ledger.lacks_since().or(book.last_look)?;
        Some((until.min(followed.complete_until), book.newest))
    }

    /// What the store has of a day. Read once; after that this process knows, until it finds that somebody else wrote.
    async fn stored(&self, key: DayKey) -> Result<Stored, EngineError> {
        let name = (key.site, key.date);
        let known = self.flusher.book.lock().expect(UNPOISONED).revisions.get(&name).copied();
        if let Some(revision) = known {
            return Ok(Stored { stamp: None, revision });
        }
        let (stamp, revision) = self.read_stored(key).await?;
        self.flusher.book.lock().expect(UNPOISONED).revisions.insert(name, revision);
        Ok(Stored { stamp, revision })
    }

    /// The stamp of a stored day, and the highest revision of it: its totals may have been written alone since.
    pub(crate) async fn read_stored(&self, key: DayKey) -> Result<(Option<DayStamp>, u64), EngineError> {
        let DayKey { site, generation, date } = key;
        let stamp = self.parts.rollups.stamps(site, generation, date..=date).await?.first().map(|(_, stamp)| *stamp);
        let mut revision = stamp.map_or(0, |stamp| stamp.revision);
        if self.pays_for_writes {
            let totals = self.parts.rollups.totals(site, generation, date..=date).await?;
            revision = totals.iter().map(|totals| totals.stamp.revision).fold(revision, u64::max);
        }
        Ok((stamp, revision))
    }

    /// Whether the store has this day from another log, with more hits: it is not overwritten (decision 0005).
    async fn is_counted_elsewhere(
        &self,
        key: DayKey,
        stored: Option<DayStamp>,
        through: Position,
        rollup: &Rollup,
    ) -> Result<bool, EngineError> {
        if stored.is_none_or(|stamp| stamp.through.epoch == through.epoch) {
            return Ok(false);
        }
        let elsewhere = self.lacks_hits_of(key, rollup).await?;
        if elsewhere {
            tracing::error!(
                site.id = key.site.0,
                date = %key.date,
                "another instance with a log of its own counts this site too, or this log was lost: the stored day has more hits and is kept; only one instance may count a site"
            );
        }
        Ok(elsewhere)
    }

    fn with_ledger<T>(&self, look: impl FnOnce(&mut Ledger) -> T) -> T {
        look(&mut self.flusher.book.lock().expect(UNPOISONED).ledger)
    }
}

impl Book {
    fn note_stored(&mut self, through: Position) {
        if self.newest.is_none_or(|newest| newest.covers(through) != Some(true)) {
            self.newest = Some(through);
        }
    }
}

/// Whether a store charges for writes.
///
/// # Errors
/// None for an empty day; the trait's.
pub(crate) fn pays_for_writes(store: &dyn RollupStore) -> Result<bool, StoreError> {
    Ok(store.write_cost(&Rollup::default())?.is_some())
}

type Written = Result<Result<(), EngineError>, tokio::task::JoinError>;

fn note_failure(written: Option<Written>, failed: &mut Option<EngineError>) {
    match written {
        Some(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Some(Ok(Err(error))) => *failed = Some(error),
        _ => {}
    }
}
