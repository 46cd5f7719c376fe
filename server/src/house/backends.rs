//! The concrete backends, named here and nowhere else.

use super::Outside;
use crate::config::{Config, EventLogUrl, StoreUrl, secret_key};
use anyhow::Context;
use footfall_domain::Position;
use footfall_eventlog::{EventLog, LogOptions, LogStats, SqliteLog};
use footfall_processor::Said;
use footfall_store::copy::is_unfinished;
use footfall_store::{DynamoOptions, DynamoStore, OpenOptions, Registry, RollupStore, SqliteStore};
use std::os::unix::fs::DirBuilderExt;
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
    /// The same as a table of DynamoDB, where it is one: others may use it too.
    pub table: Option<Arc<DynamoStore>>,
}

pub(super) async fn event_log(config: &Config, store: &OpenedStore, outside: &Outside) -> anyhow::Result<OpenedLog> {
    let options = LogOptions {
        max_waiting_hits: config.ingest.queue_hits,
        max_file_bytes: (config.ingest.max_log_bytes > 0).then_some(config.ingest.max_log_bytes),
        known: Vec::new(),
        entropy: outside.entropy.clone(),
        ..LogOptions::default()
    };
    match config.backends.eventlog(&config.data)? {
        EventLogUrl::Sqlite(path) => {
            make_parent(&path, &config.data, "eventlog")?;
            let log = Arc::new(open_sqlite_log(&path, options, store).await?);
            Ok(OpenedLog { log: log.clone(), stats: Box::new(move || log.stats()) })
        }
    }
}

pub(super) async fn store(config: &Config, outside: &Outside) -> anyhow::Result<OpenedStore> {
    let opened = open_store(config, outside).await?;
    refuse_half_a_copy(&config.backends.store, &*opened.registry).await?;
    Ok(opened)
}

/// Refuses a store that a copy was filling when it was interrupted: hits of sites that are not in it yet would be refused,
/// and what is counted in it would be in the way of the copy.
async fn refuse_half_a_copy(url: &str, registry: &dyn Registry) -> anyhow::Result<()> {
    if is_unfinished(registry).await.context("the store cannot be read")? {
        anyhow::bail!(
            "the store {url} is half a copy: `footfall store copy` was interrupted while it filled it. Give the same command again, \
             or name the store that was copied ([backends] store)"
        );
    }
    Ok(())
}

async fn open_store(config: &Config, outside: &Outside) -> anyhow::Result<OpenedStore> {
    match config.backends.store(&config.data)? {
        StoreUrl::Sqlite(path) => {
            make_parent(&path, &config.data, "store")?;
            let store = SqliteStore::open(&path).await.with_context(|| format!("cannot open the store {}", path.display()))?;
            let store = Arc::new(store);
            Ok(OpenedStore { rollups: store.clone(), registry: store, table: None })
        }
        StoreUrl::Dynamo(url) => {
            let key = secret_key::of(config, &*outside.entropy, |words| tracing::warn!("{words}"))?;
            let reads = config.backends.reads(&config.data)?.map(str::to_owned);
            let options = DynamoOptions::of_url(&url, &OpenOptions { key: Some(key), reads })?;
            let store =
                DynamoStore::open(options).await.map_err(secret_key::explain).with_context(|| format!("cannot open the store {url}"))?;
            let store = Arc::new(store);
            Ok(OpenedStore { rollups: store.clone(), registry: store.clone(), table: Some(store) })
        }
    }
}

/// Opens the log, knowing which positions stored days have seen: an older copy of the log file is recognised by them.
async fn open_sqlite_log(path: &Path, options: LogOptions, store: &OpenedStore) -> anyhow::Result<SqliteLog> {
    let open = async |known: Vec<Position>| {
        let options = LogOptions { known, ..options.clone() };
        SqliteLog::open(path, options).await.with_context(|| format!("cannot open the event log {}", path.display()))
    };
    let unreadable = "the store cannot be read";
    if store.table.is_none() {
        let days = store.rollups.days().await.context(unreadable)?;
        return open(days.into_iter().map(|(_, stamp)| stamp.through).collect()).await;
    }
    // A table may hold the days of many logs and be too large to be read for this: what was counted from this very log is
    // noted in it by the log's epoch, which only the open log tells.
    let log = open(Vec::new()).await?;
    let said = store.registry.setting(&Said::setting(log.epoch())).await.context(unreadable)?;
    let Some(seen) = said.and_then(|said| Said::of(&said)?.through) else { return Ok(log) };
    if log.newest().borrow().is_some_and(|newest| newest.covers(seen) == Some(true)) {
        return Ok(log);
    }
    log.close().await;
    open(vec![seen]).await
}

/// Folders inside the data folder are made. One outside is the operator's: where it is missing, the path is mistyped or
/// its disk is not there, and an empty file in a new folder would hide that.
fn make_parent(path: &Path, data: &Path, setting: &str) -> anyhow::Result<()> {
    let (path, data) = (std::path::absolute(path)?, std::path::absolute(data)?);
    let Some(parent) = path.parent() else { return Ok(()) };
    if parent.starts_with(&data) {
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(parent);
        return made.with_context(|| format!("cannot create {}", parent.display()));
    }
    if parent.is_dir() {
        return Ok(());
    }
    let words = "there is no such folder; make it, mount its disk, or correct the path";
    anyhow::bail!("backends.{setting} names {}, but {}: {words}", path.display(), parent.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_store::MemoryStore;
    use footfall_store::copy::{MARK, UNFINISHED};

    #[tokio::test]
    async fn half_a_copy_is_not_served() {
        let store = MemoryStore::new();
        refuse_half_a_copy("sqlite:a", &store).await.expect("no copy");
        store.put_setting(MARK, UNFINISHED).await.expect("put");
        let error = refuse_half_a_copy("sqlite:a", &store).await.expect_err("half a copy").to_string();
        assert!(error.contains("sqlite:a is half a copy") && error.contains("the same command again"), "{error}");
        store.put_setting(MARK, b"").await.expect("put");
        refuse_half_a_copy("sqlite:a", &store).await.expect("complete");
    }

    #[test]
    fn folders_are_made_inside_the_data_folder_only() {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("data");
        make_parent(&data.join("a/b/log.db"), &data, "eventlog").expect("made");
        assert!(data.join("a/b").is_dir());
        make_parent(&root.path().join("log.db"), &data, "eventlog").expect("the folder is there");
        let error = make_parent(&root.path().join("dta/log.db"), &data, "store").expect_err("mistyped").to_string();
        assert!(error.contains("backends.store names") && error.contains("there is no such folder"), "{error}");
        assert!(!root.path().join("dta").exists());
    }
}
