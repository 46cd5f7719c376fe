//! Key schemas: remembered, and asked for again.

use crate::backend::{Backend, Gate, Memory};
use crate::client::post;
use crate::world::{World, put, until};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test]
async fn a_schema_is_asked_for_once_a_minute_and_nobody_waits_for_it() {
    let memory = Memory::new();
    let (gate, slow) = (Gate::closed(), Arc::new(AtomicBool::new(false)));
    let backend = {
        let (memory, gate, slow) = (Arc::clone(&memory), Arc::clone(&gate), Arc::clone(&slow));
        Backend::start(move |call| {
            let (memory, gate, slow) = (Arc::clone(&memory), Arc::clone(&gate), Arc::clone(&slow));
            async move {
                if call.operation == "DescribeTable" && slow.load(Ordering::SeqCst) {
                    gate.wait().await;
                }
                memory.apply(&call)
            }
        })
        .await
    };
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    world.advance(59);
    dax.value(1).await;
    assert_eq!(backend.count("DescribeTable"), 1);
    slow.store(true, Ordering::SeqCst);
    world.advance(1);
    for _ in 0..3 {
        assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    }
    until(|| backend.count("DescribeTable") == 2).await;
    gate.let_pass(1);
}

#[tokio::test]
async fn nothing_of_a_table_is_found_in_another_of_the_same_name() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "of the old table")).await;
    memory.clear();
    memory.table_id.store(2, Ordering::SeqCst);
    // Without a word to the server: after two minutes it asks before it answers.
    world.advance(120);
    assert_eq!(dax.value(1).await, None);
}

#[tokio::test]
async fn a_table_deleted_through_the_server_is_forgotten_at_once() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "of the old table")).await;
    memory.clear();
    memory.table_id.store(2, Ordering::SeqCst);
    // The backend knows no such operation; what it says does not matter to what may have happened.
    post(world.address, "DeleteTable", json!({ "TableName": "t" })).await;
    assert_eq!(dax.value(1).await, None);
}
