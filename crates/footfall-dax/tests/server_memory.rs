//! What the cache says it takes is what it takes: the bound on bytes is a bound on memory.

#![allow(missing_docs)]
#![allow(unsafe_code, reason = "an allocator that counts can be written in no other way")]

#[path = "server/backend.rs"]
#[allow(dead_code)]
mod backend;
#[path = "server/client.rs"]
#[allow(dead_code)]
mod client;
#[path = "server/world.rs"]
#[allow(dead_code)]
mod world;

use backend::{Backend, Reply};
use footfall_dax::wire::model::*;
use footfall_dax::wire::value::{Item, Value};
use serde_json::json;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use world::{World, key, number, text};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const BOUND: usize = 8 << 20;

/// An item of one of several shapes: one attribute, many, nested, sets, binary.
fn shaped(sk: u32) -> Item {
    let mut item = key(sk);
    let word = |length: u32| text(&"w".repeat(length as usize));
    match sk % 6 {
        0 => drop(item.insert("a".into(), number("1"))),
        1 => (0..30).for_each(|name| drop(item.insert(format!("attribute number {name}"), word(name)))),
        2 => drop(item.insert("l".into(), Value::L((0..40).map(|place| number(&place.to_string())).collect()))),
        3 => {
            let inner = (0..15).map(|name| (format!("k{name}"), Value::M([("x".to_owned(), Value::Null)].into()))).collect();
            item.insert("m".into(), Value::M(inner));
        }
        4 => {
            item.insert("ss".into(), Value::Ss((0..10).map(|place| format!("member {place}")).collect()));
            item.insert("b".into(), Value::B(vec![7; 300].into()));
        }
        _ => drop(item.insert("large".into(), word(2000))),
    }
    item
}

#[tokio::test]
async fn memory_stays_within_the_bound() {
    let backend = Backend::start(|call| {
        std::future::ready(match call.operation.as_str() {
            "DescribeTable" => Reply::Ok(json!({ "Table": {
                "TableId": "1",
                "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" }],
                "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" }],
            } })),
            _ => Reply::Ok(json!({})),
        })
    })
    .await;
    let world = World::with(&backend, |config| (config.item_bytes, config.query_bytes) = (BOUND, 1 << 20)).await;
    let mut dax = world.dax().await;
    // Lists of names and buffers are there before the count begins.
    for sk in 0..12 {
        dax.write(&Request::PutItem(PutItem { table: "t".into(), item: shaped(sk), ..PutItem::default() })).await;
    }
    backend.forget();
    let before = LIVE.load(Ordering::Relaxed);
    let counted_before = world.metric("footfall_dax_cache_bytes{cache=\"item\"}").await;
    for sk in 12..9000 {
        dax.write(&Request::PutItem(PutItem { table: "t".into(), item: shaped(sk), ..PutItem::default() })).await;
        // Once read over DAX an entry holds its bytes too.
        if sk % 2 == 0 {
            let get = Request::GetItem(GetItem { table: "t".into(), key: key(sk), ..GetItem::default() });
            assert!(matches!(dax.ask(&get).await, Ok(Response::GetItem(output)) if output.item.is_some()));
        }
        if sk % 500 == 0 {
            backend.forget();
        }
    }
    backend.forget();
    let counted = world.metric("footfall_dax_cache_bytes{cache=\"item\"}").await;
    let taken = (LIVE.load(Ordering::Relaxed) - before) as f64;
    assert!(world.metric("footfall_dax_evictions_total{cache=\"item\"}").await > 0.0, "it was full");
    assert!(counted <= BOUND as f64, "{counted}");
    assert!(taken <= counted - counted_before, "takes {taken}, counts {}", counted - counted_before);
    // And the count is not so careful that most of the room is lost.
    assert!(taken >= 0.4 * (counted - counted_before), "takes {taken}, counts {}", counted - counted_before);
}
