//! Expressions of one request, sharing its names and values.

use super::value::item_from_sdk;
use crate::client::DaxError;
use crate::wire::DynamoError;
use crate::wire::expr::{Condition, ConditionKind, Projection, Substitutions, Update, parse_condition, parse_projection, parse_update};
use aws_sdk_dynamodb::types::AttributeValue;
use std::cell::Cell;
use std::collections::HashMap;

/// What `ExpressionAttributeNames` is.
pub type Names = Option<HashMap<String, String>>;
/// What `ExpressionAttributeValues` is.
pub type Values = Option<HashMap<String, AttributeValue>>;

/// Reads the expressions that share names and values, then checks that they used them all.
pub struct Expressions {
    substitutions: Substitutions,
    names: bool,
    values: bool,
    /// Whether there was any expression to use them.
    any: Cell<bool>,
}

impl Expressions {
    pub fn new(names: Names, values: Values) -> Result<Self, DaxError> {
        let (has_names, has_values) = (names.is_some(), values.is_some());
        let names = names.unwrap_or_default().into_iter().collect();
        let values = item_from_sdk(values.unwrap_or_default())?;
        Ok(Self { substitutions: Substitutions::new(names, values)?, names: has_names, values: has_values, any: Cell::new(false) })
    }

    pub fn condition(&self, text: Option<String>) -> Result<Option<Condition>, DaxError> {
        self.any_condition(ConditionKind::Condition, text)
    }

    pub fn filter(&self, text: Option<String>) -> Result<Option<Condition>, DaxError> {
        self.any_condition(ConditionKind::Filter, text)
    }

    pub fn key_condition(&self, text: Option<String>) -> Result<Option<Condition>, DaxError> {
        self.any_condition(ConditionKind::Key, text)
    }

    pub fn projection(&self, text: Option<String>) -> Result<Option<Projection>, DaxError> {
        self.read(text, |text| parse_projection(text, &self.substitutions))
    }

    pub fn update(&self, text: Option<String>) -> Result<Option<Update>, DaxError> {
        self.read(text, |text| parse_update(text, &self.substitutions))
    }

    /// To be called when all expressions have been read. `without` says which expressions could have used values.
    pub fn finish(self, without: &str) -> Result<(), DaxError> {
        let alone = match (self.any.get(), self.names, self.values) {
            (false, true, _) => "ExpressionAttributeNames can only be specified when using expressions".to_owned(),
            (false, _, true) => format!("ExpressionAttributeValues can only be specified when using expressions: {without}"),
            _ => return Ok(self.substitutions.check_used()?),
        };
        Err(DynamoError::validation(alone).into())
    }

    fn any_condition(&self, kind: ConditionKind, text: Option<String>) -> Result<Option<Condition>, DaxError> {
        self.read(text, |text| parse_condition(text, kind, &self.substitutions))
    }

    fn read<T>(&self, text: Option<String>, parse: impl FnOnce(&str) -> Result<T, DynamoError>) -> Result<Option<T>, DaxError> {
        let Some(text) = text else { return Ok(None) };
        self.any.set(true);
        Ok(Some(parse(&text)?))
    }
}
