//! A log in memory that is watched.

use async_trait::async_trait;
use footfall_domain::{Hit, LocalDate, Position, Record, SiteId};
use footfall_eventlog::{EventLog, LogError, LoggedDay, MemoryLog};
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::watch;

/// A [`MemoryLog`], and how its days were read.
#[derive(Default)]
pub struct WatchedLog {
    log: MemoryLog,
    /// Days read from their beginning since somebody last looked.
    days: AtomicUsize,
    /// Days being read at this moment, and the most there were at once.
    now: AtomicUsize,
    most: AtomicUsize,
    /// Happens before the next erasure of days, once.
    #[allow(dead_code, reason = "each test binary uses its own part")]
    pub before_erasing: Mutex<Option<Meanwhile>>,
}

/// What others do in the middle of a call.
pub type Meanwhile = Pin<Box<dyn Future<Output = ()> + Send>>;

#[allow(dead_code, reason = "each test binary uses its own part")]
impl WatchedLog {
    /// How many days were read from their beginning since this was last asked.
    pub fn days_read(&self) -> usize {
        self.days.swap(0, Ordering::SeqCst)
    }

    /// The most days that were read at once since this was last asked.
    pub fn most_at_once(&self) -> usize {
        self.most.swap(0, Ordering::SeqCst)
    }
}

#[async_trait]
impl EventLog for WatchedLog {
    async fn append(&self, hits: Vec<Hit>) -> Result<Position, LogError> {
        self.log.append(hits).await
    }

    async fn read(&self, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        self.log.read(after, limit).await
    }

    async fn read_day(&self, site: SiteId, date: LocalDate, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        self.days.fetch_add(usize::from(after.is_none()), Ordering::SeqCst);
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // Whoever may begin now does.
        for _ in 0..16 {
            tokio::task::yield_now().await;
        }
        let records = self.log.read_day(site, date, after, limit).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        records
    }

    async fn days(&self) -> Result<Vec<LoggedDay>, LogError> {
        self.log.days().await
    }

    fn newest(&self) -> watch::Receiver<Option<Position>> {
        self.log.newest()
    }

    async fn remove_site(&self, site: SiteId) -> Result<u64, LogError> {
        self.log.remove_site(site).await
    }

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, LogError> {
        let happens = self.before_erasing.lock().expect("no panic while it was held").take();
        if let Some(happens) = happens {
            happens.await;
        }
        self.log.remove_days(site, until).await
    }

    async fn close(&self) {
        self.log.close().await;
    }
}
