//! Writes the server does not understand item by item: what they leave in the cache must be true all the same.

use crate::backend::{Backend, Gate, Memory, Reply};
use crate::client::{post, post_with};
use crate::world::{World, put, until};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn stored(v: &str) -> Json {
    json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": v } })
}

fn statement() -> Json {
    json!({ "Statement": "UPDATE \"t\" SET v = 'new' WHERE pk = 'p' AND sk = 1" })
}

/// DynamoDB Local takes bodies that our parser refuses (seen: a second document behind the first, UTF-16, a byte order
/// mark, half a surrogate pair, very large numbers, deep nesting in unknown fields). They write all the same, and for a
/// while the cache went on showing what was there before.
#[tokio::test]
async fn a_write_in_a_body_only_dynamodb_can_read_is_seen() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(if call.operation == "PutItem" && call.body.is_null() {
            table.put(stored("new"));
            Reply::Ok(json!({}))
        } else {
            table.apply(&call)
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    let whole = json!({ "TableName": "t", "Item": stored("new") }).to_string();
    let half = whole.replace("new", "\\ud800");
    for body in [format!("{whole}{{}}"), format!("\u{feff}{whole}"), half] {
        dax.write(&put(1, "old")).await;
        assert_eq!(dax.value(1).await.as_deref(), Some("old"));
        assert_eq!(post_with(world.address, "PutItem", &body, "").await.status, 200);
        assert_eq!(dax.value(1).await.as_deref(), Some("new"), "{body}");
    }
}

#[tokio::test]
async fn after_a_statement_its_table_is_read_consistently_for_a_moment() {
    let memory = Memory::new();
    memory.put(stored("old"));
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(if call.operation == "ExecuteStatement" { Reply::Ok(json!({ "Items": [] })) } else { table.apply(&call) })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.value(1).await;
    post(world.address, "ExecuteStatement", statement()).await;
    dax.value(1).await;
    world.advance(2);
    dax.value(2).await;
    let consistent: Vec<bool> = backend.calls("GetItem").iter().map(|call| call["ConsistentRead"] == true).collect();
    assert_eq!(consistent, [false, true, false]);
}

/// A statement that got no answer may still be carried out: neither what is read nor what is written meanwhile may
/// outlive that time.
#[tokio::test]
async fn a_statement_without_an_answer_may_come_late() {
    let memory = Memory::new();
    memory.put(stored("old"));
    let table = Arc::clone(&memory);
    let backend =
        Backend::start(move |call| std::future::ready(if call.operation == "ExecuteStatement" { Reply::Cut } else { table.apply(&call) }))
            .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.value(1).await;
    assert_eq!(post(world.address, "ExecuteStatement", statement()).await.status, 500);
    assert_eq!(dax.value(1).await.as_deref(), Some("old"));
    dax.write(&put(1, "between")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("between"));
    // Now it comes.
    memory.put(stored("new"));
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    world.advance(30);
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    let before = backend.count("GetItem");
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    assert_eq!(backend.count("GetItem"), before, "then the table is cached as before");
}

/// A statement gives its table another number in the cache. A put that was under way still had the old one; who read in
/// between kept the old value under the new number, and it stayed for a whole TTL.
#[tokio::test]
async fn a_statement_beside_a_put_does_not_hide_the_put() {
    let (memory, gate, waits) = (Memory::new(), Gate::closed(), Arc::new(AtomicBool::new(false)));
    memory.put(stored("old"));
    let backend = {
        let (memory, gate, waits) = (Arc::clone(&memory), Arc::clone(&gate), Arc::clone(&waits));
        Backend::start(move |call| {
            let (memory, gate, waits) = (Arc::clone(&memory), Arc::clone(&gate), Arc::clone(&waits));
            async move {
                if call.operation == "ExecuteStatement" {
                    return Reply::Ok(json!({ "Items": [] }));
                }
                if call.operation == "PutItem" {
                    waits.store(true, Ordering::SeqCst);
                    gate.wait().await;
                }
                memory.apply(&call)
            }
        })
        .await
    };
    let world = World::new(&backend).await;
    let (mut dax, mut writer) = (world.dax().await, world.dax().await);
    assert_eq!(dax.value(1).await.as_deref(), Some("old"));
    let writing = tokio::spawn(async move { writer.write(&put(1, "put")).await });
    until(|| waits.load(Ordering::SeqCst)).await;
    post(world.address, "ExecuteStatement", statement()).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("old"));
    gate.let_pass(1);
    writing.await.expect("written");
    assert_eq!(dax.value(1).await.as_deref(), Some("put"));
}

#[tokio::test]
async fn a_failed_condition_of_the_old_style_lets_the_next_reader_see_why() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(if call.body.get("Expected").is_some() {
            Reply::Error(400, "ConditionalCheckFailedException")
        } else {
            table.apply(&call)
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "old")).await;
    memory.put(stored("past the server"));
    let old_style = json!({ "TableName": "t", "Item": stored("new"), "Expected": { "v": { "Value": { "S": "old" } } } });
    assert_eq!(post(world.address, "PutItem", old_style).await.status, 400);
    assert_eq!(dax.value(1).await.as_deref(), Some("past the server"));
}
