//! Answers the official clients read: what they mean, and that ours are the same bytes.

use crate::messages::responses;
use crate::world::{Captured, agg_item, agg_key, captured_request};
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::error::CancellationReason;
use footfall_dax::wire::error_frame::{ErrorKind, ServerError, encode_error, encode_error_without_items};
use footfall_dax::wire::model::{
    BatchGetOutput, BatchWrite, BatchWriteOutput, Capacity, CollectionMetrics, GetItemOutput, KeysAndProjection, PageOutput, Request,
    Response, TransactGetOutput, TransactWriteOutput, Units, WriteOutput,
};
use footfall_dax::wire::number::Number;
use footfall_dax::wire::responses::{
    Endpoint, Role, decode_endpoints, decode_key_schema, decode_list, decode_list_id, decode_response, encode_endpoints, encode_key_schema,
    encode_list, encode_list_id, encode_response,
};
use footfall_dax::wire::value::{Item, KeySchema, KeyType, Value};
use footfall_dax::wire::{DynamoError, WireError};
use std::sync::Arc;

fn response(name: &str) -> Vec<u8> {
    responses().into_iter().find(|message| message.name == name).expect("a message of this name").bytes
}

fn read(request: &str, answer: &str) -> Result<Response, Box<ServerError>> {
    let read = decode_response(captured_request(request), &response(answer), &Captured);
    match read {
        Ok(read) => read.map_err(Box::new),
        Err(error) => panic!("{answer}: {error}"),
    }
}

/// Reads as this, and this is written as those bytes.
#[track_caller]
fn is(request: &str, answer: &str, meaning: Response) {
    reads_as(request, answer, &meaning);
    let mut to = Writer::new();
    encode_response(captured_request(request), &meaning, &Captured, &mut to).unwrap_or_else(|error| panic!("{answer}: {error}"));
    assert_eq!(hex::encode(to.as_bytes()), hex::encode(response(answer)), "{answer}");
}

#[track_caller]
fn reads_as(request: &str, answer: &str, meaning: &Response) {
    assert_eq!(read(request, answer).as_ref(), Ok(meaning), "{answer}");
}

fn capacity() -> Capacity {
    Capacity { table_name: "agg".into(), total: Units { all: 0.5, ..Units::default() }, ..Capacity::default() }
}

fn of_transaction() -> Capacity {
    Capacity { total: Units { all: 2.0, ..Units::default() }, ..capacity() }
}

fn text(name: &str, value: &str) -> (String, Value) {
    (name.to_owned(), Value::S(value.to_owned()))
}

fn got(item: Option<Item>, capacity: Option<Capacity>) -> Response {
    Response::GetItem(GetItemOutput { item: item.map(Arc::new), capacity })
}

fn wrote(attributes: Option<Item>) -> Response {
    Response::Write(WriteOutput { attributes, ..WriteOutput::default() })
}

#[test]
fn a_get() {
    is("get", "get-agg", got(Some(agg_item()), Some(capacity())));
    let projected = Item::from([text("alpha", "hi"), ("beta".into(), Value::N(7.into()))]);
    is("get-projected", "get-projected", got(Some(projected), Some(capacity())));
    let rich = Item::from([
        ("l".to_owned(), Value::L(vec![Value::N(1.into()), Value::Null, Value::Bool(true), Value::B(vec![1].into())])),
        ("d".to_owned(), Value::N(Number::parse("3.14").expect("a number"))),
    ]);
    let mut item = agg_key();
    item.insert("alpha".into(), Value::M(rich));
    item.insert("beta".into(), Value::Ns(vec![1.into(), Number::parse("1.5").expect("a number")]));
    reads_as("get", "get-rich", &got(Some(item), None));
}

#[test]
fn a_get_of_nothing() {
    is("get", "get-missing-map", got(None, None));
    for answer in ["get-missing-null", "get-missing-stream", "get-missing-item0"] {
        reads_as("get", answer, &got(None, None));
    }
}

#[test]
fn writes() {
    reads_as("put", "put", &wrote(None));
    is("put", "put-old", wrote(Some(agg_item())));
    is("update", "update", wrote(None));
    is("update", "update-all-new", wrote(Some(agg_item())));
    is("delete", "delete-old", wrote(Some(agg_item())));
    // Written by us with a list of only what changed; the captured one has the list of the whole item.
    reads_as("update-updated", "update-updated-new", &wrote(Some(Item::from([("beta".into(), Value::N(8.into()))]))));
}

#[test]
fn pages() {
    let page =
        PageOutput { items: Some(vec![Arc::new(agg_item())]), count: 1, scanned: 3, last: Some(agg_key()), capacity: Some(capacity()) };
    is("query", "query", Response::Page(page.clone()));
    is("scan", "scan", Response::Page(page.clone()));
    let mut last = agg_key();
    last.extend([text("gpk", "G")]);
    is("query-index", "query-index", Response::Page(PageOutput { last: Some(last), ..page }));
    let items = ["hi", "ho"].map(|value| Arc::new(Item::from([text("alpha", value)]))).to_vec();
    is(
        "query-projected",
        "query-projected",
        Response::Page(PageOutput { items: Some(items), count: 2, scanned: 2, ..PageOutput::default() }),
    );
}

#[test]
fn batches() {
    let Request::BatchGetItem(asked) = captured_request("batch-get") else { panic!("a batch") };
    let table = || "agg".to_owned();
    let mut output = BatchGetOutput {
        items: [(table(), vec![Arc::new(agg_item())])].into(),
        unprocessed: asked.tables.clone(),
        capacity: vec![capacity()],
    };
    is("batch-get", "batch-get", Response::BatchGetItem(output.clone()));
    let Request::BatchGetItem(asked) = captured_request("batch-get-projected") else { panic!("a batch") };
    output.items = [(table(), vec![Arc::new(Item::from([text("alpha", "hi")]))])].into();
    output.unprocessed = [(table(), KeysAndProjection { keys: vec![agg_key()], ..asked.tables["agg"].clone() })].into();
    is("batch-get-projected", "batch-get-projected", Response::BatchGetItem(output));
    let unprocessed = [(table(), vec![BatchWrite::Delete(agg_key()), BatchWrite::Put(agg_item())])].into();
    is("batch-write", "batch-write", Response::BatchWriteItem(BatchWriteOutput { unprocessed, ..BatchWriteOutput::default() }));
}

#[test]
fn transactions() {
    let output = TransactGetOutput { items: vec![Some(agg_item()), None], capacity: vec![of_transaction()] };
    is("transact-get", "transact-get", Response::TransactGetItems(output));
    let metrics = CollectionMetrics { key: text("pk", "u#1"), size_gb: (0.0, 1.0) };
    let output = TransactWriteOutput { capacity: vec![of_transaction()], collections: [("agg".to_owned(), vec![metrics])].into() };
    is("transact-write", "transact-write", Response::TransactWriteItems(output));
}

#[test]
fn a_cancelled_transaction() {
    let error = read("transact-write", "transact-write-cancelled").expect_err("an error");
    let failed = CancellationReason {
        code: Some("ConditionalCheckFailed".into()),
        message: Some("The conditional request failed".into()),
        item: Some(agg_item()),
    };
    let nothing = CancellationReason { code: Some("None".into()), ..CancellationReason::default() };
    let meaning = DynamoError {
        reasons: Some(vec![failed, nothing]),
        ..DynamoError::client("TransactionCanceledException", "Transaction cancelled")
    };
    assert_eq!((&error.error, error.kind()), (&meaning, ErrorKind::Client));
    let mut to = Writer::new();
    encode_error(&meaning, Some(captured_request("transact-write")), &Captured, &mut to).expect("known names");
    let again = decode_response(captured_request("transact-write"), to.as_bytes(), &Captured).expect("what we wrote");
    assert_eq!(again.expect_err("an error").error, meaning);
}

#[test]
fn errors() {
    for (answer, code, kind) in [
        ("get-nosuch", "ResourceNotFoundException", ErrorKind::Client),
        ("get-valid", "ValidationException", ErrorKind::Client),
        ("get-throttle", "ProvisionedThroughputExceededException", ErrorKind::Throttling),
        ("put-refused", "ConditionalCheckFailedException", ErrorKind::Client),
    ] {
        let error = read("get", answer).expect_err("an error");
        assert_eq!((error.error.code.as_str(), error.error.status, error.kind()), (code, 400, kind), "{answer}");
        assert!(error.request_id.is_some_and(|id| id.starts_with("REQ")));
        let mut to = Writer::new();
        encode_error_without_items(&error.error, &mut to);
        let again = decode_response(captured_request("get"), to.as_bytes(), &Captured).expect("what we wrote").expect_err("an error");
        assert_eq!((again.codes, again.error), (error.codes, error.error));
    }
    let nameless = read("get", "get-noinfo").expect_err("an error");
    assert_eq!((nameless.error.code.as_str(), nameless.error.message.as_str()), ("UnknownException", "something"));
}

#[test]
fn every_kind_of_error_is_told_by_its_codes() {
    for (codes, kind, name) in [
        (vec![4, 23, 31, 33], ErrorKind::Authentication, "AuthenticationRequiredException"),
        (vec![4, 23, 31, 32], ErrorKind::Authentication, "AuthenticationRequiredException"),
        (vec![4, 37, 38, 39, 50], ErrorKind::Throttling, "ThrottlingException"),
        (vec![4, 37, 38, 39, 47], ErrorKind::Internal, "InternalServerError"),
        (vec![3, 37, 54], ErrorKind::Internal, "InternalServerError"),
        (vec![1, 37, 38, 53], ErrorKind::Retryable, "InternalServerError"),
        (vec![2], ErrorKind::Recoverable, "InternalServerError"),
        (vec![3, 1], ErrorKind::Server, "InternalServerError"),
        (vec![4, 23, 24], ErrorKind::Client, "ResourceNotFoundException"),
        (vec![4, 99], ErrorKind::Client, "UnknownException"),
    ] {
        let mut to = Writer::new();
        to.array(codes.len());
        codes.iter().for_each(|code| to.int(*code));
        to.text("words");
        to.null();
        let error = decode_response(captured_request("get"), to.as_bytes(), &Captured).expect("a frame").expect_err("an error");
        assert_eq!((error.kind(), error.error.code.as_str()), (kind, name), "{codes:?}");
    }
}

#[test]
fn an_error_the_codes_do_not_name_keeps_its_own_name() {
    for error in [
        DynamoError::client("UnrecognizedClientException", "who?"),
        DynamoError { status: 503, ..DynamoError::client("ServiceUnavailable", "later") },
        DynamoError::internal("broken"),
        DynamoError::validation("wrong"),
    ] {
        let mut to = Writer::new();
        encode_error_without_items(&error, &mut to);
        let again = decode_response(captured_request("get"), to.as_bytes(), &Captured).expect("a frame").expect_err("an error");
        assert_eq!(again.error, error);
    }
}

#[test]
fn the_cluster_and_its_names() {
    let endpoint = Endpoint {
        node: 1,
        hostname: "localhost".into(),
        address: [127, 0, 0, 1].into(),
        port: 8111,
        role: Role::Leader,
        zone: "az1".into(),
        leader_session: Some(7),
    };
    let schema = KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) };
    let names = vec!["alpha".to_owned(), "beta".to_owned()];
    assert_eq!(decode_endpoints(&response("endpoints")), Ok(Ok(vec![endpoint.clone()])));
    assert_eq!(decode_key_schema(&response("key-schema")), Ok(Ok(schema.clone())));
    assert_eq!(decode_list(&response("list")), Ok(Ok(names.clone())));
    assert_eq!(decode_list_id(&response("list-id")), Ok(Ok(2)));
    let written = |write: &dyn Fn(&mut Writer)| {
        let mut to = Writer::new();
        write(&mut to);
        to.into_bytes()
    };
    assert_eq!(written(&|to| encode_endpoints(std::slice::from_ref(&endpoint), to)), response("endpoints"));
    assert_eq!(written(&|to| encode_key_schema(&schema, to)), response("key-schema"));
    assert_eq!(written(&|to| encode_list(&names, to)), response("list"));
    assert_eq!(written(&|to| encode_list_id(2, to)), response("list-id"));
}

#[test]
fn a_missing_name_is_said_and_nothing_half_written() {
    let mut item = agg_item();
    item.insert("gamma".into(), Value::Null);
    let mut to = Writer::new();
    to.raw(b"before");
    let answer = got(Some(item), None);
    let unnamed = encode_response(captured_request("get"), &answer, &Captured, &mut to);
    assert_eq!(unnamed, Err(WireError::UnnamedList(["alpha", "beta", "gamma"].map(str::to_owned).to_vec())));
    assert_eq!(to.as_bytes(), b"before");
}

#[test]
fn an_answer_to_something_else_is_refused() {
    let answer = got(None, None);
    let mut to = Writer::new();
    assert!(matches!(encode_response(captured_request("scan"), &answer, &Captured, &mut to), Err(WireError::Malformed(_))));
    assert!(to.is_empty());
    assert!(matches!(decode_response(captured_request("get"), &[0x80, 0xa0, 0xa0], &Captured), Err(WireError::Malformed(_))));
}
