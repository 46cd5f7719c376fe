//! One table, and the calls made of it: errors are translated, pages and unprocessed entries followed, units counted.

use super::failure::{Failure, cancelled, meaning};
use super::item::{Item, Name};
use super::stats::{Counters, Kind};
use super::tuning::Tuning;
use crate::StoreError;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity, ReturnValue, TransactWriteItem};
use std::sync::Arc;

/// How often a transaction that met another one is tried again.
const MEETINGS: u32 = 12;

pub(super) struct Table {
    pub client: Client,
    pub name: String,
    /// Where it is, in words.
    pub place: String,
    pub counters: Arc<Counters>,
    pub tuning: Tuning,
}

/// A condition or an update, with what its `:names` stand for. Names of attributes are chosen so that none is a reserved
/// word of DynamoDB.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub text: String,
    pub values: Vec<(&'static str, AttributeValue)>,
}

impl Expression {
    pub fn new(text: impl Into<String>, values: impl Into<Vec<(&'static str, AttributeValue)>>) -> Self {
        Self { text: text.into(), values: values.into() }
    }

    /// There is no such item.
    pub fn absent() -> Self {
        Self::new("attribute_not_exists(pk)", [])
    }

    /// There is such an item.
    pub fn present() -> Self {
        Self::new("attribute_exists(pk)", [])
    }

    pub fn values(&self) -> Option<Item> {
        (!self.values.is_empty()).then(|| self.values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }
}

impl Table {
    /// An item as it is now.
    pub async fn get(&self, kind: Kind, name: &Name, projection: Option<&str>) -> Result<Option<Item>, StoreError> {
        let call = self.client.get_item().table_name(&self.name).set_key(Some(name.item())).consistent_read(true);
        let call = call.set_projection_expression(projection.map(str::to_owned));
        let answer = call.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
        let answer = answer.map_err(|error| self.failed(&error))?;
        self.counters.read(kind, answer.consumed_capacity().and_then(|units| units.capacity_units()));
        Ok(answer.item)
    }

    /// Puts an item, if the condition holds of the one that is there.
    pub async fn put(&self, kind: Kind, item: Item, condition: Option<Expression>) -> Result<(), Failure> {
        let call = self.client.put_item().table_name(&self.name).set_item(Some(item));
        let call = call.set_expression_attribute_values(condition.as_ref().and_then(Expression::values));
        let call = call.set_condition_expression(condition.map(|condition| condition.text));
        let answer = call.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
        let answer = answer.map_err(|error| self.failure(&error))?;
        self.counters.wrote(kind, answer.consumed_capacity().and_then(|units| units.capacity_units()));
        Ok(())
    }

    /// Changes an item, or makes it; returns what it is then.
    pub async fn update(&self, kind: Kind, name: &Name, update: Expression, condition: Option<Expression>) -> Result<Item, Failure> {
        let mut values = update.values().unwrap_or_default();
        values.extend(condition.as_ref().and_then(Expression::values).unwrap_or_default());
        let call = self.client.update_item().table_name(&self.name).set_key(Some(name.item())).update_expression(update.text);
        let call = call.set_condition_expression(condition.map(|condition| condition.text));
        let call = call.set_expression_attribute_values((!values.is_empty()).then_some(values));
        let call = call.return_values(ReturnValue::AllNew).return_consumed_capacity(ReturnConsumedCapacity::Total);
        let answer = call.send().await.map_err(|error| self.failure(&error))?;
        self.counters.wrote(kind, answer.consumed_capacity().and_then(|units| units.capacity_units()));
        Ok(answer.attributes.unwrap_or_default())
    }

    /// Deletes an item, if the condition holds; one that is not there is no error without a condition.
    pub async fn delete(&self, kind: Kind, name: &Name, condition: Option<Expression>) -> Result<(), Failure> {
        let call = self.client.delete_item().table_name(&self.name).set_key(Some(name.item()));
        let call = call.set_expression_attribute_values(condition.as_ref().and_then(Expression::values));
        let call = call.set_condition_expression(condition.map(|condition| condition.text));
        let answer = call.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
        let answer = answer.map_err(|error| self.failure(&error))?;
        self.counters.wrote(kind, answer.consumed_capacity().and_then(|units| units.capacity_units()));
        Ok(())
    }

    /// All of it or nothing; 100 items at most. Tried again when it met another transaction, or itself still at work: a token
    /// makes an attempt after a lost answer harmless.
    pub async fn transact(&self, kind: Kind, items: Vec<TransactWriteItem>) -> Result<(), Failure> {
        let mut met = 0;
        let mut token = self.token();
        loop {
            let call = self.client.transact_write_items().set_transact_items(Some(items.clone())).client_request_token(&token);
            match call.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await {
                Ok(answer) => {
                    let units = answer.consumed_capacity().iter().filter_map(|units| units.capacity_units()).sum();
                    self.counters.wrote(kind, Some(units));
                    return Ok(());
                }
                Err(error) => match self.transaction_failure(&error) {
                    failure @ (Failure::Conflict | Failure::AtWork) if met < MEETINGS => {
                        tokio::time::sleep(self.tuning.backoff(met)).await;
                        Counters::add(&self.counters.resent, 1);
                        met += 1;
                        if matches!(failure, Failure::Conflict) {
                            // That one is over, and was not done.
                            token = self.token();
                        }
                    }
                    failure => return Err(failure),
                },
            }
        }
    }

    fn token(&self) -> String {
        let mut bytes = [0; 16];
        self.tuning.entropy.fill(&mut bytes);
        hex::encode(bytes)
    }

    fn transaction_failure<R: std::fmt::Debug + 'static>(&self, error: &SdkError<TransactWriteItemsError, R>) -> Failure {
        match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(why)) => cancelled(why.cancellation_reasons()),
            _ => self.failure(error),
        }
    }

    pub fn failure<E, R>(&self, error: &SdkError<E, R>) -> Failure
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        meaning(error, &self.name, &self.place)
    }

    /// For calls without a condition.
    pub fn failed<E, R>(&self, error: &SdkError<E, R>) -> StoreError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        self.failure(error).into()
    }
}
