use super::capacity::{write_capacity, write_collection};
use super::value::write_item;
use super::write_request::{batch_writes, keys_and_projection, of_tables};
use crate::wire::model::*;
use crate::wire::value::Item;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Writes the answer to a request that succeeded, with the fields DynamoDB gives such an answer.
pub fn write_response(response: &Response) -> Json {
    let mut body = Body::default();
    match response {
        Response::GetItem(output) => {
            body.some("Item", output.item.as_deref().map(write_item));
            body.some("ConsumedCapacity", output.capacity.as_ref().map(write_capacity));
        }
        Response::Write(output) => {
            body.some("Attributes", output.attributes.as_ref().map(write_item));
            body.some("ConsumedCapacity", output.capacity.as_ref().map(write_capacity));
            body.some("ItemCollectionMetrics", output.collection.as_ref().map(write_collection));
        }
        Response::Page(output) => {
            body.some("Items", output.items.as_deref().map(items));
            body.set("Count", output.count);
            body.set("ScannedCount", output.scanned);
            body.some("LastEvaluatedKey", output.last.as_ref().map(write_item));
            body.some("ConsumedCapacity", output.capacity.as_ref().map(write_capacity));
        }
        Response::BatchGetItem(output) => {
            body.set("Responses", of_tables(&output.items, |of_table| items(of_table)));
            body.set("UnprocessedKeys", of_tables(&output.unprocessed, keys_and_projection));
            body.capacities(&output.capacity);
        }
        Response::BatchWriteItem(output) => {
            body.set("UnprocessedItems", of_tables(&output.unprocessed, |writes| batch_writes(writes)));
            body.capacities(&output.capacity);
            body.collections(&output.collections);
        }
        Response::TransactGetItems(output) => {
            let of_one = |item: &Option<Item>| match item {
                Some(item) => json!({ "Item": write_item(item) }),
                None => json!({}),
            };
            body.set("Responses", output.items.iter().map(of_one).collect::<Vec<_>>());
            body.capacities(&output.capacity);
        }
        Response::TransactWriteItems(output) => {
            body.capacities(&output.capacity);
            body.collections(&output.collections);
        }
    }
    Json::Object(body.map)
}

#[derive(Default)]
struct Body {
    map: Map<String, Json>,
}

impl Body {
    fn set(&mut self, name: &str, value: impl Into<Json>) {
        self.map.insert(name.to_owned(), value.into());
    }

    fn some(&mut self, name: &str, value: Option<Json>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    fn capacities(&mut self, capacities: &[Capacity]) {
        if !capacities.is_empty() {
            self.set("ConsumedCapacity", capacities.iter().map(write_capacity).collect::<Vec<_>>());
        }
    }

    fn collections(&mut self, collections: &BTreeMap<String, Vec<CollectionMetrics>>) {
        if !collections.is_empty() {
            self.set("ItemCollectionMetrics", of_tables(collections, |of_table| of_table.iter().map(write_collection).collect()));
        }
    }
}

fn items(items: &[Arc<Item>]) -> Json {
    items.iter().map(|item| write_item(item)).collect()
}
