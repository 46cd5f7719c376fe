use super::JsonError;
use super::answer::{count, item, list, map, some};
use super::capacity::{read_capacity, read_collection};
use super::read_request::{batch_writes, keys_and_projection};
use super::value::read_item;
use crate::wire::model::*;
use serde_json::Value as Json;
use std::sync::Arc;

/// Reads the answer to a request that succeeded; `request` tells what kind of answer it is.
///
/// # Errors
/// It is none. (It came with status 200, so something stands between us and DynamoDB.)
pub fn read_response(request: &Request, body: &Json) -> Result<Response, JsonError> {
    if !body.is_object() {
        return Err(JsonError::unsure("an answer is an object"));
    }
    let capacity = || some(body, "ConsumedCapacity").map(read_capacity).transpose();
    let capacities = || list(some(body, "ConsumedCapacity"), read_capacity);
    let collections = || map(some(body, "ItemCollectionMetrics"), |of_table| list(Some(of_table), read_collection));
    let items = |json: &Json| list(Some(json), |item| Ok(Arc::new(read_item(item)?)));
    Ok(match request {
        Request::GetItem(_) => Response::GetItem(GetItemOutput { item: item(body, "Item")?.map(Arc::new), capacity: capacity()? }),
        Request::PutItem(_) | Request::UpdateItem(_) | Request::DeleteItem(_) => Response::Write(WriteOutput {
            attributes: item(body, "Attributes")?,
            capacity: capacity()?,
            collection: some(body, "ItemCollectionMetrics").filter(|metrics| is_filled(metrics)).map(read_collection).transpose()?,
        }),
        Request::Query(_) | Request::Scan(_) => Response::Page(PageOutput {
            items: some(body, "Items").map(items).transpose()?,
            count: count(body, "Count")?,
            scanned: count(body, "ScannedCount")?,
            last: item(body, "LastEvaluatedKey")?,
            capacity: capacity()?,
        }),
        Request::BatchGetItem(_) => Response::BatchGetItem(BatchGetOutput {
            items: map(some(body, "Responses"), items)?,
            unprocessed: map(some(body, "UnprocessedKeys"), keys_and_projection)?,
            capacity: capacities()?,
        }),
        Request::BatchWriteItem(_) => Response::BatchWriteItem(BatchWriteOutput {
            unprocessed: map(some(body, "UnprocessedItems"), batch_writes)?,
            capacity: capacities()?,
            collections: collections()?,
        }),
        Request::TransactGetItems(_) => Response::TransactGetItems(TransactGetOutput {
            items: list(some(body, "Responses"), |response| item(response, "Item"))?,
            capacity: capacities()?,
        }),
        Request::TransactWriteItems(_) => {
            Response::TransactWriteItems(TransactWriteOutput { capacity: capacities()?, collections: collections()? })
        }
    })
}

fn is_filled(json: &Json) -> bool {
    json.as_object().is_some_and(|fields| !fields.is_empty())
}
