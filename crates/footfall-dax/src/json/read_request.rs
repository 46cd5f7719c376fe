use super::JsonError;
use super::fields::{Expressions, Fields};
use super::value::read_item;
use crate::wire::model::*;
use crate::wire::value::Item;
use serde_json::Value as Json;

/// The parameters of every write of one item.
const WRITE: [&str; 9] = [
    "TableName",
    "ConditionExpression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "ReturnConsumedCapacity",
    "ReturnItemCollectionMetrics",
    "ReturnValues",
    "ReturnValuesOnConditionCheckFailure",
    "Key",
];

/// The parameters of query and scan.
const PAGE: [&str; 11] = [
    "TableName",
    "IndexName",
    "ConsistentRead",
    "ExclusiveStartKey",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "FilterExpression",
    "Limit",
    "ProjectionExpression",
    "ReturnConsumedCapacity",
    "Select",
];

/// Reads a request; `operation` as in the target header, such as `GetItem`.
///
/// # Errors
/// Whatever is not understood entirely: see [`JsonError`].
pub fn read_request(operation: &str, body: &Json) -> Result<Request, JsonError> {
    Ok(match operation {
        "GetItem" => Request::GetItem(get_item(body)?),
        "PutItem" => Request::PutItem(put_item(body)?),
        "UpdateItem" => Request::UpdateItem(update_item(body)?),
        "DeleteItem" => Request::DeleteItem(delete_item(body)?),
        "Query" => Request::Query(query(body)?),
        "Scan" => Request::Scan(scan(body)?),
        "BatchGetItem" => Request::BatchGetItem(batch_get_item(body)?),
        "BatchWriteItem" => Request::BatchWriteItem(batch_write_item(body)?),
        "TransactGetItems" => Request::TransactGetItems(transact_get_items(body)?),
        "TransactWriteItems" => Request::TransactWriteItems(transact_write_items(body)?),
        other => return Err(JsonError::unsure(format!("{other} is no operation of the data plane"))),
    })
}

fn get_item(body: &Json) -> Result<GetItem, JsonError> {
    let known = ["TableName", "Key", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression", "ReturnConsumedCapacity"];
    let fields = Fields::of(body, &known)?;
    let expressions = fields.expressions()?;
    let get = GetItem {
        table: fields.table()?,
        key: fields.item("Key")?,
        consistent: fields.flag("ConsistentRead")?.unwrap_or(false),
        projection: expressions.projection()?,
        capacity: fields.capacity()?,
    };
    expressions.finish()?;
    Ok(get)
}

fn put_item(body: &Json) -> Result<PutItem, JsonError> {
    let fields = Fields::of(body, &with(&WRITE[..8], &["Item"]))?;
    let expressions = fields.expressions()?;
    let put = PutItem { table: fields.table()?, item: fields.item("Item")?, options: write_options(&fields, &expressions)? };
    expressions.finish()?;
    Ok(put)
}

fn update_item(body: &Json) -> Result<UpdateItem, JsonError> {
    let fields = Fields::of(body, &with(&WRITE, &["UpdateExpression"]))?;
    let expressions = fields.expressions()?;
    let update = UpdateItem {
        table: fields.table()?,
        key: fields.item("Key")?,
        update: expressions.update()?,
        options: write_options(&fields, &expressions)?,
    };
    expressions.finish()?;
    Ok(update)
}

fn delete_item(body: &Json) -> Result<DeleteItem, JsonError> {
    let fields = Fields::of(body, &WRITE)?;
    let expressions = fields.expressions()?;
    let delete = DeleteItem { table: fields.table()?, key: fields.item("Key")?, options: write_options(&fields, &expressions)? };
    expressions.finish()?;
    Ok(delete)
}

fn write_options(fields: &Fields<'_>, expressions: &Expressions<'_, '_>) -> Result<WriteOptions, JsonError> {
    Ok(WriteOptions {
        condition: expressions.condition()?,
        return_values: fields.return_values()?,
        capacity: fields.capacity()?,
        collection_metrics: fields.collection_metrics()?,
        old_on_failure: fields.old_on_failure()?,
    })
}

fn query(body: &Json) -> Result<Query, JsonError> {
    let fields = Fields::of(body, &with(&PAGE, &["KeyConditionExpression", "ScanIndexForward"]))?;
    let expressions = fields.expressions()?;
    let query = Query {
        table: fields.table()?,
        key_condition: expressions.key_condition()?,
        forward: fields.flag("ScanIndexForward")?.unwrap_or(true),
        options: read_options(&fields, &expressions)?,
    };
    expressions.finish()?;
    Ok(query)
}

fn scan(body: &Json) -> Result<Scan, JsonError> {
    let fields = Fields::of(body, &with(&PAGE, &["Segment", "TotalSegments"]))?;
    let expressions = fields.expressions()?;
    let segment = match (fields.number("Segment")?, fields.number("TotalSegments")?) {
        (None, None) => None,
        (Some(segment), Some(total)) => Some((segment, total)),
        _ => return Err(JsonError::unsure("Segment and TotalSegments go together")),
    };
    let scan = Scan { table: fields.table()?, segment, options: read_options(&fields, &expressions)? };
    expressions.finish()?;
    Ok(scan)
}

fn read_options(fields: &Fields<'_>, expressions: &Expressions<'_, '_>) -> Result<ReadOptions, JsonError> {
    Ok(ReadOptions {
        index: fields.text("IndexName")?.map(str::to_owned),
        consistent: fields.flag("ConsistentRead")?.unwrap_or(false),
        filter: expressions.filter()?,
        projection: expressions.projection()?,
        select: fields.select()?,
        limit: fields.number("Limit")?,
        start: fields.some("ExclusiveStartKey").map(read_item).transpose()?,
        capacity: fields.capacity()?,
    })
}

fn batch_get_item(body: &Json) -> Result<BatchGetItem, JsonError> {
    let fields = Fields::of(body, &["RequestItems", "ReturnConsumedCapacity"])?;
    let tables = fields
        .object("RequestItems")?
        .iter()
        .map(|(table, keys)| Ok((table.clone(), keys_and_projection(keys)?)))
        .collect::<Result<_, JsonError>>()?;
    Ok(BatchGetItem { tables, capacity: fields.capacity()? })
}

/// The keys asked for, or left unprocessed, of one table.
pub(super) fn keys_and_projection(json: &Json) -> Result<KeysAndProjection, JsonError> {
    let fields = Fields::of(json, &["Keys", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression"])?;
    let expressions = fields.expressions()?;
    let keys = KeysAndProjection {
        keys: fields.list("Keys")?.iter().map(read_item).collect::<Result<_, _>>()?,
        consistent: fields.flag("ConsistentRead")?.unwrap_or(false),
        projection: expressions.projection()?,
    };
    expressions.finish()?;
    Ok(keys)
}

fn batch_write_item(body: &Json) -> Result<BatchWriteItem, JsonError> {
    let fields = Fields::of(body, &["RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"])?;
    let tables = fields
        .object("RequestItems")?
        .iter()
        .map(|(table, writes)| Ok((table.clone(), batch_writes(writes)?)))
        .collect::<Result<_, JsonError>>()?;
    Ok(BatchWriteItem { tables, capacity: fields.capacity()?, collection_metrics: fields.collection_metrics()? })
}

/// The writes asked for, or left unprocessed, of one table.
pub(super) fn batch_writes(json: &Json) -> Result<Vec<BatchWrite>, JsonError> {
    let writes = json.as_array().ok_or_else(|| JsonError::unsure("writes of a batch are a list"))?;
    writes.iter().map(batch_write).collect()
}

fn batch_write(json: &Json) -> Result<BatchWrite, JsonError> {
    let fields = Fields::of(json, &["PutRequest", "DeleteRequest"])?;
    match (fields.some("PutRequest"), fields.some("DeleteRequest")) {
        (Some(put), None) => Ok(BatchWrite::Put(Fields::of(put, &["Item"])?.item("Item")?)),
        (None, Some(delete)) => Ok(BatchWrite::Delete(Fields::of(delete, &["Key"])?.item("Key")?)),
        _ => Err(JsonError::unsure("a write of a batch is a put or a delete")),
    }
}

fn transact_get_items(body: &Json) -> Result<TransactGetItems, JsonError> {
    let fields = Fields::of(body, &["TransactItems", "ReturnConsumedCapacity"])?;
    let gets = fields.list("TransactItems")?.iter().map(transact_get).collect::<Result<_, _>>()?;
    Ok(TransactGetItems { gets, capacity: fields.capacity()? })
}

fn transact_get(json: &Json) -> Result<TransactGet, JsonError> {
    let get = Fields::of(json, &["Get"])?.need("Get")?;
    let fields = Fields::of(get, &["TableName", "Key", "ExpressionAttributeNames", "ProjectionExpression"])?;
    let expressions = fields.expressions()?;
    let get = TransactGet { table: fields.table()?, key: fields.item("Key")?, projection: expressions.projection()? };
    expressions.finish()?;
    Ok(get)
}

fn transact_write_items(body: &Json) -> Result<TransactWriteItems, JsonError> {
    let known = ["TransactItems", "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"];
    let fields = Fields::of(body, &known)?;
    Ok(TransactWriteItems {
        writes: fields.list("TransactItems")?.iter().map(transact_write).collect::<Result<_, _>>()?,
        token: fields.text("ClientRequestToken")?.map(str::to_owned),
        capacity: fields.capacity()?,
        collection_metrics: fields.collection_metrics()?,
    })
}

fn transact_write(json: &Json) -> Result<TransactWrite, JsonError> {
    let kinds = Fields::of(json, &["ConditionCheck", "Put", "Delete", "Update"])?;
    let mut given = ["ConditionCheck", "Put", "Delete", "Update"].into_iter().filter_map(|kind| Some((kind, kinds.some(kind)?)));
    let (Some((kind, write)), None) = (given.next(), given.next()) else {
        return Err(JsonError::unsure("a write of a transaction is one of check, put, delete and update"));
    };
    let common = [
        "TableName",
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ReturnValuesOnConditionCheckFailure",
    ];
    let own: &[&str] = match kind {
        "Put" => &["Item"],
        "Update" => &["Key", "UpdateExpression"],
        _ => &["Key"],
    };
    let fields = Fields::of(write, &with(&common, own))?;
    let expressions = fields.expressions()?;
    let write = TransactWrite {
        table: fields.table()?,
        action: transact_action(kind, &fields, &expressions)?,
        condition: expressions.condition()?,
        old_on_failure: fields.old_on_failure()?,
    };
    expressions.finish()?;
    Ok(write)
}

fn transact_action(kind: &str, fields: &Fields<'_>, expressions: &Expressions<'_, '_>) -> Result<TransactAction, JsonError> {
    let key = || -> Result<Item, JsonError> { fields.item("Key") };
    Ok(match kind {
        "ConditionCheck" => TransactAction::Check(key()?),
        "Put" => TransactAction::Put(fields.item("Item")?),
        "Delete" => TransactAction::Delete(key()?),
        _ => {
            let update = expressions.update()?.ok_or_else(|| JsonError::unsure("UpdateExpression is missing"))?;
            TransactAction::Update(key()?, update)
        }
    })
}

fn with<'a>(some: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [some, more].concat()
}
