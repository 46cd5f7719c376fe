//! The store of rollups, by SQL.

use super::read::Days;
use super::{SqliteStore, blocking, generations, put, read, totals};
use crate::day::newer_totals;
use crate::layout::{encode_totals, lay_out};
use crate::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, Put, RollupStore, StoreError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Machine, Rollup, SiteId};
use rusqlite::Transaction;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

impl SqliteStore {
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let database = self.database.clone();
        blocking(move || database.read(work)).await
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let database = self.database.clone();
        blocking(move || database.write(work)).await
    }
}

#[async_trait]
impl RollupStore for SqliteStore {
    async fn put_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        let stored = self.read(move |transaction| put::stored_stamp(transaction, key)).await?;
        if stored.is_some_and(|stored| stored.supersedes(&stamp)) {
            return Ok(Put::Older);
        }
        // Laid out before the write lock is taken.
        let rollup = rollup.clone();
        let laid = blocking(move || lay_out(&rollup)).await?;
        self.write(move |transaction| put::put(transaction, key, stamp, &laid)).await
    }

    async fn put_totals(&self, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError> {
        let (stamp, payload) = (totals.stamp, encode_totals(totals)?);
        self.write(move |transaction| totals::put(transaction, key, stamp, &payload)).await
    }

    async fn stamps(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, StoreError> {
        self.read(move |transaction| read::stamps(transaction, &Days { site, generation, dates })).await
    }

    async fn totals(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, StoreError> {
        self.read(move |transaction| {
            let days = Days { site, generation, dates };
            Ok(newer_totals(read::totals(transaction, &days)?, totals::get(transaction, &days)?))
        })
        .await
    }

    async fn heads(
        &self,
        site: SiteId,
        generation: u32,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<DayHead>, StoreError> {
        self.read(move |transaction| read::heads(transaction, &Days { site, generation, dates }, dimension)).await
    }

    async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
        self.read(move |transaction| read::rows(transaction, key, dimension)).await
    }

    async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError> {
        let values = values.to_vec();
        self.read(move |transaction| read::lookup(transaction, key, dimension, &values)).await
    }

    async fn machines(&self, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        self.read(move |transaction| read::machines(transaction, key)).await
    }

    async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
        self.read(move |transaction| read::day(transaction, key)).await
    }

    async fn days(&self) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
        self.read(read::all).await
    }

    async fn generations(&self, site: SiteId) -> Result<GenerationRow, StoreError> {
        self.read(move |transaction| generations::get(transaction, site)).await
    }

    async fn activate(&self, site: SiteId, expected_version: u64, row: GenerationRow) -> Result<(), StoreError> {
        self.write(move |transaction| generations::activate(transaction, site, expected_version, row)).await
    }

    async fn put_generations(&self, site: SiteId, row: &GenerationRow) -> Result<(), StoreError> {
        let row = row.clone();
        self.write(move |transaction| generations::put(transaction, site, &row)).await
    }

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, StoreError> {
        self.write(move |transaction| {
            let of_site = (site.0.cast_signed(), until.0);
            // By generation: the date comes after it in the keys.
            let generations = "(SELECT DISTINCT generation FROM days WHERE site = ?1 UNION SELECT generation FROM totals WHERE site = ?1)";
            let delete = |table: &str| {
                let sql = format!("DELETE FROM {table} WHERE site = ?1 AND generation IN {generations} AND date < ?2");
                transaction.execute(&sql, of_site)
            };
            // Pieces first: the days say which generations there are.
            delete("pieces")?;
            delete("totals")?;
            Ok(delete("days")? as u64)
        })
        .await
    }

    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError> {
        self.write(move |transaction| {
            for table in ["days", "totals", "pieces", "generations"] {
                transaction.execute(&format!("DELETE FROM {table} WHERE site = ?1"), [site.0.cast_signed()])?;
            }
            Ok(())
        })
        .await
    }
}
