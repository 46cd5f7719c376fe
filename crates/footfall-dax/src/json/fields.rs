//! The parameters of a request, one by one.

use super::JsonError;
use super::value::{read_item, read_value};
use crate::wire::expr::{Condition, ConditionKind, Projection, Substitutions, Update, parse_condition, parse_projection, parse_update};
use crate::wire::model::{ReturnCapacity, ReturnValues, Select};
use crate::wire::value::Item;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Parameters from before expressions.
const LEGACY: [&str; 7] =
    ["AttributesToGet", "AttributeUpdates", "ConditionalOperator", "Expected", "KeyConditions", "QueryFilter", "ScanFilter"];

/// An object of which all fields are known.
pub(super) struct Fields<'a> {
    map: &'a Map<String, Json>,
}

impl<'a> Fields<'a> {
    /// The object with only these fields.
    pub fn of(json: &'a Json, known: &[&str]) -> Result<Self, JsonError> {
        let map = json.as_object().ok_or_else(|| JsonError::unsure("an object was expected"))?;
        for name in map.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name.as_str()) {
            if LEGACY.contains(&name) {
                return Err(JsonError::Legacy(name.to_owned()));
            }
            if !known.contains(&name) {
                return Err(JsonError::unsure(format!("{name} is unknown here")));
            }
        }
        Ok(Self { map })
    }

    /// A field; null counts as not there.
    pub fn some(&self, name: &str) -> Option<&'a Json> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be there.
    pub fn need(&self, name: &str) -> Result<&'a Json, JsonError> {
        self.some(name).ok_or_else(|| JsonError::unsure(format!("{name} is missing")))
    }

    pub fn text(&self, name: &str) -> Result<Option<&'a str>, JsonError> {
        self.typed(name, Json::as_str)
    }

    pub fn list(&self, name: &str) -> Result<&'a [Json], JsonError> {
        self.need(name)?.as_array().map(Vec::as_slice).ok_or_else(|| wrong(name))
    }

    pub fn object(&self, name: &str) -> Result<&'a Map<String, Json>, JsonError> {
        self.need(name)?.as_object().ok_or_else(|| wrong(name))
    }

    pub fn flag(&self, name: &str) -> Result<Option<bool>, JsonError> {
        self.typed(name, Json::as_bool)
    }

    pub fn number(&self, name: &str) -> Result<Option<i32>, JsonError> {
        self.typed(name, |json| json.as_i64().and_then(|number| i32::try_from(number).ok()))
    }

    pub fn item(&self, name: &str) -> Result<Item, JsonError> {
        read_item(self.need(name)?)
    }

    pub fn table(&self) -> Result<String, JsonError> {
        Ok(self.text("TableName")?.ok_or_else(|| JsonError::unsure("TableName is missing"))?.to_owned())
    }

    pub fn capacity(&self) -> Result<ReturnCapacity, JsonError> {
        Ok(match self.text("ReturnConsumedCapacity")? {
            None | Some("NONE") => ReturnCapacity::None,
            Some("TOTAL") => ReturnCapacity::Total,
            Some("INDEXES") => ReturnCapacity::Indexes,
            Some(_) => return Err(wrong("ReturnConsumedCapacity")),
        })
    }

    pub fn collection_metrics(&self) -> Result<bool, JsonError> {
        match self.text("ReturnItemCollectionMetrics")? {
            None | Some("NONE") => Ok(false),
            Some("SIZE") => Ok(true),
            Some(_) => Err(wrong("ReturnItemCollectionMetrics")),
        }
    }

    pub fn old_on_failure(&self) -> Result<bool, JsonError> {
        match self.text("ReturnValuesOnConditionCheckFailure")? {
            None | Some("NONE") => Ok(false),
            Some("ALL_OLD") => Ok(true),
            Some(_) => Err(wrong("ReturnValuesOnConditionCheckFailure")),
        }
    }

    pub fn return_values(&self) -> Result<ReturnValues, JsonError> {
        Ok(match self.text("ReturnValues")? {
            None | Some("NONE") => ReturnValues::None,
            Some("ALL_OLD") => ReturnValues::AllOld,
            Some("UPDATED_OLD") => ReturnValues::UpdatedOld,
            Some("ALL_NEW") => ReturnValues::AllNew,
            Some("UPDATED_NEW") => ReturnValues::UpdatedNew,
            Some(_) => return Err(wrong("ReturnValues")),
        })
    }

    pub fn select(&self) -> Result<Option<Select>, JsonError> {
        Ok(match self.text("Select")? {
            None => None,
            Some("ALL_ATTRIBUTES") => Some(Select::AllAttributes),
            Some("ALL_PROJECTED_ATTRIBUTES") => Some(Select::AllProjected),
            Some("COUNT") => Some(Select::Count),
            Some("SPECIFIC_ATTRIBUTES") => Some(Select::Specific),
            Some(_) => return Err(wrong("Select")),
        })
    }

    /// The expressions among the fields, sharing the names and values among them.
    pub fn expressions(&self) -> Result<Expressions<'_, 'a>, JsonError> {
        let names = self.substitutes("ExpressionAttributeNames", |name| name.as_str().map(str::to_owned).ok_or_else(|| wrong("a name")))?;
        let values = self.substitutes("ExpressionAttributeValues", read_value)?;
        Ok(Expressions { fields: self, substitutions: Substitutions::new(names, values)? })
    }

    fn substitutes<T>(&self, name: &str, read: impl Fn(&Json) -> Result<T, JsonError>) -> Result<BTreeMap<String, T>, JsonError> {
        if self.some(name).is_none() {
            return Ok(BTreeMap::new());
        }
        let map = self.object(name)?;
        if map.is_empty() {
            return Err(JsonError::unsure(format!("{name} must not be empty")));
        }
        map.iter().map(|(placeholder, value)| Ok((placeholder.clone(), read(value)?))).collect()
    }

    fn typed<T>(&self, name: &str, read: impl Fn(&'a Json) -> Option<T>) -> Result<Option<T>, JsonError> {
        self.some(name).map(|json| read(json).ok_or_else(|| wrong(name))).transpose()
    }
}

/// The expressions of one request.
pub(super) struct Expressions<'f, 'a> {
    fields: &'f Fields<'a>,
    substitutions: Substitutions,
}

impl Expressions<'_, '_> {
    pub fn condition(&self) -> Result<Option<Condition>, JsonError> {
        self.of_kind("ConditionExpression", ConditionKind::Condition)
    }

    pub fn filter(&self) -> Result<Option<Condition>, JsonError> {
        self.of_kind("FilterExpression", ConditionKind::Filter)
    }

    pub fn key_condition(&self) -> Result<Option<Condition>, JsonError> {
        self.of_kind("KeyConditionExpression", ConditionKind::Key)
    }

    pub fn projection(&self) -> Result<Option<Projection>, JsonError> {
        self.parsed("ProjectionExpression", |text| parse_projection(text, &self.substitutions))
    }

    pub fn update(&self) -> Result<Option<Update>, JsonError> {
        self.parsed("UpdateExpression", |text| parse_update(text, &self.substitutions))
    }

    /// All have been read: every name and value must have been of use.
    pub fn finish(self) -> Result<(), JsonError> {
        Ok(self.substitutions.check_used()?)
    }

    fn of_kind(&self, name: &str, kind: ConditionKind) -> Result<Option<Condition>, JsonError> {
        self.parsed(name, |text| parse_condition(text, kind, &self.substitutions))
    }

    fn parsed<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, crate::wire::DynamoError>) -> Result<Option<T>, JsonError> {
        Ok(self.fields.text(name)?.map(parse).transpose()?)
    }
}

fn wrong(name: &str) -> JsonError {
    JsonError::unsure(format!("{name} is not what it should be"))
}
