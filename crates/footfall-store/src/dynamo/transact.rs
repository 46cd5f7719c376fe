//! The parts of a transaction.

use super::item::{Item, Name};
use super::table::{Expression, Table};
use crate::StoreError;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, TransactWriteItem, Update};

/// DynamoDB takes no more in one transaction.
pub(super) const MOST: usize = 100;

fn wrong(error: BuildError) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

impl Table {
    pub fn part_put(&self, item: Item, condition: Option<Expression>) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder().table_name(&self.name).set_item(Some(item));
        let put = put.set_expression_attribute_values(condition.as_ref().and_then(Expression::values));
        let put = put.set_condition_expression(condition.map(|condition| condition.text));
        Ok(TransactWriteItem::builder().put(put.build().map_err(wrong)?).build())
    }

    pub fn part_delete(&self, name: &Name, condition: Option<Expression>) -> Result<TransactWriteItem, StoreError> {
        let delete = Delete::builder().table_name(&self.name).set_key(Some(name.item()));
        let delete = delete.set_expression_attribute_values(condition.as_ref().and_then(Expression::values));
        let delete = delete.set_condition_expression(condition.map(|condition| condition.text));
        Ok(TransactWriteItem::builder().delete(delete.build().map_err(wrong)?).build())
    }

    pub fn part_update(&self, name: &Name, update: Expression, condition: Option<Expression>) -> Result<TransactWriteItem, StoreError> {
        let mut values = update.values().unwrap_or_default();
        values.extend(condition.as_ref().and_then(Expression::values).unwrap_or_default());
        let part = Update::builder().table_name(&self.name).set_key(Some(name.item())).update_expression(update.text);
        let part = part.set_condition_expression(condition.map(|condition| condition.text));
        let part = part.set_expression_attribute_values((!values.is_empty()).then_some(values));
        Ok(TransactWriteItem::builder().update(part.build().map_err(wrong)?).build())
    }

    pub fn part_check(&self, name: &Name, condition: Expression) -> Result<TransactWriteItem, StoreError> {
        let check = ConditionCheck::builder().table_name(&self.name).set_key(Some(name.item()));
        let check = check.set_expression_attribute_values(condition.values()).condition_expression(condition.text);
        Ok(TransactWriteItem::builder().condition_check(check.build().map_err(wrong)?).build())
    }
}
