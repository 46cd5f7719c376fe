//! Every backend behaves like a store, and gives the same answers.

use async_trait::async_trait;
use footfall_domain::{LocalDate, LogicId, Position, SiteId};
use footfall_store::conformance::{self, Home, Shape, agrees, made_rollup};
use footfall_store::{DayKey, DayStamp, MemoryStore, Put, RollupStore, SqliteStore, Store};
use proptest::prelude::*;
use std::sync::Arc;
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }
}

#[async_trait]
impl Home for Folder {
    async fn open(&mut self) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open(&self.0.path().join("footfall.db")).await.expect("opens"))
    }
}

fn memory() -> Arc<MemoryStore> {
    Arc::new(MemoryStore::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sqlite_store_keeps_rollups() {
    conformance::rollups(Folder::new).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sqlite_store_is_a_registry() {
    conformance::registry(Folder::new).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_memory_store_keeps_rollups() {
    conformance::rollups(memory).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_memory_store_is_a_registry() {
    conformance::registry(memory).await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Law 8, the store's share of it: whatever the rollup, both backends answer as the rollup itself would.
    #[test]
    fn any_rollup_is_answered_as_it_would_answer_itself(
        seed: u64,
        rows in prop_oneof![0..50usize, 900..1_100usize, 1_500..4_000usize],
        other_rows in 0..60usize,
        live: bool,
        log: bool,
        machines in 0..200usize,
    ) {
        let rollup = made_rollup(seed, Shape { rows, other_rows, live, log, machines });
        let key = DayKey { site: SiteId(seed >> 1), generation: 3, date: LocalDate((seed % 40_000) as i32) };
        let through = Position { epoch: seed, partition: 1, offset: seed >> 1 };
        let stamp = DayStamp { revision: seed % 1_000 + 1, logic: LogicId([7; 16]), through, newest_hit: None };
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let mut folder = Folder::new();
            let sqlite = folder.open().await;
            let stores: [Arc<dyn RollupStore>; 2] = [sqlite, memory()];
            for store in stores {
                assert_eq!(store.put_day(key, stamp, &rollup).await, Ok(Put::Written));
                agrees(&*store, key, stamp, &rollup).await;
            }
        });
    }
}
