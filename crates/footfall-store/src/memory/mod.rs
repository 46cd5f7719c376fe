//! A store that forgets when it is dropped; for tests.

mod registry;
mod rollups;
mod tables;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rollups and registry in memory, with the behaviour of a durable store.
#[derive(Debug, Default)]
pub struct MemoryStore {
    rollups: Mutex<rollups::Rollups>,
    registry: Mutex<tables::Tables>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The state, also after a panic elsewhere: every change is made in one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
