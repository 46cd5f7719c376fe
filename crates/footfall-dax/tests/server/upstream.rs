//! Answers of DynamoDB that break off, are damaged, or never end: none is believed.

use crate::backend::{Backend, Memory, Reply, Then};
use crate::world::{World, put};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Long enough for an answer on a slow machine.
const PATIENCE: Duration = Duration::from_secs(2);

type Spoil = fn(Json) -> Reply;

/// What becomes of an answer.
const BAD: [Spoil; 3] = [
    |body| Reply::Half(body, Then::Close),
    |body| Reply::Half(body, Then::Silence),
    // What came is JSON, and not what was sent.
    |_body| Reply::Damaged(json!({ "Item": { "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "damaged" } } })),
];

/// A backend that does what it is asked, and whose first answer to an operation is spoilt.
async fn spoilt(memory: &Arc<Memory>, operation: &'static str, spoil: Spoil) -> Backend {
    let (memory, good) = (Arc::clone(memory), AtomicBool::new(false));
    Backend::start(move |call| {
        let reply = memory.apply(&call);
        std::future::ready(match reply {
            Reply::Ok(body) if call.operation == operation && !good.swap(true, Ordering::SeqCst) => spoil(body),
            reply => reply,
        })
    })
    .await
}

#[tokio::test]
async fn a_read_is_repeated_until_its_answer_is_whole() {
    for spoil in BAD {
        let memory = Memory::new();
        memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
        let backend = spoilt(&memory, "GetItem", spoil).await;
        let world = World::with(&backend, |config| config.limits.upstream = PATIENCE).await;
        let mut dax = world.dax().await;
        assert_eq!(dax.value(1).await.as_deref(), Some("one"));
        let asked = backend.count("GetItem");
        assert!(asked >= 2, "{asked}");
        assert_eq!(dax.value(1).await.as_deref(), Some("one"));
        assert_eq!(backend.count("GetItem"), asked, "the whole answer is kept");
    }
}

#[tokio::test]
async fn a_write_is_done_once_and_its_item_read_anew() {
    for spoil in BAD {
        let memory = Memory::new();
        let backend = spoilt(&memory, "PutItem", spoil).await;
        let world = World::with(&backend, |config| config.limits.upstream = PATIENCE).await;
        let mut dax = world.dax().await;
        assert_eq!(dax.value(1).await, None);
        assert_eq!(dax.refused(&put(1, "one")).await, "InternalServerError");
        assert_eq!(backend.count("PutItem"), 1);
        assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    }
}

#[tokio::test]
async fn a_schema_is_not_made_of_half_a_description() {
    for spoil in BAD {
        let memory = Memory::new();
        let backend = spoilt(&memory, "DescribeTable", spoil).await;
        let world = World::with(&backend, |config| config.limits.upstream = PATIENCE).await;
        let mut dax = world.dax().await;
        dax.write(&put(1, "one")).await;
        assert_eq!(dax.value(1).await.as_deref(), Some("one"));
        assert!(backend.count("DescribeTable") >= 2);
    }
}
