//! The store of rollups, in a table.

use super::days::Days;
use super::item::{Name, get_text};
use super::many::Range;
use super::stats::Kind;
use super::{DynamoStore, Inner, generations, names, put};
use crate::day::newer_totals;
use crate::layout::TableId;
use crate::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, Put, RollupStore, StoreError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Machine, Rollup, SiteId};
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::PoisonError;

/// Partitions that are emptied at once.
const AT_ONCE: usize = 8;

#[async_trait]
impl RollupStore for DynamoStore {
    async fn put_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        put::put_day(&self.inner, key, stamp, rollup, false).await
    }

    async fn flush_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        put::put_day(&self.inner, key, stamp, rollup, true).await
    }

    async fn put_totals(&self, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError> {
        put::put_totals(&self.inner, key, totals).await
    }

    fn write_cost(&self, rollup: &Rollup) -> Result<Option<u64>, StoreError> {
        put::write_units_of_day(rollup).map(Some)
    }

    fn close_cost(&self, rollup: &Rollup) -> Result<Option<u64>, StoreError> {
        put::write_units_of_closed_day(rollup).map(Some)
    }

    fn totals_cost(&self, totals: &DayTotals) -> Result<Option<u64>, StoreError> {
        put::write_units_of_totals(totals).map(Some)
    }

    async fn stamps(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, StoreError> {
        self.inner.stamps(&Days { site, generation, dates }).await
    }

    async fn ends(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Option<[(LocalDate, DayStamp); 2]>, StoreError> {
        self.inner.ends(&Days { site, generation, dates }).await
    }

    async fn unfinished(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<LocalDate>, StoreError> {
        self.inner.unfinished(&Days { site, generation, dates }).await
    }

    async fn totals(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, StoreError> {
        let read = self.inner.read(&Days { site, generation, dates }).await?;
        let days: Result<Vec<_>, _> = read.rows.iter().map(super::day_row::DayRow::totals).collect();
        Ok(newer_totals(days?, read.early))
    }

    async fn heads(
        &self,
        site: SiteId,
        generation: u32,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<DayHead>, StoreError> {
        self.inner.heads(&Days { site, generation, dates }, dimension).await
    }

    async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
        self.inner.rows(key, dimension).await
    }

    async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError> {
        self.inner.lookup(key, dimension, values).await
    }

    async fn machines(&self, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        self.inner.machines(key).await
    }

    async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
        self.inner.day(key).await
    }

    async fn days(&self) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
        self.inner.all_days().await
    }

    async fn generations(&self, site: SiteId) -> Result<GenerationRow, StoreError> {
        generations::get(&self.inner.table, site).await
    }

    async fn activate(&self, site: SiteId, expected_version: u64, row: GenerationRow) -> Result<(), StoreError> {
        generations::activate(&self.inner.table, site, expected_version, row).await
    }

    async fn put_generations(&self, site: SiteId, row: &GenerationRow) -> Result<(), StoreError> {
        generations::put(&self.inner.table, site, row).await
    }

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, StoreError> {
        self.inner.remove_days(site, until).await
    }

    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError> {
        self.inner.remove_site(site).await
    }
}

impl Inner {
    /// Notes that a generation of a site has days, before the first of them is there; once in the life of the store.
    pub async fn note_stored(&self, key: DayKey) -> Result<(), StoreError> {
        let name = (key.site, key.generation);
        let is_noted = self.stored.lock().unwrap_or_else(PoisonError::into_inner).contains(&name);
        if !is_noted {
            let row = names::stored(key.site, key.generation).item();
            self.table.put(Kind::Days, row, None).await.map_err(StoreError::from)?;
            self.stored.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        }
        Ok(())
    }

    /// The rows that make days visible first, then everything they named. Pieces of flushes expire.
    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, StoreError> {
        let noted = Range::between(names::STORED, names::stored(site, 0).sk, names::stored(site, u32::MAX).sk);
        let mut removed = 0;
        for item in self.table.query(Kind::Days, &noted, true).await? {
            let (_, generation) = names::read_stored(get_text(&item, "sk")?)?;
            let (from, through) = names::days_before(generation, until);
            removed += self.empty(Kind::Days, Range::between(names::days(site), from, through)).await?;
            let tables = TableId::dimensions().chain([TableId::MACHINES, TableId::PACK]);
            let ranges: Vec<Range> = tables.flat_map(|table| names::pieces_before(site, table, generation, until)).collect();
            let emptied = stream::iter(ranges).map(|range| self.empty(Kind::Pieces, range)).buffer_unordered(AT_ONCE);
            emptied.try_collect::<Vec<u64>>().await?;
        }
        Ok(removed)
    }

    /// The rows that make days visible first, then everything they named, then the note that there were any.
    async fn remove_site(&self, site: SiteId) -> Result<(), StoreError> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).retain(|(noted, _)| *noted != site);
        self.empty(Kind::Days, Range::all(names::days(site))).await?;
        self.table.delete(Kind::Days, &names::generations(site), None).await.map_err(StoreError::from)?;
        let tables = TableId::dimensions().chain([TableId::MACHINES, TableId::PACK]);
        let partitions: Vec<Range> = tables.map(|table| Range::all(names::table(site, table))).collect();
        let emptied = stream::iter(partitions).map(|range| self.empty(Kind::Pieces, range)).buffer_unordered(AT_ONCE);
        emptied.try_collect::<Vec<u64>>().await?;
        let noted = Range::between(names::STORED, names::stored(site, 0).sk, names::stored(site, u32::MAX).sk);
        self.empty(Kind::Days, noted).await.map(drop)
    }

    /// Deletes a range of items; returns how many there were.
    pub async fn empty(&self, kind: Kind, range: Range) -> Result<u64, StoreError> {
        let range = Range { projection: Some("pk, sk"), ..range };
        let items = self.table.query(kind, &range, true).await?;
        let names: Result<Vec<Name>, StoreError> = items.iter().map(|item| Ok(Name::new(&range.pk, get_text(item, "sk")?))).collect();
        self.table.delete_many(kind, names?).await?;
        Ok(items.len() as u64)
    }
}
