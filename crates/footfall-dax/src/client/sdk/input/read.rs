//! Reads of one item and of pages.

use super::{required, required_item, return_capacity, select};
use crate::client::DaxError;
use crate::client::sdk::expression::Expressions;
use crate::client::sdk::legacy::{self, either};
use crate::client::sdk::value::item_from_sdk;
use crate::wire::DynamoError;
use crate::wire::model::{GetItem, Query, ReadOptions, Request, Scan};
use aws_sdk_dynamodb::operation as of;

pub fn get_item(input: of::get_item::GetItemInput) -> Result<Request, DaxError> {
    let expressions = Expressions::new(input.expression_attribute_names, None)?;
    let request = GetItem {
        table: required(input.table_name, "tableName")?,
        key: required_item(input.key, "key")?,
        consistent: input.consistent_read.unwrap_or(false),
        projection: either(
            ("AttributesToGet", legacy::projection(input.attributes_to_get)),
            ("ProjectionExpression", expressions.projection(input.projection_expression)?),
        )?,
        capacity: return_capacity(input.return_consumed_capacity)?,
    };
    expressions.finish("")?;
    Ok(Request::GetItem(request))
}

pub fn query(input: of::query::QueryInput) -> Result<Request, DaxError> {
    let expressions = Expressions::new(input.expression_attribute_names, input.expression_attribute_values)?;
    let request = Query {
        table: required(input.table_name, "tableName")?,
        key_condition: either(
            ("KeyConditions", legacy::conditions(input.key_conditions, None)?),
            ("KeyConditionExpression", expressions.key_condition(input.key_condition_expression)?),
        )?,
        forward: input.scan_index_forward.unwrap_or(true),
        options: ReadOptions {
            index: input.index_name,
            consistent: input.consistent_read.unwrap_or(false),
            filter: either(
                ("QueryFilter", legacy::conditions(input.query_filter, input.conditional_operator)?),
                ("FilterExpression", expressions.filter(input.filter_expression)?),
            )?,
            projection: either(
                ("AttributesToGet", legacy::projection(input.attributes_to_get)),
                ("ProjectionExpression", expressions.projection(input.projection_expression)?),
            )?,
            select: select(input.select)?,
            limit: input.limit,
            start: input.exclusive_start_key.map(item_from_sdk).transpose()?,
            capacity: return_capacity(input.return_consumed_capacity)?,
        },
    };
    expressions.finish("FilterExpression and KeyConditionExpression are null")?;
    Ok(Request::Query(request))
}

pub fn scan(input: of::scan::ScanInput) -> Result<Request, DaxError> {
    let segment = match (input.segment, input.total_segments) {
        (None, None) => None,
        (Some(segment), Some(total)) => Some((segment, total)),
        (None, Some(_)) => {
            return Err(refused("If total segments is specified, a particular segment must also be specified for this request"));
        }
        (Some(_), None) => return Err(refused("If segment is specified, total segment must also be specified")),
    };
    let expressions = Expressions::new(input.expression_attribute_names, input.expression_attribute_values)?;
    let request = Scan {
        table: required(input.table_name, "tableName")?,
        segment,
        options: ReadOptions {
            index: input.index_name,
            consistent: input.consistent_read.unwrap_or(false),
            filter: either(
                ("ScanFilter", legacy::conditions(input.scan_filter, input.conditional_operator)?),
                ("FilterExpression", expressions.filter(input.filter_expression)?),
            )?,
            projection: either(
                ("AttributesToGet", legacy::projection(input.attributes_to_get)),
                ("ProjectionExpression", expressions.projection(input.projection_expression)?),
            )?,
            select: select(input.select)?,
            limit: input.limit,
            start: input.exclusive_start_key.map(item_from_sdk).transpose()?,
            capacity: return_capacity(input.return_consumed_capacity)?,
        },
    };
    expressions.finish("FilterExpression is null")?;
    Ok(Request::Scan(request))
}

fn refused(words: &str) -> DaxError {
    DynamoError::validation(words).into()
}
