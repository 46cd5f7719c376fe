//! Following the log: every record is folded into its open day, or marks its closed day as unsettled.

use crate::closed_day::ClosedDay;
use crate::engine::{DayName, Engine, EngineError, Followed, UNPOISONED};
use crate::open_day::OpenDay;
use crate::site_book::SiteEntry;
use crate::stats::Counters;
use footfall_domain::{EventBatch, Position, Record};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Records read at once. Larger batches share more distinct values; smaller ones are in reports sooner.
const BATCH: usize = 10_000;
/// A day whose predecessor had more events than this is folded in several shards.
const LARGE_DAY: i64 = 500_000;
const LARGE_SHARDS: usize = 16;
/// Pause before trying again after a failure.
const RETRY: Duration = Duration::from_millis(500);

pub(crate) async fn run(engine: Arc<Engine>) {
    let mut stopping = engine.stopping();
    let mut newest = engine.parts.log.newest();
    let mut position = loop {
        match load(&engine).await {
            Ok(position) => break position,
            Err(error) => tracing::error!(error = %describe(&error), "the open days could not be loaded; trying again"),
        }
        tokio::select! { () = sleep(RETRY) => {}, _ = stopping.changed() => return }
    };
    loop {
        match step(&engine, position).await {
            Ok(Some(reached)) => position = Some(reached),
            Ok(None) => {
                tokio::select! { changed = newest.changed() => if changed.is_err() { return }, _ = stopping.changed() => return }
            }
            Err(error) => {
                tracing::error!(error = %describe(&error), "following the log failed; trying again");
                tokio::select! { () = sleep(RETRY) => {}, _ = stopping.changed() => return }
            }
        }
        if *stopping.borrow() {
            return;
        }
    }
}

/// Folds the open days again and marks the closed days that the store does not have. Returns where following begins.
async fn load(engine: &Arc<Engine>) -> Result<Option<Position>, EngineError> {
    let begin = *engine.parts.log.newest().borrow();
    let stored: FxHashMap<DayName, _> =
        engine.parts.rollups.days().await?.into_iter().map(|(key, stamp)| ((key.site, key.date), stamp)).collect();
    let sites = engine.sites();
    for day in engine.parts.log.days().await? {
        let Some(site) = sites.by_id(day.site) else { continue };
        let name = (day.site, day.date);
        engine.note_day(day.site, day.date);
        if let Some(newest) = stored.get(&name).and_then(|stamp| stamp.newest_hit) {
            engine.note_newest(day.site, newest);
        }
        if engine.is_open(site, day.date) {
            open_day(engine, site, name).await?;
        } else if stored.get(&name).is_none_or(|stamp| stamp.through.covers(day.last) != Some(true)) {
            engine.mark_unsettled(name, day.last, None);
        }
    }
    let now = engine.clock().now();
    engine.followed.send_replace(Followed { loaded: true, position: begin, complete_until: now });
    Ok(begin)
}

/// Reads and folds what comes after `position`. `None` when there is nothing newer.
async fn step(engine: &Arc<Engine>, position: Option<Position>) -> Result<Option<Position>, EngineError> {
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
    let sites = engine.sites();
    for (name, records) in days {
        let Some(site) = sites.by_id(name.0) else { continue };
        engine.note_day(name.0, name.1);
        let through = records.last().map_or(last, |record| record.position);
        if engine.is_open(site, name.1) {
            let day = open_day(engine, site, name).await?;
            apply(engine, site, &day, records).await;
        } else {
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
    let yesterday = engine.open.read().expect(UNPOISONED).get(&(name.0, name.1.plus(-1))).map_or(0, |day| day.events());
    let records = engine.parts.log.read_day(name.0, name.1).await?;
    let large = yesterday > LARGE_DAY || records.len() as i64 > LARGE_DAY;
    let day = Arc::new(OpenDay::new(if large { LARGE_SHARDS } else { 1 }));
    apply(engine, site, &day, records).await;
    engine.open.write().expect(UNPOISONED).insert(name, day.clone());
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
            let Some(last) = fresh().last().map(|record| record.position) else { continue };
            let batch = enricher.batch(fresh().map(|record| &record.hit), &site.site);
            let late = day.apply(&batch, last);
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
    /// Folds one closed day from the log; `None` when the log has no hits of it.
    pub(crate) async fn fold_closed(&self, site: &Arc<SiteEntry>, name: DayName) -> Result<Option<ClosedDay>, EngineError> {
        let records = self.parts.log.read_day(name.0, name.1).await?;
        let Some(through) = records.last().map(|record| record.position) else { return Ok(None) };
        let (enricher, counters, site) = (self.enricher.clone(), self.counters.clone(), site.clone());
        let work = move || {
            let begin = Instant::now();
            let batches =
                records.chunks(BATCH).map(|chunk| -> EventBatch { enricher.batch(chunk.iter().map(|record| &record.hit), &site.site) });
            let day = ClosedDay::fold(batches, through);
            Counters::add(&counters.fold_micros, begin.elapsed().as_micros() as u64);
            day
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(day) => Ok(Some(day)),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
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
