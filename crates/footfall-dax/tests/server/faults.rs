//! Peers and backends that misbehave: nobody else notices, and nothing is kept waiting for ever.

use crate::backend::{Backend, Gate, Memory};
use crate::client::{Dax, frame, get, post, post_with, preamble};
use crate::world::{World, put, read, until};
use footfall_dax::wire::Method;
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::error_frame::ServerError;
use footfall_dax::wire::model::*;
use footfall_dax::wire::requests::Control;
use footfall_dax::wire::responses::{decode_endpoints, decode_key_schema};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Short enough for a test, long enough for a slow machine to do honest work in.
const SHORT: Duration = Duration::from_millis(300);

async fn connected(world: &World) -> TcpStream {
    TcpStream::connect(world.address).await.expect("a connection")
}

/// Everything a peer still says before it closes.
async fn last_words(mut stream: TcpStream) -> Vec<u8> {
    let mut words = Vec::new();
    // A reset is an end, too.
    let _end = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut words)).await.expect("it closes");
    words
}

fn error_in(answer: &[u8]) -> ServerError {
    decode_key_schema(answer).expect("an answer").expect_err("an error")
}

#[tokio::test]
async fn slow_handshakes_and_requests_are_cut_off() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| {
        config.limits.handshake = SHORT;
        config.limits.request = SHORT;
        config.limits.idle = SHORT;
    })
    .await;
    let beginnings: [&[u8]; 6] = [b"", &preamble()[..3], &preamble(), &[preamble(), vec![1, 0x1a]].concat(), b"POST / HT", b"\x16\x03\x01"];
    let mut streams = Vec::new();
    for beginning in beginnings {
        let mut stream = connected(&world).await;
        stream.write_all(beginning).await.expect("written");
        streams.push(stream);
    }
    let mut body = connected(&world).await;
    body.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{").await.expect("written");
    for stream in streams {
        last_words(stream).await;
    }
    assert!(last_words(body).await.starts_with(b"HTTP/1.1 408"));
    assert_eq!(world.metric("footfall_dax_connections{front=\"dax\"}").await, 0.0);
}

#[tokio::test]
async fn a_connection_that_says_nothing_more_is_closed() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| (config.limits.idle, config.limits.request) = (SHORT, SHORT)).await;
    let mut dax = world.dax().await;
    assert_eq!(dax.value(1).await, None);
    last_words(dax.stream).await;
    let mut http = connected(&world).await;
    http.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("written");
    assert!(last_words(http).await.starts_with(b"HTTP/1.1 200"));
}

/// One byte at a time, never late enough for an idle timeout: the whole request has a deadline.
#[tokio::test]
async fn dribbling_does_not_extend_a_deadline() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| config.limits.request = SHORT).await;
    let mut stream = connected(&world).await;
    stream.write_all(&preamble()).await.expect("written");
    let long = frame(&Request::GetItem(GetItem {
        key: [("pk".into(), crate::world::text(&"x".repeat(10_000))), ("sk".into(), crate::world::number("1"))].into(),
        ..read(1)
    }));
    let mut sent = 0;
    for byte in long.chunks(1) {
        if stream.write_all(byte).await.is_err() {
            break;
        }
        sent += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(sent < long.len(), "it was cut off");
}

#[tokio::test]
async fn dribbling_over_http_does_not_extend_a_deadline() {
    const MOST: usize = 10_000;
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| config.limits.request = SHORT).await;
    // A header without an end, and a body.
    for beginning in ["POST / HTTP/1.1\r\nX: ", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n"] {
        let mut stream = connected(&world).await;
        stream.write_all(beginning.as_bytes()).await.expect("written");
        let mut sent = 0;
        while sent < MOST && stream.write_all(b"x").await.is_ok() {
            sent += 1;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(sent < MOST, "it was cut off");
    }
}

#[tokio::test]
async fn a_request_in_single_bytes_is_answered() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    for byte in frame(&Request::GetItem(read(1))) {
        dax.stream.write_all(&[byte]).await.expect("written");
        tokio::task::yield_now().await;
    }
    assert_eq!(dax.answer(Method::GetItem).await.expect("an answer"), [0x80, 0xa0]);
}

#[tokio::test]
async fn requests_sent_at_once_are_answered_in_their_order() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::new(&backend).await;
    let mut stream = connected(&world).await;
    let mut control = Writer::new();
    Control::Endpoints.write(&mut control);
    let all = [preamble(), frame(&Request::GetItem(read(1))), control.into_bytes(), frame(&Request::GetItem(read(2)))].concat();
    stream.write_all(&all).await.expect("written");
    stream.shutdown().await.expect("half closed");
    let words = last_words(stream).await;
    assert_eq!(words[..2], [0x80, 0xa0]);
    assert_eq!(words[words.len() - 2..], [0x80, 0xa0]);
    let endpoints = decode_endpoints(&words[2..words.len() - 2]).expect("endpoints").expect("no error");
    assert_eq!((endpoints.len(), endpoints[0].address, endpoints[0].port), (1, world.address.ip(), world.address.port()));
}

#[tokio::test]
async fn what_is_no_request_is_answered_with_an_error_and_the_end() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::new(&backend).await;
    // An unknown method; another service; a byte string of a terabyte; a map of 2^60 entries; nesting without end.
    let unknown: &[u8] = &[0x01, 0x19, 0x30, 0x39];
    let head = [0x01, 0x1a, 0x0f, 0xb0, 0xcc, 0x6a];
    let terabyte = [&head[..], &[0x5b, 0, 0, 1, 0, 0, 0, 0, 0]].concat();
    let entries = [&head[..], &[0x41, b't', 0x41, b'k', 0xbb, 0x10, 0, 0, 0, 0, 0, 0, 0]].concat();
    let nested = [&head[..], &[0x9f; 1000]].concat();
    for nonsense in [unknown, &[0x02, 0x01], &terabyte, &entries, &nested, b"\xff\xff\xff"] {
        let mut stream = connected(&world).await;
        stream.write_all(&[&preamble(), nonsense].concat()).await.expect("written");
        let error = error_in(&last_words(stream).await);
        assert_eq!(error.error.code, "ValidationException", "{nonsense:?}");
    }
    assert_eq!(world.metric("footfall_dax_malformed_total{front=\"dax\"}").await, 6.0);
    assert_eq!(world.dax().await.value(1).await, None);
}

#[tokio::test]
async fn noise_harms_nobody() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| (config.limits.handshake, config.limits.request) = (SHORT, SHORT)).await;
    let mut random = fastrand::Rng::with_seed(4);
    let whole = frame(&Request::GetItem(read(1)));
    let mut ends = Vec::new();
    for round in 0..300 {
        let mut bytes = [preamble(), whole.clone()].concat();
        match round % 3 {
            0 => {
                let length = random.usize(1..200);
                bytes = std::iter::repeat_with(|| random.u8(..)).take(length).collect();
            }
            1 => bytes.truncate(random.usize(1..bytes.len())),
            _ => {
                let place = random.usize(0..bytes.len());
                bytes[place] = random.u8(..);
            }
        }
        let mut stream = connected(&world).await;
        stream.write_all(&bytes).await.expect("written");
        stream.shutdown().await.expect("half closed");
        ends.push(tokio::spawn(last_words(stream)));
    }
    for end in ends {
        end.await.expect("closed");
    }
    assert_eq!(world.dax().await.value(1).await, None);
}

/// A peer that asks for much and reads nothing.
#[tokio::test]
async fn a_peer_that_does_not_read_is_given_up_and_blocks_nobody() {
    let memory = Memory::new();
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "x".repeat(300_000) } }));
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| config.limits.write = SHORT).await;
    let mut stuck = connected(&world).await;
    stuck.write_all(&[preamble(), frame(&Request::GetItem(read(1))).repeat(200)].concat()).await.expect("written");
    let mut dax = world.dax().await;
    for _ in 0..10 {
        assert!(dax.value(1).await.is_some());
    }
    drop(dax);
    let mut open = 1.0;
    while open > 0.0 {
        open = world.metric("footfall_dax_connections{front=\"dax\"}").await;
    }
}

/// The same over HTTP, where the library that writes would wait for ever.
#[tokio::test]
async fn over_http_too_a_peer_that_does_not_read_is_given_up() {
    let memory = Memory::new();
    memory.put(json!({ "pk": { "S": "p" }, "sk": { "N": "1" }, "v": { "S": "x".repeat(300_000) } }));
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| config.limits.write = SHORT).await;
    let mut stuck = connected(&world).await;
    let body = r#"{"TableName":"t","Key":{"pk":{"S":"p"},"sk":{"N":"1"}}}"#;
    let request =
        format!("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stuck.write_all(request.repeat(200).as_bytes()).await.expect("written");
    let mut open = 2.0;
    // One connection is the question's own.
    until_open(&world, &mut open).await;
    assert!(backend.count("GetItem") > 0);
}

async fn until_open(world: &World, open: &mut f64) {
    let given_up = tokio::time::timeout(std::time::Duration::from_secs(60), async {
        while *open > 1.0 || world.metric("footfall_dax_requests_total{front=\"http\"}").await == 0.0 {
            *open = world.metric("footfall_dax_connections{front=\"http\"}").await;
        }
    });
    given_up.await.expect("the connection is given up");
}

#[tokio::test]
async fn what_is_kept_is_served_while_dynamodb_hangs_and_when_it_is_gone() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = {
        let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
        Backend::start(move |call| {
            let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
            async move {
                if call.operation == "GetItem" {
                    gate.wait().await;
                }
                memory.apply(&call)
            }
        })
        .await
    };
    let endpoint = backend.endpoint.clone();
    let world = World::with(&backend, |config| config.limits.upstream = Duration::from_secs(2)).await;
    let mut dax = world.dax().await;
    dax.write(&put(1, "one")).await;
    let waiting = {
        let mut other = world.dax().await;
        tokio::spawn(async move { other.refused(&Request::GetItem(read(2))).await })
    };
    until(|| backend.count("GetItem") == 1).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    drop(backend);
    // Long enough that the schema is asked for again, and not answered.
    world.advance(130);
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
    assert_eq!(waiting.await.expect("an answer"), "InternalServerError");
    assert_eq!(dax.refused(&Request::GetItem(read(3))).await, "InternalServerError");
    assert_eq!(dax.refused(&put(1, "two")).await, "InternalServerError");

    let _again = Backend::again(&endpoint, &memory).await;
    assert_eq!(dax.value(3).await, None);
    dax.write(&put(1, "three")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("three"));
}

#[tokio::test]
async fn who_cannot_be_served_in_time_is_told_to_come_later() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = {
        let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
        Backend::start(move |call| {
            let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
            async move {
                if call.body["Key"]["sk"]["N"] == json!("1") {
                    gate.wait().await;
                }
                memory.apply(&call)
            }
        })
        .await
    };
    let world = World::with(&backend, |config| (config.limits.upstream_calls, config.limits.upstream) = (1, SHORT)).await;
    let mut dax = world.dax().await;
    dax.write(&put(2, "two")).await;
    let mut hanging = world.dax().await;
    let hangs = tokio::spawn(async move { hanging.refused(&Request::GetItem(read(1))).await });
    until(|| backend.count("GetItem") == 1).await;
    // It waits behind the one that hangs; whichever gives up first.
    let refused = dax.ask(&Request::GetItem(read(3))).await;
    assert!(refused.is_ok() || refused.is_err_and(|error| error.error.code == "ThrottlingException"));
    assert_eq!(hangs.await.expect("an answer"), "InternalServerError");
    assert_eq!(dax.value(2).await.as_deref(), Some("two"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_connections_are_served() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    world.dax().await.write(&put(1, "one")).await;
    let mut connections = Vec::new();
    for _ in 0..1000 {
        connections.push(world.dax().await);
    }
    let readers: Vec<_> = connections.into_iter().map(|mut dax| tokio::spawn(async move { (dax.value(1).await, dax) })).collect();
    let mut served = Vec::new();
    for reader in readers {
        let (value, dax) = reader.await.expect("an answer");
        assert_eq!(value.as_deref(), Some("one"));
        served.push(dax);
    }
    assert_eq!(world.metric("footfall_dax_connections{front=\"dax\"}").await, 1000.0);
    assert_eq!(backend.count("GetItem"), 0);
}

#[tokio::test]
async fn more_connections_than_allowed_are_closed_and_places_become_free_again() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| config.limits.connections = 2).await;
    let (mut first, second) = (world.dax().await, world.dax().await);
    first.value(1).await;
    let mut third = connected(&world).await;
    let _maybe_reset = third.write_all(&preamble()).await;
    assert!(last_words(third).await.is_empty());
    drop(second);
    while first.control(&Control::Endpoints).await.is_ok() {
        let mut again = connected(&world).await;
        let sent = again.write_all(&[preamble(), frame(&Request::GetItem(read(1)))].concat()).await;
        let mut answer = [0; 2];
        if sent.is_ok() && again.read_exact(&mut answer).await.is_ok() {
            assert_eq!(answer, [0x80, 0xa0]);
            return;
        }
    }
    panic!("the first connection ended");
}

#[tokio::test]
async fn a_stop_lets_a_request_end_and_takes_no_more() {
    let (memory, gate) = (Memory::new(), Gate::closed());
    let backend = {
        let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
        Backend::start(move |call| {
            let (memory, gate) = (Arc::clone(&memory), Arc::clone(&gate));
            async move {
                if call.operation == "GetItem" {
                    gate.wait().await;
                }
                memory.apply(&call)
            }
        })
        .await
    };
    let world = World::new(&backend).await;
    let idle = world.dax().await;
    let mut busy = world.dax().await;
    let address = world.address;
    let running = tokio::spawn(async move { busy.value(1).await });
    let over_http = tokio::spawn(async move {
        post(address, "GetItem", json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": "2" } } })).await
    });
    until(|| backend.count("GetItem") == 2).await;
    let stopping = tokio::spawn(world.server.stop());
    last_words(idle.stream).await;
    gate.let_pass(2);
    assert_eq!(running.await.expect("an answer"), None);
    assert_eq!(over_http.await.expect("an answer").status, 200);
    stopping.await.expect("stopped");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn http_has_limits_too() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| config.limits.request_bytes = 1000).await;
    assert_eq!(post_with(world.address, "GetItem", &" ".repeat(1001), "").await.status, 413);
    assert_eq!(get(world.address, "/healthz").await.status, 200);
    assert_eq!(get(world.address, "/elsewhere").await.status, 404);
    let answer = post(world.address, "GetItem", json!({ "TableName": "t", "Key": { "pk": { "S": "p" }, "sk": { "N": "1" } } })).await;
    assert_eq!(answer.header("x-amz-crc32"), Some(crc32fast::hash(answer.body.as_bytes()).to_string().as_str()));
    assert_eq!(answer.header("x-amzn-requestid").map(str::len), Some(52));
}

#[tokio::test]
async fn large_requests_and_answers_take_turns() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::with(&backend, |config| {
        config.limits.buffered_bytes = 1 << 20;
        config.item_bytes = 0;
    })
    .await;
    let writers: Vec<_> = (0..20)
        .map(|sk| {
            let address = world.address;
            tokio::spawn(async move { Dax::connect(address).await.write(&put(sk, &"x".repeat(300_000))).await })
        })
        .collect();
    for writer in writers {
        writer.await.expect("written");
    }
    assert_eq!(backend.count("PutItem"), 20);
    // Nothing is kept: every answer is large, too.
    let readers: Vec<_> = (0..20)
        .map(|sk| {
            let address = world.address;
            tokio::spawn(async move { Dax::connect(address).await.value(sk).await.map(|value| value.len()) })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.await.expect("an answer"), Some(300_000));
    }
}
