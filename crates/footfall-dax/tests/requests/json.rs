//! DynamoDB's JSON, both ways.

use super::arbitrary;
use bytes::Bytes;
use footfall_dax::json::*;
use footfall_dax::wire::error::{CancellationReason, DynamoError};
use footfall_dax::wire::model::*;
use footfall_dax::wire::value::{Item, Value};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::sync::Arc;

fn units() -> BoxedStrategy<Units> {
    let half = || (0_u32..2000).prop_map(|halves| f64::from(halves) / 2.0);
    (half(), option::of(half()), option::of(half())).prop_map(|(all, read, write)| Units { all, read, write }).boxed()
}

fn capacity() -> BoxedStrategy<Capacity> {
    let indexes = || btree_map("[a-z]{3}", units(), 0..3);
    ("[a-z]{3,6}", units(), option::of(units()), indexes(), indexes())
        .prop_map(|(table_name, total, table, local_indexes, global_indexes)| Capacity {
            table_name,
            total,
            table,
            local_indexes,
            global_indexes,
        })
        .boxed()
}

fn collection() -> BoxedStrategy<CollectionMetrics> {
    ("[a-z]{2}", arbitrary::value(), 0_u8..10)
        .prop_map(|(name, value, size)| CollectionMetrics { key: (name, value), size_gb: (f64::from(size), f64::from(size) + 1.0) })
        .boxed()
}

fn shared_item() -> BoxedStrategy<Arc<Item>> {
    arbitrary::item().prop_map(Arc::new).boxed()
}

/// A kind of request, and an answer to it.
fn exchange() -> BoxedStrategy<(Request, Response)> {
    let collections = || btree_map("[a-z]{3}", vec(collection(), 1..3), 0..3);
    let keys = (vec(arbitrary::item(), 1..3), any::<bool>(), option::of(arbitrary::projection()))
        .prop_map(|(keys, consistent, projection)| KeysAndProjection { keys, consistent, projection });
    let write = prop_oneof![arbitrary::item().prop_map(BatchWrite::Put), arbitrary::item().prop_map(BatchWrite::Delete)];
    let query = || Request::Scan(Scan::default());
    prop_oneof![
        (option::of(shared_item()), option::of(capacity()))
            .prop_map(|(item, capacity)| (Request::GetItem(GetItem::default()), Response::GetItem(GetItemOutput { item, capacity }))),
        (option::of(arbitrary::item()), option::of(capacity()), option::of(collection())).prop_map(|(attributes, capacity, collection)| {
            (Request::PutItem(PutItem::default()), Response::Write(WriteOutput { attributes, capacity, collection }))
        }),
        (option::of(vec(shared_item(), 0..3)), 0..9, 0..9, option::of(arbitrary::item()), option::of(capacity())).prop_map(
            move |(items, count, scanned, last, capacity)| (query(), Response::Page(PageOutput { items, count, scanned, last, capacity }))
        ),
        (btree_map("[a-z]{3}", vec(shared_item(), 0..3), 0..3), btree_map("[a-z]{3}", keys, 0..2), vec(capacity(), 0..3)).prop_map(
            |(items, unprocessed, capacity)| {
                (Request::BatchGetItem(BatchGetItem::default()), Response::BatchGetItem(BatchGetOutput { items, unprocessed, capacity }))
            }
        ),
        (btree_map("[a-z]{3}", vec(write, 1..3), 0..2), vec(capacity(), 0..3), collections()).prop_map(
            |(unprocessed, capacity, collections)| {
                let output = BatchWriteOutput { unprocessed, capacity, collections };
                (Request::BatchWriteItem(BatchWriteItem::default()), Response::BatchWriteItem(output))
            }
        ),
        (vec(option::of(arbitrary::item()), 0..4), vec(capacity(), 0..3)).prop_map(|(items, capacity)| {
            let output = TransactGetOutput { items, capacity };
            (Request::TransactGetItems(TransactGetItems::default()), Response::TransactGetItems(output))
        }),
        (vec(capacity(), 0..3), collections()).prop_map(|(capacity, collections)| {
            let output = TransactWriteOutput { capacity, collections };
            (Request::TransactWriteItems(TransactWriteItems::default()), Response::TransactWriteItems(output))
        }),
    ]
    .boxed()
}

/// Through its text, as it goes over HTTP.
fn sent(json: &Json) -> Json {
    serde_json::from_str(&json.to_string()).expect("it was written as JSON")
}

proptest! {
    #[test]
    fn any_request_is_read_as_it_was_written(request in arbitrary::request()) {
        let (operation, body) = write_request(&request);
        prop_assert_eq!(read_request(operation, &sent(&body)), Ok(request), "{}", body);
    }

    #[test]
    fn any_answer_is_read_as_it_was_written((request, response) in exchange()) {
        let text: Json = serde_json::from_str(&response_text(&response)).unwrap();
        prop_assert_eq!(&text, &write_response(&response));
        prop_assert_eq!(read_response(&request, &text), Ok(response));
    }

    #[test]
    fn any_value_is_read_as_it_was_written(value in arbitrary::value()) {
        prop_assert_eq!(read_value(&sent(&write_value(&value))), Ok(value));
    }

    #[test]
    fn any_error_is_read_as_it_was_written(
        code in "[A-Z][a-z]{3,9}Exception",
        message in "\\PC{0,20}",
        reasons in option::of(vec(("[A-Z][a-z]{3,9}", option::of("[a-z ]{1,9}"), option::of(arbitrary::item())), 1..4)),
        item in option::of(arbitrary::item()),
    ) {
        let reason = |(code, message, item)| CancellationReason { code: Some(code), message, item };
        let reasons = reasons.map(|reasons| reasons.into_iter().map(reason).collect());
        let error = DynamoError { reasons, item, ..DynamoError::client(&code, message) };
        let (status, body) = write_error(&error);
        prop_assert_eq!(read_error(status, &sent(&body)), error);
    }
}

#[test]
fn values_have_dynamodbs_spelling() {
    let item = read_item(&json!({
        "s": { "S": "text" }, "n": { "N": "1.50" }, "b": { "B": "AAH/" }, "yes": { "BOOL": true }, "nothing": { "NULL": true },
        "ss": { "SS": ["x"] }, "ns": { "NS": ["2", "1e1"] }, "bs": { "BS": ["AA=="] },
        "l": { "L": [{ "S": "in" }] }, "m": { "M": { "k": { "N": "-3" } } },
    }))
    .unwrap();
    assert_eq!(item["b"], Value::B(Bytes::from_static(&[0, 1, 255])));
    assert_eq!(write_item(&item)["ns"], json!({ "NS": ["2", "10"] }));
    assert_eq!(write_item(&item)["m"], json!({ "M": { "k": { "N": "-3" } } }));
    assert_eq!(item["nothing"], Value::Null);
}

#[test]
fn what_is_no_value_is_not_taken() {
    for value in [
        json!({ "S": "a", "N": "1" }),
        json!({}),
        json!({ "Q": "a" }),
        json!({ "N": 1 }),
        json!({ "N": "one" }),
        json!({ "N": "1e126" }),
        json!({ "NULL": false }),
        json!({ "B": "*" }),
        json!({ "SS": [1] }),
        json!("text"),
    ] {
        assert!(read_value(&value).is_err(), "{value}");
    }
    assert_eq!(read_value(&json!({ "S": "a", "N": null })), Ok(Value::S("a".into())), "null counts as not there");
}

#[test]
fn documents_may_be_nested_as_deep_as_in_dynamodb() {
    let nested = |levels: usize| (0..levels).fold(json!({ "S": "in" }), |inner, _| json!({ "L": [inner] }));
    assert!(read_value(&nested(31)).is_ok());
    assert!(read_value(&nested(33)).is_err());
}

#[test]
fn what_is_not_understood_entirely_is_sent_on() {
    let key = json!({ "pk": { "S": "a" } });
    let get = |more: Json| {
        let mut body = json!({ "TableName": "agg", "Key": key });
        if let (Json::Object(body), Json::Object(mut more)) = (&mut body, more) {
            body.append(&mut more);
        }
        read_request("GetItem", &body)
    };
    assert!(get(json!({})).is_ok());
    assert!(get(json!({ "ConsistentRead": null })).is_ok(), "null counts as not there");
    assert_eq!(get(json!({ "AttributesToGet": ["a"] })), Err(JsonError::Legacy("AttributesToGet".into())));
    assert!(matches!(get(json!({ "Novelty": 1 })), Err(JsonError::Unsure(_))));
    assert!(matches!(get(json!({ "ConsistentRead": "yes" })), Err(JsonError::Unsure(_))));
    assert!(matches!(get(json!({ "ProjectionExpression": "a," })), Err(JsonError::Dynamo(_))));
    assert!(matches!(get(json!({ "ExpressionAttributeNames": { "#a": "a" } })), Err(JsonError::Dynamo(_))));
    assert!(matches!(read_request("CreateTable", &json!({})), Err(JsonError::Unsure(_))));
    assert!(matches!(read_request("GetItem", &json!([])), Err(JsonError::Unsure(_))));
}

#[test]
fn an_error_page_of_a_proxy_is_still_an_error() {
    let error = read_error(503, &Json::Null);
    assert_eq!((error.code.as_str(), error.status), ("InternalServerError", 503));
}
