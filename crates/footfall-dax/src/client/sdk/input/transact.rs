//! Transactions.

use super::{collection_metrics, old_on_failure, required, return_capacity};
use crate::client::DaxError;
use crate::client::sdk::expression::{Expressions, Names, Values};
use crate::client::sdk::value::item_from_sdk;
use crate::wire::DynamoError;
use crate::wire::model::{Request, TransactAction, TransactGet, TransactGetItems, TransactWrite, TransactWriteItems};
use aws_sdk_dynamodb::operation as of;
use aws_sdk_dynamodb::types::{ReturnValuesOnConditionCheckFailure, TransactGetItem, TransactWriteItem};

pub fn transact_get_items(input: of::transact_get_items::TransactGetItemsInput) -> Result<Request, DaxError> {
    let get = |item: TransactGetItem| {
        let get = required(item.get, "transactItems.1.member.get")?;
        let expressions = Expressions::new(get.expression_attribute_names, None)?;
        let projection = expressions.projection(get.projection_expression)?;
        expressions.finish("")?;
        Ok(TransactGet { table: get.table_name, key: item_from_sdk(get.key)?, projection })
    };
    let gets = required(input.transact_items, "transactItems")?;
    Ok(Request::TransactGetItems(TransactGetItems {
        gets: gets.into_iter().map(get).collect::<Result<_, DaxError>>()?,
        capacity: return_capacity(input.return_consumed_capacity)?,
    }))
}

pub fn transact_write_items(input: of::transact_write_items::TransactWriteItemsInput) -> Result<Request, DaxError> {
    let writes = required(input.transact_items, "transactItems")?;
    Ok(Request::TransactWriteItems(TransactWriteItems {
        writes: writes.into_iter().map(write).collect::<Result<_, DaxError>>()?,
        token: input.client_request_token,
        capacity: return_capacity(input.return_consumed_capacity)?,
        collection_metrics: collection_metrics(input.return_item_collection_metrics)?,
    }))
}

fn write(item: TransactWriteItem) -> Result<TransactWrite, DaxError> {
    match (item.condition_check, item.put, item.delete, item.update) {
        (Some(check), None, None, None) => Parts {
            table: check.table_name,
            names: check.expression_attribute_names,
            values: check.expression_attribute_values,
            condition: Some(check.condition_expression),
            on_failure: check.return_values_on_condition_check_failure,
        }
        .finish(|_| Ok(TransactAction::Check(item_from_sdk(check.key)?))),
        (None, Some(put), None, None) => Parts {
            table: put.table_name,
            names: put.expression_attribute_names,
            values: put.expression_attribute_values,
            condition: put.condition_expression,
            on_failure: put.return_values_on_condition_check_failure,
        }
        .finish(|_| Ok(TransactAction::Put(item_from_sdk(put.item)?))),
        (None, None, Some(delete), None) => Parts {
            table: delete.table_name,
            names: delete.expression_attribute_names,
            values: delete.expression_attribute_values,
            condition: delete.condition_expression,
            on_failure: delete.return_values_on_condition_check_failure,
        }
        .finish(|_| Ok(TransactAction::Delete(item_from_sdk(delete.key)?))),
        (None, None, None, Some(update)) => Parts {
            table: update.table_name,
            names: update.expression_attribute_names,
            values: update.expression_attribute_values,
            condition: update.condition_expression,
            on_failure: update.return_values_on_condition_check_failure,
        }
        .finish(|expressions| {
            let actions = expressions.update(Some(update.update_expression))?.unwrap_or_default();
            Ok(TransactAction::Update(item_from_sdk(update.key)?, actions))
        }),
        _ => {
            let words = "TransactItems can only contain one of Check, Put, Update or Delete";
            Err(DynamoError::validation(words).into())
        }
    }
}

/// What the four kinds of writes have in common.
struct Parts {
    table: String,
    names: Names,
    values: Values,
    condition: Option<String>,
    on_failure: Option<ReturnValuesOnConditionCheckFailure>,
}

impl Parts {
    fn finish(self, action: impl FnOnce(&Expressions) -> Result<TransactAction, DaxError>) -> Result<TransactWrite, DaxError> {
        let expressions = Expressions::new(self.names, self.values)?;
        let action = action(&expressions)?;
        let condition = expressions.condition(self.condition)?;
        expressions.finish("ConditionExpression is null")?;
        Ok(TransactWrite { table: self.table, action, condition, old_on_failure: old_on_failure(self.on_failure)? })
    }
}
