//! What is kept beside the log: rollups by generation ([`RollupStore`]), and sites, people, keys, secrets and settings
//! ([`Registry`]).
//!
//! A rollup is an optimisation: everything in it can be folded again from the log. What the registry holds cannot.
//! What every backend promises is written at the traits and checked by the `conformance` suites.

pub mod audit;
pub mod contents;
pub mod copy;
pub mod day;
pub mod dynamo;
pub mod error;
pub mod generation;
pub mod head;
pub mod layout;
pub mod lexicon;
pub mod memory;
pub mod people;
pub mod registry;
pub mod rollups;
pub mod secrets;
pub mod sqlite;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use audit::AuditEntry;
pub use contents::Contents;
pub use day::{DayHead, DayKey, DayStamp, DayTotals, Put};
pub use dynamo::{DynamoOptions, DynamoStore, SecretKey};
pub use error::StoreError;
pub use generation::{Activation, GenerationRow, Run};
pub use lexicon::{Lexicon, Preferences, StoredGoal, StoredSegment};
pub use memory::MemoryStore;
pub use people::{ApiKey, KeyScope, NewKey, SignIn, User};
pub use registry::{ImportProgress, Refusals, Registry, RemovedSite};
pub use rollups::RollupStore;
pub use secrets::{SecretRow, SecretUse};
pub use sqlite::SqliteStore;

use std::path::Path;
use std::sync::Arc;

/// A store that keeps both rollups and registry.
pub trait Store: RollupStore + Registry {}

impl<T: RollupStore + Registry> Store for T {}

/// What a URL does not say.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// Seals the secrets; needed by stores that are not files of this machine.
    pub key: Option<SecretKey>,
    /// Where immutable pieces are read: `dax://HOST:PORT` or `daxs://HOST:PORT`.
    pub reads: Option<String>,
}

/// Opens the store of a URL: `sqlite:PATH`, `memory:` or `dynamodb://TABLE?region=REGION&endpoint=URL`.
///
/// # Errors
/// [`StoreError::UnknownUrl`] for any other; else as [`SqliteStore::open`] and [`DynamoStore::open`].
pub async fn open(url: &str, options: &OpenOptions) -> Result<Arc<dyn Store>, StoreError> {
    match url.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => Ok(Arc::new(SqliteStore::open(Path::new(path)).await?)),
        Some(("memory", "")) => Ok(Arc::new(MemoryStore::new())),
        Some(("dynamodb", _)) => Ok(Arc::new(DynamoStore::open(DynamoOptions::of_url(url, options)?).await?)),
        _ => Err(StoreError::UnknownUrl(url.to_owned())),
    }
}
