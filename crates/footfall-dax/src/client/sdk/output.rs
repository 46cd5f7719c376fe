//! Answers as each operation's output type has them.

use super::input::unprocessed_keys;
use super::value::{item_to_sdk, to_sdk};
use crate::client::DaxError;
use crate::wire::WireError;
use crate::wire::model::{BatchWrite, Capacity as Consumed, CollectionMetrics, PageOutput, Response, Units, WriteOutput};
use crate::wire::value::Item;
use aws_sdk_dynamodb::operation as of;
use aws_sdk_dynamodb::types::{
    AttributeValue, Capacity, ConsumedCapacity, DeleteRequest, ItemCollectionMetrics, ItemResponse, PutRequest, WriteRequest,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub fn get_item(response: Response) -> Result<of::get_item::GetItemOutput, DaxError> {
    let Response::GetItem(got) = response else { return Err(other_kind()) };
    Ok(of::get_item::GetItemOutput::builder().set_item(got.item.map(shared_item)).set_consumed_capacity(got.capacity.map(capacity)).build())
}

/// The same for the three writes of one item.
macro_rules! write {
    ($($module:ident: $output:ident;)*) => {$(
        pub fn $module(response: Response) -> Result<of::$module::$output, DaxError> {
            let Response::Write(WriteOutput { attributes, capacity: consumed, collection }) = response else {
                return Err(other_kind());
            };
            Ok(of::$module::$output::builder()
                .set_attributes(attributes.map(item_to_sdk))
                .set_consumed_capacity(consumed.map(capacity))
                .set_item_collection_metrics(collection.map(metrics))
                .build())
        }
    )*};
}

write! {
    put_item: PutItemOutput;
    update_item: UpdateItemOutput;
    delete_item: DeleteItemOutput;
}

/// The same for the two that give pages.
macro_rules! page {
    ($($module:ident: $output:ident;)*) => {$(
        pub fn $module(response: Response) -> Result<of::$module::$output, DaxError> {
            let Response::Page(PageOutput { items, count, scanned, last, capacity: consumed }) = response else {
                return Err(other_kind());
            };
            Ok(of::$module::$output::builder()
                .set_items(items.map(|items| items.into_iter().map(shared_item).collect()))
                .count(count)
                .scanned_count(scanned)
                .set_last_evaluated_key(last.map(item_to_sdk))
                .set_consumed_capacity(consumed.map(capacity))
                .build())
        }
    )*};
}

page! {
    query: QueryOutput;
    scan: ScanOutput;
}

pub fn batch_get_item(response: Response) -> Result<of::batch_get_item::BatchGetItemOutput, DaxError> {
    let Response::BatchGetItem(got) = response else { return Err(other_kind()) };
    let items = |items: Vec<Arc<Item>>| items.into_iter().map(shared_item).collect();
    let unprocessed = got.unprocessed.into_iter().map(|(table, keys)| Ok((table, unprocessed_keys(keys)?)));
    Ok(of::batch_get_item::BatchGetItemOutput::builder()
        .set_responses(Some(got.items.into_iter().map(|(table, found)| (table, items(found))).collect()))
        .set_unprocessed_keys(Some(unprocessed.collect::<Result<_, DaxError>>()?))
        .set_consumed_capacity(capacities(got.capacity))
        .build())
}

pub fn batch_write_item(response: Response) -> Result<of::batch_write_item::BatchWriteItemOutput, DaxError> {
    let Response::BatchWriteItem(written) = response else { return Err(other_kind()) };
    let mut unprocessed = HashMap::new();
    for (table, writes) in written.unprocessed {
        unprocessed.insert(table, writes.into_iter().map(write_request).collect::<Result<_, _>>()?);
    }
    Ok(of::batch_write_item::BatchWriteItemOutput::builder()
        .set_unprocessed_items(Some(unprocessed))
        .set_item_collection_metrics(collections(written.collections))
        .set_consumed_capacity(capacities(written.capacity))
        .build())
}

pub fn transact_get_items(response: Response) -> Result<of::transact_get_items::TransactGetItemsOutput, DaxError> {
    let Response::TransactGetItems(got) = response else { return Err(other_kind()) };
    let item = |item: Option<Item>| ItemResponse::builder().set_item(item.map(item_to_sdk)).build();
    Ok(of::transact_get_items::TransactGetItemsOutput::builder()
        .set_responses(Some(got.items.into_iter().map(item).collect()))
        .set_consumed_capacity(capacities(got.capacity))
        .build())
}

pub fn transact_write_items(response: Response) -> Result<of::transact_write_items::TransactWriteItemsOutput, DaxError> {
    let Response::TransactWriteItems(written) = response else { return Err(other_kind()) };
    Ok(of::transact_write_items::TransactWriteItemsOutput::builder()
        .set_item_collection_metrics(collections(written.collections))
        .set_consumed_capacity(capacities(written.capacity))
        .build())
}

/// The codec reads the answer by the request's method, so this is a fault of this crate and not of the server.
fn other_kind() -> DaxError {
    DaxError::Answer(WireError::Malformed("an answer of another operation".into()))
}

/// The only owner is the answer just read, so this moves the item.
fn shared_item(item: Arc<Item>) -> HashMap<String, AttributeValue> {
    item_to_sdk(Arc::unwrap_or_clone(item))
}

fn write_request(write: BatchWrite) -> Result<WriteRequest, DaxError> {
    let unbuildable = |error: aws_sdk_dynamodb::error::BuildError| DaxError::Answer(WireError::Malformed(error.to_string()));
    let request = WriteRequest::builder();
    Ok(match write {
        BatchWrite::Put(item) => {
            request.put_request(PutRequest::builder().set_item(Some(item_to_sdk(item))).build().map_err(unbuildable)?).build()
        }
        BatchWrite::Delete(key) => {
            request.delete_request(DeleteRequest::builder().set_key(Some(item_to_sdk(key))).build().map_err(unbuildable)?).build()
        }
    })
}

fn capacities(all: Vec<Consumed>) -> Option<Vec<ConsumedCapacity>> {
    (!all.is_empty()).then(|| all.into_iter().map(capacity).collect())
}

fn capacity(consumed: Consumed) -> ConsumedCapacity {
    let indexes =
        |indexes: BTreeMap<String, Units>| (!indexes.is_empty()).then(|| indexes.into_iter().map(|(name, of)| (name, units(of))).collect());
    ConsumedCapacity::builder()
        .table_name(consumed.table_name)
        .capacity_units(consumed.total.all)
        .set_read_capacity_units(consumed.total.read)
        .set_write_capacity_units(consumed.total.write)
        .set_table(consumed.table.map(units))
        .set_local_secondary_indexes(indexes(consumed.local_indexes))
        .set_global_secondary_indexes(indexes(consumed.global_indexes))
        .build()
}

fn units(units: Units) -> Capacity {
    Capacity::builder().capacity_units(units.all).set_read_capacity_units(units.read).set_write_capacity_units(units.write).build()
}

fn collections(all: BTreeMap<String, Vec<CollectionMetrics>>) -> Option<HashMap<String, Vec<ItemCollectionMetrics>>> {
    (!all.is_empty()).then(|| all.into_iter().map(|(table, of)| (table, of.into_iter().map(metrics).collect())).collect())
}

fn metrics(of: CollectionMetrics) -> ItemCollectionMetrics {
    let (name, value) = of.key;
    ItemCollectionMetrics::builder()
        .item_collection_key(name, to_sdk(value))
        .size_estimate_range_gb(of.size_gb.0)
        .size_estimate_range_gb(of.size_gb.1)
        .build()
}
