//! A store in memory that is watched, and may charge for writes as a table of DynamoDB does.
#![allow(dead_code, reason = "each test binary uses its own part")]

use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, LocalDate, Machine, Rollup, SiteId};
use footfall_store::{DayHead, DayKey, DayStamp, DayTotals, GenerationRow, MemoryStore, Put, RollupStore, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// The rollups of a [`MemoryStore`], what was paid for them, and how they were read.
pub struct Watched {
    pub store: Arc<MemoryStore>,
    charges: bool,
    /// Units paid.
    pub units: AtomicU64,
    /// How often numbers were read since somebody last looked.
    reads: AtomicUsize,
    /// Tables being read at this moment, and the most there were at once.
    now: AtomicUsize,
    most: AtomicUsize,
    /// Days that were flushed and not put since.
    unfinished: Mutex<BTreeSet<DayKey>>,
    /// Happens before the next write of an open day, once.
    pub before_flush: Mutex<Option<Meanwhile>>,
    /// Happens before the next write of a closed day, once.
    pub before_close: Mutex<Option<Meanwhile>>,
}

/// What others do in the middle of a call.
pub type Meanwhile = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Watched {
    /// A store whose writes cost nothing.
    pub fn free(store: Arc<MemoryStore>) -> Arc<Self> {
        Self::over(store, false)
    }

    /// A store that charges.
    pub fn paid(store: Arc<MemoryStore>) -> Arc<Self> {
        Self::over(store, true)
    }

    fn over(store: Arc<MemoryStore>, charges: bool) -> Arc<Self> {
        Arc::new(Self {
            store,
            charges,
            units: AtomicU64::new(0),
            reads: AtomicUsize::new(0),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            unfinished: Mutex::default(),
            before_flush: Mutex::default(),
            before_close: Mutex::default(),
        })
    }

    /// How often numbers were read since this was last asked.
    pub fn reads(&self) -> usize {
        self.reads.swap(0, Ordering::Relaxed)
    }

    /// The most tables that were read at once since this was last asked.
    pub fn most_at_once(&self) -> usize {
        self.most.swap(0, Ordering::Relaxed)
    }

    fn read(&self) -> &MemoryStore {
        self.reads.fetch_add(1, Ordering::Relaxed);
        &self.store
    }

    /// A read during which others may begin.
    async fn slowly<T>(&self, read: impl Future<Output = T>) -> T {
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        let answer = read.await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        answer
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
        if self.charges && put == Put::Written {
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
impl RollupStore for Watched {
    async fn put_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        self.meanwhile(&self.before_close).await;
        Watched::unfinished(self).remove(&key);
        Ok(self.pay(self.store.put_day(key, stamp, rollup).await?, cost(rollup)))
    }

    async fn flush_day(&self, key: DayKey, stamp: DayStamp, rollup: &Rollup) -> Result<Put, StoreError> {
        self.meanwhile(&self.before_flush).await;
        if self.charges {
            Watched::unfinished(self).insert(key);
        }
        Ok(self.pay(self.store.flush_day(key, stamp, rollup).await?, cost(rollup)))
    }

    async fn put_totals(&self, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError> {
        Ok(self.pay(self.store.put_totals(key, totals).await?, 1))
    }

    fn write_cost(&self, rollup: &Rollup) -> Result<Option<u64>, StoreError> {
        Ok(self.charges.then(|| cost(rollup)))
    }

    fn totals_cost(&self, _totals: &DayTotals) -> Result<Option<u64>, StoreError> {
        Ok(self.charges.then_some(1))
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
        let all = Watched::unfinished(self);
        let wanted = |key: &&DayKey| (key.site, key.generation) == (site, generation) && dates.contains(&key.date);
        Ok(all.iter().filter(wanted).map(|key| key.date).collect())
    }

    async fn totals(&self, site: SiteId, generation: u32, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, StoreError> {
        self.read().totals(site, generation, dates).await
    }

    async fn heads(
        &self,
        site: SiteId,
        generation: u32,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<DayHead>, StoreError> {
        self.read().heads(site, generation, dimension, dates).await
    }

    async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
        self.slowly(self.read().rows(key, dimension)).await
    }

    async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError> {
        self.slowly(self.read().lookup(key, dimension, values)).await
    }

    async fn machines(&self, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        self.slowly(self.read().machines(key)).await
    }

    async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
        self.read().day(key).await
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

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, StoreError> {
        self.store.remove_days(site, until).await
    }

    async fn remove_site_rollups(&self, site: SiteId) -> Result<(), StoreError> {
        self.store.remove_site_rollups(site).await
    }
}
