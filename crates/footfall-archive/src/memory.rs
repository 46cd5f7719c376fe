//! An archive that forgets when it is dropped; for tests.

use crate::{Archive, ArchiveError, SealKey};
use async_trait::async_trait;
use footfall_domain::{Record, SiteId};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Sealed records in memory.
#[derive(Debug, Default)]
pub struct MemoryArchive {
    sealed: Mutex<BTreeMap<SealKey, Vec<Record>>>,
}

impl MemoryArchive {
    /// An empty archive.
    pub fn new() -> Self {
        Self::default()
    }

    fn sealed(&self) -> MutexGuard<'_, BTreeMap<SealKey, Vec<Record>>> {
        self.sealed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Archive for MemoryArchive {
    async fn put(&self, key: SealKey, records: Vec<Record>) -> Result<(), ArchiveError> {
        if !records.iter().all(|record| key.holds(record)) {
            return Err(ArchiveError::Stray(key));
        }
        self.sealed().insert(key, records);
        Ok(())
    }

    async fn list(&self, site: Option<SiteId>) -> Result<Vec<SealKey>, ArchiveError> {
        Ok(self.sealed().keys().copied().filter(|key| site.is_none_or(|site| key.site == site)).collect())
    }

    async fn get(&self, key: SealKey) -> Result<Option<Vec<Record>>, ArchiveError> {
        Ok(self.sealed().get(&key).cloned())
    }

    async fn remove(&self, key: SealKey) -> Result<bool, ArchiveError> {
        Ok(self.sealed().remove(&key).is_some())
    }
}
