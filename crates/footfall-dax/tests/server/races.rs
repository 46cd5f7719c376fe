//! Reads and writes at the same time.

use crate::backend::{Backend, Gate, Memory, Reply};
use crate::client::{frame, preamble};
use crate::world::{World, delete, put, query, read, until, update};
use footfall_dax::wire::model::*;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// A backend that makes one operation wait at a gate, after it has seen (or changed) the table.
async fn gated(memory: &Arc<Memory>, gate: &Arc<Gate>, operation: &'static str) -> Backend {
    let (memory, gate) = (Arc::clone(memory), Arc::clone(gate));
    Backend::start(move |call| {
        let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
        async move {
            let reply = memory.apply(&call);
            if call.operation == operation {
                gate.wait().await;
            }
            reply
        }
    })
    .await
}

#[tokio::test]
async fn many_who_miss_one_key_cost_one_read() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = gated(&memory, &gate, "GetItem").await;
    let world = World::new(&backend).await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let address = world.address;
            tokio::spawn(async move { crate::client::Dax::connect(address).await.value(1).await })
        })
        .collect();
    // Everybody has asked and missed.
    let mut misses = 0.0;
    while misses < 50.0 {
        misses = world.metric("footfall_dax_misses_total{cache=\"item\",front=\"dax\"}").await;
    }
    gate.let_pass(1);
    for reader in readers {
        assert_eq!(reader.await.expect("a value").as_deref(), Some("one"));
    }
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn many_who_miss_one_page_cost_one_query() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = gated(&memory, &gate, "Query").await;
    let world = World::new(&backend).await;
    let readers: Vec<_> = (0..20)
        .map(|_| {
            let address = world.address;
            tokio::spawn(async move { crate::client::Dax::connect(address).await.page(query()).await })
        })
        .collect();
    let mut misses = 0.0;
    while misses < 20.0 {
        misses = world.metric("footfall_dax_misses_total{cache=\"query\",front=\"dax\"}").await;
    }
    gate.let_pass(1);
    for reader in readers {
        reader.await.expect("a page");
    }
    assert_eq!(backend.count("Query"), 1);
}

#[tokio::test]
async fn who_began_a_read_may_leave_and_others_get_it() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = gated(&memory, &gate, "GetItem").await;
    let world = World::new(&backend).await;
    let mut leaver = TcpStream::connect(world.address).await.expect("a connection");
    leaver.write_all(&[preamble(), frame(&Request::GetItem(read(1)))].concat()).await.expect("written");
    until(|| backend.count("GetItem") == 1).await;
    let mut dax = world.dax().await;
    let other = tokio::spawn(async move { dax.value(1).await });
    let mut misses = 0.0;
    while misses < 2.0 {
        misses = world.metric("footfall_dax_misses_total{cache=\"item\",front=\"dax\"}").await;
    }
    drop(leaver);
    gate.let_pass(1);
    assert_eq!(other.await.expect("an answer"), None);
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn a_read_overtaken_by_a_write_does_not_bring_the_old_value_back() {
    for write in [put(1, "new"), update(1, "new", ReturnValues::AllOld), update(1, "new", ReturnValues::None)] {
        let (memory, gate) = (Memory::new(), Gate::closed());
        let backend = gated(&memory, &gate, "GetItem").await;
        let world = World::new(&backend).await;
        memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "old" } }));
        let mut slow = world.dax().await;
        let overtaken = tokio::spawn(async move { slow.value(1).await });
        until(|| backend.count("GetItem") == 1).await;

        let mut dax = world.dax().await;
        dax.write(&write).await;
        gate.let_pass(1000);
        // It began before the write: either value is right.
        assert_eq!(overtaken.await.expect("an answer").as_deref(), Some("old"));
        for _ in 0..3 {
            assert_eq!(dax.value(1).await.as_deref(), Some("new"), "{write:?}");
        }
    }
}

/// Who asks after a write must not wait with those who asked before.
#[tokio::test]
async fn a_read_after_a_write_does_not_join_one_from_before() {
    for begun_during in [false, true] {
        let (memory, writes, reads) = (Memory::new(), Gate::closed(), Gate::closed());
        let first = Arc::new(AtomicBool::new(true));
        let backend = {
            let (memory, writes, reads) = (Arc::clone(&memory), Arc::clone(&writes), Arc::clone(&reads));
            Backend::start(move |call| {
                let (memory, writes, reads, first) = (Arc::clone(&memory), Arc::clone(&writes), Arc::clone(&reads), Arc::clone(&first));
                async move {
                    if call.operation == "UpdateItem" {
                        writes.wait().await;
                    }
                    let reply = memory.apply(&call);
                    if call.operation == "GetItem" && first.swap(false, Ordering::SeqCst) {
                        reads.wait().await;
                    }
                    reply
                }
            })
            .await
        };
        let world = World::new(&backend).await;
        memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "old" } }));
        let (mut reader, mut writer) = (world.dax().await, world.dax().await);
        let read = async || until(|| backend.count("GetItem") == 1).await;
        let write = async || until(|| backend.count("UpdateItem") == 1).await;
        let (slow, writing);
        if begun_during {
            writing = tokio::spawn(async move { writer.write(&update(1, "new", ReturnValues::AllOld)).await });
            write().await;
            slow = tokio::spawn(async move { reader.value(1).await });
            read().await;
        } else {
            slow = tokio::spawn(async move { reader.value(1).await });
            read().await;
            writing = tokio::spawn(async move { writer.write(&update(1, "new", ReturnValues::AllOld)).await });
            write().await;
        }
        writes.let_pass(1);
        writing.await.expect("written");
        let mut dax = world.dax().await;
        assert_eq!(dax.value(1).await.as_deref(), Some("new"));
        reads.let_pass(1);
        assert_eq!(slow.await.expect("an answer").as_deref(), Some("old"));
        assert_eq!(dax.value(1).await.as_deref(), Some("new"));
        assert_eq!(backend.count("GetItem"), 2);
    }
}

#[tokio::test]
async fn a_read_during_a_write_is_not_kept() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let open = Arc::new(AtomicBool::new(false));
    let backend = {
        let (memory, gate, open) = (Arc::clone(&memory), Arc::clone(&gate), Arc::clone(&open));
        Backend::start(move |call| {
            let (memory, gate, open) = (Arc::clone(&memory), Arc::clone(&gate), Arc::clone(&open));
            async move {
                if call.operation == "PutItem" && !open.load(Ordering::SeqCst) {
                    gate.wait().await;
                }
                memory.apply(&call)
            }
        })
        .await
    };
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    let mut writer = world.dax().await;
    // Its name has a number: the write itself is all that waits.
    let number = writer.number_of(vec!["v".into()]).await;
    writer.names.lists.add(number, vec!["v".into()]).expect("a number");
    let write = tokio::spawn(async move { writer.write(&put(1, "new")).await });
    until(|| backend.count("PutItem") == 1).await;
    for _ in 0..2 {
        assert_eq!(dax.value(1).await, None);
    }
    assert_eq!(backend.count("GetItem"), 2, "neither was kept");
    gate.let_pass(1);
    write.await.expect("written");
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    assert_eq!(backend.count("GetItem"), 2);
}

#[tokio::test]
async fn of_two_writes_at_once_neither_is_believed() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = gated(&memory, &gate, "PutItem").await;
    let world = World::new(&backend).await;
    let writes = ["first", "second"].map(|v| {
        let address = world.address;
        tokio::spawn(async move { crate::client::Dax::connect(address).await.write(&put(1, v)).await })
    });
    until(|| backend.count("PutItem") == 2).await;
    gate.let_pass(2);
    for write in writes {
        write.await.expect("written");
    }
    let truth = memory.item(&json!({ "pk": { "S": "p" }, "sk": { "N": "1" } })).expect("an item");
    let mut dax = world.dax().await;
    for _ in 0..2 {
        assert_eq!(dax.value(1).await.as_deref(), truth["v"]["S"].as_str());
    }
    assert_eq!(backend.calls("GetItem").len(), 1);
    assert_eq!(backend.calls("GetItem")[0]["ConsistentRead"], json!(true), "so soon after a write only such a read is sure");
}

#[tokio::test]
async fn a_write_goes_on_when_its_caller_leaves() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = gated(&memory, &gate, "DeleteItem").await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    let mut leaver = TcpStream::connect(world.address).await.expect("a connection");
    leaver.write_all(&[preamble(), frame(&delete(1))].concat()).await.expect("written");
    until(|| backend.count("DeleteItem") == 1).await;
    drop(leaver);
    gate.let_pass(1);
    let mut value = Some(String::new());
    while value.is_some() {
        value = dax.value(1).await;
    }
    assert_eq!(backend.count("GetItem"), 0);
}

/// Backends that answer a write with nothing: it may have been done or not.
#[tokio::test]
async fn after_a_write_of_unknown_outcome_nothing_is_kept_for_a_while() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        std::future::ready(match call.operation.as_str() {
            "PutItem" => Reply::Cut,
            _ => table.apply(&call),
        })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    assert_eq!(dax.value(1).await, None);
    assert_eq!(dax.refused(&put(1, "new")).await, "InternalServerError");
    assert_eq!(backend.count("PutItem"), 1, "a write that may be done is not repeated");
    assert_eq!(dax.value(1).await, None);
    // It arrives late.
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "new" } }));
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    assert_eq!(backend.count("GetItem"), 3);
    world.advance(30);
    for _ in 0..3 {
        assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    }
    assert_eq!(backend.count("GetItem"), 4);
}

/// Two writes, the second after the first was given up: the first may still be done after the second.
#[tokio::test]
async fn a_write_that_succeeds_is_not_believed_while_an_older_one_may_still_arrive() {
    let memory = Memory::new();
    let cut = Arc::new(AtomicBool::new(true));
    let (table, cutting) = (Arc::clone(&memory), Arc::clone(&cut));
    let backend = Backend::start(move |call| {
        let cuts = call.operation == "PutItem" && cutting.swap(false, Ordering::SeqCst);
        std::future::ready(if cuts { Reply::Cut } else { table.apply(&call) })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    assert_eq!(dax.refused(&put(1, "first")).await, "InternalServerError");
    dax.write(&put(1, "second")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("second"));
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "first" } }));
    assert_eq!(dax.value(1).await.as_deref(), Some("first"));
}
