//! What an archive promises.

use crate::{ArchiveError, SealKey};
use async_trait::async_trait;
use footfall_domain::{Record, SiteId};

/// Keeps the hits of closed days. Every backend passes `conformance::all`.
#[async_trait]
pub trait Archive: Send + Sync + 'static {
    /// Seals records under a key, in place of what was there; durable when it returns. A reader sees all of the old or all
    /// of the new, also after a crash at any instant.
    ///
    /// # Errors
    /// [`ArchiveError::Stray`] when a record does not belong under the key, [`ArchiveError::Unavailable`] when the disk
    /// fails; in both cases nothing is changed.
    async fn put(&self, key: SealKey, records: Vec<Record>) -> Result<(), ArchiveError>;

    /// What is sealed, of one site or of all, in order of key.
    ///
    /// # Errors
    /// [`ArchiveError::Unavailable`].
    async fn list(&self, site: Option<SiteId>) -> Result<Vec<SealKey>, ArchiveError>;

    /// The records under a key, exactly and in the order they were put; `None` when there is nothing.
    ///
    /// # Errors
    /// [`ArchiveError::Unavailable`], and [`ArchiveError::Damaged`] when what is read is not what was written.
    async fn get(&self, key: SealKey) -> Result<Option<Vec<Record>>, ArchiveError>;

    /// Erases what is under a key; whether there was anything.
    ///
    /// # Errors
    /// [`ArchiveError::Unavailable`].
    async fn remove(&self, key: SealKey) -> Result<bool, ArchiveError>;
}
