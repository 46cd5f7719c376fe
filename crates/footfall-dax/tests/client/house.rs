//! A table in DynamoDB Local with our server in front of it.

use crate::kit::{number, text};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use footfall_dax::client::{Client, Config};
use footfall_dax::server::{self, AccessKey, Server, Tls};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

pub type Item = HashMap<String, AttributeValue>;

pub const REGION: &str = "us-east-1";

/// A table of its own in DynamoDB Local, and a server in front of it.
pub struct House {
    pub table: String,
    pub dynamo: aws_sdk_dynamodb::Client,
    server: Option<Server>,
    pub address: SocketAddr,
    lists: tempfile::TempDir,
    keys: Vec<AccessKey>,
    tls: Option<Tls>,
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(Vec::new(), None).await
    }

    pub async fn open_with(keys: Vec<AccessKey>, tls: Option<Tls>) -> Self {
        let endpoint =
            std::env::var("FOOTFALL_TEST_DYNAMODB").expect("FOOTFALL_TEST_DYNAMODB names a DynamoDB Local (http://127.0.0.1:8000)");
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .endpoint_url(endpoint)
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"));
        let dynamo = aws_sdk_dynamodb::Client::from_conf(config.build());
        let table = format!("client-{:016x}", fastrand::u64(..));
        make_table(&dynamo, &table).await;
        let lists = tempfile::tempdir().expect("a folder");
        let mut house = Self { table, dynamo, server: None, address: ([127, 0, 0, 1], 0).into(), lists, keys, tls };
        house.start().await;
        house
    }

    pub async fn start(&mut self) {
        let endpoint = std::env::var("FOOTFALL_TEST_DYNAMODB").expect("checked when the house was opened");
        let credentials = SharedCredentialsProvider::new(Credentials::new("AKID", "SECRET", None, None, "test"));
        let mut config = server::Config::new(self.address, endpoint, REGION, credentials);
        config.lists_file = Some(self.lists.path().join("lists"));
        config.keys = self.keys.clone();
        config.tls = self.tls.clone();
        let server = Server::start(config).await.expect("the server starts");
        self.address = server.local_addr();
        self.server = Some(server);
    }

    /// Gone at once, as after a kill.
    pub async fn kill(&mut self) {
        drop(self.server.take());
        // The tasks that hold the listener end when the runtime gets to them.
        for _ in 0..200 {
            if std::net::TcpListener::bind(self.address).is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} is still taken", self.address);
    }

    pub fn client(&self) -> Client {
        self.client_as("AKID", "SECRET")
    }

    pub fn client_as(&self, key: &'static str, secret: &'static str) -> Client {
        let config = Config::builder()
            .url(format!("dax://{}", self.address))
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new(key, secret, None, None, "test"));
        Client::from_conf(config.build().expect("a configuration"))
    }

    pub async fn close(self) {
        self.dynamo.delete_table().table_name(&self.table).send().await.expect("deleted");
    }
}

async fn make_table(dynamo: &aws_sdk_dynamodb::Client, table: &str) {
    let attribute = |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().expect("whole");
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("whole");
    dynamo
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk", ScalarAttributeType::S))
        .attribute_definitions(attribute("sk", ScalarAttributeType::N))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range))
        .send()
        .await
        .expect("created");
}

pub fn key(sort: i64) -> Item {
    HashMap::from([("pk".to_owned(), text("p")), ("sk".to_owned(), number(sort))])
}

pub fn item(sort: i64, more: &[(&str, AttributeValue)]) -> Item {
    key(sort).into_iter().chain(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone()))).collect()
}
