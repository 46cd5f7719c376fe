//! Batches.

use super::{collection_metrics, required, return_capacity};
use crate::client::DaxError;
use crate::client::sdk::expression::Expressions;
use crate::client::sdk::legacy::{self, either};
use crate::client::sdk::value::{item_from_sdk, item_to_sdk};
use crate::wire::expr::Printer;
use crate::wire::model::{BatchGetItem, BatchWrite, BatchWriteItem, KeysAndProjection, Request};
use crate::wire::{DynamoError, WireError};
use aws_sdk_dynamodb::operation as of;
use aws_sdk_dynamodb::types::{KeysAndAttributes, WriteRequest};

pub fn batch_get_item(input: of::batch_get_item::BatchGetItemInput) -> Result<Request, DaxError> {
    let tables = required(input.request_items, "requestItems")?;
    let keys = |of: KeysAndAttributes| {
        let expressions = Expressions::new(of.expression_attribute_names, None)?;
        let keys = KeysAndProjection {
            keys: of.keys.into_iter().map(item_from_sdk).collect::<Result<_, _>>()?,
            consistent: of.consistent_read.unwrap_or(false),
            projection: either(
                ("AttributesToGet", legacy::projection(of.attributes_to_get)),
                ("ProjectionExpression", expressions.projection(of.projection_expression)?),
            )?,
        };
        expressions.finish("")?;
        Ok::<_, DaxError>(keys)
    };
    Ok(Request::BatchGetItem(BatchGetItem {
        tables: tables.into_iter().map(|(table, of)| Ok((table, keys(of)?))).collect::<Result<_, DaxError>>()?,
        capacity: return_capacity(input.return_consumed_capacity)?,
    }))
}

/// Keys that were not read, in the form in which they can be asked for again.
pub fn unprocessed_keys(of: KeysAndProjection) -> Result<KeysAndAttributes, DaxError> {
    let mut printer = Printer::new();
    let text = of.projection.as_deref().map(|projection| printer.projection(projection));
    let names = text.is_some().then(|| printer.finish().names.into_iter().collect());
    KeysAndAttributes::builder()
        .set_keys(Some(of.keys.into_iter().map(item_to_sdk).collect()))
        .set_consistent_read(of.consistent.then_some(true))
        .set_projection_expression(text)
        .set_expression_attribute_names(names)
        .build()
        .map_err(|error| DaxError::Answer(WireError::Malformed(error.to_string())))
}

pub fn batch_write_item(input: of::batch_write_item::BatchWriteItemInput) -> Result<Request, DaxError> {
    let tables = required(input.request_items, "requestItems")?;
    let writes = |writes: Vec<WriteRequest>| writes.into_iter().map(write).collect::<Result<_, DaxError>>();
    Ok(Request::BatchWriteItem(BatchWriteItem {
        tables: tables.into_iter().map(|(table, of)| Ok((table, writes(of)?))).collect::<Result<_, DaxError>>()?,
        capacity: return_capacity(input.return_consumed_capacity)?,
        collection_metrics: collection_metrics(input.return_item_collection_metrics)?,
    }))
}

fn write(request: WriteRequest) -> Result<BatchWrite, DaxError> {
    match (request.put_request, request.delete_request) {
        (Some(put), None) => Ok(BatchWrite::Put(item_from_sdk(put.item)?)),
        (None, Some(delete)) => Ok(BatchWrite::Delete(item_from_sdk(delete.key)?)),
        _ => {
            let words = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
            Err(DynamoError::validation(words).into())
        }
    }
}
