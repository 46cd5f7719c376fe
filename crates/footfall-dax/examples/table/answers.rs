//! What the SDK's types say, as JSON; what is absent is left out.

use super::values::{Item, item_told, told};
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation as of;
use aws_sdk_dynamodb::types::{CancellationReason, Capacity, ConsumedCapacity, ItemCollectionMetrics, KeysAndAttributes, WriteRequest};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// An answer as JSON.
pub enum Told {
    Output(Value),
    Refusal(Value),
}

/// Builds an object of what is there.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn set<T>(mut self, name: &str, value: Option<T>, tell: impl Fn(T) -> Value) -> Self {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), tell(value));
        }
        self
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

fn list<T>(all: &[T], tell: impl Fn(&T) -> Value) -> Value {
    all.iter().map(tell).collect()
}

fn members<T>(all: &HashMap<String, T>, tell: impl Fn(&T) -> Value) -> Value {
    Value::Object(all.iter().map(|(name, each)| (name.clone(), tell(each))).collect())
}

/// A function that tells an operation's answer.
macro_rules! operation {
    ($name:ident, $output:ident, $error:ident, |$answer:ident| $tell:expr, |$refused:ident| $more:expr) => {
        pub fn $name(answer: Result<of::$name::$output, SdkError<of::$name::$error>>) -> Told {
            match answer {
                Ok($answer) => Told::Output($tell),
                Err(error) => {
                    let more: fn(&of::$name::$error) -> Option<(&'static str, Value)> = |$refused| $more;
                    Told::Refusal(refusal(&error, error.as_service_error().and_then(more)))
                }
            }
        }
    };
}

fn refusal<E: std::error::Error + ProvideErrorMetadata + 'static>(error: &SdkError<E>, more: Option<(&'static str, Value)>) -> Value
where
    SdkError<E>: std::error::Error,
{
    let Some(service) = error.as_service_error() else {
        return json!({ "client": "SdkError", "message": DisplayErrorContext(error).to_string() });
    };
    let mut told = json!({ "code": service.code(), "message": service.message() });
    if let Some((name, value)) = more {
        told[name] = value;
    }
    told
}

operation!(
    get_item,
    GetItemOutput,
    GetItemError,
    |answer| {
        Object::default().set("Item", answer.item(), item_told).set("ConsumedCapacity", answer.consumed_capacity(), consumed).done()
    },
    |_refused| None
);

/// What the three writes of one item answer.
macro_rules! write {
    ($name:ident, $output:ident, $error:ident) => {
        operation!(
            $name,
            $output,
            $error,
            |answer| {
                Object::default()
                    .set("Attributes", answer.attributes(), item_told)
                    .set("ConsumedCapacity", answer.consumed_capacity(), consumed)
                    .set("ItemCollectionMetrics", answer.item_collection_metrics(), metrics)
                    .done()
            },
            |refused| match refused {
                of::$name::$error::ConditionalCheckFailedException(failed) => failed.item().map(|item| ("Item", item_told(item))),
                _ => None,
            }
        );
    };
}

write!(put_item, PutItemOutput, PutItemError);
write!(update_item, UpdateItemOutput, UpdateItemError);
write!(delete_item, DeleteItemOutput, DeleteItemError);

/// What query and scan answer.
macro_rules! page {
    ($name:ident, $output:ident, $error:ident) => {
        operation!(
            $name,
            $output,
            $error,
            |answer| {
                Object::default()
                    .set("Items", answer.items.as_deref(), |items| list(items, item_told))
                    .set("Count", Some(answer.count()), Value::from)
                    .set("ScannedCount", Some(answer.scanned_count()), Value::from)
                    .set("LastEvaluatedKey", answer.last_evaluated_key(), item_told)
                    .set("ConsumedCapacity", answer.consumed_capacity(), consumed)
                    .done()
            },
            |_refused| None
        );
    };
}

page!(query, QueryOutput, QueryError);
page!(scan, ScanOutput, ScanError);

operation!(
    batch_get_item,
    BatchGetItemOutput,
    BatchGetItemError,
    |answer| {
        Object::default()
            .set("Responses", answer.responses(), |tables| members(tables, |items: &Vec<Item>| list(items, item_told)))
            .set("UnprocessedKeys", answer.unprocessed_keys(), |tables| members(tables, keys))
            .set("ConsumedCapacity", answer.consumed_capacity.as_deref(), |all| list(all, consumed))
            .done()
    },
    |_refused| None
);

operation!(
    batch_write_item,
    BatchWriteItemOutput,
    BatchWriteItemError,
    |answer| {
        Object::default()
            .set("UnprocessedItems", answer.unprocessed_items(), |tables| members(tables, |all: &Vec<WriteRequest>| list(all, written)))
            .set("ItemCollectionMetrics", answer.item_collection_metrics(), |tables| members(tables, |all: &Vec<_>| list(all, metrics)))
            .set("ConsumedCapacity", answer.consumed_capacity.as_deref(), |all| list(all, consumed))
            .done()
    },
    |_refused| None
);

operation!(
    transact_get_items,
    TransactGetItemsOutput,
    TransactGetItemsError,
    |answer| {
        let response = |response: &aws_sdk_dynamodb::types::ItemResponse| Object::default().set("Item", response.item(), item_told).done();
        Object::default()
            .set("Responses", answer.responses.as_deref(), |all| list(all, response))
            .set("ConsumedCapacity", answer.consumed_capacity.as_deref(), |all| list(all, consumed))
            .done()
    },
    |refused| match refused {
        of::transact_get_items::TransactGetItemsError::TransactionCanceledException(cancelled) => {
            cancelled.cancellation_reasons.as_deref().map(|all| ("reasons", list(all, reason)))
        }
        _ => None,
    }
);

operation!(
    transact_write_items,
    TransactWriteItemsOutput,
    TransactWriteItemsError,
    |answer| {
        Object::default()
            .set("ItemCollectionMetrics", answer.item_collection_metrics(), |tables| members(tables, |all: &Vec<_>| list(all, metrics)))
            .set("ConsumedCapacity", answer.consumed_capacity.as_deref(), |all| list(all, consumed))
            .done()
    },
    |refused| match refused {
        of::transact_write_items::TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            cancelled.cancellation_reasons.as_deref().map(|all| ("reasons", list(all, reason)))
        }
        _ => None,
    }
);

fn reason(reason: &CancellationReason) -> Value {
    Object::default()
        .set("Code", reason.code(), Value::from)
        .set("Message", reason.message(), Value::from)
        .set("Item", reason.item(), item_told)
        .done()
}

fn keys(keys: &KeysAndAttributes) -> Value {
    json!({ "Keys": list(keys.keys(), item_told) })
}

fn written(write: &WriteRequest) -> Value {
    Object::default()
        .set("PutRequest", write.put_request(), |put| json!({ "Item": item_told(put.item()) }))
        .set("DeleteRequest", write.delete_request(), |delete| json!({ "Key": item_told(delete.key()) }))
        .done()
}

fn metrics(metrics: &ItemCollectionMetrics) -> Value {
    Object::default()
        .set("ItemCollectionKey", metrics.item_collection_key(), |key| members(key, told))
        .set("SizeEstimateRangeGB", metrics.size_estimate_range_gb.as_deref(), |range| list(range, |size| Value::from(*size)))
        .done()
}

fn consumed(consumed: &ConsumedCapacity) -> Value {
    Object::default()
        .set("TableName", consumed.table_name(), Value::from)
        .set("CapacityUnits", consumed.capacity_units(), Value::from)
        .set("ReadCapacityUnits", consumed.read_capacity_units(), Value::from)
        .set("WriteCapacityUnits", consumed.write_capacity_units(), Value::from)
        .set("Table", consumed.table(), capacity)
        .set("GlobalSecondaryIndexes", consumed.global_secondary_indexes(), |all| members(all, capacity))
        .set("LocalSecondaryIndexes", consumed.local_secondary_indexes(), |all| members(all, capacity))
        .done()
}

fn capacity(capacity: &Capacity) -> Value {
    Object::default()
        .set("CapacityUnits", capacity.capacity_units(), Value::from)
        .set("ReadCapacityUnits", capacity.read_capacity_units(), Value::from)
        .set("WriteCapacityUnits", capacity.write_capacity_units(), Value::from)
        .done()
}
