//! Every backend behaves like a log.

use async_trait::async_trait;
use footfall_eventlog::conformance::{self, Home};
use footfall_eventlog::{EventLog, LogOptions, MemoryLog, SqliteLog};
use std::sync::Arc;
use tempfile::TempDir;

struct Folder(TempDir);

#[async_trait]
impl Home for Folder {
    async fn open(&mut self) -> Arc<dyn EventLog> {
        Arc::new(SqliteLog::open(&self.0.path().join("log.db"), LogOptions::default()).await.expect("opens"))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sqlite_log_conforms() {
    conformance::all(|| Folder(TempDir::new().expect("a folder"))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_memory_log_conforms() {
    conformance::all(MemoryLog::new).await;
}
