//! Other instances on the same store: what they changed is noticed within seconds, and what they counted is shown with
//! the freshness it has.
//!
//! Sites are looked at every two seconds. What a site's stored days tell (its first day, its newest hit) is read again when
//! a page asks and it is older than that. Each instance says every few seconds up to when the store has everything it
//! counted, under the epoch of its log: a reader elsewhere knows from it how fresh the numbers are (law 7).

use crate::engine::{Engine, EngineError, UNPOISONED};
use crate::follow::describe;
use crate::source::spans;
use footfall_domain::{LocalDate, Position, SiteId, UnixMillis};
use footfall_query::Freshness;
use footfall_store::{DayStamp, GenerationRow};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How often the sites are looked at, and how old the newest days of a site may be when a page asks for them.
const LOOK: Duration = Duration::from_secs(2);
/// How old a site's first and last day may be: only imports and removals change them, but for the newest days.
const LOOK_AT_ALL: Duration = Duration::from_secs(10 * 60);
/// The days that are looked at when a page asks: today, and those whose last write may still be on its way.
const NEWEST_DAYS: i32 = 2;
/// How often an instance says how far the store has what it counted.
const STATE: Duration = Duration::from_secs(10);

/// What is known of the other instances.
#[derive(Debug)]
pub(crate) struct Neighbours {
    /// The sites' version this engine's book was made from, or an older one.
    sites_version: Mutex<u64>,
    seen: Mutex<FxHashMap<SiteId, Seen>>,
    /// By epoch of their log: what they said, and when it was read.
    said: Mutex<FxHashMap<u64, (Instant, Option<Said>)>>,
}

/// What the store had of a site when it was looked at.
#[derive(Clone, Debug)]
struct Seen {
    at: Instant,
    all_at: Instant,
    newest: Vec<(LocalDate, DayStamp)>,
}

/// What an instance says about the days it counts.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Every hit it received before this is in the store.
    pub until: UnixMillis,
    /// The newest position of its log that the store has seen.
    pub through: Option<Position>,
}

impl Said {
    /// The name of the setting in which the instance with the log of this epoch says it.
    pub fn setting(epoch: u64) -> String {
        format!("stored until, log {epoch:016x}")
    }

    /// What a setting holds; `None` when it is of another make.
    pub fn of(value: &[u8]) -> Option<Self> {
        serde_json::from_slice(value).ok()
    }
}

impl Neighbours {
    pub(crate) fn new(sites_version: u64) -> Self {
        Self { sites_version: Mutex::new(sites_version), seen: Mutex::default(), said: Mutex::default() }
    }
}

pub(crate) async fn run(engine: Arc<Engine>) {
    let Some(neighbours) = &engine.neighbours else { return };
    let mut stopping = engine.stopping();
    let mut said_at: Option<Instant> = None;
    let mut failing = false;
    loop {
        tokio::select! { () = sleep(LOOK) => {}, _ = stopping.wait_for(|stop| *stop) => return }
        let mut looked = engine.look_at_sites(neighbours).await;
        if looked.is_ok() && said_at.is_none_or(|at| at.elapsed() >= STATE) {
            said_at = Some(Instant::now());
            looked = engine.say().await;
        }
        match looked {
            Ok(()) => failing = false,
            // Said once: the store tells about its troubles itself.
            Err(error) if !failing => {
                failing = true;
                tracing::error!(error = %describe(&error), "what other instances change cannot be read; trying again");
            }
            Err(_) => {}
        }
    }
}

impl Engine {
    /// Whether other instances may use the same store.
    pub fn shares_its_store(&self) -> bool {
        self.neighbours.is_some()
    }

    async fn look_at_sites(&self, neighbours: &Neighbours) -> Result<(), EngineError> {
        let Some(version) = self.parts.registry.sites_version().await? else { return Ok(()) };
        if version == *neighbours.sites_version.lock().expect(UNPOISONED) {
            return Ok(());
        }
        self.reload_sites().await?;
        // Only what was read before the sites: a change in between is seen the next time.
        *neighbours.sites_version.lock().expect(UNPOISONED) = version;
        Ok(())
    }

    async fn say(&self) -> Result<(), EngineError> {
        let (Some(epoch), Some((until, through))) = (self.log_epoch(), self.stored_until()) else { return Ok(()) };
        let value = serde_json::to_vec(&Said { until, through }).expect("numbers serialise");
        Ok(self.parts.registry.put_setting(&Said::setting(epoch), &value).await?)
    }

    fn log_epoch(&self) -> Option<u64> {
        self.parts.log.newest().borrow().map(|newest| newest.epoch)
    }

    /// Looks at what the store has of a site, if that was long ago, and remembers what is new.
    pub(crate) async fn look_at_stored(&self, site: SiteId, row: &GenerationRow) -> Result<(), EngineError> {
        let Some(neighbours) = &self.neighbours else { return Ok(()) };
        let Some(entry) = self.sites().by_id(site).cloned() else { return Ok(()) };
        let before = neighbours.seen.lock().expect(UNPOISONED).get(&site).cloned();
        if before.as_ref().is_some_and(|seen| seen.at.elapsed() < LOOK) {
            return Ok(());
        }
        let now = Instant::now();
        let today = entry.calendar.moment(self.clock().now()).date;
        let newest_days = today.plus(-NEWEST_DAYS)..=today.plus(1);
        let all = before.as_ref().is_none_or(|seen| seen.all_at.elapsed() >= LOOK_AT_ALL);
        if all {
            for (generation, run) in spans(row, &(LocalDate(EVER)..=today.plus(1))) {
                let ends = self.parts.rollups.ends(site, generation, run).await?;
                ends.iter().flatten().for_each(|(date, stamp)| self.note_stored_day(site, *date, stamp));
            }
        }
        let newest = self.stored_stamps(site, row, &newest_days).await?;
        newest.iter().for_each(|(date, stamp)| self.note_stored_day(site, *date, stamp));
        if before.as_ref().is_none_or(|seen| seen.newest != newest) {
            self.note_change(site);
        }
        let all_at = before.filter(|_| !all).map_or(now, |seen| seen.all_at);
        neighbours.seen.lock().expect(UNPOISONED).insert(site, Seen { at: now, all_at, newest });
        Ok(())
    }

    /// The stamps of the stored days that answer now.
    pub(crate) async fn stored_stamps(
        &self,
        site: SiteId,
        row: &GenerationRow,
        dates: &RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, EngineError> {
        let mut days = Vec::new();
        for (generation, run) in spans(row, dates) {
            days.extend(self.parts.rollups.stamps(site, generation, run).await?);
        }
        Ok(days)
    }

    /// How fresh a site's numbers are that another instance counts; `None` when this one does, or nobody lately.
    pub(crate) async fn freshness_elsewhere(&self, site: SiteId) -> Result<Option<Freshness>, EngineError> {
        let Some(neighbours) = &self.neighbours else { return Ok(None) };
        if !self.open_days_of(site).is_empty() {
            return Ok(None);
        }
        let ours = self.log_epoch();
        let newest = {
            let seen = neighbours.seen.lock().expect(UNPOISONED);
            let days = seen.get(&site).map_or(&[][..], |seen| &seen.newest);
            days.iter().map(|(_, stamp)| *stamp).filter(|stamp| Some(stamp.through.epoch) != ours).max_by_key(|stamp| stamp.newest_hit)
        };
        let Some(DayStamp { newest_hit, through, .. }) = newest else { return Ok(None) };
        let said = self.said(neighbours, through.epoch).await?.map(|said| said.until);
        let Some(complete_until) = newest_hit.max(said) else { return Ok(None) };
        let lag_seconds = self.clock().now().since(complete_until).max(0) as f64 / 1000.0;
        Ok(Some(Freshness { newest_hit, lag_seconds, complete_until }))
    }

    async fn said(&self, neighbours: &Neighbours, epoch: u64) -> Result<Option<Said>, EngineError> {
        if let Some((at, said)) = neighbours.said.lock().expect(UNPOISONED).get(&epoch)
            && at.elapsed() < LOOK
        {
            return Ok(*said);
        }
        let said = self.parts.registry.setting(&Said::setting(epoch)).await?.and_then(|value| Said::of(&value));
        neighbours.said.lock().expect(UNPOISONED).insert(epoch, (Instant::now(), said));
        Ok(said)
    }
}

/// Before any day that a site may have: the year 1800.
const EVER: i32 = -62_000;
