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
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::model::*;
use footfall_dax::wire::requests::encode_request;
use footfall_dax::wire::value::{Item, KeySchema, KeyType, Value};
use footfall_dax::wire::{KnownNames, list_id_of};
use serde_json::json;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use world::{World, key, number, put, read, text};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
/// What is counted is the whole process's: one test at a time.
static ALONE: Mutex<()> = Mutex::const_new(());

fn taken(size: usize) {
    let live = LIVE.fetch_add(size, Ordering::Relaxed) + size;
    PEAK.fetch_max(live, Ordering::Relaxed);
}

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        taken(size);
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
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

/// It knows the table `t`, and that there is nothing in it.
async fn nothing_there() -> Backend {
    Backend::start(|call| {
        std::future::ready(match call.operation.as_str() {
            "DescribeTable" => Reply::Ok(json!({ "Table": {
                "TableId": "1",
                "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" }],
                "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" }],
            } })),
            _ => Reply::Ok(json!({})),
        })
    })
    .await
}

#[tokio::test]
async fn memory_stays_within_the_bound() {
    let _alone = ALONE.lock().await;
    let backend = nothing_there().await;
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

/// A request to write 25 items of almost 400 KB.
fn large_batch() -> Vec<u8> {
    let writes = (0..25).map(|sk| BatchWrite::Put(world::item(sk, &"x".repeat(390_000)))).collect();
    let request = Request::BatchWriteItem(BatchWriteItem { tables: [("t".to_owned(), writes)].into(), ..BatchWriteItem::default() });
    let mut names = KnownNames::default();
    let schema = KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) };
    names.tables.insert("t".into(), Arc::new(schema));
    names.lists.add(list_id_of(&["v"]), vec!["v".into()]).expect("a number");
    let mut frame = Writer::new();
    encode_request(&request, &names, &mut frame).expect("a frame");
    frame.into_bytes()
}

/// Twenty peers send all but the last byte of ten megabytes each.
#[tokio::test]
async fn large_requests_of_many_peers_take_no_more_than_their_room() {
    const PEERS: usize = 20;
    const ROOM: usize = 16 << 20;
    let _alone = ALONE.lock().await;
    let backend = nothing_there().await;
    let world = World::with(&backend, |config| config.limits.buffered_bytes = ROOM).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    let frame: Arc<[u8]> = large_batch().into();
    assert!(PEERS * frame.len() > 10 * ROOM);
    let sent = Arc::<AtomicUsize>::default();
    let before = LIVE.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let peers: Vec<_> = (0..PEERS)
        .map(|_| {
            let (frame, sent, address) = (Arc::clone(&frame), Arc::clone(&sent), world.address);
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.expect("a connection");
                stream.write_all(&client::preamble()).await.expect("written");
                for chunk in frame[..frame.len() - 1].chunks(64 << 10) {
                    stream.write_all(chunk).await.expect("written");
                    sent.fetch_add(chunk.len(), Ordering::Relaxed);
                }
                stream
            })
        })
        .collect();
    // Until nobody gets on.
    let (mut quiet, mut last) = (0, 0);
    while quiet < 10 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = sent.load(Ordering::Relaxed);
        quiet = if now == last { quiet + 1 } else { 0 };
        last = now;
    }
    assert!(last > ROOM, "{last}");
    assert_eq!(dax.value(1).await.as_deref(), Some("one"), "small requests go on");
    // The room, one request besides in a buffer twice as large, and of everybody what needs no room, in such a buffer. And
    // while a buffer grows, that of half its size beside it.
    let most = (ROOM + 2 * frame.len() + PEERS * (128 << 10)) / 2 * 3;
    let peak = PEAK.load(Ordering::Relaxed) - before;
    assert!(peak <= most, "{peak} of {most}");
    peers.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_silent_connection_takes_little_whatever_it_asked() {
    const CONNECTIONS: usize = 500;
    const EACH: usize = 32 << 10;
    let _alone = ALONE.lock().await;
    let backend = nothing_there().await;
    let world = World::new(&backend).await;
    let large = "x".repeat(200_000);
    world.dax().await.write(&put(1, &large)).await;
    let ask = [client::preamble(), client::frame(&Request::GetItem(read(1)))].concat();
    let mut answer = vec![0; 300_000];
    let mut connections = Vec::with_capacity(CONNECTIONS);
    let before = LIVE.load(Ordering::Relaxed);
    for _ in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(world.address).await.expect("a connection");
        stream.write_all(&ask).await.expect("written");
        let mut length = 0;
        while length < large.len() {
            length += stream.read(&mut answer[length..]).await.expect("an answer");
        }
        connections.push(stream);
    }
    assert_eq!(world.metric("footfall_dax_connections{front=\"dax\"}").await, CONNECTIONS as f64);
    // The buffer of an answer is given back when it has been written.
    tokio::time::timeout(Duration::from_secs(60), async {
        while LIVE.load(Ordering::Relaxed) > before + CONNECTIONS * EACH {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .unwrap_or_else(|_late| panic!("{} bytes a connection", (LIVE.load(Ordering::Relaxed) - before) / CONNECTIONS));
}
