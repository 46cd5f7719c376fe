//! What can go wrong with an archive.

use crate::SealKey;

/// Why the archive could not do as asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A record of another site, day or shard. Nothing was changed.
    #[error("a record does not belong under {0}")]
    Stray(SealKey),
    /// The disk is full or broken. Nothing was changed.
    #[error("the archive cannot be used at the moment: {0}")]
    Unavailable(String),
    /// What was read is not what was written.
    #[error("the archive is damaged: {0}")]
    Damaged(String),
    /// The URL names no known archive.
    #[error("'{0}' names no archive: write file:FOLDER or memory:")]
    UnknownUrl(String),
}

impl ArchiveError {
    pub(crate) fn damaged(why: impl ToString) -> Self {
        Self::Damaged(why.to_string())
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}
