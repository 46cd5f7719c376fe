//! The store in a SQLite file, and the secrets in a small one beside it.
//!
//! One connection writes, others read beside it; all of them work on threads that may block.

mod audit;
mod contents;
mod file;
mod generations;
mod imports;
mod keys;
mod lexicons;
mod put;
mod read;
mod refusals;
mod registry;
mod removed;
mod rollups;
mod schema;
mod secrets;
mod settings;
mod sites;
mod teams;
mod totals;
mod users;

use crate::StoreError;
use file::Database;
use secrets::Secrets;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rollups and registry in SQLite files.
pub struct SqliteStore {
    database: Arc<Database>,
    secrets: Arc<Secrets>,
}

impl SqliteStore {
    /// Opens a store, or makes one, readable by its owner only. The folder must exist; one process may own the file.
    /// The secrets live beside it: `footfall-secrets.db` beside `footfall.db`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when a file cannot be used, [`StoreError::NewerSchema`] when a newer program wrote it,
    /// [`StoreError::Foreign`] when another program did.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let path = path.to_owned();
        blocking(move || {
            let database = Arc::new(Database::open(&path)?);
            let secrets = Arc::new(Secrets::open(&secrets_path(&path))?);
            Ok(Self { database, secrets })
        })
        .await
    }
}

/// `footfall-secrets.db` for `footfall.db`.
fn secrets_path(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-secrets.db"))
}

/// Runs what waits for a disk on a thread that may wait.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => Err(StoreError::Unavailable(panicked.to_string())),
    }
}
