//! Where the stores live.

use async_trait::async_trait;
use footfall_store::conformance::Home;
use footfall_store::{SqliteStore, Store};
use footfall_testkit::TestFolder;
use std::sync::Arc;

/// SQLite files in a folder.
pub struct Folder(TestFolder);

impl Folder {
    pub fn new() -> Self {
        Self(TestFolder::new())
    }
}

#[async_trait]
impl Home for Folder {
    async fn open(&mut self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open(&self.0.file("footfall.db")).await.expect("opens"))
    }
}
