//! An answer belongs to its request, whatever happens on the way.

use crate::kit::{client_of, config, get, get_at, item_at, number, script, text};
use crate::scripted::{Act, FakeNode, written};
use aws_sdk_dynamodb::types::KeysAndAttributes;
use footfall_dax::client::Client;
use footfall_dax::wire::model::{BatchGetOutput, Request, Response};
use footfall_dax::wire::value::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

#[tokio::test]
async fn a_dropped_call_leaves_no_answer_behind() {
    let told = Arc::new(Notify::new());
    let first = Mutex::new(Some(told.clone()));
    let node = FakeNode::alone(move |request| match first.lock().expect("not poisoned").take() {
        Some(told) => Act::Hold(item_at(request, "for somebody else"), told),
        None => Act::Answer(item_at(request, "for me")),
    })
    .await;
    let client = client_of(&node);
    let dropped = tokio::spawn({
        let client = client.clone();
        async move { get_at(&client, 1).await }
    });
    while node.seen.requests() == 0 {
        tokio::task::yield_now().await;
    }
    dropped.abort();
    assert!(dropped.await.expect_err("aborted").is_cancelled());
    told.notify_one();
    for _ in 0..10 {
        assert_eq!(get_at(&client, 2).await, Ok(Some("for me".into())));
    }
}

#[tokio::test]
async fn calls_dropped_at_any_moment_never_mix_up_answers() {
    let node = FakeNode::alone(|request| {
        let Request::GetItem(get) = request else { panic!("not a get") };
        let Value::N(sort) = get.key["sk"] else { panic!("not a number") };
        Act::Dribble(item_at(request, &sort.to_string()))
    })
    .await;
    let client = client_of(&node);
    for sort in 0..300_i64 {
        let call = get_at(&client, sort);
        tokio::pin!(call);
        // So many polls, then it is dropped; each at another moment of the exchange.
        for _ in 0..sort % 40 {
            let polled = std::future::poll_fn(|context| std::task::Poll::Ready(call.as_mut().poll(context))).await;
            if let std::task::Poll::Ready(answer) = polled {
                assert_eq!(answer, Ok(Some(sort.to_string())));
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    for sort in 1000..1020 {
        assert_eq!(get_at(&client, sort).await, Ok(Some(sort.to_string())));
    }
}

#[tokio::test]
async fn an_answer_with_something_after_it_is_not_believed() {
    let node = FakeNode::alone(|request| Act::Chatter(item_at(request, "x"), vec![0x80])).await;
    let client = client_of(&node);
    assert_eq!(get(&client).await, Err("response".into()));
}

/// A second answer that arrives when the connection already lies idle must not become the next call's.
#[tokio::test]
async fn what_comes_unasked_is_never_the_next_answer() {
    let told = Arc::new(Notify::new());
    let node = FakeNode::alone({
        let told = told.clone();
        let asked = AtomicUsize::new(0);
        move |request| match asked.fetch_add(1, Ordering::SeqCst) {
            1 => Act::Twice(item_at(request, "said twice"), told.clone()),
            _ => Act::Answer(item_at(request, "said once")),
        }
    })
    .await;
    let client = client_of(&node);
    assert_eq!(get(&client).await, Ok(Some("said once".into())), "now the names are known");
    assert_eq!(get(&client).await, Ok(Some("said twice".into())));
    told.notify_one();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(get(&client).await, Ok(Some("said once".into())));
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 3, "one to discover, the one that spoke unasked, another");
}

#[tokio::test]
async fn nonsense_for_an_answer_is_an_error_and_the_next_call_is_well() {
    for nonsense in [
        vec![0xff],
        vec![0x80, 0x61, 0x61],
        vec![0x01],
        vec![0x80, 0xa1, 0x00, 0x01],
        vec![0x80, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ] {
        let node = FakeNode::alone(script([Act::Say(nonsense.clone())])).await;
        let client = client_of(&node);
        assert_eq!(get(&client).await, Err("response".into()), "{nonsense:02x?}");
        assert_eq!(get(&client).await, Ok(None));
    }
}

#[tokio::test]
async fn an_answer_in_single_bytes_is_read() {
    let node = FakeNode::alone(|request| Act::Dribble(item_at(request, &"long ".repeat(200)))).await;
    assert_eq!(get(&client_of(&node)).await, Ok(Some("long ".repeat(200))));
}

#[tokio::test]
async fn no_more_connections_than_allowed() {
    let node = FakeNode::alone(|request| Act::Dribble(item_at(request, "x"))).await;
    let client = Client::from_conf(config(&node).connections_per_node(3).build().expect("a configuration"));
    let calls: Vec<_> = (0..40)
        .map(|sort| {
            let client = client.clone();
            tokio::spawn(async move { get_at(&client, sort).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic"), Ok(Some("x".into())));
    }
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 1 + 3, "one to discover, three to ask");
}

#[tokio::test]
async fn keys_left_over_can_be_asked_for_again_as_they_are() {
    // The first time nothing is read, then everything.
    let first = Mutex::new(true);
    let node = FakeNode::alone(move |request| {
        let Request::BatchGetItem(batch) = request else { panic!("not a batch: {request:?}") };
        let leave = std::mem::take(&mut *first.lock().expect("not poisoned"));
        let unprocessed = if leave { batch.tables.clone() } else { BTreeMap::default() };
        Act::Answer(Response::BatchGetItem(BatchGetOutput { unprocessed, ..Default::default() }))
    })
    .await;
    let client = client_of(&node);
    let asked = KeysAndAttributes::builder()
        .keys(HashMap::from([("pk".into(), text("p")), ("sk".into(), number(1))]))
        .projection_expression("#a.b[1], c")
        .expression_attribute_names("#a", "a.a");
    let answer = client.batch_get_item().request_items("t", asked.build().expect("whole")).send().await.expect("answered");
    let left = answer.unprocessed_keys.expect("some");
    assert_eq!(left.len(), 1);
    client.batch_get_item().set_request_items(Some(left)).send().await.expect("answered");
    let requests = node.seen.requests.lock().expect("not poisoned");
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn the_largest_item_goes_both_ways() {
    let kept = Arc::new(Mutex::new(String::new()));
    let node = FakeNode::alone({
        let kept = kept.clone();
        move |request| match request {
            Request::PutItem(put) => {
                let Value::S(a) = &put.item["a"] else { panic!("not a text") };
                kept.lock().expect("not poisoned").clone_from(a);
                Act::Answer(written())
            }
            _ => Act::Answer(item_at(request, &kept.lock().expect("not poisoned"))),
        }
    })
    .await;
    let client = client_of(&node);
    let large = "x".repeat(400 << 10);
    let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1)).item("a", text(&large));
    put.send().await.expect("written");
    assert_eq!(get(&client).await, Ok(Some(large)));
}
