//! What can go wrong with a log, and what the caller should do.

use std::sync::Arc;
use std::time::Duration;

/// Why the log could not do as asked. Cheap to clone: one failed commit answers everybody who waited for it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LogError {
    /// The queue of what waits to be written is full. Nothing was taken; come again after `retry_after`.
    #[error("the log is behind: come again in {} s", retry_after.as_secs())]
    Behind {
        /// How long to wait before the next try.
        retry_after: Duration,
    },
    /// The disk is full or broken. Nothing answered is lost, these hits were not kept; the log works again by itself
    /// as soon as the disk does.
    #[error("the log cannot be used at the moment: {0}")]
    Unavailable(Arc<str>),
    /// The position belongs to another life of the log: what was derived from it must be derived again.
    #[error("position of another epoch of the log: read it again from its start")]
    OtherEpoch,
    /// What was read is not what was written.
    #[error("the log is damaged: {0}")]
    Damaged(Arc<str>),
    /// A newer Footfall has written this log. Nothing was changed.
    #[error(
        "this data folder was written by a newer Footfall (log schema {found}, this one knows {known}): install that version or a newer one; nothing was changed"
    )]
    NewerSchema {
        /// Of the file.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// There was no hit to append, so there is no position to name.
    #[error("there was nothing to append")]
    Empty,
    /// The log was closed.
    #[error("the log is closed")]
    Closed,
    /// The URL names no known log.
    #[error("'{0}' names no event log: write sqlite:PATH or memory:")]
    UnknownUrl(String),
}

impl LogError {
    /// The disk's fault, in words.
    pub(crate) fn unavailable(why: impl ToString) -> Self {
        Self::Unavailable(why.to_string().into())
    }

    /// The content's fault, in words.
    pub(crate) fn damaged(why: impl ToString) -> Self {
        Self::Damaged(why.to_string().into())
    }
}

/// SQLite fails where the disk does.
impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        Self::unavailable(error)
    }
}
