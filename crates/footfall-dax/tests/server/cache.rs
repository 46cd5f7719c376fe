//! What Amazon's developer guide says of DAX's caches.

use crate::backend::{Backend, Memory, Reply};
use crate::client::post;
use crate::world::{World, delete, key, path, put, query, read, text};
use footfall_dax::wire::expr::Path;
use footfall_dax::wire::model::*;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn what_was_written_is_read_without_asking_dynamodb() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    dax.write(&delete(1)).await;
    assert_eq!(dax.value(1).await, None);
    assert_eq!(backend.count("GetItem"), 0);
    assert_eq!(memory.item(&json!({ "pk": { "S": "p" }, "sk": { "N": "1" } })), None);
}

#[tokio::test]
async fn an_item_is_read_once_until_its_time_is_over() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| config.item_ttl = Duration::from_secs(300)).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "old" } }));
    assert_eq!(dax.value(1).await.as_deref(), Some("old"));
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "new" } }));
    world.advance(299);
    assert_eq!(dax.value(1).await.as_deref(), Some("old"));
    assert_eq!(backend.count("GetItem"), 1);
    world.advance(1);
    assert_eq!(dax.value(1).await.as_deref(), Some("new"));
    assert_eq!(backend.count("GetItem"), 2);
}

#[tokio::test]
async fn a_ttl_of_zero_keeps_items_for_ever_and_pages_not_at_all() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| (config.item_ttl, config.query_ttl) = (Duration::ZERO, Duration::ZERO)).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    world.advance(10_000_000);
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    assert_eq!(backend.count("GetItem"), 0);
    for _ in 0..3 {
        assert_eq!(dax.page(query()).await, ["one"]);
    }
    assert_eq!(backend.count("Query"), 3);
}

#[tokio::test]
async fn that_there_is_nothing_is_kept_too() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    for _ in 0..3 {
        assert_eq!(dax.value(1).await, None);
    }
    assert_eq!(backend.count("GetItem"), 1);
    assert_eq!(world.metric("footfall_dax_negative_hits_total{cache=\"item\",front=\"dax\"}").await, 2.0);
    dax.write(&put(1, "one")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
}

#[tokio::test]
async fn a_consistent_read_passes_and_leaves_nothing() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "changed elsewhere" } }));
    let consistent = GetItem { consistent: true, ..read(1) };
    assert_eq!(dax.value_of(consistent.clone()).await.as_deref(), Some("changed elsewhere"));
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    assert_eq!(backend.calls("GetItem")[0]["ConsistentRead"], json!(true));

    assert_eq!(dax.value_of(GetItem { consistent: true, ..read(2) }).await, None);
    assert_eq!(dax.value(2).await, None);
    assert_eq!(backend.count("GetItem"), 3);
}

#[tokio::test]
async fn a_query_shows_its_old_page_whatever_is_written_until_its_time_is_over() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| config.query_ttl = Duration::from_secs(60)).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    assert_eq!(dax.page(query()).await, ["one"]);
    dax.write(&put(1, "two")).await;
    dax.write(&put(2, "more")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("two"));
    assert_eq!(dax.page(query()).await, ["one"]);
    world.advance(60);
    assert_eq!(dax.page(query()).await, ["two", "more"]);
    assert_eq!(backend.count("Query"), 2);
}

#[tokio::test]
async fn a_scan_shows_its_old_page_too() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| config.query_ttl = Duration::from_secs(60)).await;
    let mut dax = world.dax().await;
    let scan = |consistent| {
        let options = ReadOptions { consistent, ..ReadOptions::default() };
        Request::Scan(Scan { table: "t".into(), options, ..Scan::default() })
    };
    let mut count = async |consistent| match dax.ask(&scan(consistent)).await {
        Ok(Response::Page(page)) => page.count,
        other => panic!("{other:?}"),
    };
    assert_eq!(count(false).await, 0);
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    assert_eq!(count(false).await, 0);
    assert_eq!(count(true).await, 1);
    assert_eq!(count(false).await, 0);
    world.advance(60);
    assert_eq!(count(false).await, 1);
    assert_eq!(backend.count("Scan"), 3);
}

#[tokio::test]
async fn every_page_is_an_entry_of_its_own_and_a_consistent_query_none() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    let with = |options: ReadOptions| Query { options, ..query() };
    let pages = [
        query(),
        with(ReadOptions { limit: Some(1), ..ReadOptions::default() }),
        with(ReadOptions { limit: Some(2), ..ReadOptions::default() }),
        with(ReadOptions { start: Some(key(1)), ..ReadOptions::default() }),
        with(ReadOptions { projection: Some(vec![path("v")]), ..ReadOptions::default() }),
        Query { forward: false, ..query() },
    ];
    for _ in 0..2 {
        for page in &pages {
            assert_eq!(dax.page(page.clone()).await.len(), 0);
        }
    }
    assert_eq!(backend.count("Query"), pages.len());
    for _ in 0..2 {
        dax.page(with(ReadOptions { consistent: true, ..ReadOptions::default() })).await;
    }
    assert_eq!(backend.count("Query"), pages.len() + 2);
}

#[tokio::test]
async fn queries_do_not_fill_the_item_cache_nor_items_the_query_cache() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" } }));
    dax.page(query()).await;
    dax.value(1).await;
    assert_eq!((backend.count("Query"), backend.count("GetItem")), (1, 1));
}

#[tokio::test]
async fn a_projection_is_made_of_the_whole_item_that_is_kept() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "one" }, "w": { "S": "two" } }));
    let some = Request::GetItem(GetItem { projection: Some(vec![path("w"), path("absent")]), ..read(1) });
    let Ok(Response::GetItem(output)) = dax.ask(&some).await else { panic!("an item") };
    assert_eq!(output.item.as_deref(), Some(&[("w".to_owned(), text("two"))].into()));
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    assert_eq!(backend.calls("GetItem"), [json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": "1" } } })]);
}

/// DynamoDB refuses such a projection; a hit must not hide that.
#[tokio::test]
async fn a_projection_that_contradicts_itself_is_handed_on() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    for paths in [vec![path("v"), path("w"), path("v")], vec![path("v"), Path([path("v").0, path("w").0].concat())]] {
        let get = Request::GetItem(GetItem { projection: Some(paths), ..read(1) });
        drop(dax.ask(&get).await);
    }
    assert_eq!(backend.count("GetItem"), 2);
    assert!(backend.calls("GetItem").iter().all(|call| call["ProjectionExpression"].is_string()));
}

#[tokio::test]
async fn one_number_in_two_spellings_is_one_key() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    for spelling in ["1", "1.0", "10E-1", "0.1e1", "1.000"] {
        let body = json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": spelling } } });
        assert_eq!(post(world.address, "GetItem", body).await.status, 200);
    }
    assert_eq!(world.dax().await.value(1).await, None);
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn errors_are_not_kept() {
    let memory = Memory::new();
    let fails = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let (table, failing) = (Arc::clone(&memory), Arc::clone(&fails));
    let backend = Backend::start(move |call| {
        let fails = failing.load(std::sync::atomic::Ordering::SeqCst) && call.operation != "DescribeTable";
        std::future::ready(if fails { Reply::Error(400, "AccessDeniedException") } else { table.apply(&call) })
    })
    .await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    assert_eq!(dax.refused(&Request::GetItem(read(1))).await, "AccessDeniedException");
    assert_eq!(dax.refused(&Request::Query(query())).await, "AccessDeniedException");
    fails.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(dax.value(1).await, None);
    assert!(dax.page(query()).await.is_empty());
}

#[tokio::test]
async fn memory_is_bounded_and_what_is_used_stays() {
    const BOUND: usize = 256 << 10;
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| (config.item_bytes, config.query_bytes) = (BOUND, BOUND)).await;
    let mut dax = world.dax().await;
    dax.write(&put(0, "hot")).await;
    for sk in 1..1000 {
        dax.write(&put(sk, "cold")).await;
        assert_eq!(dax.value(0).await.as_deref(), Some("hot"));
    }
    assert_eq!(backend.count("GetItem"), 0);
    // Pages of nothing: one of everything would be larger than all may be together.
    memory.clear();
    for sk in 0..100 {
        dax.page(Query { options: ReadOptions { start: Some(key(sk)), ..ReadOptions::default() }, ..query() }).await;
    }
    for cache in ["item", "query"] {
        let bytes = world.metric(&format!("footfall_dax_cache_bytes{{cache=\"{cache}\"}}")).await;
        assert!(bytes > 0.8 * BOUND as f64 && bytes <= BOUND as f64, "{cache}: {bytes}");
        assert!(world.metric(&format!("footfall_dax_evictions_total{{cache=\"{cache}\"}}")).await > 0.0);
    }
    dax.value(1).await;
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn over_http_a_hit_costs_nothing_and_says_so_only_when_asked() {
    let memory = Memory::new();
    let table = Arc::clone(&memory);
    let backend = Backend::start(move |call| {
        let reply = match (table.apply(&call), call.body["ReturnConsumedCapacity"].as_str()) {
            (Reply::Ok(mut body), Some("TOTAL")) => {
                body["ConsumedCapacity"] = json!({ "TableName": "t", "CapacityUnits": 0.5 });
                Reply::Ok(body)
            }
            (reply, _) => reply,
        };
        std::future::ready(reply)
    })
    .await;
    let world = World::new(&backend).await;
    let get = json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": "1" } }, "ReturnConsumedCapacity": "TOTAL" });
    for units in [0.5, 0.0, 0.0] {
        let answer = post(world.address, "GetItem", get.clone()).await.json();
        assert_eq!(answer, json!({ "ConsumedCapacity": { "TableName": "t", "CapacityUnits": units } }));
    }
    let asks_nothing = json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": "1" } } });
    assert_eq!(post(world.address, "GetItem", asks_nothing).await.json(), json!({}));
}
