//! Asking DynamoDB Local whether it agrees.

mod complaints;
mod meaning;

use serde_json::{Value as Json, json};
use std::io::{Read, Write};
use std::net::TcpStream;

/// Calls DynamoDB Local; the body of its answer, whether it agreed or not.
fn call(operation: &str, body: &Json) -> Json {
    let endpoint = std::env::var("FOOTFALL_TEST_DYNAMODB").expect("FOOTFALL_TEST_DYNAMODB names DynamoDB Local, as http://127.0.0.1:18000");
    let address = endpoint.trim_start_matches("http://").trim_end_matches('/');
    let body = body.to_string();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: DynamoDB_20120810.{operation}\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=AKIDUMMY/20261123/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00\r\n\r\n",
        body.len()
    );
    let mut connection = TcpStream::connect(address).expect("DynamoDB Local listens");
    connection.write_all(format!("{head}{body}").as_bytes()).expect("it takes requests");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("HTTP has a head");
    assert!(!head.to_lowercase().contains("transfer-encoding: chunked"), "{head}");
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// A table of one test, deleted at its end.
struct Table(String);

impl Table {
    fn new(name: &str) -> Self {
        let name = format!("expressions-{name}-{}", std::process::id());
        let made = call(
            "CreateTable",
            &json!({ "TableName": name, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
                "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }] }),
        );
        assert!(made.get("TableDescription").is_some(), "{made}");
        Self(name)
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        call("DeleteTable", &json!({ "TableName": self.0 }));
    }
}
