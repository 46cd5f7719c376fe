//! Batches.

use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnConsumedCapacity, ReturnItemCollectionMetrics, WriteRequest};

fluent! {
    /// Reads up to 100 items by their keys.
    BatchGetItemFluentBuilder, batch_get_item: batch_get_item::BatchGetItem, BatchGetItemInputBuilder;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    map request_items, set_request_items: KeysAndAttributes;
}

fluent! {
    /// Writes or deletes up to 25 items.
    BatchWriteItemFluentBuilder, batch_write_item: batch_write_item::BatchWriteItem, BatchWriteItemInputBuilder;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    value return_item_collection_metrics, set_return_item_collection_metrics: ReturnItemCollectionMetrics;
    map request_items, set_request_items: Vec<WriteRequest>;
}
