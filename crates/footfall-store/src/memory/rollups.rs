//! Rollups in memory: the plainest reading of what [`RollupStore`] promises.

use super::{MemoryStore, lock};
use crate::day::newer_totals;
use crate::head::cut;
use crate::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, Put, RollupStore, StoreError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Machine, Rollup, SiteId};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

#[derive(Debug, Default)]
pub(super) struct Rollups {
    days: BTreeMap<DayKey, (DayStamp, Arc<Rollup>)>,
    totals: BTreeMap<DayKey, DayTotals>,
    generations: BTreeMap<SiteId, GenerationRow>,
}

impl MemoryStore {
    fn stored(&self, key: DayKey) -> Option<(DayStamp, Arc<Rollup>)> {
        lock(&self.rollups).days.get(&key).cloned()
    }

    fn range(&self, site: SiteId, generation: u32, dates: &RangeInclusive<LocalDate>) -> Vec<(LocalDate, DayStamp, Arc<Rollup>)> {
        if dates.is_empty() {
            return Vec::new();
        }
        let key = |date: &LocalDate| DayKey { site, generation, date: *date };
        let rollups = lock(&self.rollups);
        let days = rollups.days.range(key(dates.start())..=key(dates.end()));
        days.map(|(key, (stamp, rollup))| (key.date, *stamp, rollup.clone())).collect()
    }
}

#[async_trait]
impl RollupStore for MemoryStore {
    async fn put_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        let mut rollups = lock(&self.rollups);
        if rollups.days.get(&key).is_some_and(|(stored, _)| stored.supersedes(&stamp)) {
            return Ok(Put::Older);
        }
        rollups.days.insert(key, (stamp, Arc::new(rollup.clone())));
        Ok(Put::Written)
    }

    async fn put_totals(&self, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError> {
        let mut rollups = lock(&self.rollups);
        let stored = [rollups.days.get(&key).map(|(stamp, _)| *stamp), rollups.totals.get(&key).map(|stored| stored.stamp)];
        if stored.into_iter().flatten().any(|stored| stored.supersedes(&totals.stamp)) {
            return Ok(Put::Older);
        }
        rollups.totals.insert(key, totals.clone());
        Ok(Put::Written)
    }

    async fn stamps(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, StoreError> {
        Ok(self.range(site, generation, &dates).into_iter().map(|(date, stamp, _)| (date, stamp)).collect())
    }

    async fn totals(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, StoreError> {
        let days = self.range(site, generation, &dates);
        let days = days.into_iter().map(|(date, stamp, rollup)| DayTotals::of(date, stamp, &rollup)).collect();
        let wanted = |key: &DayKey| (key.site, key.generation) == (site, generation) && dates.contains(&key.date);
        let early = lock(&self.rollups).totals.iter().filter(|(key, _)| wanted(key)).map(|(_, totals)| totals.clone()).collect();
        Ok(newer_totals(days, early))
    }

    async fn heads(
        &self,
        site: SiteId,
        generation: u32,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<DayHead>, StoreError> {
        let days = self.range(site, generation, &dates);
        Ok(days.into_iter().map(|(date, stamp, rollup)| head_of(date, stamp, rollup.people().values(dimension))).collect())
    }

    async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
        let table = |(_, rollup): (_, Arc<Rollup>)| rollup.people().values(dimension).clone().into_iter().collect();
        Ok(self.stored(key).map(table).unwrap_or_default())
    }

    async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError> {
        let Some((_, rollup)) = self.stored(key) else {
            return Ok(vec![Counts::default(); values.len()]);
        };
        let table = rollup.people().values(dimension);
        Ok(values.iter().map(|value| table.get(value).copied().unwrap_or_default()).collect())
    }

    async fn machines(&self, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        Ok(self.stored(key).map(|(_, rollup)| rollup.machines.clone()).unwrap_or_default())
    }

    async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
        Ok(self.stored(key).map(|(stamp, rollup)| (stamp, Rollup::clone(&rollup))))
    }

    async fn days(&self) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
        Ok(lock(&self.rollups).days.iter().map(|(key, (stamp, _))| (*key, *stamp)).collect())
    }

    async fn generations(&self, site: SiteId) -> Result<GenerationRow, StoreError> {
        Ok(lock(&self.rollups).generations.get(&site).cloned().unwrap_or_default())
    }

    async fn activate(&self, site: SiteId, expected_version: u64, row: GenerationRow) -> Result<(), StoreError> {
        let mut rollups = lock(&self.rollups);
        let stored = rollups.generations.entry(site).or_default();
        if stored.version != expected_version {
            return Err(StoreError::Conflict(format!("the generations of site {site}")));
        }
        *stored = GenerationRow { version: expected_version + 1, ..row };
        Ok(())
    }

    async fn put_generations(&self, site: SiteId, row: &GenerationRow) -> Result<(), StoreError> {
        lock(&self.rollups).generations.insert(site, row.clone());
        Ok(())
    }

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, StoreError> {
        let mut rollups = lock(&self.rollups);
        let before = rollups.days.len();
        rollups.days.retain(|key, _| key.site != site || key.date >= until);
        rollups.totals.retain(|key, _| key.site != site || key.date >= until);
        Ok((before - rollups.days.len()) as u64)
    }

    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError> {
        let mut rollups = lock(&self.rollups);
        rollups.days.retain(|key, _| key.site != site);
        rollups.totals.retain(|key, _| key.site != site);
        rollups.generations.remove(&site);
        Ok(())
    }
}

fn head_of(date: LocalDate, stamp: DayStamp, table: &BTreeMap<String, Counts>) -> DayHead {
    let cut = cut(table.iter().map(|(value, counts)| (value.as_str(), *counts)));
    let top = cut.top.into_iter().map(|(value, counts)| (value.to_owned(), counts)).collect();
    DayHead { date, stamp, top, rows: table.len() as u64, rest: cut.rest }
}
