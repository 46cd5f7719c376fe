use super::capacity::{write_capacity, write_collection};
use super::value::{Each, ItemJson};
use super::write_request::{batch_writes, keys_and_projection};
use crate::wire::model::*;
use crate::wire::value::Item;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Writes the answer to a request that succeeded, with the fields DynamoDB gives such an answer.
pub fn write_response(response: &Response) -> Json {
    serde_json::to_value(ResponseJson(response)).expect("names of fields are texts")
}

/// As [`write_response`], right into text: what a cache gives out has no need to be a tree on the way.
pub fn response_text(response: &Response) -> String {
    serde_json::to_string(&ResponseJson(response)).expect("names of fields are texts")
}

struct ResponseJson<'a>(&'a Response);

impl Serialize for ResponseJson<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut body = Body { map: to.serialize_map(None)? };
        match self.0 {
            Response::GetItem(output) => {
                body.some("Item", output.item.as_deref().map(ItemJson))?;
                body.some("ConsumedCapacity", output.capacity.as_ref().map(write_capacity))?;
            }
            Response::Write(output) => {
                body.some("Attributes", output.attributes.as_ref().map(ItemJson))?;
                body.some("ConsumedCapacity", output.capacity.as_ref().map(write_capacity))?;
                body.some("ItemCollectionMetrics", output.collection.as_ref().map(write_collection))?;
            }
            Response::Page(output) => {
                body.some("Items", output.items.as_ref().map(Items))?;
                body.set("Count", &output.count)?;
                body.set("ScannedCount", &output.scanned)?;
                body.some("LastEvaluatedKey", output.last.as_ref().map(ItemJson))?;
                body.some("ConsumedCapacity", output.capacity.as_ref().map(write_capacity))?;
            }
            Response::BatchGetItem(output) => {
                body.set("Responses", &OfTables(&output.items, Items))?;
                body.set("UnprocessedKeys", &OfTables(&output.unprocessed, keys_and_projection))?;
                body.capacities(&output.capacity)?;
            }
            Response::BatchWriteItem(output) => {
                body.set("UnprocessedItems", &OfTables(&output.unprocessed, |writes: &Vec<_>| batch_writes(writes)))?;
                body.capacities(&output.capacity)?;
                body.collections(&output.collections)?;
            }
            Response::TransactGetItems(output) => {
                body.set("Responses", &Each(&output.items, OneOfTransaction))?;
                body.capacities(&output.capacity)?;
            }
            Response::TransactWriteItems(output) => {
                body.capacities(&output.capacity)?;
                body.collections(&output.collections)?;
            }
        }
        body.map.end()
    }
}

/// An answer being written. What is not there is left out.
struct Body<M> {
    map: M,
}

impl<M: SerializeMap> Body<M> {
    fn set(&mut self, name: &str, value: &impl Serialize) -> Result<(), M::Error> {
        self.map.serialize_entry(name, value)
    }

    fn some(&mut self, name: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
        value.map_or(Ok(()), |value| self.set(name, &value))
    }

    fn capacities(&mut self, capacities: &[Capacity]) -> Result<(), M::Error> {
        self.some("ConsumedCapacity", (!capacities.is_empty()).then_some(Each(capacities, write_capacity)))
    }

    fn collections(&mut self, collections: &BTreeMap<String, Vec<CollectionMetrics>>) -> Result<(), M::Error> {
        let write = |of_table: &Vec<CollectionMetrics>| -> Json { of_table.iter().map(write_collection).collect() };
        self.some("ItemCollectionMetrics", (!collections.is_empty()).then_some(OfTables(collections, write)))
    }
}

/// An object with a field for each table.
struct OfTables<'a, T, F>(&'a BTreeMap<String, T>, F);

impl<'a, T, W: Serialize, F: Fn(&'a T) -> W> Serialize for OfTables<'a, T, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(table, of_table)| (table, (self.1)(of_table))))
    }
}

/// An item that may be missing, in an object of its own.
struct OneOfTransaction<'a>(&'a Option<Item>);

impl Serialize for OneOfTransaction<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|item| ("Item", ItemJson(item))))
    }
}

struct Items<'a>(&'a Vec<Arc<Item>>);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|item| ItemJson(item)))
    }
}
