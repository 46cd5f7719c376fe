//! Reading stored days: what was added up of them lately, else the store.

use crate::blocking::blocking;
use crate::engine::{Engine, EngineError};
use crate::kept::{MadeFrom, StoredDays, Value, What};
use crate::moment::Moment;
use crate::source::{OpenDays, spans};
use footfall_domain::{Counts, Dimension, LocalDate, SiteId};
use footfall_query::head::{Limits, Sum};
use footfall_query::{DayTotals, Head, MachineRow, MachineSum, MachineTable};
use footfall_store::{DayHead, DayStamp};
use futures::future::try_join_all;
use futures::stream::{self, StreamExt, TryStreamExt};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many stored days are read at once.
const DAYS_AT_ONCE: usize = 4;

impl Engine {
    /// Totals of the stored days of a range that are not open.
    pub(crate) async fn closed_totals(
        &self,
        site: SiteId,
        moment: &Moment,
        dates: &RangeInclusive<LocalDate>,
        open: &OpenDays,
    ) -> Result<Arc<[DayTotals]>, EngineError> {
        if self.pays_for_writes {
            // Numbers of an open day go ahead of its tables there, and of its stamp.
            return Ok(self.stored_totals(site, &moment.row, dates, open).await?.into_iter().map(totals).collect());
        }
        let days = self.stored_days(site, moment, dates, open).await?;
        let made_from = MadeFrom::Stored(days.clone());
        if let Some(Value::Totals(totals)) = self.kept(&What::Totals, &made_from) {
            return Ok(totals);
        }
        let stored = self.stored_totals(site, &moment.row, dates, open).await?;
        let of_these = are(&days, stored.iter().map(|day| (day.date, day.stamp)));
        let totals: Arc<[DayTotals]> = stored.into_iter().map(totals).collect();
        if of_these {
            self.keep(What::Totals, &made_from, &Value::Totals(totals.clone()));
        }
        Ok(totals)
    }

    /// Heads of the stored days of a range that are not open: added up, where that can be done.
    pub(crate) async fn closed_heads(
        &self,
        site: SiteId,
        moment: &Moment,
        dimension: Dimension,
        dates: &RangeInclusive<LocalDate>,
        open: &OpenDays,
    ) -> Result<Arc<[Head]>, EngineError> {
        let days = self.stored_days(site, moment, dates, open).await?;
        if days.is_empty() {
            return Ok(Arc::default());
        }
        let made_from = MadeFrom::Stored(days.clone());
        if let Some(Value::Heads(heads)) = self.kept(&What::Heads(dimension), &made_from) {
            return Ok(heads);
        }
        let mut stored = Vec::new();
        for (generation, run) in spans(&moment.row, dates) {
            stored.extend(self.parts.rollups.heads(site, generation, dimension, run).await?);
        }
        stored.retain(|head| days.binary_search_by_key(&head.date, |(key, _)| key.date).is_ok());
        let of_these = are(&days, stored.iter().map(|head| (head.date, head.stamp)));
        let (heads, sum) = blocking(move || {
            let heads: Vec<Head> = stored.into_iter().map(head).collect();
            let sum = Sum::of(&heads, Limits::default());
            (heads, sum)
        })
        .await;
        // Of days that were stored again meanwhile, some would be looked up as they are now and others shown as they were.
        let heads: Arc<[Head]> = match sum.filter(|_| of_these) {
            Some(sum) => Arc::new([self.found(sum, dimension, &days).await?]),
            None => heads.into(),
        };
        if of_these {
            self.keep(What::Heads(dimension), &made_from, &Value::Heads(heads.clone()));
        }
        Ok(heads)
    }

    /// A sum with what is missing in it looked up, a few days at a time: what one day has is added before more is read.
    async fn found(&self, mut sum: Sum, dimension: Dimension, days: &StoredDays) -> Result<Head, EngineError> {
        for from in (0..sum.missing().len()).step_by(DAYS_AT_ONCE) {
            let some = sum.missing().iter().enumerate().skip(from).take(DAYS_AT_ONCE);
            let lookups: Vec<_> = some.map(|(at, (date, values))| self.missing_on(days, dimension, (at, *date), values)).collect();
            let found = try_join_all(lookups).await?;
            for (at, counts) in found {
                sum.found(at, &counts);
            }
        }
        Ok(blocking(move || sum.head()).await)
    }

    async fn missing_on(
        &self,
        days: &StoredDays,
        dimension: Dimension,
        (at, date): (usize, LocalDate),
        values: &[Arc<str>],
    ) -> Result<(usize, Vec<Counts>), EngineError> {
        let Ok(known) = days.binary_search_by_key(&date, |(key, _)| key.date) else { return Ok((at, Vec::new())) };
        let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
        Ok((at, self.parts.rollups.lookup(days[known].0, dimension, &values).await?))
    }

    /// The row of a value on each of the stored days of a range that are not open.
    pub(crate) async fn closed_row(
        &self,
        site: SiteId,
        moment: &Moment,
        (dimension, value): (Dimension, &Arc<str>),
        dates: &RangeInclusive<LocalDate>,
        open: &OpenDays,
    ) -> Result<Arc<[(LocalDate, Counts)]>, EngineError> {
        let days = self.stored_days(site, moment, dates, open).await?;
        let what = What::Row(dimension, value.clone());
        let made_from = MadeFrom::Stored(days.clone());
        if let Some(Value::Row(row)) = self.kept(&what, &made_from) {
            return Ok(row);
        }
        let values = [value.to_string()];
        let values = &values;
        let lookups: Vec<_> = days
            .iter()
            .map(|(key, _)| async move {
                let counts = self.parts.rollups.lookup(*key, dimension, values).await?;
                Ok::<_, EngineError>((key.date, counts.into_iter().next().unwrap_or_default()))
            })
            .collect();
        let row: Vec<(LocalDate, Counts)> = stream::iter(lookups).buffered(DAYS_AT_ONCE).try_collect().await?;
        let row: Arc<[(LocalDate, Counts)]> = row.into();
        self.keep(what, &made_from, &Value::Row(row.clone()));
        Ok(row)
    }

    /// What machines did on the stored days of a range that are not open: rows in order of value, each once.
    pub(crate) async fn closed_machines(
        &self,
        site: SiteId,
        moment: &Moment,
        asked: &MachineTable,
        dates: &RangeInclusive<LocalDate>,
        open: &OpenDays,
    ) -> Result<Arc<[MachineRow]>, EngineError> {
        let days = self.stored_days(site, moment, dates, open).await?;
        let what = What::Machines(asked.clone());
        let made_from = MadeFrom::Stored(days.clone());
        if let Some(Value::Machines(rows)) = self.kept(&what, &made_from) {
            return Ok(rows);
        }
        let totals = self.stored_totals(site, &moment.row, dates, open).await?;
        let with_machines: Vec<_> = totals.iter().filter(|day| day.machines > 0).map(|day| day.date).collect();
        let keys = days.iter().map(|(key, _)| *key).filter(|key| with_machines.contains(&key.date));
        let reads: Vec<_> = keys.map(|key| self.parts.rollups.machines(key)).collect();
        let mut reads = stream::iter(reads).buffer_unordered(DAYS_AT_ONCE);
        let mut sum = MachineSum::new(asked);
        while let Some(day) = reads.try_next().await? {
            sum = blocking(move || {
                day.iter().for_each(|((machine, page), views)| sum.add(machine, page, *views));
                sum
            })
            .await;
        }
        let rows: Arc<[MachineRow]> = blocking(move || sum.rows()).await.into();
        if are(&days, totals.iter().map(|day| (day.date, day.stamp))) {
            self.keep(what, &made_from, &Value::Machines(rows.clone()));
        }
        Ok(rows)
    }
}

/// Whether what was read is of exactly these days.
fn are(days: &StoredDays, read: impl IntoIterator<Item = (LocalDate, DayStamp)>) -> bool {
    days.iter().map(|(key, stamp)| (key.date, *stamp)).eq(read)
}

fn totals(stored: footfall_store::DayTotals) -> DayTotals {
    DayTotals { date: stored.date, day: stored.day, hours: stored.hours.into() }
}

fn head(stored: DayHead) -> Head {
    let whole = stored.rows == stored.top.len() as u64;
    let top = stored.top.into_iter().map(|(value, counts)| (Arc::from(value), counts)).collect();
    Head { dates: stored.date..=stored.date, top, whole, rest: stored.rest }
}
