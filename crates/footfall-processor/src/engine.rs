//! The engine: its parts, its life, and the small questions it answers.

use crate::closed_cache::ClosedCache;
use crate::extent::Extent;
use crate::flush::Flusher;
use crate::kept::Kept;
use crate::neighbours::Neighbours;
use crate::open_day::OpenDay;
use crate::secrets::SecretKeeper;
use crate::settle::Unsettled;
use crate::site_book::{SiteBook, SiteEntry};
use crate::source::spans;
use crate::stats::{Counters, EngineStats};
use footfall_domain::{Clock, DropReason, Entropy, Hit, LocalDate, Position, SiteId, UnixMillis};
use footfall_enrich::Enricher;
use footfall_eventlog::{EventLog, LogError};
use footfall_store::{Registry, RollupStore, StoreError};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A site-day.
pub(crate) type DayName = (SiteId, LocalDate);

/// What an engine is built from.
pub struct EngineParts {
    /// Where hits are kept.
    pub log: Arc<dyn EventLog>,
    /// Where closed days are kept.
    pub rollups: Arc<dyn RollupStore>,
    /// Where sites and secrets are kept.
    pub registry: Arc<dyn Registry>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where secrets come from.
    pub entropy: Arc<dyn Entropy>,
}

/// Why the engine could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The event log failed.
    #[error("the event log failed")]
    Log(#[from] LogError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Follows the log, keeps open days folded, settles closed ones, and answers the query room.
pub struct Engine {
    pub(crate) parts: EngineParts,
    pub(crate) enricher: Arc<Enricher>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) secrets: SecretKeeper,
    sites: RwLock<Arc<SiteBook>>,
    reloading: tokio::sync::Mutex<()>,
    pub(crate) sites_changed: tokio::sync::Notify,
    pub(crate) open: RwLock<FxHashMap<DayName, Arc<OpenDay>>>,
    pub(crate) unsettled: Mutex<BTreeMap<DayName, Unsettled>>,
    /// Held while a day is settled: one at a time, so that a stored day's revision only grows.
    pub(crate) settling: tokio::sync::Mutex<()>,
    /// How many closed days may be folded from the log at once: each holds a part of its day's hits in memory.
    pub(crate) folding: tokio::sync::Semaphore,
    /// Held while a closed day is folded for a question, by the day: whoever else asks about it waits and finds it.
    pub(crate) reading: [tokio::sync::Mutex<()>; READING],
    pub(crate) closed: Mutex<ClosedCache>,
    pub(crate) kept: Mutex<Kept>,
    /// Raised by every day this engine stores.
    pub(crate) stored: AtomicU64,
    /// No other engine's: editions of open days are counted from the start of each.
    pub(crate) life: [u8; 16],
    pub(crate) extents: Mutex<FxHashMap<SiteId, Extent>>,
    /// Whether the store charges for writes: then open days are written too ([`crate::flush`]).
    pub(crate) pays_for_writes: bool,
    pub(crate) flusher: Flusher,
    /// What others do in the same store; `None` where there can be nobody else.
    pub(crate) neighbours: Option<Neighbours>,
    /// How far the log has been followed.
    pub(crate) followed: watch::Sender<Followed>,
    stopping: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// How far the fold has come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Followed {
    /// Whether the days that were open at the start have been folded again.
    pub(crate) loaded: bool,
    /// The last position folded or marked for settling.
    pub(crate) position: Option<Position>,
    /// When the fold last had everything the log had.
    pub(crate) complete_until: UnixMillis,
    /// The edition of the sites whose rules the open days are folded under.
    pub(crate) sites: u64,
}

impl Engine {
    /// Begins to follow the log. Days that are open are folded again in the background: see [`Engine::caught_up`].
    ///
    /// # Errors
    /// The sites cannot be read.
    pub async fn start(parts: EngineParts) -> Result<Arc<Self>, EngineError> {
        // The version first: what changes meanwhile is read again.
        let neighbours = parts.registry.sites_version().await?.map(Neighbours::new);
        let sites = parts.registry.sites().await?;
        let pays_for_writes = crate::flush::pays_for_writes(&*parts.rollups)?;
        let now = parts.clock.now();
        let mut life = [0; 16];
        parts.entropy.fill(&mut life);
        let engine = Arc::new(Self {
            parts,
            life,
            enricher: Arc::new(Enricher::new()),
            counters: Arc::default(),
            secrets: SecretKeeper::default(),
            sites: RwLock::new(Arc::new(SiteBook::new(sites))),
            reloading: tokio::sync::Mutex::default(),
            sites_changed: tokio::sync::Notify::new(),
            folding: tokio::sync::Semaphore::new(FOLDS_AT_ONCE),
            open: RwLock::default(),
            unsettled: Mutex::default(),
            settling: tokio::sync::Mutex::default(),
            reading: Default::default(),
            closed: Mutex::default(),
            kept: Mutex::default(),
            stored: AtomicU64::new(0),
            extents: Mutex::default(),
            pays_for_writes,
            flusher: Flusher::default(),
            neighbours,
            followed: watch::Sender::new(Followed { loaded: false, position: None, complete_until: now, sites: 0 }),
            stopping: watch::Sender::new(false),
            tasks: Mutex::default(),
        });
        let tasks = vec![
            tokio::spawn(unbroken(tokio::spawn(crate::follow::run(engine.clone())))),
            tokio::spawn(unbroken(tokio::spawn(crate::settle::run(engine.clone())))),
            tokio::spawn(unbroken(tokio::spawn(crate::secrets::run(engine.clone())))),
            tokio::spawn(unbroken(tokio::spawn(crate::flush::run(engine.clone())))),
            tokio::spawn(unbroken(tokio::spawn(crate::neighbours::run(engine.clone())))),
        ];
        engine.tasks.lock().expect(UNPOISONED).extend(tasks);
        Ok(engine)
    }

    /// The sites as they are now.
    pub fn sites(&self) -> Arc<SiteBook> {
        self.sites.read().expect(UNPOISONED).clone()
    }

    /// Reads the sites again, after any change to them.
    ///
    /// # Errors
    /// The registry cannot be read; the old book stays.
    pub async fn reload_sites(&self) -> Result<(), EngineError> {
        // Held over reading and publishing: of two changes at once the later must not be replaced by the earlier.
        let _one_at_a_time = self.reloading.lock().await;
        let sites = self.parts.registry.sites().await?;
        let book = self.sites().changed_to(sites);
        *self.sites.write().expect(UNPOISONED) = Arc::new(book);
        // Open days of sites whose rules are others now are folded anew by the follower.
        self.sites_changed.notify_one();
        Ok(())
    }

    /// Writes hits to the log; durable on return (law 1).
    ///
    /// # Errors
    /// As [`EventLog::append`]: behind, or unavailable.
    pub async fn append(&self, hits: Vec<Hit>) -> Result<Position, LogError> {
        self.parts.log.append(hits).await
    }

    /// What the current logic will do with a hit: `None` when it will be counted, as far as a single hit can tell.
    pub fn forecast(&self, hit: &Hit) -> Option<DropReason> {
        let sites = self.sites();
        self.enricher.forecast(hit, &sites.by_id(hit.site)?.site)
    }

    /// Erases a site's hits and rollups, after it was removed or reset.
    ///
    /// # Errors
    /// The log or the store failed; asking again finishes the work.
    pub async fn forget_site(&self, id: SiteId) -> Result<(), EngineError> {
        self.forget_memory(id).await;
        self.parts.log.remove_site(id).await?;
        // Again: what was read from the log before it was erased may have come back meanwhile.
        self.forget_memory(id).await;
        self.parts.rollups.remove_site_rollups(id).await?;
        Ok(())
    }

    /// Erases a site's hits and rollups of the days before `until`. Returns how many hits there were. What comes for such a
    /// day later is there again until the next call.
    ///
    /// # Errors
    /// The log or the store failed; asking again finishes the work.
    pub async fn forget_days(&self, id: SiteId, until: LocalDate) -> Result<u64, EngineError> {
        drop(self.forget_open_days(id, until).await);
        let hits = self.parts.log.remove_days(id, until).await?;
        // Again: what was settled or read from the log before it was erased goes with what was there. Not held over the log:
        // erasing years takes long, and all sites settle under it.
        let settling = self.forget_open_days(id, until).await;
        let days = self.parts.rollups.remove_days(id, until).await?;
        drop(settling);
        if hits > 0 || days > 0 {
            self.closed.lock().expect(UNPOISONED).forget_site(id);
            self.kept.lock().expect(UNPOISONED).forget_site(id);
            let first = self.first_day(id, until).await?;
            self.note_first_day(id, first);
        }
        Ok(hits)
    }

    /// Has nothing in memory of a site's days before `until` that waits to be written; none is settled while the answer is
    /// held.
    async fn forget_open_days(&self, id: SiteId, until: LocalDate) -> tokio::sync::MutexGuard<'_, ()> {
        let goes = |(site, date): &DayName| *site == id && *date < until;
        let settling = self.settling.lock().await;
        let _no_flush = self.flusher.gate.write().await;
        self.open.write().expect(UNPOISONED).retain(|name, _| !goes(name));
        self.unsettled.lock().expect(UNPOISONED).retain(|name, _| !goes(name));
        settling
    }

    /// The first day a site has from a date on.
    async fn first_day(&self, id: SiteId, from: LocalDate) -> Result<Option<LocalDate>, EngineError> {
        let row = self.parts.rollups.generations(id).await?;
        let mut first = self.open_days_of(id).first().map(|(date, _)| *date);
        let waiting = self.unsettled.lock().expect(UNPOISONED).range((id, from)..=(id, LATEST)).next().map(|((_, date), _)| *date);
        first = [first, waiting].into_iter().flatten().min();
        for (generation, run) in spans(&row, &(from..=LATEST)) {
            let stored = self.parts.rollups.ends(id, generation, run).await?.map(|[(date, _), _]| date);
            first = [first, stored].into_iter().flatten().min();
        }
        Ok(first)
    }

    async fn forget_memory(&self, id: SiteId) {
        let _settling = self.settling.lock().await;
        // A write that is under way ends first: nobody would erase a row that arrives after the removal.
        let _no_flush = self.flusher.gate.write().await;
        self.open.write().expect(UNPOISONED).retain(|(site, _), _| *site != id);
        self.unsettled.lock().expect(UNPOISONED).retain(|(site, _), _| *site != id);
        self.closed.lock().expect(UNPOISONED).forget_site(id);
        self.kept.lock().expect(UNPOISONED).forget_site(id);
        self.extents.lock().expect(UNPOISONED).remove(&id);
    }

    /// Whether the fold has everything the log has now.
    pub async fn caught_up(&self) -> bool {
        self.has_reached(*self.parts.log.newest().borrow())
    }

    /// Waits until the fold has everything the log had when this was called, under the rules of sites there were. Closed days may still wait to be settled;
    /// a report settles the days it reads.
    pub async fn wait_caught_up(&self) {
        let (goal, sites) = (*self.parts.log.newest().borrow(), self.sites().edition());
        let mut followed = self.followed.subscribe();
        while !self.has_reached(goal) || followed.borrow_and_update().sites < sites {
            if followed.changed().await.is_err() {
                return;
            }
        }
    }

    /// For how long the fold has been behind the log; 0 when it is not.
    pub(crate) fn lag_seconds(&self) -> f64 {
        let lag = if self.has_reached(*self.parts.log.newest().borrow()) {
            0
        } else {
            self.clock().now().since(self.followed.borrow().complete_until)
        };
        lag.max(0) as f64 / 1000.0
    }

    fn has_reached(&self, goal: Option<Position>) -> bool {
        let followed = *self.followed.borrow();
        let reached = match (followed.position, goal) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(have), Some(want)) => have.covers(want).unwrap_or(false),
        };
        followed.loaded && reached
    }

    /// What has been done so far.
    pub fn stats(&self) -> EngineStats {
        let open: Vec<Arc<OpenDay>> = self.open.read().expect(UNPOISONED).values().cloned().collect();
        let mut open_drops: BTreeMap<DropReason, i64> = BTreeMap::new();
        for (reason, n) in open.iter().flat_map(|day| day.drops()) {
            *open_drops.entry(reason).or_default() += n;
        }
        EngineStats {
            open_drops,
            followed_hits: Counters::get(&self.counters.followed_hits),
            late_refolds: Counters::get(&self.counters.late_refolds),
            settled_days: Counters::get(&self.counters.settled_days),
            flushed_days: Counters::get(&self.counters.flushed_days),
            forced_flushes: Counters::get(&self.counters.forced_flushes),
            flushed_totals: Counters::get(&self.counters.flushed_totals),
            flushed_units: Counters::get(&self.counters.flushed_units),
            unsettled_days: self.unsettled.lock().expect(UNPOISONED).len() as u64,
            open_days: open.len() as u64,
            open_bytes: open.iter().map(|day| day.bytes() as u64).sum(),
            lag_seconds: self.lag_seconds(),
            fold_millis: Counters::get(&self.counters.fold_micros) / 1000,
        }
    }

    /// Ends the background work. Nothing is lost: what was not settled is settled after the next start.
    pub async fn stop(&self) {
        self.stopping.send_replace(true);
        let tasks = std::mem::take(&mut *self.tasks.lock().expect(UNPOISONED));
        for task in tasks {
            task.await.ok();
        }
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.parts.clock
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.parts.entropy
    }

    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// The site's days in memory, oldest first.
    pub(crate) fn open_days_of(&self, site: SiteId) -> Vec<(LocalDate, Arc<OpenDay>)> {
        let open = self.open.read().expect(UNPOISONED);
        let mut days: Vec<_> = open.iter().filter(|((of, _), _)| *of == site).map(|((_, date), day)| (*date, day.clone())).collect();
        days.sort_by_key(|(date, _)| *date);
        days
    }

    /// Whether a day still takes hits: it has not ended, or only just (hits written before midnight may still come).
    pub(crate) fn is_open(&self, site: &SiteEntry, date: LocalDate) -> bool {
        self.clock().now() < site.calendar.day(date).end.plus(crate::settle::GRACE_MS)
    }
}

/// After any day that a site may have: the year 9998.
const LATEST: LocalDate = LocalDate(2_932_530);
/// Turns that are given to questions about closed days: more than days are folded at once, so that a day rarely waits for
/// another one.
const READING: usize = 16;
/// Closed days folded from the log at the same time.
const FOLDS_AT_ONCE: usize = 2;

/// A background task that panics has met a bug that would leave numbers wrong or old for ever, unseen. The process ends
/// instead: its next start folds the open days again from the log.
async fn unbroken(task: JoinHandle<()>) {
    if let Err(error) = task.await
        && error.is_panic()
    {
        tracing::error!("a background task panicked; the process ends, the next start recovers from the log");
        std::process::abort();
    }
}

pub(crate) const UNPOISONED: &str = "no thread panics while it holds this lock";
