//! Writes of one item.

use super::{collection_metrics, old_on_failure, required, required_item, return_capacity, return_values};
use crate::client::DaxError;
use crate::client::sdk::expression::Expressions;
use crate::client::sdk::legacy::{self, either};
use crate::wire::model::{DeleteItem, PutItem, Request, UpdateItem, WriteOptions};
use aws_sdk_dynamodb::operation as of;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;

pub fn put_item(input: of::put_item::PutItemInput) -> Result<Request, DaxError> {
    no_old_on_failure(input.return_values_on_condition_check_failure)?;
    let expressions = Expressions::new(input.expression_attribute_names, input.expression_attribute_values)?;
    let request = PutItem {
        table: required(input.table_name, "tableName")?,
        item: required_item(input.item, "item")?,
        options: WriteOptions {
            condition: either(
                ("Expected", legacy::expected(input.expected, input.conditional_operator)?),
                ("ConditionExpression", expressions.condition(input.condition_expression)?),
            )?,
            return_values: return_values(input.return_values)?,
            capacity: return_capacity(input.return_consumed_capacity)?,
            collection_metrics: collection_metrics(input.return_item_collection_metrics)?,
            old_on_failure: false,
        },
    };
    expressions.finish("ConditionExpression is null")?;
    Ok(Request::PutItem(request))
}

pub fn update_item(input: of::update_item::UpdateItemInput) -> Result<Request, DaxError> {
    no_old_on_failure(input.return_values_on_condition_check_failure)?;
    let expressions = Expressions::new(input.expression_attribute_names, input.expression_attribute_values)?;
    let request = UpdateItem {
        table: required(input.table_name, "tableName")?,
        key: required_item(input.key, "key")?,
        update: either(
            ("AttributeUpdates", legacy::updates(input.attribute_updates)?),
            ("UpdateExpression", expressions.update(input.update_expression)?),
        )?,
        options: WriteOptions {
            condition: either(
                ("Expected", legacy::expected(input.expected, input.conditional_operator)?),
                ("ConditionExpression", expressions.condition(input.condition_expression)?),
            )?,
            return_values: return_values(input.return_values)?,
            capacity: return_capacity(input.return_consumed_capacity)?,
            collection_metrics: collection_metrics(input.return_item_collection_metrics)?,
            old_on_failure: false,
        },
    };
    expressions.finish("UpdateExpression and ConditionExpression are null")?;
    Ok(Request::UpdateItem(request))
}

pub fn delete_item(input: of::delete_item::DeleteItemInput) -> Result<Request, DaxError> {
    no_old_on_failure(input.return_values_on_condition_check_failure)?;
    let expressions = Expressions::new(input.expression_attribute_names, input.expression_attribute_values)?;
    let request = DeleteItem {
        table: required(input.table_name, "tableName")?,
        key: required_item(input.key, "key")?,
        options: WriteOptions {
            condition: either(
                ("Expected", legacy::expected(input.expected, input.conditional_operator)?),
                ("ConditionExpression", expressions.condition(input.condition_expression)?),
            )?,
            return_values: return_values(input.return_values)?,
            capacity: return_capacity(input.return_consumed_capacity)?,
            collection_metrics: collection_metrics(input.return_item_collection_metrics)?,
            old_on_failure: false,
        },
    };
    expressions.finish("ConditionExpression is null")?;
    Ok(Request::DeleteItem(request))
}

/// The wire has no place for it in writes of one item: dropping it would leave the caller waiting for an item.
fn no_old_on_failure(given: Option<ReturnValuesOnConditionCheckFailure>) -> Result<(), DaxError> {
    if old_on_failure(given)? {
        let words = "ReturnValuesOnConditionCheckFailure cannot be sent over DAX but in a transaction; read the item after the failure";
        return Err(DaxError::Request(words.into()));
    }
    Ok(())
}
