//! Asks the scripted table of `end2end/dax` with this crate's client (`dax://…`) or with aws-sdk-dynamodb (`http://…`):
//! `table ENDPOINT TABLE` prints a line of JSON for each answer. Both are written through one macro: what compiles for
//! the one compiles for the other. `table ENDPOINT --load TABLE WHO ORDER` does what `end2end/dax/drivers/load.py` tells,
//! and `table ENDPOINT --bench …` is in `bench.rs`.

mod answers;
mod bench;
mod given;
#[macro_use]
mod load;
mod values;

use answers::Told;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use given::Given;
use serde_json::{Value, json};
use std::io::{BufWriter, Write};

/// One step of the table.
struct Step {
    name: String,
    op: String,
    input: Value,
    twice: bool,
    paged: bool,
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments.next().expect("the endpoint");
    let table = arguments.next().expect("the table");
    if table == "--bench" {
        println!("{}", bench::run(&endpoint, bench::Load::of(arguments)).await);
        return;
    }
    let client = Client::connect(&endpoint);
    if table == "--load" {
        let [table, who, order] = std::array::from_fn(|_| arguments.next().expect("TABLE WHO ORDER"));
        return client.load(&table, &who, &order).await;
    }
    let table = std::fs::read_to_string(table).expect("the table can be read");
    let mut out = BufWriter::new(std::io::stdout().lock());
    for step in steps(&table) {
        for time in 0..if step.twice { 2 } else { 1 } {
            let mut answer = client.answer(&step).await;
            answer["step"] = step.name.clone().into();
            answer["time"] = time.into();
            writeln!(out, "{answer}").expect("standard output takes lines");
        }
    }
}

fn steps(table: &str) -> Vec<Step> {
    let table: Value = serde_json::from_str(table).expect("the table is JSON");
    let flag = |step: &Value, name: &str| step[name].as_bool().expect("a flag");
    let text = |step: &Value, name: &str| step[name].as_str().expect("a text").to_owned();
    let steps = table["steps"].as_array().expect("steps").iter();
    let step = |step: &Value| Step {
        name: text(step, "name"),
        op: text(step, "op"),
        input: step["input"].clone(),
        twice: flag(step, "twice"),
        paged: flag(step, "paged"),
    };
    steps.map(step).collect()
}

enum Client {
    Dax(footfall_dax::client::Client),
    Http(aws_sdk_dynamodb::Client),
}

impl Client {
    fn connect(endpoint: &str) -> Self {
        let secret = std::env::var("DRIVER_SECRET").unwrap_or_else(|_| "SECRETDUMMY".into());
        let credentials = Credentials::new("AKIDUMMY", secret, None, None, "table");
        let region = Region::new("us-east-1");
        if endpoint.starts_with("dax") {
            let config = footfall_dax::client::Config::builder().url(endpoint).region(region).credentials_provider(credentials);
            return Self::Dax(footfall_dax::client::Client::from_conf(config.build().expect("a configuration")));
        }
        let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http)
            .retry_config(RetryConfig::disabled())
            .endpoint_url(endpoint)
            .region(region)
            .credentials_provider(credentials);
        Self::Http(aws_sdk_dynamodb::Client::from_conf(config.build()))
    }

    async fn load(&self, table: &str, who: &str, order: &str) {
        match self {
            Self::Dax(client) => load_dax(client, table, who, order).await,
            Self::Http(client) => load_http(client, table, who, order).await,
        }
    }

    async fn answer(&self, step: &Step) -> Value {
        let mut input = step.input.clone();
        let mut pages = Vec::new();
        loop {
            let told = match self {
                Self::Dax(client) => dax(client, &step.op, &input).await,
                Self::Http(client) => http(client, &step.op, &input).await,
            };
            let page = match told {
                Told::Refusal(error) => return json!({ "error": error }),
                Told::Output(page) => page,
            };
            if !step.paged {
                return json!({ "output": page });
            }
            let last = page.get("LastEvaluatedKey").cloned();
            pages.push(page);
            match last {
                Some(key) => input["ExclusiveStartKey"] = key,
                None => return json!({ "pages": pages }),
            }
        }
    }
}

/// A function that asks with a client of this type.
macro_rules! ask {
    ($name:ident, $client:ty) => {
        async fn $name(client: &$client, op: &str, input: &Value) -> Told {
            let mut given = Given::new(input);
            match op {
                "GetItem" => {
                    let request = client
                        .get_item()
                        .set_table_name(given.text("TableName"))
                        .set_key(given.item("Key"))
                        .set_consistent_read(given.flag("ConsistentRead"))
                        .set_projection_expression(given.text("ProjectionExpression"))
                        .set_expression_attribute_names(given.names())
                        .set_attributes_to_get(given.texts("AttributesToGet"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"));
                    given.used_up();
                    answers::get_item(request.send().await)
                }
                "PutItem" => {
                    let request = client
                        .put_item()
                        .set_table_name(given.text("TableName"))
                        .set_item(given.item("Item"))
                        .set_condition_expression(given.text("ConditionExpression"))
                        .set_expression_attribute_names(given.names())
                        .set_expression_attribute_values(given.item("ExpressionAttributeValues"))
                        .set_expected(given.expected())
                        .set_conditional_operator(given.word("ConditionalOperator"))
                        .set_return_values(given.word("ReturnValues"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"))
                        .set_return_item_collection_metrics(given.word("ReturnItemCollectionMetrics"))
                        .set_return_values_on_condition_check_failure(given.word("ReturnValuesOnConditionCheckFailure"));
                    given.used_up();
                    answers::put_item(request.send().await)
                }
                "UpdateItem" => {
                    let request = client
                        .update_item()
                        .set_table_name(given.text("TableName"))
                        .set_key(given.item("Key"))
                        .set_update_expression(given.text("UpdateExpression"))
                        .set_condition_expression(given.text("ConditionExpression"))
                        .set_expression_attribute_names(given.names())
                        .set_expression_attribute_values(given.item("ExpressionAttributeValues"))
                        .set_attribute_updates(given.updates())
                        .set_return_values(given.word("ReturnValues"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"))
                        .set_return_item_collection_metrics(given.word("ReturnItemCollectionMetrics"))
                        .set_return_values_on_condition_check_failure(given.word("ReturnValuesOnConditionCheckFailure"));
                    given.used_up();
                    answers::update_item(request.send().await)
                }
                "DeleteItem" => {
                    let request = client
                        .delete_item()
                        .set_table_name(given.text("TableName"))
                        .set_key(given.item("Key"))
                        .set_condition_expression(given.text("ConditionExpression"))
                        .set_expression_attribute_names(given.names())
                        .set_expression_attribute_values(given.item("ExpressionAttributeValues"))
                        .set_expected(given.expected())
                        .set_return_values(given.word("ReturnValues"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"))
                        .set_return_item_collection_metrics(given.word("ReturnItemCollectionMetrics"))
                        .set_return_values_on_condition_check_failure(given.word("ReturnValuesOnConditionCheckFailure"));
                    given.used_up();
                    answers::delete_item(request.send().await)
                }
                "Query" => {
                    let request = client
                        .query()
                        .set_table_name(given.text("TableName"))
                        .set_index_name(given.text("IndexName"))
                        .set_key_condition_expression(given.text("KeyConditionExpression"))
                        .set_filter_expression(given.text("FilterExpression"))
                        .set_projection_expression(given.text("ProjectionExpression"))
                        .set_expression_attribute_names(given.names())
                        .set_expression_attribute_values(given.item("ExpressionAttributeValues"))
                        .set_key_conditions(given.conditions("KeyConditions"))
                        .set_query_filter(given.conditions("QueryFilter"))
                        .set_conditional_operator(given.word("ConditionalOperator"))
                        .set_attributes_to_get(given.texts("AttributesToGet"))
                        .set_select(given.word("Select"))
                        .set_limit(given.number("Limit"))
                        .set_scan_index_forward(given.flag("ScanIndexForward"))
                        .set_consistent_read(given.flag("ConsistentRead"))
                        .set_exclusive_start_key(given.item("ExclusiveStartKey"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"));
                    given.used_up();
                    answers::query(request.send().await)
                }
                "Scan" => {
                    let request = client
                        .scan()
                        .set_table_name(given.text("TableName"))
                        .set_index_name(given.text("IndexName"))
                        .set_filter_expression(given.text("FilterExpression"))
                        .set_projection_expression(given.text("ProjectionExpression"))
                        .set_expression_attribute_names(given.names())
                        .set_expression_attribute_values(given.item("ExpressionAttributeValues"))
                        .set_scan_filter(given.conditions("ScanFilter"))
                        .set_attributes_to_get(given.texts("AttributesToGet"))
                        .set_select(given.word("Select"))
                        .set_limit(given.number("Limit"))
                        .set_segment(given.number("Segment"))
                        .set_total_segments(given.number("TotalSegments"))
                        .set_consistent_read(given.flag("ConsistentRead"))
                        .set_exclusive_start_key(given.item("ExclusiveStartKey"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"));
                    given.used_up();
                    answers::scan(request.send().await)
                }
                "BatchGetItem" => {
                    let request = client
                        .batch_get_item()
                        .set_request_items(given.batch_of_keys())
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"));
                    given.used_up();
                    answers::batch_get_item(request.send().await)
                }
                "BatchWriteItem" => {
                    let request = client
                        .batch_write_item()
                        .set_request_items(given.batch_of_writes())
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"))
                        .set_return_item_collection_metrics(given.word("ReturnItemCollectionMetrics"));
                    given.used_up();
                    answers::batch_write_item(request.send().await)
                }
                "TransactGetItems" => {
                    let request = client
                        .transact_get_items()
                        .set_transact_items(given.gets())
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"));
                    given.used_up();
                    answers::transact_get_items(request.send().await)
                }
                "TransactWriteItems" => {
                    let request = client
                        .transact_write_items()
                        .set_transact_items(given.writes())
                        .set_client_request_token(given.text("ClientRequestToken"))
                        .set_return_consumed_capacity(given.word("ReturnConsumedCapacity"))
                        .set_return_item_collection_metrics(given.word("ReturnItemCollectionMetrics"));
                    given.used_up();
                    answers::transact_write_items(request.send().await)
                }
                _ => panic!("{op} is not known"),
            }
        }
    };
}

ask!(dax, footfall_dax::client::Client);
ask!(http, aws_sdk_dynamodb::Client);
load!(load_dax, footfall_dax::client::Client);
load!(load_http, aws_sdk_dynamodb::Client);
