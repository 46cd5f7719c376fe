//! A table of a test, and a DAX server in front of it.

use crate::common::{House, Server, eventually};
use serde_json::{Value, json};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The key all instances of a test have.
pub const KEY: &str = "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";

/// A table's name; the table goes away with it.
pub struct Table {
    pub name: String,
}

impl Table {
    /// A name nobody has; the table is not made yet.
    pub fn named() -> Self {
        static TABLES: AtomicU32 = AtomicU32::new(0);
        Self { name: format!("footfall-{}-{}", std::process::id(), TABLES.fetch_add(1, Ordering::Relaxed)) }
    }

    /// A new table, made by the command.
    pub fn new() -> Self {
        let table = Self::named();
        table.house().ok(&["store", "create"]);
        table
    }

    pub fn url(&self) -> String {
        format!("dynamodb://{}?region=us-east-1&endpoint={}", self.name, endpoint())
    }

    /// A data folder whose store is this table.
    pub fn house(&self) -> House {
        House::with_settings(self.settings())
    }

    pub fn settings(&self) -> Vec<(String, String)> {
        let mut settings = aws();
        settings.push(("FOOTFALL_BACKENDS_STORE".into(), self.url()));
        settings.push(("FOOTFALL_SECRET_KEY".into(), KEY.into()));
        settings
    }
}

impl Table {
    /// A call of DynamoDB about this table, past the program; what it answers, errors too.
    pub fn call(&self, operation: &str, mut body: Value) -> Value {
        body["TableName"] = self.name.clone().into();
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let authorization = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
        let request = ureq::Agent::from(config)
            .post(endpoint())
            .header("X-Amz-Target", format!("DynamoDB_20120810.{operation}"))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("Authorization", authorization);
        let text = request.send(body.to_string()).and_then(|mut answer| answer.body_mut().read_to_string());
        serde_json::from_str(&text.expect("DynamoDB answers")).expect("JSON")
    }

    /// How many items a partition has.
    pub fn count(&self, partition: &str) -> u64 {
        let query = json!({"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": partition}},
            "Select": "COUNT", "ConsistentRead": true});
        let answer = self.call("Query", query);
        answer["Count"].as_u64().unwrap_or_else(|| panic!("{answer}"))
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        // A table that was never made cannot be deleted, which is an answer as well.
        self.call("DeleteTable", json!({}));
    }
}

pub fn endpoint() -> String {
    std::env::var("FOOTFALL_TEST_DYNAMODB").expect("FOOTFALL_TEST_DYNAMODB names a DynamoDB Local, such as http://127.0.0.1:8000")
}

/// Credentials DynamoDB Local takes: any.
pub fn aws() -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![pair("AWS_ACCESS_KEY_ID", "local"), pair("AWS_SECRET_ACCESS_KEY", "local")]
}

/// `footfall dax` in a process of its own; killed when dropped.
pub struct Dax {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
}

impl Dax {
    /// In front of the DynamoDB of the tests, on a port that is free.
    pub fn start(house: &House) -> Self {
        Self::start_on(house, "127.0.0.1:0")
    }

    pub fn start_on(house: &House, listen: &str) -> Self {
        let words = ["dax", "--listen", listen, "--dynamodb", &endpoint(), "--region", "us-east-1"];
        let mut child = house.command(&words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("piped");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).expect("it says where it listens");
        let address = line.trim().rsplit("://").next().unwrap_or_default().to_owned();
        assert!(address.contains(':'), "no address in: {line}");
        eventually(Duration::from_secs(10), "it listens", || TcpStream::connect(&address).is_ok());
        Self { child, address }
    }

    /// As a machine that goes away.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Dax {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The value of a line of `/metrics`; 0 for one that is not there.
pub fn metric(server: &Server, line: &str) -> f64 {
    let text = server.get("/metrics").text();
    text.lines().find_map(|found| found.strip_prefix(line)?.trim().parse().ok()).unwrap_or(0.0)
}
