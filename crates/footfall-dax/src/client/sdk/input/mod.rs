//! Inputs of the SDK as requests of our model, one function an operation.

mod batch;
mod read;
mod transact;
mod write;

pub use batch::{batch_get_item, batch_write_item, unprocessed_keys};
pub use read::{get_item, query, scan};
pub use transact::{transact_get_items, transact_write_items};
pub use write::{delete_item, put_item, update_item};

use super::value::item_from_sdk;
use crate::client::DaxError;
use crate::wire::DynamoError;
use crate::wire::model::{ReturnCapacity, ReturnValues, Select};
use crate::wire::value::Item;
use aws_sdk_dynamodb::types as sdk;
use std::collections::HashMap;

type SdkItem = HashMap<String, sdk::AttributeValue>;

/// A parameter that must be there, refused in DynamoDB's words when it is not.
fn required<T>(given: Option<T>, parameter: &str) -> Result<T, DaxError> {
    given.ok_or_else(|| {
        let words =
            format!("1 validation error detected: Value null at '{parameter}' failed to satisfy constraint: Member must not be null");
        DynamoError::validation(words).into()
    })
}

fn required_item(given: Option<SdkItem>, parameter: &str) -> Result<Item, DaxError> {
    Ok(item_from_sdk(required(given, parameter)?)?)
}

/// A value of an enum that this version of the SDK, or of this crate, does not know.
fn unknown(parameter: &str, value: &str) -> DaxError {
    DaxError::Request(format!("{parameter} is {value:?}, which this DAX client does not know"))
}

fn return_capacity(given: Option<sdk::ReturnConsumedCapacity>) -> Result<ReturnCapacity, DaxError> {
    Ok(match given {
        None | Some(sdk::ReturnConsumedCapacity::None) => ReturnCapacity::None,
        Some(sdk::ReturnConsumedCapacity::Total) => ReturnCapacity::Total,
        Some(sdk::ReturnConsumedCapacity::Indexes) => ReturnCapacity::Indexes,
        Some(other) => return Err(unknown("ReturnConsumedCapacity", other.as_str())),
    })
}

fn collection_metrics(given: Option<sdk::ReturnItemCollectionMetrics>) -> Result<bool, DaxError> {
    Ok(match given {
        None | Some(sdk::ReturnItemCollectionMetrics::None) => false,
        Some(sdk::ReturnItemCollectionMetrics::Size) => true,
        Some(other) => return Err(unknown("ReturnItemCollectionMetrics", other.as_str())),
    })
}

fn return_values(given: Option<sdk::ReturnValue>) -> Result<ReturnValues, DaxError> {
    Ok(match given {
        None | Some(sdk::ReturnValue::None) => ReturnValues::None,
        Some(sdk::ReturnValue::AllOld) => ReturnValues::AllOld,
        Some(sdk::ReturnValue::UpdatedOld) => ReturnValues::UpdatedOld,
        Some(sdk::ReturnValue::AllNew) => ReturnValues::AllNew,
        Some(sdk::ReturnValue::UpdatedNew) => ReturnValues::UpdatedNew,
        Some(other) => return Err(unknown("ReturnValues", other.as_str())),
    })
}

fn old_on_failure(given: Option<sdk::ReturnValuesOnConditionCheckFailure>) -> Result<bool, DaxError> {
    Ok(match given {
        None | Some(sdk::ReturnValuesOnConditionCheckFailure::None) => false,
        Some(sdk::ReturnValuesOnConditionCheckFailure::AllOld) => true,
        Some(other) => return Err(unknown("ReturnValuesOnConditionCheckFailure", other.as_str())),
    })
}

fn select(given: Option<sdk::Select>) -> Result<Option<Select>, DaxError> {
    Ok(match given {
        None => None,
        Some(sdk::Select::AllAttributes) => Some(Select::AllAttributes),
        Some(sdk::Select::AllProjectedAttributes) => Some(Select::AllProjected),
        Some(sdk::Select::Count) => Some(Select::Count),
        Some(sdk::Select::SpecificAttributes) => Some(Select::Specific),
        Some(other) => return Err(unknown("Select", other.as_str())),
    })
}
