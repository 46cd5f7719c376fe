//! Expressions of one request, sharing its names and values.

use super::value::item_from_sdk;
use crate::client::DaxError;
use crate::wire::expr::{Condition, ConditionKind, Projection, Substitutions, Update, parse_condition, parse_projection, parse_update};
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// What `ExpressionAttributeNames` is.
pub type Names = Option<HashMap<String, String>>;
/// What `ExpressionAttributeValues` is.
pub type Values = Option<HashMap<String, AttributeValue>>;

/// Reads the expressions that share names and values, then checks that they used them all.
pub struct Expressions {
    substitutions: Substitutions,
}

impl Expressions {
    pub fn new(names: Names, values: Values) -> Result<Self, DaxError> {
        let names = names.unwrap_or_default().into_iter().collect();
        let values = item_from_sdk(values.unwrap_or_default())?;
        Ok(Self { substitutions: Substitutions::new(names, values)? })
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
        Ok(text.map(|text| parse_projection(&text, &self.substitutions)).transpose()?)
    }

    pub fn update(&self, text: Option<String>) -> Result<Option<Update>, DaxError> {
        Ok(text.map(|text| parse_update(&text, &self.substitutions)).transpose()?)
    }

    /// To be called when all expressions have been read.
    pub fn finish(self) -> Result<(), DaxError> {
        Ok(self.substitutions.check_used()?)
    }

    fn any_condition(&self, kind: ConditionKind, text: Option<String>) -> Result<Option<Condition>, DaxError> {
        Ok(text.map(|text| parse_condition(&text, kind, &self.substitutions)).transpose()?)
    }
}
