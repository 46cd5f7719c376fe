//! What a write leaves in the cache.

use crate::backend::{Backend, Memory, Reply};
use crate::client::{post, post_with};
use crate::world::{World, item, key, put, text, update};
use footfall_dax::wire::expr::Condition;
use footfall_dax::wire::model::*;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

#[tokio::test]
async fn an_update_keeps_the_whole_new_item() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "old" }, "w": { "S": "kept" } }));
    assert_eq!(dax.write(&update(1, "a", ReturnValues::None)).await, None);
    let updated = dax.write(&update(1, "b", ReturnValues::UpdatedNew)).await;
    assert_eq!(updated, Some([("v".to_owned(), text("b"))].into()));
    let mut whole = item(1, "c");
    whole.insert("w".into(), text("kept"));
    assert_eq!(dax.write(&update(1, "c", ReturnValues::AllNew)).await, Some(whole.clone()));
    assert_eq!(dax.value(1).await.as_deref(), Some("c"));
    assert_eq!(backend.count("GetItem"), 0);
    assert!(backend.calls("UpdateItem").iter().all(|call| call["ReturnValues"] == "ALL_NEW"));
}

#[tokio::test]
async fn an_update_that_answers_the_old_item_leaves_the_new_one_to_be_read() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "old")).await;
    assert_eq!(dax.write(&update(1, "new", ReturnValues::AllOld)).await, Some(item(1, "old")));
    for _ in 0..2 {
        assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    }
    assert_eq!(backend.count("GetItem"), 1);
    assert_eq!(backend.calls("GetItem")[0]["ConsistentRead"], json!(true));
}

#[tokio::test]
async fn a_failed_condition_lets_the_next_reader_see_why() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    assert_eq!(dax.value(1).await, None);
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "made elsewhere" } }));
    let options = WriteOptions { condition: Some(Condition::NotExists(crate::world::path("pk"))), ..WriteOptions::default() };
    let create = Request::PutItem(PutItem { table: "t".into(), item: item(1, "mine"), options });
    assert_eq!(dax.refused(&create).await, "ConditionalCheckFailedException");
    assert_eq!(dax.value(1).await.as_deref(), Some("made elsewhere"));
}

#[tokio::test]
async fn a_write_dynamodb_throttles_is_repeated_and_one_it_fails_is_not() {
    let memory = Memory::new();
    let left = Arc::new(AtomicU32::new(2));
    let (table, throttled) = (Arc::clone(&memory), Arc::clone(&left));
    let backend = Backend::start(move |call| {
        std::future::ready(match call.operation.as_str() {
            "PutItem" if throttled.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() => {
                Reply::Error(400, "ProvisionedThroughputExceededException")
            }
            "DeleteItem" => Reply::Error(500, "InternalServerError"),
            _ => table.apply(&call),
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    assert_eq!(backend.count("PutItem"), 3);
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    assert_eq!(dax.refused(&crate::world::delete(1)).await, "InternalServerError");
    assert_eq!(backend.count("DeleteItem"), 1);
    left.store(9, Ordering::SeqCst);
    assert_eq!(dax.refused(&put(1, "two")).await, "ProvisionedThroughputExceededException");
    assert_eq!(backend.count("PutItem"), 6);
}

#[tokio::test]
async fn a_refused_write_changes_nothing_that_is_kept() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        let refused = call.operation == "PutItem" && call.body["Item"]["v"] == json!({ "S": "bad" });
        std::future::ready(if refused { Reply::Error(400, "ValidationException") } else { table.apply(&call) })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "good")).await;
    assert_eq!(dax.refused(&put(1, "bad")).await, "ValidationException");
    assert_eq!(dax.value(1).await.as_deref(), Some("good"));
    assert_eq!(backend.count("GetItem"), 0);
}

#[tokio::test]
async fn a_read_is_repeated_when_dynamodb_fails() {
    let memory = Memory::new();
    let left = AtomicU32::new(2);
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        let fails =
            call.operation == "GetItem" && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        std::future::ready(if fails { Reply::Error(500, "InternalServerError") } else { table.apply(&call) })
    })
    .await;
    let world = World::new(&backend).await;
    assert_eq!(world.dax().await.value(1).await, None);
    assert_eq!(backend.count("GetItem"), 3);
    assert_eq!(world.metric("footfall_dax_upstream_retries_total").await, 2.0);
}

#[tokio::test]
async fn a_transaction_makes_its_keys_be_read_anew() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    dax.write(&put(2, "two")).await;
    let write = |action| TransactWrite { table: "t".into(), action, condition: None, old_on_failure: false };
    let writes = vec![write(TransactAction::Put(item(1, "new"))), write(TransactAction::Delete(key(2)))];
    let answer = dax.ask(&Request::TransactWriteItems(TransactWriteItems { writes, ..TransactWriteItems::default() })).await;
    assert!(matches!(answer, Ok(Response::TransactWriteItems(_))), "{answer:?}");
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    assert_eq!(dax.value(2).await, None);
    assert!(backend.calls("GetItem").iter().all(|call| call["ConsistentRead"] == json!(true)));
}

#[tokio::test]
async fn a_transaction_that_reads_passes_and_leaves_nothing() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    let get = TransactGet { table: "t".into(), key: key(1), projection: None };
    let request = Request::TransactGetItems(TransactGetItems { gets: vec![get], ..TransactGetItems::default() });
    for _ in 0..2 {
        let Ok(Response::TransactGetItems(output)) = dax.ask(&request).await else { panic!("items") };
        assert_eq!(output.items, [Some(item(1, "one"))]);
    }
    dax.value(1).await;
    assert_eq!((backend.count("TransactGetItems"), backend.count("GetItem")), (2, 1));
}

#[tokio::test]
async fn a_write_of_the_old_style_is_handed_on_and_its_item_read_anew() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(match call.operation.as_str() {
            "UpdateItem" => {
                table.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "new" } }));
                Reply::Ok(json!({}))
            }
            _ => table.apply(&call),
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "old")).await;
    dax.write(&put(2, "other")).await;
    let old_style = json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": "1" } }, "AttributeUpdates": { "v": { "Value": { "S": "new" } } } });
    assert_eq!(post(world.address, "UpdateItem", old_style.clone()).await.status, 200);
    assert_eq!(backend.calls("UpdateItem"), [old_style]);
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    assert_eq!(dax.value(2).await.as_deref(), Some("other"));
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn a_statement_that_writes_makes_its_tables_be_read_anew() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(match call.operation.as_str() {
            "ExecuteStatement" => {
                table.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "new" } }));
                Reply::Ok(json!({ "Items": [] }))
            }
            _ => table.apply(&call),
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "old")).await;
    let statement = json!({ "Statement": "UPDATE \"t\" SET v = 'new' WHERE pk = 'p' AND sk = 1" });
    let answer = post(world.address, "ExecuteStatement", statement).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "Items": [] })));
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
}

#[tokio::test]
async fn what_dynamodb_refuses_it_refuses_in_its_own_words() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let answer = post(world.address, "NoSuchOperation", json!({})).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["message"], "as told");
    let answer = post_with(world.address, "GetItem", "{\"TableName\": \"absent\", \"Key\": {\"pk\": {\"S\": \"p\"}}}", "").await;
    assert_eq!((answer.status, answer.json()["message"].as_str()), (400, Some("as told")));
}
