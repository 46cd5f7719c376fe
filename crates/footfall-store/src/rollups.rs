//! What a store of rollups promises.

use crate::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, Put, StoreError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Machine, Rollup, SiteId};
use std::collections::BTreeMap;
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

    /// Stores a day that is still open: the same as [`RollupStore::put_day`] for readers, but it will soon be stored again.
    /// A store that is paid by the write keeps its pieces for a limited time only ([`crate::dynamo::FLUSH_DAYS`]), so that
    /// deleting them costs nothing; a day must be put once it has closed, even if nothing came since.
    async fn flush_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        self.put_day(key, stamp, rollup).await
    }

    /// Stores the numbers of an open day alone, between two flushes: cheap enough for every few seconds. Of these and of
    /// the stored day's own, [`RollupStore::totals`] answers the newer; all other calls do not see them.
    ///
    /// `Put::Older` when stored numbers of the day [`DayStamp::supersedes`] the offered ones: nothing is changed. Whether
    /// numbers are refused because the stored *day* supersedes them is left to the backend; they are never shown.
    async fn put_totals(&self, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError>;

    /// What storing an open day ([`RollupStore::flush_day`]) costs, in write units (of 1 KB); `None` where writes cost nothing, so that there is no reason to
    /// store a day before it has closed. As much work as laying the day out.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for a day that could not be stored.
    fn write_cost(&self, _rollup: &Rollup) -> Result<Option<u64>, StoreError> {
        Ok(None)
    }

    /// What [`RollupStore::put_day`] costs a day that was not closed before, in write units; `None` where writes cost nothing.
    ///
    /// # Errors
    /// As [`RollupStore::write_cost`].
    fn close_cost(&self, rollup: &Rollup) -> Result<Option<u64>, StoreError> {
        self.write_cost(rollup)
    }

    /// What [`RollupStore::put_totals`] costs, in write units; `None` where writes cost nothing.
    ///
    /// # Errors
    /// As [`RollupStore::write_cost`].
    fn totals_cost(&self, _totals: &DayTotals) -> Result<Option<u64>, StoreError> {
        Ok(None)
    }

    /// The stamps of stored days.
    async fn stamps(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, StoreError>;

    /// The first and the last stored day of a range; `None` when there is none. For a range of years: what lies between is
    /// not read where reading costs.
    async fn ends(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Option<[(LocalDate, DayStamp); 2]>, StoreError> {
        let stamps = self.stamps(site, generation, dates).await?;
        Ok(stamps.first().zip(stamps.last()).map(|(first, last)| [*first, *last]))
    }

    /// Days of a range that were flushed and not put for good since ([`RollupStore::flush_day`]): once they have closed, they
    /// are to be put even if nothing came since. None where a flush is as good.
    async fn unfinished(&self, _site: SiteId, _generation: u32, _dates: RangeInclusive<LocalDate>) -> Result<Vec<LocalDate>, StoreError> {
        Ok(Vec::new())
    }

    /// The numbers of whole days; also of days that have only [`RollupStore::put_totals`].
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

    /// Pageviews of machines of a day, with the page they asked for; empty when the day is not stored.
    async fn machines(&self, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        Ok(self.day(key).await?.map(|(_, rollup)| rollup.machines).unwrap_or_default())
    }

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

    /// Puts a site's row as it is, whatever is there: for a copy of another store.
    async fn put_generations(&self, site: SiteId, row: &GenerationRow) -> Result<(), StoreError>;

    /// Erases the rollups of a site's days before `until`, of all generations; the generation row stays as it is. Returns how
    /// many days there were; a backend may count one twice that also has [`RollupStore::put_totals`]. Called again after it
    /// failed it finishes the work.
    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, StoreError>;

    /// Erases all rollups and the generation row of a site.
    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError>;
}
