//! Keeps hits durably, and reads them from a position.
//!
//! *Law 1: answered means kept.* [`EventLog::append`] returns only after the log's own commit. What every backend
//! promises is written at the trait and checked by the `conformance` suite.

mod codec;
pub mod error;
pub mod log;
pub mod memory;
pub mod options;
pub mod sqlite;
pub mod stats;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use error::LogError;
pub use log::{EventLog, LoggedDay};
pub use memory::MemoryLog;
pub use options::LogOptions;
pub use sqlite::SqliteLog;
pub use stats::LogStats;

use std::path::Path;
use std::sync::Arc;

/// Opens the log of a URL: `sqlite:PATH` or `memory:`.
///
/// # Errors
/// [`LogError::UnknownUrl`] for any other; else as [`SqliteLog::open`].
pub async fn open(url: &str, options: LogOptions) -> Result<Arc<dyn EventLog>, LogError> {
    match url.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => Ok(Arc::new(SqliteLog::open(Path::new(path), options).await?)),
        Some(("memory", "")) => Ok(Arc::new(MemoryLog::new())),
        _ => Err(LogError::UnknownUrl(url.to_owned())),
    }
}
