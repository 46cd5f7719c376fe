//! The log in one SQLite file.
//!
//! One writer thread owns the one writing connection: whatever waits becomes one transaction and one fsync (WAL,
//! `synchronous=FULL`). Readers have connections of their own and are never in its way. Hits are encoded by their
//! senders, so the writer only puts bytes together.

mod connection;
mod plan;
mod queue;
mod readers;
mod removal;
mod schema;
mod writer;

use crate::stats::Counters;
use crate::{EventLog, LogError, LogOptions, LogStats, LoggedDay, codec};
use async_trait::async_trait;
use footfall_domain::{Hit, LocalDate, Position, Record, SiteId};
use queue::Queue;
use readers::Readers;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::watch;

/// Hits in a SQLite file.
pub struct SqliteLog {
    queue: Arc<Queue>,
    readers: Arc<Readers>,
    counters: Arc<Counters>,
    newest: watch::Sender<Option<Position>>,
    epoch: u64,
    /// Taken when the writer is waited for.
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteLog {
    /// Opens a log, or makes one, readable by its owner only. The folder must exist; one process may own the file.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] when the file cannot be used, [`LogError::NewerSchema`] when a newer program wrote it.
    pub async fn open(path: &Path, options: LogOptions) -> Result<Self, LogError> {
        let path = path.to_owned();
        blocking(move || Self::open_now(&path, &options)).await
    }

    /// Which life of the log this is: the epoch of the positions it gives.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// How the log is doing.
    pub fn stats(&self) -> LogStats {
        let (hits, bytes) = self.queue.waiting();
        self.counters.snapshot(hits, bytes)
    }

    fn open_now(path: &Path, options: &LogOptions) -> Result<Self, LogError> {
        let opened = connection::open(path, options)?;
        let readers = Arc::new(Readers::new(path, opened.epoch));
        let (newest, epoch) = (watch::Sender::new(opened.newest), opened.epoch);
        let queue = Arc::new(Queue::new(options));
        let counters = Arc::new(Counters::default());
        let writer = writer::Writer::new(path, options, opened, queue.clone(), newest.clone(), counters.clone())?;
        let thread = std::thread::Builder::new().name("footfall-log".into());
        let writer = thread.spawn(move || writer.run()).map_err(LogError::unavailable)?;
        Ok(Self { queue, readers, counters, newest, epoch, writer: Mutex::new(Some(writer)) })
    }

    /// The writer's thread, for the first who asks.
    fn take_writer(&self) -> Option<JoinHandle<()>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

#[async_trait]
impl EventLog for SqliteLog {
    async fn append(&self, hits: Vec<Hit>) -> Result<Position, LogError> {
        if hits.is_empty() {
            return Err(LogError::Empty);
        }
        let answer = self.queue.append(codec::encode(&hits)?)?;
        drop(hits);
        answer.await.unwrap_or(Err(LogError::Closed))
    }

    async fn read(&self, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        let readers = self.readers.clone();
        blocking(move || readers.read(after, limit)).await
    }

    async fn read_day(&self, site: SiteId, date: LocalDate, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        let readers = self.readers.clone();
        blocking(move || readers.read_day(site, date, after, limit)).await
    }

    async fn days(&self) -> Result<Vec<LoggedDay>, LogError> {
        let readers = self.readers.clone();
        blocking(move || readers.days()).await
    }

    fn newest(&self) -> watch::Receiver<Option<Position>> {
        self.newest.subscribe()
    }

    async fn remove_site(&self, site: SiteId) -> Result<u64, LogError> {
        let answer = self.queue.remove(site, None)?;
        answer.await.unwrap_or(Err(LogError::Closed))
    }

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, LogError> {
        let readers = self.readers.clone();
        // Most often there is nothing to erase, and then nothing is written.
        if !blocking(move || readers.has_days_before(site, until)).await? {
            return Ok(0);
        }
        let answer = self.queue.remove(site, Some(until))?;
        answer.await.unwrap_or(Err(LogError::Closed))
    }

    async fn close(&self) {
        self.queue.close();
        if let Some(writer) = self.take_writer() {
            // A writer that panicked has nothing left to flush, and its callers were told.
            let _ = tokio::task::spawn_blocking(move || writer.join()).await;
        }
        self.readers.close();
    }
}

/// What was not answered is not written; the file is free when the drop is over.
impl Drop for SqliteLog {
    fn drop(&mut self) {
        self.queue.abandon();
        if let Some(writer) = self.take_writer() {
            let _ = writer.join();
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, LogError> + Send + 'static) -> Result<T, LogError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => Err(LogError::unavailable(panicked)),
    }
}
