//! What can go wrong with a store.

/// Why the store could not do as asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    /// There is one of that name already.
    #[error("{0} exists already")]
    Exists(String),
    /// There is none of that name.
    #[error("{0} is not known")]
    NotFound(String),
    /// Somebody else changed it meanwhile: read it again and decide anew.
    #[error("{0} was changed by somebody else meanwhile: read it again")]
    Conflict(String),
    /// The disk is full or broken; nothing was changed.
    #[error("the store cannot be used at the moment: {0}")]
    Unavailable(String),
    /// What was read is not what was written. Rollups can be folded again from the log.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A newer Footfall has written this store. Nothing was changed.
    #[error(
        "this data folder was written by a newer Footfall (schema {found}, this one knows {known}): \
         install that version or a newer one; nothing was changed"
    )]
    NewerSchema {
        /// Of the file.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The file is a database of another program. Nothing was changed.
    #[error("{0} is not a file of Footfall; nothing was changed")]
    Foreign(String),
    /// The URL names no known store.
    #[error("'{0}' names no store: write sqlite:PATH or memory:")]
    UnknownUrl(String),
}

/// SQLite fails where the disk does.
impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}
