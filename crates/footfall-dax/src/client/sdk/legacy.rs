//! Old-style parameters, from before there were expressions.

use crate::client::DaxError;

/// Refuses an old-style parameter, naming what takes its place. They have no form on DAX's wire.
pub fn refuse<T>(given: &Option<T>, parameter: &str, instead: &str) -> Result<(), DaxError> {
    match given {
        None => Ok(()),
        Some(_) => {
            Err(DaxError::Request(format!("{parameter} is an old-style parameter that this DAX client does not send; use {instead}")))
        }
    }
}
