//! What waits for the writer: bounded in hits and in bytes.

use crate::codec::Group;
use crate::{LogError, LogOptions};
use footfall_domain::{LocalDate, Position, SiteId};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// An answer to come.
pub(super) type Answer<T> = oneshot::Sender<Result<T, LogError>>;

/// Hits of one call, encoded.
pub(super) struct Append {
    pub groups: Vec<Group>,
    pub answer: Answer<Position>,
}

/// A site to erase, or its days before a date.
pub(super) struct Remove {
    pub site: SiteId,
    pub until: Option<LocalDate>,
    pub answer: Answer<u64>,
}

/// What the writer is to do next.
#[derive(Default)]
pub(super) struct Work {
    pub appends: Vec<Append>,
    pub removes: Vec<Remove>,
    /// Do the rest, then stop.
    pub closing: bool,
}

pub(super) struct Queue {
    state: Mutex<State>,
    wake: Condvar,
    max_hits: usize,
    max_bytes: usize,
    retry_after: Duration,
}

#[derive(Default)]
struct State {
    work: Work,
    /// Taken and not yet answered, in work or with the writer.
    hits: usize,
    bytes: usize,
}

impl Queue {
    pub fn new(options: &LogOptions) -> Self {
        Self {
            state: Mutex::default(),
            wake: Condvar::new(),
            max_hits: options.max_waiting_hits,
            max_bytes: options.max_waiting_bytes,
            retry_after: options.retry_after,
        }
    }

    /// Hits and bytes taken and not yet answered.
    pub fn waiting(&self) -> (usize, usize) {
        let state = self.state();
        (state.hits, state.bytes)
    }

    pub fn append(&self, groups: Vec<Group>) -> Result<oneshot::Receiver<Result<Position, LogError>>, LogError> {
        let (hits, bytes) = size(&groups);
        let mut state = self.open_state()?;
        let fits = state.hits + hits <= self.max_hits && state.bytes + bytes <= self.max_bytes;
        if state.hits > 0 && !fits {
            return Err(LogError::Behind { retry_after: self.retry_after });
        }
        state.hits += hits;
        state.bytes += bytes;
        let (answer, answered) = oneshot::channel();
        state.work.appends.push(Append { groups, answer });
        drop(state);
        self.wake.notify_one();
        Ok(answered)
    }

    pub fn remove(&self, site: SiteId, until: Option<LocalDate>) -> Result<oneshot::Receiver<Result<u64, LogError>>, LogError> {
        let (answer, answered) = oneshot::channel();
        self.open_state()?.work.removes.push(Remove { site, until, answer });
        self.wake.notify_one();
        Ok(answered)
    }

    /// Takes nothing more; the writer does what waits and stops.
    pub fn close(&self) {
        self.state().work.closing = true;
        self.wake.notify_one();
    }

    /// Takes nothing more and drops what waits.
    pub fn abandon(&self) {
        self.state().work = Work { closing: true, ..Work::default() };
        self.wake.notify_one();
    }

    /// Everything that waits; blocks until there is something, unless the caller is `busy` with more of its own.
    pub fn take(&self, busy: bool) -> Work {
        let idle = |state: &mut State| !busy && !state.work.closing && state.work.appends.is_empty() && state.work.removes.is_empty();
        let mut state = self.wake.wait_while(self.state(), idle).unwrap_or_else(PoisonError::into_inner);
        let closing = state.work.closing;
        std::mem::replace(&mut state.work, Work { closing, ..Work::default() })
    }

    /// The writer is done with these many: there is room again.
    pub fn release(&self, hits: usize, bytes: usize) {
        let mut state = self.state();
        state.hits -= hits;
        state.bytes -= bytes;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open_state(&self) -> Result<MutexGuard<'_, State>, LogError> {
        let state = self.state();
        if state.work.closing { Err(LogError::Closed) } else { Ok(state) }
    }
}

/// Hits and bytes of groups.
pub(super) fn size(groups: &[Group]) -> (usize, usize) {
    groups.iter().fold((0, 0), |(hits, bytes), group| (hits + group.hits, bytes + group.bytes.len()))
}
