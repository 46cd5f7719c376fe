//! Key schemas and attribute lists: asked for once, and never believed too long.

use crate::kit::{client_of, config, get, get_at, item_at, number, put, text, word};
use crate::scripted::{Act, FakeNode, agree};
use aws_sdk_dynamodb::types::ExpectedAttributeValue;
use footfall_dax::client::Client;
use footfall_dax::clock::ManualClock;
use footfall_dax::wire::model::Request;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[tokio::test]
async fn an_item_arrives_and_names_are_asked_for_once() {
    let node = FakeNode::alone(|request| match request {
        Request::GetItem(_) => Act::Answer(item_at(request, "hello")),
        _ => agree(request),
    })
    .await;
    let client = client_of(&node);
    for _ in 0..3 {
        assert_eq!(get(&client).await, Ok(Some("hello".into())));
        assert_eq!(put(&client).await, Ok(()));
    }
    let asked = |of: &AtomicUsize| of.load(Ordering::SeqCst);
    assert_eq!((asked(&node.seen.schemas), asked(&node.seen.lists), asked(&node.seen.list_ids)), (1, 1, 0), "one list serves both ways");
    // One connection to discover the cluster, and one that is used again and again.
    assert_eq!(asked(&node.seen.connections), 2);
    assert_eq!(node.seen.authorizations(), ["AKID", "AKID"], "each connection is authorised once");
}

#[tokio::test]
async fn fifty_calls_at_once_ask_for_a_schema_once() {
    let node = FakeNode::alone(|request| Act::Answer(item_at(request, "x"))).await;
    let client = client_of(&node);
    let calls: Vec<_> = (0..50)
        .map(|sort| {
            let client = client.clone();
            tokio::spawn(async move { get_at(&client, sort).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic"), Ok(Some("x".into())));
    }
    assert_eq!(node.seen.schemas.load(Ordering::SeqCst), 1);
    assert_eq!(node.seen.lists.load(Ordering::SeqCst), 1);
    assert_eq!(node.seen.endpoints.load(Ordering::SeqCst), 1, "and discovers the cluster once");
}

#[tokio::test]
async fn a_key_schema_is_asked_for_again_after_a_minute() {
    let node = FakeNode::alone(agree).await;
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = Client::from_conf(config(&node).clock(clock.clone()).build().expect("a configuration"));
    for (advance, asked) in [(0, 1), (59, 1), (1, 2)] {
        clock.advance(Duration::from_secs(advance));
        assert_eq!(put(&client).await, Ok(()));
        assert_eq!(node.seen.schemas.load(Ordering::SeqCst), asked);
    }
}

/// A server that numbers lists anew after a restart (as other servers of DAX do) must not get values under wrong names.
#[tokio::test]
async fn a_restarted_server_with_other_ids_gets_the_right_names() {
    let mut node = FakeNode::alone(agree).await;
    node.restart(Some(2)).await;
    let client = client_of(&node);
    let put = async |name: &str| {
        let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1)).item(name, text("x"));
        put.send().await.expect("written");
    };
    put("first").await;
    put("second").await;
    node.restart(Some(2)).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    put("second").await;
    put("first").await;
    let requests = node.seen.requests.lock().expect("not poisoned");
    let names: Vec<&str> = requests
        .iter()
        .map(|request| match request {
            Request::PutItem(put) => put.item.keys().map(String::as_str).find(|name| !["pk", "sk"].contains(name)).expect("a name"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["first", "second", "second", "first"]);
}

#[tokio::test]
async fn an_unknown_table_is_the_services_error() {
    let node = FakeNode::alone(agree).await;
    let client = client_of(&node);
    let error = client.get_item().table_name("nowhere").key("pk", text("p")).send().await.expect_err("no such table");
    let error = error.into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    assert_eq!(put(&client).await, Ok(()), "the connection is still good");
}

#[tokio::test]
async fn a_key_that_does_not_fit_is_refused_before_it_is_sent() {
    let node = FakeNode::alone(agree).await;
    let client = client_of(&node);
    let error = client.get_item().table_name("t").key("pk", text("p")).send().await.expect_err("no sort key");
    assert_eq!(word(&error), "ValidationException");
    assert_eq!(node.seen.requests(), 0);
}

#[tokio::test]
async fn old_style_parameters_are_sent_as_expressions() {
    let node = FakeNode::alone(agree).await;
    let client = client_of(&node);
    let expected = ExpectedAttributeValue::builder().exists(false).build();
    let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1));
    put.clone().expected("a.b", expected.clone()).send().await.expect("sent");
    put.clone().condition_expression("attribute_not_exists(#a)").expression_attribute_names("#a", "a.b").send().await.expect("sent");
    {
        let requests = node.seen.requests.lock().expect("not poisoned");
        assert_eq!(requests[0], requests[1]);
    }
    let both = put.expected("a", expected).condition_expression("attribute_not_exists(a)").send().await.expect_err("both styles");
    assert_eq!(word(&both), "ValidationException");
}
