//! What a store of rollups promises.

use crate::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, Put, StoreError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Rollup, SiteId};
use std::ops::RangeInclusive;

/// Keeps the rollups of site-days by generation, and answers the questions a page asks of them.
///
/// Lists of days are in order of date and hold only days that are stored. One call sees one state of the store. All
/// calls fail with [`StoreError::Unavailable`] when the disk does, and with [`StoreError::Damaged`] when what is read is
/// not what was written. Every backend passes `conformance::rollups`.
#[async_trait]
pub trait RollupStore: Send + Sync + 'static {
    /// Stores a day: immutable chunks named by the revision, made visible by one conditional write.
    ///
    /// `Put::Older` when the stored day [`DayStamp::supersedes`] the offered one: nothing is changed (law 3).
    async fn put_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError>;

    /// The stamps of stored days.
    async fn stamps(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, StoreError>;

    /// The numbers of whole days.
    async fn totals(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, StoreError>;

    /// The heads of a dimension.
    async fn heads(
        &self,
        site: SiteId,
        generation: u32,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<DayHead>, StoreError>;

    /// A dimension's whole table of a day, sorted by value in byte order; empty when the day is not stored.
    async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError>;

    /// The numbers of some values, in the order asked; zero for a value without a row. Reads only what it needs.
    async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError>;

    /// The rollup exactly as it was put; `None` when the day is not stored.
    async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError>;

    /// Every stored day of every site and generation, in order of key.
    async fn days(&self) -> Result<Vec<(DayKey, DayStamp)>, StoreError>;

    /// Which generation answers which days; the default row for a site that has none.
    async fn generations(&self, site: SiteId) -> Result<GenerationRow, StoreError>;

    /// Replaces a site's row, if its version is still `expected_version`; the new version is one higher, whatever `row`
    /// says.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody moved it meanwhile.
    async fn activate(&self, site: SiteId, expected_version: u64, row: GenerationRow) -> Result<(), StoreError>;

    /// Erases all rollups and the generation row of a site.
    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError>;
}
