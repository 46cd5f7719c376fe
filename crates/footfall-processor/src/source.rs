//! What the query room reads: the open day from memory, closed days from the store, hits from memory or the log.

use crate::closed_day::ClosedDay;
use crate::engine::{Engine, EngineError, UNPOISONED};
use crate::open_day::OpenDay;
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Machine, SiteId, UnixMillis};
use footfall_fold::{People, Shard};
use footfall_query::{DayHead, DayHits, DayTotals, Freshness, HitSource, MachineViews, Source, SourceError, View};
use footfall_store::{DayKey, GenerationRow};
use futures::stream::{self, StreamExt, TryStreamExt};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many stored days are read at once.
const DAYS_AT_ONCE: usize = 4;

type OpenDays = [(LocalDate, Arc<OpenDay>)];

#[async_trait]
impl HitSource for Engine {
    async fn hits(&self, site: SiteId, date: LocalDate) -> Result<Arc<dyn DayHits>, SourceError> {
        let name = (site, date);
        if let Some(day) = self.open.read().expect(UNPOISONED).get(&name) {
            return Ok(day.clone());
        }
        let last = self.unsettled.lock().expect(UNPOISONED).get(&name).map(|entry| entry.last());
        let round = {
            let mut closed = self.closed.lock().expect(UNPOISONED);
            if let Some(day) = closed.get(name, last) {
                return Ok(day);
            }
            closed.round()
        };
        let Some(entry) = self.sites().by_id(site).cloned() else { return Ok(Arc::new(NoHits)) };
        let Some(day) = self.fold_closed(&entry, name).await.map_err(SourceError::new)? else { return Ok(Arc::new(NoHits)) };
        let day: Arc<ClosedDay> = Arc::new(day);
        self.closed.lock().expect(UNPOISONED).put(name, day.clone(), round);
        Ok(day)
    }
}

#[async_trait]
impl Source for Engine {
    async fn view(&self, site: SiteId) -> Result<View, SourceError> {
        let row = self.parts.rollups.generations(site).await.map_err(SourceError::new)?;
        self.look_at_stored(site, &row).await.map_err(SourceError::new)?;
        let elsewhere = self.freshness_elsewhere(site).await.map_err(SourceError::new)?;
        let extent = self.extent(site);
        Ok(View {
            site,
            generations: Arc::new(row),
            first_date: extent.first_date,
            freshness: elsewhere.unwrap_or_else(|| self.freshness_here(extent.newest_hit)),
            revision: extent.revision,
        })
    }

    async fn totals(&self, view: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let stored = self.stored_totals(view.site, generations(view)?, &dates, &open).await.map_err(SourceError::new)?;
        let mut days: Vec<DayTotals> =
            stored.into_iter().map(|totals| DayTotals { date: totals.date, day: totals.day, hours: totals.hours }).collect();
        for (date, day) in open {
            let people = day.people();
            days.push(DayTotals { date, day: day.day(people), hours: day.hours(people).into_iter().collect() });
        }
        days.sort_by_key(|totals| totals.date);
        Ok(days)
    }

    async fn heads(&self, view: &View, dimension: Dimension, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayHead>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let mut days = Vec::new();
        for (generation, run) in spans(generations(view)?, &dates) {
            let stored = self.parts.rollups.heads(view.site, generation, dimension, run).await.map_err(SourceError::new)?;
            for head in stored.into_iter().filter(|head| !holds(&open, head.date)) {
                let top = head.top.into_iter().map(|(value, counts)| (Arc::from(value), counts)).collect();
                days.push(DayHead { date: head.date, top, rows: head.rows, rest: head.rest });
            }
        }
        for (date, day) in open {
            let top = day.table(day.people(), dimension);
            days.push(DayHead { date, rows: top.len() as u64, top, rest: Counts::default() });
        }
        days.sort_by_key(|head| head.date);
        Ok(days)
    }

    async fn rows(&self, view: &View, dimension: Dimension, date: LocalDate) -> Result<Vec<(Arc<str>, Counts)>, SourceError> {
        if let Some((_, day)) = self.read_days(view.site, &(date..=date)).await?.first() {
            return Ok(day.table(day.people(), dimension));
        }
        let key = DayKey { site: view.site, generation: generations(view)?.of(date), date };
        let rows = self.parts.rollups.rows(key, dimension).await.map_err(SourceError::new)?;
        Ok(rows.into_iter().map(|(value, counts)| (Arc::from(value), counts)).collect())
    }

    async fn lookup(&self, view: &View, dimension: Dimension, date: LocalDate, values: &[Arc<str>]) -> Result<Vec<Counts>, SourceError> {
        if let Some((_, day)) = self.read_days(view.site, &(date..=date)).await?.first() {
            let table: FxHashMap<Arc<str>, Counts> = day.table(day.people(), dimension).into_iter().collect();
            return Ok(values.iter().map(|value| table.get(value).copied().unwrap_or_default()).collect());
        }
        let key = DayKey { site: view.site, generation: generations(view)?.of(date), date };
        let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
        self.parts.rollups.lookup(key, dimension, &values).await.map_err(SourceError::new)
    }

    async fn machines(&self, view: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<MachineViews>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let row = generations(view)?;
        let totals = self.stored_totals(view.site, row, &dates, &open).await.map_err(SourceError::new)?;
        let days = totals.into_iter().filter(|day| day.machines > 0);
        let keys = days.map(|day| DayKey { site: view.site, generation: row.of(day.date), date: day.date });
        let reads: Vec<_> = keys.map(|key| self.parts.rollups.machines(key)).collect();
        let mut reads = stream::iter(reads).buffer_unordered(DAYS_AT_ONCE);
        let mut seen = Vec::new();
        while let Some(day) = reads.try_next().await.map_err(SourceError::new)? {
            seen.extend(machine_views(day));
        }
        seen.extend(open.iter().flat_map(|(_, day)| machine_views(day.machine_table())));
        Ok(seen)
    }
}

impl Engine {
    /// The open days of a range; its closed days are settled on return.
    async fn read_days(&self, site: SiteId, dates: &RangeInclusive<LocalDate>) -> Result<Vec<(LocalDate, Arc<OpenDay>)>, SourceError> {
        // First the open days: one that closes meanwhile is still read from memory.
        let mut open = self.open_days_of(site);
        open.retain(|(date, _)| dates.contains(date));
        self.settle_range(site, dates).await.map_err(SourceError::new)?;
        Ok(open)
    }

    fn freshness_here(&self, newest_hit: Option<UnixMillis>) -> Freshness {
        let lag_seconds = self.lag_seconds();
        let complete_until = if lag_seconds > 0.0 { self.followed.borrow().complete_until } else { self.clock().now() };
        Freshness { newest_hit, lag_seconds, complete_until }
    }

    /// The stored totals of the days that are not open.
    pub(crate) async fn stored_totals(
        &self,
        site: SiteId,
        row: &GenerationRow,
        dates: &RangeInclusive<LocalDate>,
        open: &OpenDays,
    ) -> Result<Vec<footfall_store::DayTotals>, EngineError> {
        let mut days = Vec::new();
        for (generation, run) in spans(row, dates) {
            days.extend(self.parts.rollups.totals(site, generation, run).await?);
        }
        days.retain(|totals| !holds(open, totals.date));
        Ok(days)
    }
}

fn machine_views(day: BTreeMap<(Machine, String), i64>) -> impl Iterator<Item = MachineViews> {
    day.into_iter().map(|((machine, page), views)| MachineViews { machine, page: page.into(), views })
}

fn holds(open: &OpenDays, date: LocalDate) -> bool {
    open.iter().any(|(known, _)| *known == date)
}

fn generations(view: &View) -> Result<&GenerationRow, SourceError> {
    view.generations.downcast_ref().ok_or_else(|| SourceError::new("the view was not made by this engine"))
}

/// The stretches of a range that one generation answers, in order.
pub(crate) fn spans(row: &GenerationRow, dates: &RangeInclusive<LocalDate>) -> Vec<(u32, RangeInclusive<LocalDate>)> {
    let (first, last) = (*dates.start(), *dates.end());
    let mut edges: Vec<LocalDate> =
        row.runs.iter().flat_map(|run| [run.from, run.through.plus(1)]).filter(|edge| *edge > first && *edge <= last).collect();
    edges.push(first);
    edges.sort_unstable();
    edges.dedup();
    let ends = edges.iter().skip(1).map(|edge| edge.plus(-1)).chain([last]);
    edges.iter().zip(ends).filter(|(from, through)| **from <= *through).map(|(from, through)| (row.of(*from), *from..=through)).collect()
}

/// A day nobody came.
struct NoHits;

impl DayHits for NoHits {
    fn people(&self) -> People {
        People::Live
    }

    fn scan(&self, _see: &mut dyn FnMut(&Shard)) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_store::Run;

    #[test]
    fn a_range_is_cut_where_another_generation_answers() {
        let run = |from, through, generation| Run { from: LocalDate(from), through: LocalDate(through), generation };
        let row = GenerationRow { runs: vec![run(10, 19, 1), run(25, 30, 2)], ..GenerationRow::default() };
        let spans: Vec<_> =
            spans(&row, &(LocalDate(5)..=LocalDate(27))).into_iter().map(|(g, run)| (g, run.start().0, run.end().0)).collect();
        assert_eq!(spans, [(0, 5, 9), (1, 10, 19), (0, 20, 24), (2, 25, 27)]);
    }
}
