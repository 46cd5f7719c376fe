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
    #[error("'{0}' names no store: write sqlite:PATH, memory: or dynamodb://TABLE?region=REGION")]
    UnknownUrl(String),
    /// What was to be kept does not fit. Nothing was changed.
    #[error("{what} takes {bytes} bytes, and the store keeps at most {limit} in one place")]
    TooLarge {
        /// In words.
        what: String,
        /// Its size.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The service gives less than was asked for, and went on doing so for as long as was waited: come again later.
    #[error("DynamoDB is throttling: {0}; this passes, or the table's limits are too low")]
    Throttled(String),
    /// The service does not accept who we are.
    #[error("the AWS credentials of this program will not do: {0}")]
    Credentials(String),
    /// There is no such table in that region or at that endpoint.
    #[error("there is no DynamoDB table '{table}' {place}: make it with `footfall store create`, or correct the name")]
    NoTable {
        /// Its name.
        table: String,
        /// Region or endpoint, in words.
        place: String,
    },
    /// The table is not laid out as Footfall's. Nothing was changed.
    #[error("the DynamoDB table '{table}' is not laid out as Footfall's: {why}; nothing was changed")]
    OtherLayout {
        /// Its name.
        table: String,
        /// What is different.
        why: String,
    },
    /// A newer Footfall has written this table. Nothing was changed.
    #[error(
        "the DynamoDB table '{table}' was written by a newer Footfall (layout {found}, this one knows {known}): \
         install that version or a newer one; nothing was changed"
    )]
    NewerLayout {
        /// Its name.
        table: String,
        /// Of the table.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// Secrets in the store were sealed with another key, or there is no key.
    #[error("the store's secrets cannot be read: {0}")]
    WrongKey(String),
    /// A copy would mix two stores. Nothing was changed.
    #[error("the target holds other data: {0}; nothing was changed")]
    NotEmpty(String),
    /// A setting of the store makes no sense.
    #[error("{0}")]
    Options(String),
}

/// SQLite fails where the disk does.
impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}
