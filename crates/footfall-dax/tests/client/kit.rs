//! What the tests of the client have in common.

use crate::scripted::{Act, FakeNode, agree, found};
use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_dax::client::{Client, Config, ConfigBuilder};
use footfall_dax::wire::model::{Request, Response};
use footfall_dax::wire::value::{Item, Value};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

pub fn config(node: &FakeNode) -> ConfigBuilder {
    Config::builder()
        .url(format!("dax://{}", node.address))
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .seed(1)
}

pub fn client_of(node: &FakeNode) -> Client {
    Client::from_conf(config(node).build().expect("a configuration"))
}

pub fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub async fn get(client: &Client) -> Result<Option<String>, String> {
    get_at(client, 1).await
}

/// The attribute `a` of an item, or the error in a word or two.
pub async fn get_at(client: &Client, sort: i64) -> Result<Option<String>, String> {
    let answer = client.get_item().table_name("t").key("pk", text("p")).key("sk", number(sort)).send().await;
    let item = answer.map_err(|error| word(&error))?.item;
    Ok(item.map(|item| item["a"].as_s().expect("a text").clone()))
}

pub async fn put(client: &Client) -> Result<(), String> {
    let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1)).item("a", text("x"));
    put.send().await.map(|_| ()).map_err(|error| word(&error))
}

pub fn word<E: ProvideErrorMetadata>(error: &SdkError<E>) -> String {
    match error {
        SdkError::ServiceError(error) => error.err().code().unwrap_or("no code").to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "attempt timeout".into(),
        SdkError::DispatchFailure(failure) if failure.is_io() => "io".into(),
        SdkError::DispatchFailure(_) => "dispatch".into(),
        SdkError::TimeoutError(_) => "timeout".into(),
        SdkError::ResponseError(_) => "response".into(),
        SdkError::ConstructionFailure(_) => "construction".into(),
        _ => "another".into(),
    }
}

pub fn item(pairs: &[(&str, Value)]) -> Item {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// An item with the request's key and `a`.
pub fn item_at(request: &Request, a: &str) -> Response {
    let Request::GetItem(get) = request else { panic!("not a get: {request:?}") };
    let mut item = get.key.clone();
    item.insert("a".into(), Value::S(a.into()));
    found(item)
}

/// Does one thing after another; at the end agrees to everything.
pub fn script(acts: impl IntoIterator<Item = Act>) -> impl Fn(&Request) -> Act + Send + Sync + 'static {
    let acts = Mutex::new(acts.into_iter().collect::<VecDeque<_>>());
    move |request| acts.lock().expect("not poisoned").pop_front().unwrap_or_else(|| agree(request))
}

/// Waits until something is true; a test that waits for ever fails by its own limit.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap_or_else(|_| panic!("not within 20 s: {what}"));
}
