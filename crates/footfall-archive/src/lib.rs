//! Hits of closed days, sealed: as Parquet files in a folder that DuckDB, Athena, Trino and Spark read as they are, and
//! that can be folded again.
//!
//! What every backend promises is written at [`Archive`] and checked by the `conformance` suite.

pub mod archive;
pub mod error;
pub mod file;
pub mod key;
pub mod memory;
mod parquet;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use archive::Archive;
pub use error::ArchiveError;
pub use file::FileArchive;
pub use key::SealKey;
pub use memory::MemoryArchive;

use std::path::Path;
use std::sync::Arc;

/// Opens the archive of a URL: `file:FOLDER` or `memory:`.
///
/// # Errors
/// [`ArchiveError::UnknownUrl`] for any other; else as [`FileArchive::open`].
pub async fn open(url: &str) -> Result<Arc<dyn Archive>, ArchiveError> {
    match url.split_once(':') {
        Some(("file", path)) if !path.is_empty() => Ok(Arc::new(FileArchive::open(Path::new(path)).await?)),
        Some(("memory", "")) => Ok(Arc::new(MemoryArchive::new())),
        _ => Err(ArchiveError::UnknownUrl(url.to_owned())),
    }
}
