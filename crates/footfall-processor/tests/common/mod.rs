//! A store in memory that charges for writes, as a table of DynamoDB does.

use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Rollup, SiteId};
use footfall_store::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, MemoryStore, Put, RollupStore, StoreError};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// The rollups of a [`MemoryStore`], and what was paid for them.
pub struct Paid {
    pub store: Arc<MemoryStore>,
    pub units: AtomicU64,
    /// Days that were flushed and not put since.
    unfinished: Mutex<BTreeSet<DayKey>>,
    /// Happens before the next write of an open day, once.
    pub before_flush: Mutex<Option<Meanwhile>>,
    /// Happens before the next write of a closed day, once.
    pub before_close: Mutex<Option<Meanwhile>>,
}

/// What others do in the middle of a call.
pub type Meanwhile = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Paid {
    pub fn over(store: Arc<MemoryStore>) -> Arc<Self> {
        Arc::new(Self {
            store,
            units: AtomicU64::new(0),
            unfinished: Mutex::default(),
            before_flush: Mutex::default(),
            before_close: Mutex::default(),
        })
    }

    fn unfinished(&self) -> MutexGuard<'_, BTreeSet<DayKey>> {
        self.unfinished.lock().expect("no panic while it was held")
    }

    async fn meanwhile(&self, happens: &Mutex<Option<Meanwhile>>) {
        let happens = happens.lock().expect("no panic while it was held").take();
        if let Some(happens) = happens {
            happens.await;
        }
    }

    fn pay(&self, put: Put, units: u64) -> Put {
        if put == Put::Written {
            self.units.fetch_add(units, Ordering::Relaxed);
        }
        put
    }
}

/// A unit for every ten rows of all tables.
fn cost(rollup: &Rollup) -> u64 {
    let rows: usize = rollup.people().dimensions.iter().map(|table| table.len()).sum();
    1 + rows as u64 / 10
}

#[async_trait]
impl RollupStore for Paid {
    async fn put_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        self.meanwhile(&self.before_close).await;
        Paid::unfinished(self).remove(&key);
        Ok(self.pay(self.store.put_day(key, stamp, rollup).await?, cost(rollup)))
    }

    async fn flush_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        self.meanwhile(&self.before_flush).await;
        Paid::unfinished(self).insert(key);
        Ok(self.pay(self.store.flush_day(key, stamp, rollup).await?, cost(rollup)))
    }

    async fn put_totals(&self, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError> {
        Ok(self.pay(self.store.put_totals(key, totals).await?, 1))
    }

    fn write_cost(&self, rollup: &Rollup) -> Result<Option<u64>, StoreError> {
        Ok(Some(cost(rollup)))
    }

    fn totals_cost(&self, _totals: &DayTotals) -> Result<Option<u64>, StoreError> {
        Ok(Some(1))
    }

    async fn stamps(
        &self,
        site: SiteId,
        generation: u32,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, DayStamp)>, StoreError> {
        self.store.stamps(site, generation, dates).await
    }

    async fn unfinished(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<LocalDate>, StoreError> {
        let all = Paid::unfinished(self);
        let wanted = |key: &&DayKey| (key.site, key.generation) == (site, generation) && dates.contains(&key.date);
        Ok(all.iter().filter(wanted).map(|key| key.date).collect())
    }

    async fn totals(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, StoreError> {
        self.store.totals(site, generation, dates).await
    }

    async fn heads(
        &self,
        site: SiteId,
        generation: u32,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<DayHead>, StoreError> {
        self.store.heads(site, generation, dimension, dates).await
    }

    async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
        self.store.rows(key, dimension).await
    }

    async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError> {
        self.store.lookup(key, dimension, values).await
    }

    async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
        self.store.day(key).await
    }

    async fn days(&self) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
        self.store.days().await
    }

    async fn generations(&self, site: SiteId) -> Result<GenerationRow, StoreError> {
        self.store.generations(site).await
    }

    async fn activate(&self, site: SiteId, expected_version: u64, row: GenerationRow) -> Result<(), StoreError> {
        self.store.activate(site, expected_version, row).await
    }

    async fn put_generations(&self, site: SiteId, row: &GenerationRow) -> Result<(), StoreError> {
        self.store.put_generations(site, row).await
    }

    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError> {
        self.store.remove_site_rollups(site).await
    }
}
