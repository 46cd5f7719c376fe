//! Following the log: every record is folded into its open day, or marks its closed day as unsettled.

use crate::closed_day::ClosedDay;
use crate::engine::{DayName, Engine, EngineError, Followed, UNPOISONED};
use crate::logic::logic_of;
use crate::open_day::OpenDay;
use crate::site_book::{SiteBook, SiteEntry};
use crate::source::spans;
use crate::stats::Counters;
use footfall_domain::{LocalDate, Position, Record, SiteId};
use footfall_eventlog::LoggedDay;
use footfall_store::DayStamp;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

/// Records read at once. Larger batches share more distinct values; smaller ones are in reports sooner.
const BATCH: usize = 10_000;
/// A day whose predecessor had more events than this is folded in several shards.
const LARGE_DAY: i64 = 500_000;
const LARGE_SHARDS: usize = 16;
/// Sites of a shared store asked about at the same time, at a start.
const SITES_AT_ONCE: usize = 16;
/// How often an idle follower looks whether it still has everything.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// Flushes of days older than this are gone from the store; with the day that a zone may be behind.
const FLUSHED_DAYS: i32 = footfall_store::dynamo::FLUSH_DAYS as i32 + 2;
const DAY_MS: i64 = 86_400_000;
/// Pause before trying again after a failure.
const RETRY: Duration = Duration::from_millis(500);

pub(crate) async fn run(engine: Arc<Engine>) {
    let mut stopping = engine.stopping();
    let mut newest = engine.parts.log.newest();
    // Taken once, before anything is read: what arrives while loading fails and is tried again is followed all the same.
    let begin = *newest.borrow_and_update();
    let mut position = loop {
        match load(&engine, begin).await {
            Ok(position) => break position,
            Err(error) => tracing::error!(error = %describe(&error), "the open days could not be loaded; trying again"),
        }
        tokio::select! { () = sleep(RETRY) => {}, _ = stopping.wait_for(|stop| *stop) => return }
    };
    // None yet: so every day is looked at once, also one that a load which failed had left under other rules.
    let mut sites = Arc::new(SiteBook::default());
    loop {
        let stepped = match keep_to_rules(&engine, &mut sites).await {
            Ok(()) => step(&engine, &sites, position).await,
            Err(error) => Err(error),
        };
        match stepped {
            Ok(Some(reached)) => position = Some(reached),
            Ok(None) => {
                tokio::select! {
                    () = engine.sites_changed.notified() => {}
                    changed = newest.changed() => if changed.is_err() { return },
                    // Nothing new: the fold still has everything, which readers of its lag want to know.
                    () = sleep(HEARTBEAT) => {}
                    _ = stopping.wait_for(|stop| *stop) => return
                }
            }
            Err(error) => {
                tracing::error!(error = %describe(&error), "following the log failed; trying again");
                tokio::select! { () = sleep(RETRY) => {}, _ = stopping.wait_for(|stop| *stop) => return }
            }
        }
        if *stopping.borrow() {
            return;
        }
    }
}

/// Folds open days anew whose site has other rules now. The sites become those of now, under whose rules all open days are
/// folded on return.
async fn keep_to_rules(engine: &Arc<Engine>, sites: &mut Arc<SiteBook>) -> Result<(), EngineError> {
    let now = engine.sites();
    if Arc::ptr_eq(&now, sites) {
        return Ok(());
    }
    let open: Vec<(DayName, Arc<OpenDay>)> = engine.open.read().expect(UNPOISONED).iter().map(|(name, day)| (*name, day.clone())).collect();
    for (name, day) in open {
        // A site that is gone, or that is as it was.
        let Some(site) = now.by_id(name.0).filter(|site| sites.by_id(name.0).is_none_or(|before| !Arc::ptr_eq(before, site))) else {
            continue;
        };
        if day.logic() == logic_of(&site.site.rules, name.1) {
            continue;
        }
        let anew = fold_open_day(engine, site, name).await?;
        // Who reads meanwhile sees the day as it was. One that has closed meanwhile is settled under its rules.
        if let Some(place) = engine.open.write().expect(UNPOISONED).get_mut(&name) {
            *place = anew;
        }
        engine.note_refolded(name);
        engine.note_change(name.0);
    }
    *sites = now;
    engine.followed.send_modify(|followed| followed.sites = sites.edition());
    Ok(())
}

/// Folds the open days again and marks the closed days that the store does not have. Returns where following begins.
async fn load(engine: &Arc<Engine>, begin: Option<Position>) -> Result<Option<Position>, EngineError> {
    let logged = engine.parts.log.days().await?;
    let stored = stored_days(engine, &logged).await?;
    let sites = engine.sites();
    for (name, stamp) in &stored.stamps {
        engine.note_day(name.0, name.1);
        if let Some(newest) = stamp.newest_hit {
            engine.note_newest(name.0, newest);
        }
    }
    warn_of_another_epoch(engine, &stored.stamps, begin);
    for day in logged {
        let Some(site) = sites.by_id(day.site) else { continue };
        let name = (day.site, day.date);
        engine.note_day(day.site, day.date);
        if engine.is_open(site, day.date) {
            open_day(engine, site, name).await?;
        } else if stored.stamps.get(&name).is_none_or(|stamp| stamp.through.covers(day.last) != Some(true))
            || stored.unfinished.contains(&name)
        {
            engine.mark_unsettled(name, day.last, None);
        }
    }
    let now = engine.clock().now();
    engine.followed.send_replace(Followed { loaded: true, position: begin, complete_until: now, sites: 0 });
    Ok(begin)
}

/// What the store has of the days that could matter here.
#[derive(Default)]
struct StoredDays {
    stamps: FxHashMap<DayName, DayStamp>,
    /// Those that will be gone in a few days, or are not as closed days are, unless they are put again.
    unfinished: FxHashSet<DayName>,
}

/// The stored days: all there are, or, where the store is shared and may be larger than this instance ever needs to know,
/// those of the days the log has.
async fn stored_days(engine: &Arc<Engine>, logged: &[LoggedDay]) -> Result<StoredDays, EngineError> {
    let mut stored = StoredDays::default();
    if !engine.shares_its_store() {
        let days = engine.parts.rollups.days().await?;
        stored.stamps.extend(days.into_iter().map(|(key, stamp)| ((key.site, key.date), stamp)));
        if !engine.pays_for_writes {
            return Ok(stored);
        }
    }
    let mut dates: FxHashMap<SiteId, (LocalDate, LocalDate)> = FxHashMap::default();
    for day in logged {
        let (first, last) = dates.entry(day.site).or_insert((day.date, day.date));
        (*first, *last) = ((*first).min(day.date), (*last).max(day.date));
    }
    let mut asked = JoinSet::new();
    let mut dates = dates.into_iter();
    loop {
        while asked.len() < SITES_AT_ONCE
            && let Some((site, (first, last))) = dates.next()
        {
            let engine = engine.clone();
            asked.spawn(async move { engine.stored_days_of(site, first..=last).await });
        }
        match asked.join_next().await {
            None => return Ok(stored),
            Some(Ok(days)) => {
                let days = days?;
                stored.stamps.extend(days.stamps);
                stored.unfinished.extend(days.unfinished);
            }
            Some(Err(error)) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}

/// Says so when the store has days of another log: it was restored, recreated or lost, or another instance counts the
/// same sites.
fn warn_of_another_epoch(engine: &Engine, stored: &FxHashMap<DayName, DayStamp>, newest: Option<Position>) {
    let days = stored.values().filter(|stamp| newest.is_none_or(|newest| newest.epoch != stamp.through.epoch)).count();
    if days == 0 {
        return;
    }
    let others = if engine.shares_its_store() { "; only one instance may count a site: is there another that does?" } else { "" };
    tracing::warn!(
        days,
        "the event log is not the one these stored days were counted from; days whose hits it lacks keep their numbers{others}"
    );
}

/// Reads and folds what comes after `position`, under the rules of these sites. `None` when there is nothing newer.
async fn step(engine: &Arc<Engine>, sites: &SiteBook, position: Option<Position>) -> Result<Option<Position>, EngineError> {
    let asked_at = engine.clock().now();
    let records = engine.parts.log.read(position, BATCH).await?;
    let Some(last) = records.last().map(|record| record.position) else {
        engine.followed.send_modify(|followed| followed.complete_until = asked_at);
        return Ok(None);
    };
    Counters::add(&engine.counters.followed_hits, records.len() as u64);
    let mut days: FxHashMap<DayName, Vec<Record>> = FxHashMap::default();
    for record in records {
        days.entry((record.hit.site, record.hit.date)).or_default().push(record);
    }
    for (name, records) in days {
        let Some(site) = sites.by_id(name.0) else { continue };
        engine.note_day(name.0, name.1);
        let through = records.last().map_or(last, |record| record.position);
        if engine.is_open(site, name.1) {
            let day = open_day(engine, site, name).await?;
            apply(engine, site, &day, records).await;
            if !engine.holds(name, &day) {
                // It closed meanwhile, perhaps before it had these records.
                engine.mark_unsettled(name, through, None);
            }
        } else {
            if let Some(newest) = records.iter().map(|record| record.hit.time).max() {
                engine.note_newest(name.0, newest);
            }
            engine.close(name, through);
        }
    }
    engine.followed.send_modify(|followed| followed.position = Some(last));
    Ok(Some(last))
}

/// The day in memory; folded from the log when it is not there yet.
async fn open_day(engine: &Arc<Engine>, site: &Arc<SiteEntry>, name: DayName) -> Result<Arc<OpenDay>, EngineError> {
    if let Some(day) = engine.open.read().expect(UNPOISONED).get(&name) {
        return Ok(day.clone());
    }
    let day = fold_open_day(engine, site, name).await?;
    engine.open.write().expect(UNPOISONED).insert(name, day.clone());
    Ok(day)
}

/// The day as the log has it.
async fn fold_open_day(engine: &Arc<Engine>, site: &Arc<SiteEntry>, name: DayName) -> Result<Arc<OpenDay>, EngineError> {
    let yesterday = engine.open.read().expect(UNPOISONED).get(&(name.0, name.1.plus(-1))).map_or(0, |day| day.events());
    let mut records = engine.parts.log.read_day(name.0, name.1, None, BATCH).await?;
    // The log's days are counted only for a day that may be large: there are many small ones, each midnight and each start.
    let large = yesterday > LARGE_DAY || (records.len() >= BATCH && engine.logged_hits(name).await? > LARGE_DAY);
    let day = Arc::new(OpenDay::new(if large { LARGE_SHARDS } else { 1 }, logic_of(&site.site.rules, name.1)));
    while let Some(last) = records.last().map(|record| record.position) {
        apply(engine, site, &day, records).await;
        records = engine.parts.log.read_day(name.0, name.1, Some(last), BATCH).await?;
    }
    Ok(day)
}

/// Enriches and folds records the day does not have yet.
async fn apply(engine: &Arc<Engine>, site: &Arc<SiteEntry>, day: &Arc<OpenDay>, records: Vec<Record>) {
    let (enricher, counters, site, folded) = (engine.enricher.clone(), engine.counters.clone(), site.clone(), day.clone());
    let name = site.site.id;
    let work = move || {
        let day = folded;
        let begin = Instant::now();
        for chunk in records.chunks(BATCH) {
            let through = day.through();
            let fresh = || chunk.iter().filter(move |record| through.is_none_or(|through| through.covers(record.position) != Some(true)));
            let Some(last) = fresh().next_back().map(|record| record.position) else { continue };
            let batch = enricher.batch(fresh().map(|record| &record.hit), &site.site);
            let late = day.apply(&batch, fresh().count() as u64, last);
            Counters::add(&counters.late_refolds, late as u64);
        }
        Counters::add(&counters.fold_micros, begin.elapsed().as_micros() as u64);
    };
    if let Err(error) = tokio::task::spawn_blocking(work).await {
        std::panic::resume_unwind(error.into_panic());
    }
    if let Some(newest) = day.newest() {
        engine.note_newest(name, newest);
    }
}

impl Engine {
    /// Folds one closed day from the log, part by part; `None` when the log has no hits of it.
    pub(crate) async fn fold_closed(&self, site: &Arc<SiteEntry>, name: DayName) -> Result<Option<ClosedDay>, EngineError> {
        let _turn = self.folding.acquire().await;
        let logic = logic_of(&site.site.rules, name.1);
        let mut folded: Option<ClosedDay> = None;
        loop {
            let after = folded.as_ref().map(|day| day.through);
            let records = self.parts.log.read_day(name.0, name.1, after, BATCH).await?;
            let Some(through) = records.last().map(|record| record.position) else { return Ok(folded) };
            let (enricher, counters, site) = (self.enricher.clone(), self.counters.clone(), site.clone());
            let work = move || {
                let begin = Instant::now();
                let batch = enricher.batch(records.iter().map(|record| &record.hit), &site.site);
                let day = match folded {
                    None => ClosedDay::new(&batch, through, logic),
                    Some(mut day) => {
                        day.apply(&batch, through);
                        day
                    }
                };
                Counters::add(&counters.fold_micros, begin.elapsed().as_micros() as u64);
                day
            };
            folded = match tokio::task::spawn_blocking(work).await {
                Ok(day) => Some(day),
                Err(error) => std::panic::resume_unwind(error.into_panic()),
            };
        }
    }

    async fn logged_hits(&self, name: DayName) -> Result<i64, EngineError> {
        let days = self.parts.log.days().await?;
        let hits = days.iter().find(|day| (day.site, day.date) == name).map_or(0, |day| day.hits);
        Ok(i64::try_from(hits).unwrap_or(i64::MAX))
    }

    async fn stored_days_of(&self, site: SiteId, dates: RangeInclusive<LocalDate>) -> Result<StoredDays, EngineError> {
        let row = self.parts.rollups.generations(site).await?;
        let stamps = self.stored_stamps(site, &row, &dates).await?;
        let mut stored =
            StoredDays { stamps: stamps.into_iter().map(|(date, stamp)| ((site, date), stamp)).collect(), ..StoredDays::default() };
        if self.pays_for_writes {
            // What was flushed longer ago is gone, and seen as that.
            let today = LocalDate(self.clock().now().0.div_euclid(DAY_MS) as i32);
            let lately = (*dates.start()).max(today.plus(-FLUSHED_DAYS))..=*dates.end();
            for (generation, run) in spans(&row, &lately) {
                let days = self.parts.rollups.unfinished(site, generation, run).await?;
                stored.unfinished.extend(days.into_iter().map(|date| (site, date)));
            }
        }
        Ok(stored)
    }

    /// Whether this very day is still the open one.
    fn holds(&self, name: DayName, day: &Arc<OpenDay>) -> bool {
        self.open.read().expect(UNPOISONED).get(&name).is_some_and(|open| Arc::ptr_eq(open, day))
    }
}

/// An error with its causes, for the log.
pub(crate) fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
