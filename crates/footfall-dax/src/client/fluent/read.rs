//! Reads of one item and of pages.

use aws_sdk_dynamodb::types::{AttributeValue, Condition, ConditionalOperator, ReturnConsumedCapacity, Select};

fluent! {
    /// Reads one item by its key.
    GetItemFluentBuilder, get_item: get_item::GetItem, GetItemInputBuilder;
    text table_name, set_table_name;
    text projection_expression, set_projection_expression;
    value consistent_read, set_consistent_read: bool;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    map key, set_key: AttributeValue;
}

fluent! {
    /// Reads items of one partition, in the order of their sort keys.
    QueryFluentBuilder, query: query::Query, QueryInputBuilder;
    text table_name, set_table_name;
    text index_name, set_index_name;
    text projection_expression, set_projection_expression;
    text filter_expression, set_filter_expression;
    text key_condition_expression, set_key_condition_expression;
    value select, set_select: Select;
    value limit, set_limit: i32;
    value consistent_read, set_consistent_read: bool;
    value conditional_operator, set_conditional_operator: ConditionalOperator;
    value scan_index_forward, set_scan_index_forward: bool;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    map key_conditions, set_key_conditions: Condition;
    map query_filter, set_query_filter: Condition;
    map exclusive_start_key, set_exclusive_start_key: AttributeValue;
    map expression_attribute_values, set_expression_attribute_values: AttributeValue;
}

fluent! {
    /// Reads a whole table or index, page by page.
    ScanFluentBuilder, scan: scan::Scan, ScanInputBuilder;
    text table_name, set_table_name;
    text index_name, set_index_name;
    text projection_expression, set_projection_expression;
    text filter_expression, set_filter_expression;
    value select, set_select: Select;
    value limit, set_limit: i32;
    value consistent_read, set_consistent_read: bool;
    value conditional_operator, set_conditional_operator: ConditionalOperator;
    value segment, set_segment: i32;
    value total_segments, set_total_segments: i32;
    value return_consumed_capacity, set_return_consumed_capacity: ReturnConsumedCapacity;
    map scan_filter, set_scan_filter: Condition;
    map exclusive_start_key, set_exclusive_start_key: AttributeValue;
    map expression_attribute_values, set_expression_attribute_values: AttributeValue;
}

names!(GetItemFluentBuilder, QueryFluentBuilder, ScanFluentBuilder);
old_attributes!(GetItemFluentBuilder, QueryFluentBuilder, ScanFluentBuilder);
