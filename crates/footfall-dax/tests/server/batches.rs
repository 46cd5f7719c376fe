//! Batches: many items, each by itself.

use crate::backend::{Backend, Gate, Memory, Reply};
use crate::world::{World, item, key, put, until, value_in};
use footfall_dax::wire::model::*;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn batch(keys: &[u32]) -> Request {
    let keys = KeysAndProjection { keys: keys.iter().map(|sk| key(*sk)).collect(), ..KeysAndProjection::default() };
    Request::BatchGetItem(BatchGetItem { tables: [("t".to_owned(), keys)].into(), ..BatchGetItem::default() })
}

fn values(output: &BatchGetOutput) -> Vec<String> {
    output.items["t"].iter().map(|item| value_in(item)).collect()
}

#[tokio::test]
async fn what_is_kept_is_not_asked_for_and_all_the_rest_in_one_call() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    assert_eq!(dax.value(2).await, None);
    for sk in [3, 4] {
        memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": sk.to_string() }, "v": { "S": format!("v{sk}") } }));
    }
    for _ in 0..2 {
        let Ok(Response::BatchGetItem(output)) = dax.ask(&batch(&[1, 2, 3, 4, 5])).await else { panic!("items") };
        assert_eq!(values(&output), ["one", "v3", "v4"]);
        assert!(output.unprocessed.is_empty());
    }
    let keys = |sk: &str| json!({ "pk": { "S": "p" }, "sk": { "N": sk } });
    let calls = backend.calls("BatchGetItem");
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["RequestItems"]["t"]["Keys"], json!([keys("3"), keys("4"), keys("5")]));
    // What a batch read is there for a single read too.
    assert_eq!(dax.value(4).await.as_deref(), Some("v4"));
    assert_eq!(dax.value(5).await, None);
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn keys_left_for_later_are_passed_on_and_not_kept_as_missing() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let full = Arc::new(AtomicBool::new(true));
    let busy = Arc::clone(&full);
    let backend = Backend::start(move |call| {
        let key = json!({ "pk": { "S": "p" }, "sk": { "N": "2" } });
        let cut_short = call.operation == "BatchGetItem" && busy.load(Ordering::SeqCst);
        std::future::ready(if cut_short {
            Reply::Ok(json!({ "Responses": { "t": [] }, "UnprocessedKeys": { "t": { "Keys": [key] } } }))
        } else {
            table.apply(&call)
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "2" }, "v": { "S": "two" } }));
    let Ok(Response::BatchGetItem(output)) = dax.ask(&batch(&[1, 2])).await else { panic!("items") };
    assert_eq!(values(&output), Vec::<String>::new());
    assert_eq!(output.unprocessed["t"].keys, [key(2)]);
    full.store(false, Ordering::SeqCst);
    let Ok(Response::BatchGetItem(output)) = dax.ask(&batch(&[1, 2])).await else { panic!("items") };
    assert_eq!(values(&output), ["two"]);
    assert_eq!(backend.calls("BatchGetItem")[1]["RequestItems"]["t"]["Keys"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn who_waits_for_a_batch_that_leaves_the_key_for_later_reads_it_himself() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = {
        let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
        Backend::start(move |call| {
            let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
            async move {
                if call.operation != "BatchGetItem" {
                    return memory.apply(&call);
                }
                gate.wait().await;
                Reply::Ok(json!({ "Responses": {}, "UnprocessedKeys": call.body["RequestItems"] }))
            }
        })
        .await
    };
    let world = World::new(&backend).await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    let (mut first, mut second) = (world.dax().await, world.dax().await);
    let batched = tokio::spawn(async move { first.ask(&batch(&[1])).await });
    until(|| backend.count("BatchGetItem") == 1).await;
    let single = tokio::spawn(async move { second.value(1).await });
    let mut misses = 0.0;
    while misses < 2.0 {
        misses = world.metric("footfall_dax_misses_total{cache=\"item\",front=\"dax\"}").await;
    }
    assert_eq!(backend.count("GetItem"), 0, "it waits for the batch");
    gate.let_pass(1);
    assert_eq!(single.await.expect("an answer").as_deref(), Some("one"));
    assert!(matches!(batched.await.expect("an answer"), Ok(Response::BatchGetItem(output)) if output.unprocessed["t"].keys == [key(1)]));
}

/// DynamoDB refuses a batch for one of its keys. Who asked for another of them alone was told the same, though there is
/// nothing wrong with what he asked.
#[tokio::test]
async fn who_waits_for_a_batch_that_fails_does_not_fail_with_it() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = {
        let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
        Backend::start(move |call| {
            let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
            async move {
                if call.operation != "BatchGetItem" {
                    return memory.apply(&call);
                }
                gate.wait().await;
                Reply::Error(400, "ValidationException")
            }
        })
        .await
    };
    let world = World::new(&backend).await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    let (mut first, mut second) = (world.dax().await, world.dax().await);
    let batched = tokio::spawn(async move { first.refused(&batch(&[1])).await });
    until(|| backend.count("BatchGetItem") == 1).await;
    let single = tokio::spawn(async move { second.value(1).await });
    let mut misses = 0.0;
    while misses < 2.0 {
        misses = world.metric("footfall_dax_misses_total{cache=\"item\",front=\"dax\"}").await;
    }
    gate.let_pass(1);
    assert_eq!(single.await.expect("an answer").as_deref(), Some("one"));
    assert_eq!(batched.await.expect("an answer"), "ValidationException");
}

#[tokio::test]
async fn a_consistent_batch_passes_with_its_projection_and_leaves_nothing() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    let keys = KeysAndProjection { keys: vec![key(1)], consistent: true, projection: None };
    let request = Request::BatchGetItem(BatchGetItem { tables: [("t".to_owned(), keys)].into(), ..BatchGetItem::default() });
    for _ in 0..2 {
        let Ok(Response::BatchGetItem(output)) = dax.ask(&request).await else { panic!("items") };
        assert_eq!(values(&output), ["one"]);
    }
    dax.value(1).await;
    assert_eq!((backend.count("BatchGetItem"), backend.count("GetItem")), (2, 1));
}

#[tokio::test]
async fn written_items_are_kept_but_not_those_left_for_later() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(if call.operation == "BatchWriteItem" {
            // Only the first is done.
            let writes = call.body["RequestItems"]["t"].as_array().expect("writes").clone();
            table.put(writes[0]["PutRequest"]["Item"].clone());
            Reply::Ok(json!({ "UnprocessedItems": { "t": writes[1..] } }))
        } else {
            table.apply(&call)
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(3, "three")).await;
    let writes = vec![BatchWrite::Put(item(1, "one")), BatchWrite::Put(item(2, "two")), BatchWrite::Delete(key(3))];
    let request = Request::BatchWriteItem(BatchWriteItem { tables: [("t".to_owned(), writes)].into(), ..BatchWriteItem::default() });
    let Ok(Response::BatchWriteItem(output)) = dax.ask(&request).await else { panic!("an answer") };
    assert_eq!(output.unprocessed["t"], [BatchWrite::Put(item(2, "two")), BatchWrite::Delete(key(3))]);
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    assert_eq!(backend.count("GetItem"), 0);
    assert_eq!(dax.value(2).await, None);
    assert_eq!(dax.value(3).await.as_deref(), Some("three"));
    assert_eq!(backend.count("GetItem"), 1);
}
