//! Transactions.

use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, ReturnItemCollectionMetrics, TransactGetItem, TransactWriteItem};

fluent! {
    /// Reads several items at one moment.
    TransactGetItemsFluentBuilder, transact_get_items: transact_get_items::TransactGetItems, TransactGetItemsInputBuilder;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    list transact_items, set_transact_items: TransactGetItem;
}

fluent! {
    /// Writes several items, all or none.
    TransactWriteItemsFluentBuilder, transact_write_items: transact_write_items::TransactWriteItems, TransactWriteItemsInputBuilder;
    text client_request_token, set_client_request_token;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    value return_item_collection_metrics, set_return_item_collection_metrics: ReturnItemCollectionMetrics;
    list transact_items, set_transact_items: TransactWriteItem;
}
