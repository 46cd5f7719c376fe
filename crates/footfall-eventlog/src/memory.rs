//! A log that forgets when its last handle is dropped; for tests.

use crate::{EventLog, LogError, LoggedDay};
use async_trait::async_trait;
use footfall_domain::{Hit, LocalDate, Position, Record, SiteId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Hits in memory, with the behaviour of a durable log.
#[derive(Debug)]
pub struct MemoryLog {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    newest: watch::Sender<Option<Position>>,
}

#[derive(Debug, Default)]
struct State {
    epoch: u64,
    next: u64,
    records: Vec<Record>,
    refusal: Option<LogError>,
    closed: bool,
}

impl MemoryLog {
    /// An empty log in its first epoch.
    pub fn new() -> Self {
        Self::with_epoch(1)
    }

    /// An empty log of a given epoch.
    pub fn with_epoch(epoch: u64) -> Self {
        let state = Mutex::new(State { epoch, ..State::default() });
        Self { shared: Arc::new(Shared { state, newest: watch::Sender::new(None) }) }
    }

    /// The same log as after a restart: open again, with what it held.
    pub fn reopen(&self) -> Self {
        self.state().closed = false;
        Self { shared: self.shared.clone() }
    }

    /// From now on every append fails with this error, as on a full disk; `None` ends it.
    pub fn refuse(&self, refusal: Option<LogError>) {
        self.state().refusal = refusal;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open_state(&self) -> Result<MutexGuard<'_, State>, LogError> {
        let state = self.state();
        if state.closed { Err(LogError::Closed) } else { Ok(state) }
    }

    fn remove(&self, goes: impl Fn(&Hit) -> bool) -> Result<u64, LogError> {
        let mut state = self.open_state()?;
        let before = state.records.len();
        state.records.retain(|record| !goes(&record.hit));
        self.shared.newest.send_replace(state.records.last().map(|record| record.position));
        Ok((before - state.records.len()) as u64)
    }
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl EventLog for MemoryLog {
    async fn append(&self, hits: Vec<Hit>) -> Result<Position, LogError> {
        let mut state = self.open_state()?;
        if let Some(refusal) = &state.refusal {
            return Err(refusal.clone());
        }
        if hits.is_empty() {
            return Err(LogError::Empty);
        }
        for hit in hits {
            let position = Position { epoch: state.epoch, partition: 0, offset: state.next };
            state.next += 1;
            state.records.push(Record { position, hit });
        }
        let last = state.records.last().map(|record| record.position).ok_or(LogError::Empty)?;
        self.shared.newest.send_replace(Some(last));
        Ok(last)
    }

    async fn read(&self, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        let state = self.open_state()?;
        let start = match after {
            None => 0,
            Some(after) if after.epoch != state.epoch => return Err(LogError::OtherEpoch),
            Some(after) => state.records.partition_point(|record| record.position.offset <= after.offset),
        };
        Ok(state.records[start..].iter().take(limit.max(1)).cloned().collect())
    }

    async fn read_day(&self, site: SiteId, date: LocalDate, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        let state = self.open_state()?;
        let of_day = |record: &&Record| (record.hit.site, record.hit.date) == (site, date);
        let new = |record: &&Record| after.is_none_or(|after| record.position.offset > after.offset);
        Ok(state.records.iter().filter(of_day).filter(new).take(limit.max(1)).cloned().collect())
    }

    async fn days(&self) -> Result<Vec<LoggedDay>, LogError> {
        let state = self.open_state()?;
        let mut days = BTreeMap::new();
        for Record { hit, position } in &state.records {
            let day = days.entry((hit.site, hit.date)).or_insert(LoggedDay { site: hit.site, date: hit.date, hits: 0, last: *position });
            day.hits += 1;
            day.last = *position;
        }
        Ok(days.into_values().collect())
    }

    fn newest(&self) -> watch::Receiver<Option<Position>> {
        self.shared.newest.subscribe()
    }

    async fn remove_site(&self, site: SiteId) -> Result<u64, LogError> {
        self.remove(|hit| hit.site == site)
    }

    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, LogError> {
        self.remove(|hit| hit.site == site && hit.date < until)
    }

    async fn close(&self) {
        self.state().closed = true;
    }
}
