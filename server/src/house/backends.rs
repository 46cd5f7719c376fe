//! The concrete backends, named here and nowhere else.

use super::Outside;
use crate::config::{Config, EventLogUrl, StoreUrl};
use anyhow::Context;
use footfall_domain::Position;
use footfall_eventlog::{EventLog, LogOptions, LogStats, SqliteLog};
use footfall_store::{Registry, RollupStore, SqliteStore};
use std::path::Path;
use std::sync::Arc;

pub(super) type LogStatsOf = Box<dyn Fn() -> LogStats + Send + Sync>;

pub(super) struct OpenedLog {
    pub log: Arc<dyn EventLog>,
    pub stats: LogStatsOf,
}

pub(super) struct OpenedStore {
    pub rollups: Arc<dyn RollupStore>,
    pub registry: Arc<dyn Registry>,
}

pub(super) async fn event_log(config: &Config, store: &OpenedStore, outside: &Outside) -> anyhow::Result<OpenedLog> {
    let options = LogOptions {
        max_waiting_hits: config.ingest.queue_hits,
        max_file_bytes: (config.ingest.max_log_bytes > 0).then_some(config.ingest.max_log_bytes),
        known: known_positions(store).await?,
        entropy: outside.entropy.clone(),
        ..LogOptions::default()
    };
    match config.backends.eventlog(&config.data)? {
        EventLogUrl::Sqlite(path) => {
            make_parent(&path)?;
            let log = SqliteLog::open(&path, options).await.with_context(|| format!("cannot open the event log {}", path.display()))?;
            let log = Arc::new(log);
            Ok(OpenedLog { log: log.clone(), stats: Box::new(move || log.stats()) })
        }
    }
}

pub(super) async fn store(config: &Config) -> anyhow::Result<OpenedStore> {
    match config.backends.store(&config.data)? {
        StoreUrl::Sqlite(path) => {
            make_parent(&path)?;
            let store = SqliteStore::open(&path).await.with_context(|| format!("cannot open the store {}", path.display()))?;
            let store = Arc::new(store);
            Ok(OpenedStore { rollups: store.clone(), registry: store })
        }
    }
}

/// The positions that stored days have seen: an older copy of the log file is recognised by them.
async fn known_positions(store: &OpenedStore) -> anyhow::Result<Vec<Position>> {
    let days = store.rollups.days().await.context("the store cannot be read")?;
    Ok(days.into_iter().map(|(_, stamp)| stamp.through).collect())
}

/// A backend may stand outside the data folder.
fn make_parent(path: &Path) -> anyhow::Result<()> {
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => std::fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display())),
        None => Ok(()),
    }
}
