//! What stands for `#name` and `:value` in the expressions of one request.

use super::weight::Budget;
use crate::wire::error::{DynamoError, WireError};
use crate::wire::value::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// `ExpressionAttributeNames` and `ExpressionAttributeValues` of one request. All its expressions share them;
/// when all are parsed, [`Self::check_used`] refuses what none of them named, as DynamoDB does.
#[derive(Default, Debug)]
pub struct Substitutions {
    names: BTreeMap<String, String>,
    values: BTreeMap<String, Value>,
    used: RefCell<BTreeSet<String>>,
    budget: Budget,
}

impl Substitutions {
    /// The keys with their `#` or `:`.
    ///
    /// # Errors
    /// A `ValidationException` in DynamoDB's words when a key is no placeholder, or a name none.
    pub fn new(names: BTreeMap<String, String>, values: BTreeMap<String, Value>) -> Result<Self, DynamoError> {
        check_keys("ExpressionAttributeNames", '#', names.keys())?;
        check_keys("ExpressionAttributeValues", ':', values.keys())?;
        check_names(&names)?;
        Ok(Self { names, values, used: RefCell::default(), budget: Budget::default() })
    }

    /// The name that stands behind `#…`.
    pub fn name(&self, placeholder: &str) -> Option<&str> {
        let name = self.names.get(placeholder)?;
        self.used.borrow_mut().insert(placeholder.to_owned());
        Some(name)
    }

    /// The value that stands behind `:…`.
    ///
    /// # Errors
    /// It was used so often that the expressions would take too much memory.
    pub fn value(&self, placeholder: &str) -> Result<Option<Value>, WireError> {
        let Some(value) = self.values.get(placeholder) else { return Ok(None) };
        self.used.borrow_mut().insert(placeholder.to_owned());
        self.budget.copy(value).map(Some)
    }

    /// Refuses names and values that no expression has used.
    ///
    /// # Errors
    /// A `ValidationException` in DynamoDB's words.
    pub fn check_used(&self) -> Result<(), DynamoError> {
        let used = self.used.borrow();
        let unused = |what: &str, keys: Vec<&str>| match keys.is_empty() {
            true => Ok(()),
            false => Err(DynamoError::validation(format!("Value provided in {what} unused in expressions: keys: {{{}}}", keys.join(", ")))),
        };
        unused("ExpressionAttributeNames", self.names.keys().filter(|key| !used.contains(*key)).map(String::as_str).collect())?;
        unused("ExpressionAttributeValues", self.values.keys().filter(|key| !used.contains(*key)).map(String::as_str).collect())
    }
}

fn check_keys<'a>(what: &str, sign: char, keys: impl Iterator<Item = &'a String>) -> Result<(), DynamoError> {
    for key in keys {
        let good = key.strip_prefix(sign).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(super::lexer::is_word));
        if !good {
            return Err(DynamoError::validation(format!("{what} contains invalid key: Syntax error; key: \"{key}\"")));
        }
    }
    Ok(())
}

/// The longest name of an attribute, in bytes.
const MAX_NAME: usize = 65_535;

fn check_names(names: &BTreeMap<String, String>) -> Result<(), DynamoError> {
    for (key, name) in names {
        let trouble = match name.len() {
            0 => "Empty attribute name",
            1..=MAX_NAME => continue,
            _ => "Attribute name is too large, must be less than 65536 bytes",
        };
        return Err(DynamoError::validation(format!("ExpressionAttributeNames contains invalid value: {trouble} for key {key}")));
    }
    Ok(())
}
