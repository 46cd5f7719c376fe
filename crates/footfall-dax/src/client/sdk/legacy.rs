//! Old-style parameters, from before there were expressions. They have no form on DAX's wire: here they become the
//! expressions that mean the same, as in the official clients.

use super::value::from_sdk;
use crate::client::DaxError;
use crate::wire::DynamoError;
use crate::wire::expr::{Action, Comparator, Condition, Operand, Path, PathElement, Projection, Update};
use crate::wire::value::Value;
use aws_sdk_dynamodb::types as sdk;
use std::collections::{BTreeMap, HashMap};

/// What a parameter is, given in the old style or as an expression; DynamoDB takes only one style at a time.
pub fn either<T>((old_name, old): (&str, Option<T>), (new_name, new): (&str, Option<T>)) -> Result<Option<T>, DaxError> {
    if old.is_some() && new.is_some() {
        return Err(refused(format!(
            "Can not use both expression and non-expression parameters in the same request: \
             Non-expression parameters: {{{old_name}}} Expression parameters: {{{new_name}}}"
        )));
    }
    Ok(old.or(new))
}

/// `AttributesToGet`.
pub fn projection(attributes: Option<Vec<String>>) -> Option<Projection> {
    Some(attributes?.into_iter().map(path).collect())
}

/// `KeyConditions`, `QueryFilter`, `ScanFilter`.
pub fn conditions(
    given: Option<HashMap<String, sdk::Condition>>,
    join: Option<sdk::ConditionalOperator>,
) -> Result<Option<Condition>, DaxError> {
    let condition = |(name, of): (String, sdk::Condition)| compared(name, &of.comparison_operator, of.attribute_value_list);
    joined(sorted(given).map(condition).collect::<Result<_, _>>()?, join)
}

/// `Expected`.
pub fn expected(
    given: Option<HashMap<String, sdk::ExpectedAttributeValue>>,
    join: Option<sdk::ConditionalOperator>,
) -> Result<Option<Condition>, DaxError> {
    joined(sorted(given).map(|(name, of)| expectation(name, of)).collect::<Result<_, _>>()?, join)
}

/// `AttributeUpdates`.
pub fn updates(given: Option<HashMap<String, sdk::AttributeValueUpdate>>) -> Result<Option<Update>, DaxError> {
    let Some(given) = given else { return Ok(None) };
    let actions = sorted(Some(given)).map(|(name, of)| action(name, of)).collect::<Result<Update, _>>()?;
    // Without any action an update only makes the item; an expression without any cannot be written.
    Ok((!actions.is_empty()).then_some(actions))
}

fn action(name: String, of: sdk::AttributeValueUpdate) -> Result<Action, DaxError> {
    let value = of.value.map(from_sdk).transpose()?.map(Operand::Value);
    Ok(match (of.action.unwrap_or(sdk::AttributeAction::Put), value) {
        (sdk::AttributeAction::Put, Some(value)) => Action::Set(path(name), value),
        (sdk::AttributeAction::Add, Some(value)) => Action::Add(path(name), value),
        (sdk::AttributeAction::Delete, Some(value)) => Action::Delete(path(name), value),
        (sdk::AttributeAction::Delete, None) => Action::Remove(path(name)),
        (sdk::AttributeAction::Put | sdk::AttributeAction::Add, None) => {
            return Err(invalid("Only DELETE action is allowed when no attribute value is specified".into()));
        }
        (other, _) => return Err(DaxError::Request(format!("the action {other} of AttributeUpdates is not known to this DAX client"))),
    })
}

fn expectation(name: String, of: sdk::ExpectedAttributeValue) -> Result<Condition, DaxError> {
    match (of.exists, of.value, of.comparison_operator) {
        (None, value, Some(operator)) => compared(name, &operator, of.attribute_value_list.or(value.map(|value| vec![value]))),
        (None | Some(true), Some(value), None) => {
            Ok(Condition::Compare(Comparator::Eq, Operand::Path(path(name)), Operand::Value(from_sdk(value)?)))
        }
        (Some(false), None, None) => Ok(Condition::NotExists(path(name))),
        (Some(true), None, None) => Err(invalid(format!("Value must be provided when Exists is true for Attribute: {name}"))),
        (None, None, None) => Err(invalid(format!("Value must be provided when Exists is null for Attribute: {name}"))),
        (Some(false), Some(_), None) => Err(invalid(format!("Value cannot be used when Exists is false for Attribute: {name}"))),
        (Some(_), _, Some(_)) => Err(invalid(format!("Exists and ComparisonOperator cannot be used together for Attribute: {name}"))),
    }
}

fn compared(name: String, operator: &sdk::ComparisonOperator, given: Option<Vec<sdk::AttributeValue>>) -> Result<Condition, DaxError> {
    use sdk::ComparisonOperator as Old;
    let values: Vec<Value> = given.unwrap_or_default().into_iter().map(from_sdk).collect::<Result<_, DynamoError>>()?;
    let path = path(name);
    let attribute = Operand::Path(path.clone());
    let comparator = match operator {
        Old::Eq => Some(Comparator::Eq),
        Old::Ne => Some(Comparator::Ne),
        Old::Lt => Some(Comparator::Lt),
        Old::Le => Some(Comparator::Le),
        Old::Gt => Some(Comparator::Gt),
        Old::Ge => Some(Comparator::Ge),
        _ => None,
    };
    if let Some(comparator) = comparator {
        let [value] = exactly(operator, values)?;
        return Ok(Condition::Compare(comparator, attribute, value));
    }
    Ok(match operator {
        Old::NotNull => {
            let [] = exactly(operator, values)?;
            Condition::Exists(path)
        }
        Old::Null => {
            let [] = exactly(operator, values)?;
            Condition::NotExists(path)
        }
        Old::Contains => {
            let [part] = exactly(operator, values)?;
            Condition::Contains(attribute, part)
        }
        Old::NotContains => {
            let [part] = exactly(operator, values)?;
            // Unlike the expression, this one is false where there is no such attribute.
            Condition::And(vec![Condition::Exists(path), Condition::Not(Box::new(Condition::Contains(attribute, part)))])
        }
        Old::BeginsWith => {
            let [prefix] = exactly(operator, values)?;
            Condition::BeginsWith(attribute, prefix)
        }
        Old::Between => {
            let [low, high] = exactly(operator, values)?;
            Condition::Between(attribute, low, high)
        }
        Old::In if values.is_empty() => return Err(wrong_number(operator)),
        Old::In => Condition::In(attribute, values.into_iter().map(Operand::Value).collect()),
        other => return Err(DaxError::Request(format!("the ComparisonOperator {other} is not known to this DAX client"))),
    })
}

fn joined(mut conditions: Vec<Condition>, join: Option<sdk::ConditionalOperator>) -> Result<Option<Condition>, DaxError> {
    if conditions.is_empty() && join.is_some() {
        return Err(refused("ConditionalOperator cannot be used without Filter or Expected".into()));
    }
    if conditions.len() < 2 {
        if join.is_some() {
            return Err(refused("ConditionalOperator can only be used when Filter or Expected has two or more elements".into()));
        }
        return Ok(conditions.pop());
    }
    Ok(Some(match join {
        None | Some(sdk::ConditionalOperator::And) => Condition::And(conditions.into_iter().flat_map(members).collect()),
        Some(sdk::ConditionalOperator::Or) => Condition::Or(conditions),
        Some(other) => return Err(DaxError::Request(format!("the ConditionalOperator {other} is not known to this DAX client"))),
    }))
}

/// Chains are flat.
fn members(condition: Condition) -> Vec<Condition> {
    match condition {
        Condition::And(members) => members,
        other => vec![other],
    }
}

fn exactly<const N: usize>(operator: &sdk::ComparisonOperator, values: Vec<Value>) -> Result<[Operand; N], DaxError> {
    let operands: Vec<Operand> = values.into_iter().map(Operand::Value).collect();
    operands.try_into().map_err(|_| wrong_number(operator))
}

fn wrong_number(operator: &sdk::ComparisonOperator) -> DaxError {
    invalid(format!("Invalid number of argument(s) for the {operator} ComparisonOperator"))
}

fn invalid(words: String) -> DaxError {
    refused(format!("One or more parameter values were invalid: {words}"))
}

fn refused(words: String) -> DaxError {
    DynamoError::validation(words).into()
}

/// In the order of names: one request is always written in one way, and finds itself in a cache.
fn sorted<T>(given: Option<HashMap<String, T>>) -> impl Iterator<Item = (String, T)> {
    given.unwrap_or_default().into_iter().collect::<BTreeMap<_, _>>().into_iter()
}

/// Names of old-style parameters are names of attributes whatever they contain, and no paths.
fn path(name: String) -> Path {
    Path(vec![PathElement::Name(name)])
}
