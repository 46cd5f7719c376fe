//! It behaves like every store, read directly and through DAX.

use super::support::Place;
use footfall_domain::{LocalDate, LogicId, Position, SiteId};
use footfall_store::conformance::{self, Shape, agrees, made_rollup};
use footfall_store::{DayKey, DayStamp, Put, RollupStore};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_dynamodb_store_keeps_rollups() {
    conformance::rollups(Place::new).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_dynamodb_store_is_a_registry() {
    conformance::registry(Place::new).await;
}

/// Law 8, the store's share of it, on shapes that a suite does not think of.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn any_rollup_is_answered_as_it_would_answer_itself() {
    let (_place, store) = Place::made().await;
    for seed in 0..16_u64 {
        let rows = [0, 7, 49, 700, 999, 1_001, 1_700, 3_900][seed as usize % 8];
        let (live, log) = (seed % 3 != 0, seed % 4 != 1);
        let shape = Shape { rows, other_rows: (seed * 13 % 60) as usize, live, log, machines: (seed * 37 % 200) as usize };
        let rollup = made_rollup(seed, shape);
        let key = DayKey { site: SiteId(seed), generation: 3, date: LocalDate((seed * 2_503) as i32 - 9_000) };
        assert_eq!(store.put_day(key, stamp(seed + 1), &rollup).await, Ok(Put::Written), "{shape:?}");
        agrees(&*store, key, stamp(seed + 1), &rollup).await;
    }
}

/// First values of chunks are kept in part: values that begin alike for longer than that are found all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn long_values_that_begin_alike_are_found() {
    let (_place, store) = Place::made().await;
    let mut rollup = made_rollup(1, Shape { rows: 20, other_rows: 3, live: true, log: false, machines: 0 });
    let counts = *rollup.live.dimensions[0].values().next().expect("a row");
    let noise = |n: u64| (0..90).map(|at| format!("{:016x}", (n * 90 + at).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect::<String>();
    let alike = "/the-same-beginning".repeat(8);
    let values = (0..1_800_u64).map(|n| (format!("{alike}/{}", noise(n)), footfall_domain::Counts { pageviews: n as i64, ..counts }));
    rollup.live.dimensions[0].extend(values);
    rollup.live.dimensions[0].extend(["/a", "/z", "/the-same-beginning"].map(|value| (value.to_owned(), counts)));
    let key = DayKey { site: SiteId(1), generation: 0, date: LocalDate(1) };
    store.put_day(key, stamp(1), &rollup).await.expect("put");
    agrees(&*store, key, stamp(1), &rollup).await;
}

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: revision * 10 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}
