//! A step's input, in the SDK's types.

use super::values::{Item, item, value};
use aws_sdk_dynamodb::types::*;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What is left of an input: what has been taken is gone.
pub struct Given(Map<String, Value>);

impl Given {
    pub fn new(input: &Value) -> Self {
        Self(input.as_object().expect("an object").clone())
    }

    /// Nothing of the input was forgotten.
    pub fn used_up(&self) {
        assert!(self.0.is_empty(), "not sent: {:?}", self.0.keys());
    }

    fn take<T>(&mut self, name: &str, read: impl Fn(&Value) -> T) -> Option<T> {
        self.0.remove(name).map(|value| read(&value))
    }

    fn each<T>(&mut self, name: &str, read: impl Fn(&Value) -> T) -> Option<HashMap<String, T>> {
        let members = |value: &Value| value.as_object().expect("an object").iter().map(|(name, each)| (name.clone(), read(each))).collect();
        self.take(name, members)
    }

    fn list<T>(&mut self, name: &str, read: impl Fn(&Value) -> T) -> Option<Vec<T>> {
        self.take(name, |value| value.as_array().expect("a list").iter().map(&read).collect())
    }

    pub fn text(&mut self, name: &str) -> Option<String> {
        self.take(name, text)
    }

    pub fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        self.list(name, text)
    }

    pub fn flag(&mut self, name: &str) -> Option<bool> {
        self.take(name, |value| value.as_bool().expect("a bool"))
    }

    pub fn number(&mut self, name: &str) -> Option<i32> {
        self.take(name, |value| value.as_i64().and_then(|number| number.try_into().ok()).expect("a number"))
    }

    /// One of the SDK's enumerations.
    pub fn word<T: for<'a> From<&'a str>>(&mut self, name: &str) -> Option<T> {
        self.take(name, |value| T::from(value.as_str().expect("a word")))
    }

    pub fn item(&mut self, name: &str) -> Option<Item> {
        self.take(name, item)
    }

    pub fn names(&mut self) -> Option<HashMap<String, String>> {
        self.each("ExpressionAttributeNames", text)
    }

    pub fn expected(&mut self) -> Option<HashMap<String, ExpectedAttributeValue>> {
        self.each("Expected", |each| {
            let mut each = Given::new(each);
            ExpectedAttributeValue::builder()
                .set_value(each.take("Value", value))
                .set_exists(each.flag("Exists"))
                .set_comparison_operator(each.word("ComparisonOperator"))
                .set_attribute_value_list(each.list("AttributeValueList", value))
                .build()
        })
    }

    pub fn conditions(&mut self, name: &str) -> Option<HashMap<String, Condition>> {
        self.each(name, |each| {
            let mut each = Given::new(each);
            let condition = Condition::builder().set_comparison_operator(each.word("ComparisonOperator"));
            condition.set_attribute_value_list(each.list("AttributeValueList", value)).build().expect("a condition")
        })
    }

    pub fn updates(&mut self) -> Option<HashMap<String, AttributeValueUpdate>> {
        self.each("AttributeUpdates", |each| {
            let mut each = Given::new(each);
            AttributeValueUpdate::builder().set_action(each.word("Action")).set_value(each.take("Value", value)).build()
        })
    }

    pub fn batch_of_keys(&mut self) -> Option<HashMap<String, KeysAndAttributes>> {
        self.each("RequestItems", |each| {
            let mut each = Given::new(each);
            let keys = KeysAndAttributes::builder()
                .set_keys(each.list("Keys", item))
                .set_consistent_read(each.flag("ConsistentRead"))
                .set_projection_expression(each.text("ProjectionExpression"))
                .set_expression_attribute_names(each.names())
                .set_attributes_to_get(each.texts("AttributesToGet"));
            each.used_up();
            keys.build().expect("keys")
        })
    }

    pub fn batch_of_writes(&mut self) -> Option<HashMap<String, Vec<WriteRequest>>> {
        let write = |each: &Value| {
            let mut each = Given::new(each);
            let put = each.take("PutRequest", |put| PutRequest::builder().set_item(Given::new(put).item("Item")).build().expect("an item"));
            let delete = each
                .take("DeleteRequest", |delete| DeleteRequest::builder().set_key(Given::new(delete).item("Key")).build().expect("a key"));
            each.used_up();
            WriteRequest::builder().set_put_request(put).set_delete_request(delete).build()
        };
        self.each("RequestItems", |all| all.as_array().expect("a list").iter().map(write).collect())
    }

    pub fn gets(&mut self) -> Option<Vec<TransactGetItem>> {
        self.list("TransactItems", |each| {
            let mut get = Given::new(&each["Get"]);
            let built = Get::builder()
                .set_table_name(get.text("TableName"))
                .set_key(get.item("Key"))
                .set_projection_expression(get.text("ProjectionExpression"))
                .set_expression_attribute_names(get.names());
            get.used_up();
            TransactGetItem::builder().get(built.build().expect("a get")).build()
        })
    }

    pub fn writes(&mut self) -> Option<Vec<TransactWriteItem>> {
        self.list("TransactItems", |each| {
            let (kind, write) = each.as_object().and_then(|each| each.iter().next()).expect("a write");
            let mut write = Given::new(write);
            // What all four have.
            macro_rules! common {
                ($builder:expr) => {
                    $builder
                        .set_table_name(write.text("TableName"))
                        .set_condition_expression(write.text("ConditionExpression"))
                        .set_expression_attribute_names(write.names())
                        .set_expression_attribute_values(write.item("ExpressionAttributeValues"))
                        .set_return_values_on_condition_check_failure(write.word("ReturnValuesOnConditionCheckFailure"))
                };
            }
            let built = TransactWriteItem::builder();
            let built = match kind.as_str() {
                "Put" => built.put(common!(Put::builder()).set_item(write.item("Item")).build().expect("a put")),
                "Delete" => built.delete(common!(Delete::builder()).set_key(write.item("Key")).build().expect("a delete")),
                "ConditionCheck" => {
                    built.condition_check(common!(ConditionCheck::builder()).set_key(write.item("Key")).build().expect("a check"))
                }
                "Update" => {
                    let update =
                        common!(Update::builder()).set_key(write.item("Key")).set_update_expression(write.text("UpdateExpression"));
                    built.update(update.build().expect("an update"))
                }
                _ => panic!("{kind} is not known"),
            };
            write.used_up();
            built.build()
        })
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
