//! Everything at once, with a backend that fails, delays, and does writes it said nothing of: when it is quiet again, the
//! cache tells the truth about every key.

use crate::backend::{Backend, Call, Memory, Reply};
use crate::client::Dax;
use crate::world::{World, delete, item, key, put, until, update};
use footfall_dax::wire::model::*;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const WORKERS: u32 = 8;
const ROUNDS: u32 = 6;
const STEPS: u32 = 60;
/// Keys everybody writes, and whose writes fail.
const SHARED: u32 = 4;
/// Each worker's own key is this and its number: nobody else writes it, and its writes succeed.
const OWN: u32 = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cache_tells_the_truth_in_the_end() {
    let memory = Memory::new();
    let late = Arc::<AtomicUsize>::default();
    let backend = {
        let (memory, late) = (Arc::clone(&memory), Arc::clone(&late));
        Backend::start(move |call| {
            let (memory, late) = (Arc::clone(&memory), Arc::clone(&late));
            async move { moody(&memory, &late, call).await }
        })
        .await
    };
    // Little room, so that entries come and go.
    let world = World::with(&backend, |config| config.item_bytes = 12 << 10).await;
    for round in 0..ROUNDS {
        let workers: Vec<_> =
            (0..WORKERS).map(|worker| tokio::spawn(work(world.address, worker, u64::from(round * WORKERS + worker)))).collect();
        for worker in workers {
            worker.await.expect("no worker found a lie");
        }
        // What was given up has arrived by now, and the time in which it might is over.
        until(|| late.load(Ordering::SeqCst) == 0).await;
        world.advance(31);
        let mut dax = world.dax().await;
        for sk in (0..SHARED).chain(OWN..OWN + WORKERS) {
            let truth = memory.item(&json!({ "pk": { "S": "p" }, "sk": { "N": sk.to_string() } }));
            let truth = truth.as_ref().and_then(|item| item["v"]["S"].as_str());
            for _ in 0..2 {
                assert_eq!(dax.value(sk).await.as_deref(), truth, "key {sk} after round {round}");
            }
        }
    }
    assert!(world.metric("footfall_dax_evictions_total{cache=\"item\"}").await > 0.0);
    assert!(world.metric("footfall_dax_hits_total{cache=\"item\",front=\"dax\"}").await > 0.0);
}

async fn work(address: std::net::SocketAddr, worker: u32, seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut dax = Dax::connect(address).await;
    let own = OWN + worker;
    for step in 0..STEPS {
        let value = format!("{worker} {step}");
        let sk = random.u32(0..SHARED);
        // How a write ends is nobody's promise here; only that the cache is right in the end.
        match random.u8(0..12) {
            0..=3 => drop(dax.value(sk).await),
            4 => drop(dax.ask(&put(sk, &value)).await),
            5 => drop(dax.ask(&delete(sk)).await),
            6 => drop(dax.ask(&update(sk, &value, ReturnValues::None)).await),
            7 => drop(dax.ask(&update(sk, &value, ReturnValues::AllOld)).await),
            8 => drop(dax.ask(&batch_get(random.u32(0..30))).await),
            9 => drop(dax.ask(&batch_write(sk, &value)).await),
            10 => drop(dax.ask(&transaction(sk, &value)).await),
            _ => {
                dax.write(&put(own, &value)).await;
                assert_eq!(dax.value(own).await, Some(value), "who wrote reads what was written");
            }
        }
    }
}

fn batch_get(first: u32) -> Request {
    let keys = (0..SHARED).chain(1000 + first..1020 + first).map(key).collect();
    let keys = KeysAndProjection { keys, ..KeysAndProjection::default() };
    Request::BatchGetItem(BatchGetItem { tables: [("t".to_owned(), keys)].into(), ..BatchGetItem::default() })
}

fn batch_write(sk: u32, value: &str) -> Request {
    let writes = vec![BatchWrite::Put(item(sk, value)), BatchWrite::Delete(key((sk + 1) % SHARED))];
    Request::BatchWriteItem(BatchWriteItem { tables: [("t".to_owned(), writes)].into(), ..BatchWriteItem::default() })
}

fn transaction(sk: u32, value: &str) -> Request {
    let write = TransactWrite { table: "t".into(), action: TransactAction::Put(item(sk, value)), condition: None, old_on_failure: false };
    Request::TransactWriteItems(TransactWriteItems { writes: vec![write], ..TransactWriteItems::default() })
}

/// A DynamoDB on a bad day.
async fn moody(memory: &Arc<Memory>, late: &Arc<AtomicUsize>, call: Call) -> Reply {
    let pause = || Duration::from_micros(fastrand::u64(0..3000));
    let is_read = matches!(call.operation.as_str(), "GetItem" | "BatchGetItem" | "DescribeTable");
    tokio::time::sleep(pause()).await;
    let spared = is_read || is_own(&call);
    match fastrand::u8(0..10) {
        0 if !spared => Reply::Cut,
        1 if !spared => {
            // Given up by us, done by it all the same.
            let (memory, late) = (Arc::clone(memory), Arc::clone(late));
            late.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                tokio::time::sleep(pause() * 4).await;
                drop(memory.apply(&call));
                late.fetch_sub(1, Ordering::SeqCst);
            });
            Reply::Cut
        }
        2 if !spared => {
            drop(memory.apply(&call));
            Reply::Error(500, "InternalServerError")
        }
        3 if !spared => Reply::Error(400, "ValidationException"),
        4 if call.operation == "BatchGetItem" => Reply::Ok(json!({ "Responses": {}, "UnprocessedKeys": call.body["RequestItems"] })),
        _ => {
            let reply = memory.apply(&call);
            // What it read may be old when it arrives.
            tokio::time::sleep(pause()).await;
            reply
        }
    }
}

fn is_own(call: &Call) -> bool {
    let sk = call.body["Item"]["sk"]["N"].as_str().and_then(|sk| sk.parse::<u32>().ok());
    call.operation == "PutItem" && sk.is_some_and(|sk| sk >= OWN)
}
