//! Writes of one item.

use aws_sdk_dynamodb::types::{
    AttributeValue, AttributeValueUpdate, ConditionalOperator, ExpectedAttributeValue, ReturnConsumedCapacity, ReturnItemCollectionMetrics,
    ReturnValue, ReturnValuesOnConditionCheckFailure,
};

fluent! {
    /// Writes a whole item.
    PutItemFluentBuilder, put_item: put_item::PutItem, PutItemInputBuilder;
    text table_name, set_table_name;
    text condition_expression, set_condition_expression;
    value return_values, set_return_values: ReturnValue;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    value return_item_collection_metrics, set_return_item_collection_metrics: ReturnItemCollectionMetrics;
    value conditional_operator, set_conditional_operator: ConditionalOperator;
    value return_values_on_condition_check_failure, set_return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure;
    map item, set_item: AttributeValue;
    map expected, set_expected: ExpectedAttributeValue;
    map expression_attribute_values, set_expression_attribute_values: AttributeValue;
}

fluent! {
    /// Changes attributes of one item.
    UpdateItemFluentBuilder, update_item: update_item::UpdateItem, UpdateItemInputBuilder;
    text table_name, set_table_name;
    text update_expression, set_update_expression;
    text condition_expression, set_condition_expression;
    value return_values, set_return_values: ReturnValue;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    value return_item_collection_metrics, set_return_item_collection_metrics: ReturnItemCollectionMetrics;
    value conditional_operator, set_conditional_operator: ConditionalOperator;
    value return_values_on_condition_check_failure, set_return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure;
    map key, set_key: AttributeValue;
    map attribute_updates, set_attribute_updates: AttributeValueUpdate;
    map expected, set_expected: ExpectedAttributeValue;
    map expression_attribute_values, set_expression_attribute_values: AttributeValue;
}

fluent! {
    /// Deletes one item by its key.
    DeleteItemFluentBuilder, delete_item: delete_item::DeleteItem, DeleteItemInputBuilder;
    text table_name, set_table_name;
    text condition_expression, set_condition_expression;
    value return_values, set_return_values: ReturnValue;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    value return_item_collection_metrics, set_return_item_collection_metrics: ReturnItemCollectionMetrics;
    value conditional_operator, set_conditional_operator: ConditionalOperator;
    value return_values_on_condition_check_failure, set_return_values_on_condition_check_failure: ReturnValuesOnConditionCheckFailure;
    map key, set_key: AttributeValue;
    map expected, set_expected: ExpectedAttributeValue;
    map expression_attribute_values, set_expression_attribute_values: AttributeValue;
}

names!(PutItemFluentBuilder, UpdateItemFluentBuilder, DeleteItemFluentBuilder);
