//! What the query room reads: the open day from memory, closed days from the store.

use crate::engine::{Engine, EngineError};
use crate::moment::Moment;
use crate::open_day::OpenDay;
use crate::open_days::at_leisure;
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, SiteId, UnixMillis};
use footfall_query::{DayHits, DayTotals, Freshness, Head, MachineRow, MachineTable, Source, SourceError, View};
use footfall_store::{DayKey, GenerationRow};
use std::ops::RangeInclusive;
use std::sync::Arc;

pub(crate) type OpenDays = [(LocalDate, Arc<OpenDay>)];

#[async_trait]
impl Source for Engine {
    async fn view(&self, site: SiteId) -> Result<View, SourceError> {
        let row = self.parts.rollups.generations(site).await.map_err(SourceError::new)?;
        self.look_at_stored(site, &row).await.map_err(SourceError::new)?;
        let elsewhere = self.freshness_elsewhere(site).await.map_err(SourceError::new)?;
        let extent = self.extent(site);
        Ok(View {
            site,
            generations: Arc::new(Moment::new(row)),
            first_date: extent.first_date,
            freshness: elsewhere.unwrap_or_else(|| self.freshness_here(extent.newest_hit)),
            revision: extent.revision,
        })
    }

    async fn totals(&self, view: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let stored = self.closed_totals(view.site, Moment::of(view)?, &dates, &open).await.map_err(SourceError::new)?;
        let mut days = stored.to_vec();
        for (date, day) in open {
            let people = day.people();
            days.push(DayTotals { date, day: day.day(people), hours: day.hours(people).into_iter().collect() });
        }
        days.sort_by_key(|totals| totals.date);
        Ok(days)
    }

    async fn heads(&self, view: &View, dimension: Dimension, dates: RangeInclusive<LocalDate>) -> Result<Vec<Head>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let stored = self.closed_heads(view.site, Moment::of(view)?, dimension, &dates, &open).await.map_err(SourceError::new)?;
        let mut heads = stored.to_vec();
        for (date, day) in open {
            heads.push(self.open_head(view.site, dimension, date, day).await);
        }
        heads.sort_by_key(|head| *head.dates.start());
        Ok(heads)
    }

    async fn rows(&self, view: &View, dimension: Dimension, date: LocalDate) -> Result<Vec<(Arc<str>, Counts)>, SourceError> {
        if let Some((_, day)) = self.read_days(view.site, &(date..=date)).await?.pop() {
            return Ok(at_leisure(day, move |day| day.table(day.people(), dimension)).await);
        }
        let key = DayKey { site: view.site, generation: Moment::of(view)?.row.of(date), date };
        let rows = self.parts.rollups.rows(key, dimension).await.map_err(SourceError::new)?;
        Ok(rows.into_iter().map(|(value, counts)| (Arc::from(value), counts)).collect())
    }

    async fn lookup(&self, view: &View, dimension: Dimension, date: LocalDate, values: &[Arc<str>]) -> Result<Vec<Counts>, SourceError> {
        if let Some((_, day)) = self.read_days(view.site, &(date..=date)).await?.pop() {
            let values = values.to_vec();
            let look_up = move |day: &OpenDay| {
                let people = day.people();
                values.iter().map(|value| day.row(people, dimension, value)).collect()
            };
            return Ok(at_leisure(day, look_up).await);
        }
        let key = DayKey { site: view.site, generation: Moment::of(view)?.row.of(date), date };
        let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
        self.parts.rollups.lookup(key, dimension, &values).await.map_err(SourceError::new)
    }

    async fn row(
        &self,
        view: &View,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
        value: &Arc<str>,
    ) -> Result<Vec<(LocalDate, Counts)>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let stored = self.closed_row(view.site, Moment::of(view)?, (dimension, value), &dates, &open).await.map_err(SourceError::new)?;
        let mut days = stored.to_vec();
        days.extend(open.iter().map(|(date, day)| (*date, day.row(day.people(), dimension, value))));
        Ok(days)
    }

    async fn machines(
        &self,
        view: &View,
        asked: &MachineTable,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<Arc<[MachineRow]>>, SourceError> {
        let open = self.read_days(view.site, &dates).await?;
        let stored = self.closed_machines(view.site, Moment::of(view)?, asked, &dates, &open).await.map_err(SourceError::new)?;
        let mut parts = vec![stored];
        for (date, day) in open {
            parts.push(self.open_machines(view.site, asked, date, day).await);
        }
        Ok(parts)
    }
}

impl Engine {
    /// The open days of a range; its closed days are settled on return.
    pub(crate) async fn read_days(
        &self,
        site: SiteId,
        dates: &RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, Arc<OpenDay>)>, SourceError> {
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

pub(crate) fn holds(open: &OpenDays, date: LocalDate) -> bool {
    open.iter().any(|(known, _)| *known == date)
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
