//! What is tried again, how often, and what is not.

use crate::kit::{client_of, config, get, item, number, put, script, text};
use crate::scripted::{Act, FakeNode, agree, found, refuse};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use footfall_dax::client::Client;
use footfall_dax::clock::ManualClock;
use footfall_dax::wire::model::Request;
use footfall_dax::wire::value::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How often a call is tried when every attempt fails so: reads, then writes.
async fn attempts(act: Act) -> (usize, usize, String, String) {
    let always = move |_: &Request| act.clone();
    let node = FakeNode::alone(always).await;
    let client = Client::from_conf(config(&node).attempt_timeout(Duration::from_millis(200)).build().expect("a configuration"));
    let read = get(&client).await.expect_err("always fails");
    let reads = node.seen.requests();
    let write = put(&client).await.expect_err("always fails");
    (reads, node.seen.requests() - reads, read, write)
}

#[tokio::test]
async fn the_table_of_retries() {
    // Codes, name, attempts of a read, attempts of a write.
    let table: &[(&[i64], &'static str, usize, usize)] = &[
        (&[4, 37, 38, 39, 40], "ProvisionedThroughputExceededException", 3, 3),
        (&[4, 37, 38, 39, 50], "ThrottlingException", 3, 3),
        (&[4, 37, 38, 39, 61], "RequestLimitExceeded", 3, 3),
        (&[4, 37, 38, 39, 41], "ResourceNotFoundException", 1, 1),
        (&[4, 37, 38, 39, 43], "ConditionalCheckFailedException", 1, 1),
        (&[4, 37, 38, 39, 46], "ValidationException", 1, 1),
        (&[4, 37, 38, 39, 48], "ItemCollectionSizeLimitExceededException", 1, 1),
        (&[4, 37, 38, 39, 57], "TransactionConflictException", 1, 1),
        (&[4, 37, 38, 42], "AccessDeniedException", 1, 1),
        (&[4, 37, 38, 39, 47], "InternalServerError", 3, 1),
        (&[3, 37, 54], "InternalServerError", 3, 1),
        (&[1, 37, 38, 53], "InternalServerError", 3, 1),
        (&[2, 37, 38, 51], "InternalServerError", 3, 3),
        (&[4, 23, 31, 33], "AuthenticationRequiredException", 3, 3),
    ];
    for (codes, name, reads, writes) in table {
        let outcome = attempts(Act::Refuse(codes.to_vec(), name)).await;
        assert_eq!(outcome, (*reads, *writes, (*name).to_owned(), (*name).to_owned()), "{codes:?}");
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again_for_reads_and_not_for_writes() {
    assert_eq!(attempts(Act::Close).await, (3, 1, "io".into(), "io".into()));
    let half = Act::Truncate(found(item(&[("pk", Value::S("p".into())), ("sk", Value::N(1.into())), ("a", Value::S("x".into()))])), 1);
    assert_eq!(attempts(half).await, (3, 1, "io".into(), "io".into()));
}

#[tokio::test]
async fn a_silent_node_is_tried_again_for_reads_and_not_for_writes() {
    assert_eq!(attempts(Act::Hang).await, (3, 1, "attempt timeout".into(), "attempt timeout".into()));
}

#[tokio::test]
async fn a_call_ends_with_its_operation_timeout() {
    let node = FakeNode::alone(|_| Act::Hang).await;
    let client = Client::from_conf(config(&node).operation_timeout(Duration::from_millis(300)).build().expect("a configuration"));
    assert_eq!(get(&client).await, Err("timeout".into()));
}

#[tokio::test]
async fn a_transaction_is_repeated_with_its_token() {
    let node = FakeNode::alone(script([Act::Close, Act::Refuse(vec![4, 37, 38, 39, 47], "InternalServerError")])).await;
    let client = client_of(&node);
    let put = Put::builder().table_name("t").item("pk", text("p")).item("sk", number(1)).build().expect("a put");
    client.transact_write_items().transact_items(TransactWriteItem::builder().put(put).build()).send().await.expect("carried out");
    let requests = node.seen.requests.lock().expect("not poisoned");
    let tokens: Vec<&str> = requests
        .iter()
        .map(|request| match request {
            Request::TransactWriteItems(transaction) => transaction.token.as_deref().expect("a token"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(tokens.len(), 3);
    assert_eq!(tokens[0].len(), 36);
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
}

#[tokio::test]
async fn after_an_authentication_error_the_connection_is_authorised_again() {
    let node = FakeNode::alone(script([Act::Refuse(vec![4, 23, 31, 33], "AuthenticationRequiredException")])).await;
    let client = client_of(&node);
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations().len(), 3, "discovery, first try, second try");
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 2, "on the same connection");
}

#[tokio::test]
async fn connections_are_authorised_again_after_150_seconds() {
    let node = FakeNode::alone(agree).await;
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = Client::from_conf(config(&node).clock(clock.clone()).build().expect("a configuration"));
    assert_eq!(put(&client).await, Ok(()));
    let before = node.seen.authorizations().len();
    clock.advance(Duration::from_secs(149));
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations().len(), before);
    clock.advance(Duration::from_secs(1));
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations().len(), before + 1);
}

#[tokio::test]
async fn errors_of_a_script_are_whole_frames() {
    // The script's own error frame is read by the codec: otherwise the table of retries would test nothing.
    let mut frame = footfall_dax::wire::cbor::Writer::new();
    refuse(&[4, 37, 38, 39, 43], "ConditionalCheckFailedException", &mut frame);
    let request = Request::GetItem(Default::default());
    let names = footfall_dax::wire::KnownNames::default();
    let error = footfall_dax::wire::responses::decode_response(&request, frame.as_bytes(), &names).expect("a frame").expect_err("an error");
    assert_eq!(error.error.code, "ConditionalCheckFailedException");
}

/// A provider whose keys are numbered.
#[derive(Debug, Default)]
struct Numbered(AtomicUsize);

impl ProvideCredentials for Numbered {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let key = format!("AK{}", self.0.fetch_add(1, Ordering::SeqCst));
        future::ProvideCredentials::ready(Ok(Credentials::new(key, "SECRET", None, None, "test")))
    }
}

#[tokio::test]
async fn credentials_that_are_refused_are_asked_for_again() {
    let node = FakeNode::alone(script([Act::Refuse(vec![4, 23, 31, 33], "AuthenticationRequiredException")])).await;
    let client = Client::from_conf(config(&node).credentials_provider(Numbered::default()).build().expect("a configuration"));
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations(), ["AK0", "AK0", "AK1"], "discovery, first try, second try");
}
