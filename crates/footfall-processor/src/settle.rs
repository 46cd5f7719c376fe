//! Settling: a closed day is folded whole and written to the store.
//!
//! A day becomes *unsettled* when it closes, when a late hit or an import adds to it, or when the store is found to lack
//! it after a start. It is settled a moment later, or at once when a report wants to read it: a report never sees a
//! closed day without hits the follower has come to.

use crate::blocking::blocking;
use crate::engine::{DayName, Engine, EngineError, UNPOISONED};
use crate::follow::describe;
use crate::logic::logic_of;
use crate::open_day::OpenDay;
use crate::stats::Counters;
use footfall_domain::{LocalDate, Position, Rollup, SiteId};
use footfall_store::{DayKey, DayStamp, Put};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// A day stays open this long after its end: its visitors of the last five minutes are still current (definition 7), and
/// a hit received before midnight may be in the log a little later.
pub(crate) const GRACE_MS: i64 = 310_000;
/// How often the settler looks round.
const TICK: Duration = Duration::from_millis(250);
/// An unsettled day that is still being added to waits this long for quiet …
const QUIET: Duration = Duration::from_secs(1);
/// … but not longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why and since when a closed day waits to be settled.
#[derive(Clone)]
pub(crate) struct Unsettled {
    /// The last position known to belong to it.
    last: Position,
    since: Instant,
    touched: Instant,
    /// The day as it was folded while open; used instead of reading the log when it holds everything.
    memory: Option<Arc<OpenDay>>,
}

pub(crate) async fn run(engine: Arc<Engine>) {
    let mut stopping = engine.stopping();
    loop {
        tokio::select! { () = sleep(TICK) => {}, _ = stopping.wait_for(|stop| *stop) => return }
        engine.close_ended_days();
        for name in engine.due() {
            if *stopping.borrow() {
                return;
            }
            if let Err(error) = engine.settle(name).await {
                tracing::error!(site.id = name.0.0, date = %name.1, error = %describe(&error), "a closed day could not be settled; trying again");
                engine.touch(name);
            }
        }
    }
}

impl Unsettled {
    /// The last position known to belong to the day.
    pub(crate) fn last(&self) -> Position {
        self.last
    }
}

impl Engine {
    /// Settles every unsettled day of a range; a report calls this before it reads.
    pub(crate) async fn settle_range(&self, site: SiteId, dates: &RangeInclusive<LocalDate>) -> Result<(), EngineError> {
        let names: Vec<DayName> = {
            let unsettled = self.unsettled.lock().expect(UNPOISONED);
            unsettled.range((site, *dates.start())..=(site, *dates.end())).map(|(name, _)| *name).collect()
        };
        for name in names {
            self.settle(name).await?;
        }
        Ok(())
    }

    /// Marks a closed day as having records up to `last`; `memory` is the day as it was while open.
    pub(crate) fn mark_unsettled(&self, name: DayName, last: Position, memory: Option<Arc<OpenDay>>) {
        let now = Instant::now();
        let mut unsettled = self.unsettled.lock().expect(UNPOISONED);
        let entry = unsettled.entry(name).or_insert_with(|| Unsettled { last, since: now, touched: now, memory: None });
        if last.covers(entry.last) != Some(false) {
            entry.last = last;
        }
        entry.touched = now;
        if memory.is_some() {
            entry.memory = memory;
        }
    }

    /// A record of a closed day: if the day is still in memory, it leaves it now.
    pub(crate) fn close(&self, name: DayName, last: Position) {
        let mut open = self.open.write().expect(UNPOISONED);
        let memory = open.remove(&name);
        self.mark_unsettled(name, last, memory);
    }

    fn close_ended_days(&self) {
        let sites = self.sites();
        let ended = |name: &DayName| sites.by_id(name.0).is_none_or(|site| !self.is_open(site, name.1));
        let names: Vec<DayName> = self.open.read().expect(UNPOISONED).keys().filter(|name| ended(name)).copied().collect();
        for name in names {
            let mut open = self.open.write().expect(UNPOISONED);
            let Some(day) = open.remove(&name) else { continue };
            if let Some(through) = day.through() {
                self.mark_unsettled(name, through, Some(day));
            }
        }
    }

    fn due(&self) -> Vec<DayName> {
        let unsettled = self.unsettled.lock().expect(UNPOISONED);
        let due = |entry: &Unsettled| entry.touched.elapsed() >= QUIET || entry.since.elapsed() >= PATIENCE;
        unsettled.iter().filter(|(_, entry)| due(entry)).map(|(name, _)| *name).collect()
    }

    fn touch(&self, name: DayName) {
        if let Some(entry) = self.unsettled.lock().expect(UNPOISONED).get_mut(&name) {
            entry.touched = Instant::now();
            entry.since = entry.touched;
        }
    }

    async fn settle(&self, name: DayName) -> Result<(), EngineError> {
        let _one_at_a_time = self.settling.lock().await;
        let _no_flush = self.flusher.gate.write().await;
        let Some(entry) = self.unsettled.lock().expect(UNPOISONED).get(&name).cloned() else { return Ok(()) };
        let Some(site) = self.sites().by_id(name.0).cloned() else {
            self.unsettled.lock().expect(UNPOISONED).remove(&name);
            return Ok(());
        };
        let logic = logic_of(&site.site.rules, name.1);
        let in_memory = entry.memory.filter(|day| day.through() == Some(entry.last) && day.logic() == logic);
        let (rollup, newest_hit, through) = match in_memory {
            Some(day) => {
                let newest = day.newest();
                let rollup = blocking(move || day.rollup()).await;
                (rollup, newest, entry.last)
            }
            None => match self.fold_closed(&site, name).await? {
                Some(day) => (day.rollup(), day.newest(), day.through),
                None => {
                    self.unsettled.lock().expect(UNPOISONED).remove(&name);
                    return Ok(());
                }
            },
        };
        let generation = self.parts.rollups.generations(name.0).await?.of(name.1);
        let key = DayKey { site: name.0, generation, date: name.1 };
        let (before, highest) = self.read_stored(key).await?;
        if let Some(before) = before
            && before.through.epoch != through.epoch
            && self.lacks_hits_of(key, &rollup).await?
        {
            tracing::error!(
                site.id = name.0.0,
                date = %name.1,
                "the event log lacks hits this stored day was counted from (it was restored or lost); the day keeps its numbers, hits that came since are not in them"
            );
            self.closed.lock().expect(UNPOISONED).forget_day(name);
            self.unsettled.lock().expect(UNPOISONED).remove(&name);
            return Ok(());
        }
        let stamp = DayStamp { revision: highest + 1, logic, through, newest_hit };
        let put = self.parts.rollups.put_day(key, stamp, &rollup).await?;
        // Whoever wrote it: it is in the store now, and in memory no longer.
        self.stored.fetch_add(1, Ordering::AcqRel);
        match put {
            Put::Written => Counters::add(&self.counters.settled_days, 1),
            Put::Older if self.read_stored(key).await?.0.is_some_and(|there| there.covers(&stamp)) => {}
            Put::Older => {
                // Another instance wrote the day meanwhile: what is there is looked at before the next try.
                self.touch(name);
                return Ok(());
            }
        }
        self.note_settled(name, Arc::new(rollup), through).await?;
        self.note_change(name.0);
        if let Some(newest) = newest_hit {
            self.note_newest(name.0, newest);
        }
        self.closed.lock().expect(UNPOISONED).forget_day(name);
        let mut unsettled = self.unsettled.lock().expect(UNPOISONED);
        if unsettled.get(&name).is_some_and(|entry| through.covers(entry.last) == Some(true)) {
            unsettled.remove(&name);
        }
        Ok(())
    }

    /// Whether a stored day was counted from more hits than a rollup of the same day.
    pub(crate) async fn lacks_hits_of(&self, key: DayKey, rollup: &Rollup) -> Result<bool, EngineError> {
        let stored = self.parts.rollups.day(key).await?;
        Ok(stored.is_some_and(|(_, stored)| stored.hits() > rollup.hits()))
    }
}
