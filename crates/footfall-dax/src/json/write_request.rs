use super::value::{write_item, write_value};
use crate::wire::expr::{Condition, Path, Printer, Update};
use crate::wire::model::*;
use serde_json::{Map, Value as Json, json};

/// The name of a request's operation, as in the target header.
pub fn operation(request: &Request) -> &'static str {
    match request {
        Request::GetItem(_) => "GetItem",
        Request::PutItem(_) => "PutItem",
        Request::UpdateItem(_) => "UpdateItem",
        Request::DeleteItem(_) => "DeleteItem",
        Request::Query(_) => "Query",
        Request::Scan(_) => "Scan",
        Request::BatchGetItem(_) => "BatchGetItem",
        Request::BatchWriteItem(_) => "BatchWriteItem",
        Request::TransactGetItems(_) => "TransactGetItems",
        Request::TransactWriteItems(_) => "TransactWriteItems",
    }
}

/// Writes a request: the name of its operation and the body.
pub fn write_request(request: &Request) -> (&'static str, Json) {
    let body = match request {
        Request::GetItem(get) => get_item(get),
        Request::PutItem(put) => put_item(put),
        Request::UpdateItem(update) => update_item(update),
        Request::DeleteItem(delete) => delete_item(delete),
        Request::Query(query) => self::query(query),
        Request::Scan(scan) => self::scan(scan),
        Request::BatchGetItem(batch) => batch_get_item(batch),
        Request::BatchWriteItem(batch) => batch_write_item(batch),
        Request::TransactGetItems(transaction) => transact_get_items(transaction),
        Request::TransactWriteItems(transaction) => transact_write_items(transaction),
    };
    (operation(request), body)
}

/// A body being written. What is not said is left out.
#[derive(Default)]
struct Body {
    map: Map<String, Json>,
    printer: Printer,
}

impl Body {
    fn of_table(table: &str) -> Self {
        let mut body = Self::default();
        body.set("TableName", table);
        body
    }

    fn set(&mut self, name: &str, value: impl Into<Json>) {
        self.map.insert(name.to_owned(), value.into());
    }

    fn some(&mut self, name: &str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    fn flag(&mut self, name: &str, set: bool) {
        if set {
            self.set(name, true);
        }
    }

    fn capacity(&mut self, capacity: ReturnCapacity) {
        match capacity {
            ReturnCapacity::None => {}
            ReturnCapacity::Total => self.set("ReturnConsumedCapacity", "TOTAL"),
            ReturnCapacity::Indexes => self.set("ReturnConsumedCapacity", "INDEXES"),
        }
    }

    fn collection_metrics(&mut self, wanted: bool) {
        self.some("ReturnItemCollectionMetrics", wanted.then_some("SIZE"));
    }

    fn old_on_failure(&mut self, wanted: bool) {
        self.some("ReturnValuesOnConditionCheckFailure", wanted.then_some("ALL_OLD"));
    }

    fn condition(&mut self, name: &str, condition: Option<&Condition>) {
        let text = condition.map(|condition| self.printer.condition(condition));
        self.some(name, text);
    }

    fn projection(&mut self, projection: Option<&[Path]>) {
        let text = projection.map(|projection| self.printer.projection(projection));
        self.some("ProjectionExpression", text);
    }

    fn update(&mut self, update: Option<&Update>) {
        let text = update.filter(|update| !update.is_empty()).map(|update| self.printer.update(update));
        self.some("UpdateExpression", text);
    }

    fn write_options(&mut self, options: &WriteOptions) {
        self.condition("ConditionExpression", options.condition.as_ref());
        self.some("ReturnValues", return_values(options.return_values));
        self.capacity(options.capacity);
        self.collection_metrics(options.collection_metrics);
        self.old_on_failure(options.old_on_failure);
    }

    fn read_options(&mut self, options: &ReadOptions) {
        self.some("IndexName", options.index.as_deref());
        self.flag("ConsistentRead", options.consistent);
        self.condition("FilterExpression", options.filter.as_ref());
        self.projection(options.projection.as_deref());
        self.some("Select", options.select.map(select));
        self.some("Limit", options.limit);
        self.some("ExclusiveStartKey", options.start.as_ref().map(write_item));
        self.capacity(options.capacity);
    }

    /// The body, with what its placeholders stand for.
    fn finish(mut self) -> Json {
        let placeholders = std::mem::take(&mut self.printer).finish();
        if !placeholders.names.is_empty() {
            self.set("ExpressionAttributeNames", json!(placeholders.names));
        }
        if !placeholders.values.is_empty() {
            let values: Map<String, Json> = placeholders.values.iter().map(|(name, value)| (name.clone(), write_value(value))).collect();
            self.set("ExpressionAttributeValues", values);
        }
        Json::Object(self.map)
    }
}

fn get_item(get: &GetItem) -> Json {
    let mut body = Body::of_table(&get.table);
    body.set("Key", write_item(&get.key));
    body.flag("ConsistentRead", get.consistent);
    body.projection(get.projection.as_deref());
    body.capacity(get.capacity);
    body.finish()
}

fn put_item(put: &PutItem) -> Json {
    let mut body = Body::of_table(&put.table);
    body.set("Item", write_item(&put.item));
    body.write_options(&put.options);
    body.finish()
}

fn update_item(update: &UpdateItem) -> Json {
    let mut body = Body::of_table(&update.table);
    body.set("Key", write_item(&update.key));
    body.update(update.update.as_ref());
    body.write_options(&update.options);
    body.finish()
}

fn delete_item(delete: &DeleteItem) -> Json {
    let mut body = Body::of_table(&delete.table);
    body.set("Key", write_item(&delete.key));
    body.write_options(&delete.options);
    body.finish()
}

fn query(query: &Query) -> Json {
    let mut body = Body::of_table(&query.table);
    body.condition("KeyConditionExpression", query.key_condition.as_ref());
    if !query.forward {
        body.set("ScanIndexForward", false);
    }
    body.read_options(&query.options);
    body.finish()
}

fn scan(scan: &Scan) -> Json {
    let mut body = Body::of_table(&scan.table);
    if let Some((segment, total)) = scan.segment {
        body.set("Segment", segment);
        body.set("TotalSegments", total);
    }
    body.read_options(&scan.options);
    body.finish()
}

fn batch_get_item(batch: &BatchGetItem) -> Json {
    let mut body = Body::default();
    body.set("RequestItems", of_tables(&batch.tables, keys_and_projection));
    body.capacity(batch.capacity);
    body.finish()
}

/// The keys asked for, or left unprocessed, of one table.
pub(super) fn keys_and_projection(keys: &KeysAndProjection) -> Json {
    let mut body = Body::default();
    body.set("Keys", keys.keys.iter().map(write_item).collect::<Vec<_>>());
    body.flag("ConsistentRead", keys.consistent);
    body.projection(keys.projection.as_deref());
    body.finish()
}

fn batch_write_item(batch: &BatchWriteItem) -> Json {
    let mut body = Body::default();
    body.set("RequestItems", of_tables(&batch.tables, |writes| batch_writes(writes)));
    body.capacity(batch.capacity);
    body.collection_metrics(batch.collection_metrics);
    body.finish()
}

/// The writes asked for, or left unprocessed, of one table.
pub(super) fn batch_writes(writes: &[BatchWrite]) -> Json {
    let write = |write: &BatchWrite| match write {
        BatchWrite::Put(item) => json!({ "PutRequest": { "Item": write_item(item) } }),
        BatchWrite::Delete(key) => json!({ "DeleteRequest": { "Key": write_item(key) } }),
    };
    Json::Array(writes.iter().map(write).collect())
}

fn transact_get_items(transaction: &TransactGetItems) -> Json {
    let get = |get: &TransactGet| {
        let mut body = Body::of_table(&get.table);
        body.set("Key", write_item(&get.key));
        body.projection(get.projection.as_deref());
        json!({ "Get": body.finish() })
    };
    let mut body = Body::default();
    body.set("TransactItems", transaction.gets.iter().map(get).collect::<Vec<_>>());
    body.capacity(transaction.capacity);
    body.finish()
}

fn transact_write_items(transaction: &TransactWriteItems) -> Json {
    let mut body = Body::default();
    body.set("TransactItems", transaction.writes.iter().map(transact_write).collect::<Vec<_>>());
    body.some("ClientRequestToken", transaction.token.as_deref());
    body.capacity(transaction.capacity);
    body.collection_metrics(transaction.collection_metrics);
    body.finish()
}

fn transact_write(write: &TransactWrite) -> Json {
    let mut body = Body::of_table(&write.table);
    let kind = match &write.action {
        TransactAction::Check(key) => {
            body.set("Key", write_item(key));
            "ConditionCheck"
        }
        TransactAction::Put(item) => {
            body.set("Item", write_item(item));
            "Put"
        }
        TransactAction::Delete(key) => {
            body.set("Key", write_item(key));
            "Delete"
        }
        TransactAction::Update(key, update) => {
            body.set("Key", write_item(key));
            body.update(Some(update));
            "Update"
        }
    };
    body.condition("ConditionExpression", write.condition.as_ref());
    body.old_on_failure(write.old_on_failure);
    json!({ kind: body.finish() })
}

/// An object with a field for each table.
fn of_tables<T>(tables: &std::collections::BTreeMap<String, T>, write: impl Fn(&T) -> Json) -> Map<String, Json> {
    tables.iter().map(|(table, of_table)| (table.clone(), write(of_table))).collect()
}

/// `None` for what need not be said.
fn return_values(values: ReturnValues) -> Option<&'static str> {
    match values {
        ReturnValues::None => None,
        ReturnValues::AllOld => Some("ALL_OLD"),
        ReturnValues::UpdatedOld => Some("UPDATED_OLD"),
        ReturnValues::AllNew => Some("ALL_NEW"),
        ReturnValues::UpdatedNew => Some("UPDATED_NEW"),
    }
}

fn select(select: Select) -> &'static str {
    match select {
        Select::AllAttributes => "ALL_ATTRIBUTES",
        Select::AllProjected => "ALL_PROJECTED_ATTRIBUTES",
        Select::Count => "COUNT",
        Select::Specific => "SPECIFIC_ATTRIBUTES",
    }
}
