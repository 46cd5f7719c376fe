//! Against Amazon's DynamoDB Local: through the server, answers are those it gives directly.

use crate::client::{Dax, post};
use crate::world::{config, item, key, put, update};
use footfall_dax::clock::ManualClock;
use footfall_dax::server::Server;
use footfall_dax::wire::model::*;
use serde_json::{Value as Json, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A table of its own, deleted at the end.
struct Table {
    server: Server,
    direct: SocketAddr,
    name: String,
}

impl Table {
    async fn make() -> Self {
        let endpoint =
            std::env::var("FOOTFALL_TEST_DYNAMODB").expect("FOOTFALL_TEST_DYNAMODB names a DynamoDB Local, such as http://127.0.0.1:18000");
        let direct = endpoint.strip_prefix("http://").expect("an address").parse().expect("an address and a port");
        let server = Server::start(config(&endpoint, &ManualClock::at(crate::world::NOW))).await.expect("a server");
        let name = format!("server-{:016x}", fastrand::u64(..));
        let made = post(
            server.local_addr(),
            "CreateTable",
            json!({
                "TableName": name,
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" }],
                "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" }],
            }),
        );
        let made = made.await;
        assert_eq!(made.status, 200, "{}", made.body);
        Self { server, direct, name }
    }

    /// The same request as if the table were called `t`.
    fn meant(&self, request: Request) -> Request {
        let table = self.name.clone();
        match request {
            Request::GetItem(get) => Request::GetItem(GetItem { table, ..get }),
            Request::PutItem(put) => Request::PutItem(PutItem { table, ..put }),
            Request::UpdateItem(update) => Request::UpdateItem(UpdateItem { table, ..update }),
            other => panic!("{other:?}"),
        }
    }

    async fn dax(&self) -> Dax {
        let mut dax = Dax::connect(self.server.local_addr()).await;
        let schema = Arc::clone(&dax.names.tables["t"]);
        dax.names.tables.insert(self.name.clone(), schema);
        dax
    }

    async fn end(self) {
        // Signed by the server: DynamoDB Local takes no request without.
        post(self.server.local_addr(), "DeleteTable", json!({ "TableName": self.name })).await;
        self.server.stop().await;
    }
}

/// The operation straight to DynamoDB Local, which wants a signature but does not check it.
async fn direct(table: &Table, operation: &str, body: &Json) -> Json {
    let header =
        "Authorization: AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00\r\n";
    crate::client::post_with(table.direct, operation, &body.to_string(), header).await.json()
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn an_update_through_the_server_answers_what_dynamodb_answers() {
    let table = Table::make().await;
    let start = json!({ "a": { "N": "1" }, "b": { "S": "x" }, "m": { "M": { "x": { "N": "1" }, "y": { "N": "2" } } }, "l": { "L": [{ "N": "1" }, { "N": "2" }] }, "ss": { "SS": ["p", "q"] } });
    let updates = [
        ("SET a = :v", json!({ "N": "7" })),
        ("SET a = a + :v, fresh = :v", json!({ "N": "2" })),
        ("ADD a :v", json!({ "N": "2" })),
        ("ADD ss :v", json!({ "SS": ["r"] })),
        ("DELETE ss :v", json!({ "SS": ["p", "q"] })),
        ("SET m.x = :v", json!({ "N": "9" })),
        ("SET l[5] = :v", json!({ "N": "9" })),
        ("SET l[0] = :v REMOVE b", json!({ "N": "9" })),
        ("SET b = if_not_exists(b, :v), c = if_not_exists(c, :v)", json!({ "N": "9" })),
        ("SET l = list_append(l, :v)", json!({ "L": [{ "N": "3" }] })),
    ];
    let mut sk = 0;
    for (expression, value) in updates {
        for wanted in ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"] {
            let mut answers = Vec::new();
            let mut items = Vec::new();
            for through in [true, false] {
                // One item for each way, alike in all but the key.
                sk += 1;
                let key = json!({ "pk": { "S": "u" }, "sk": { "N": sk.to_string() } });
                let mut whole = start.clone();
                whole.as_object_mut().expect("an object").extend(key.as_object().expect("an object").clone());
                direct(&table, "PutItem", &json!({ "TableName": table.name, "Item": whole })).await;
                let body = json!({ "TableName": table.name, "Key": key, "UpdateExpression": expression, "ExpressionAttributeValues": { ":v": value }, "ReturnValues": wanted });
                let get = json!({ "TableName": table.name, "Key": key });
                let (mut answer, mut item) = if through {
                    let server = table.server.local_addr();
                    (post(server, "UpdateItem", body).await.json(), post(server, "GetItem", get).await.json())
                } else {
                    (direct(&table, "UpdateItem", &body).await, direct(&table, "GetItem", &get).await)
                };
                for place in [&mut answer["Attributes"], &mut item["Item"]] {
                    if let Some(attributes) = place.as_object_mut() {
                        attributes.remove("sk");
                    }
                }
                answers.push(answer);
                items.push(item);
            }
            assert_eq!(answers[0], answers[1], "{expression}, {wanted}");
            assert_eq!(items[0], items[1], "{expression}, {wanted}");
        }
    }
    table.end().await;
}

/// One writes, many read: who reads after a write has ended sees it or a later one, never an earlier one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn no_reader_goes_back_in_time() {
    const LAST: u32 = 300;
    let table = Arc::new(Table::make().await);
    let done = Arc::<AtomicU32>::default();
    let readers: Vec<_> = (0..8)
        .map(|_| {
            let (table, done) = (Arc::clone(&table), Arc::clone(&done));
            tokio::spawn(async move {
                let mut dax = table.dax().await;
                let get = table.meant(Request::GetItem(crate::world::read(1)));
                let mut reads = 0_u32;
                loop {
                    let before = done.load(Ordering::SeqCst);
                    let Ok(Response::GetItem(output)) = dax.ask(&get).await else { panic!("an item") };
                    let seen: u32 = output.item.map_or(0, |item| crate::world::value_in(&item).parse().expect("a number"));
                    assert!(seen >= before, "read {seen} after {before} was written");
                    reads += 1;
                    if before == LAST {
                        return reads;
                    }
                }
            })
        })
        .collect();
    let mut dax = table.dax().await;
    for version in 1..=LAST {
        let value = version.to_string();
        let write = match version % 3 {
            0 => put(1, &value),
            1 => update(1, &value, ReturnValues::None),
            _ => update(1, &value, ReturnValues::AllOld),
        };
        dax.write(&table.meant(write)).await;
        done.store(version, Ordering::SeqCst);
    }
    for reader in readers {
        assert!(reader.await.expect("no reader went back") > 0);
    }
    let table = Arc::into_inner(table).expect("nobody else");
    table.end().await;
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_made_again_with_another_key_is_another_table() {
    let table = Table::make().await;
    let mut dax = table.dax().await;
    dax.write(&table.meant(put(1, "old"))).await;
    assert_eq!(item(1, "old").len(), key(1).len() + 1);
    let server = table.server.local_addr();
    post(server, "DeleteTable", json!({ "TableName": table.name })).await;
    let made = post(
        server,
        "CreateTable",
        json!({
            "TableName": table.name,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{ "AttributeName": "v", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "v", "KeyType": "HASH" }],
        }),
    );
    assert_eq!(made.await.status, 200);
    let whole = json!({ "v": { "S": "old" }, "pk": { "S": "p" } });
    post(server, "PutItem", json!({ "TableName": table.name, "Item": whole })).await;
    let found = post(server, "GetItem", json!({ "TableName": table.name, "Key": { "v": { "S": "old" } } })).await.json();
    assert_eq!(found, json!({ "Item": whole }));
    let old_key = json!({ "TableName": table.name, "Key": { "pk": { "S": "p" }, "sk": { "N": "1" } } });
    let refused = post(server, "GetItem", old_key.clone()).await;
    let truth = direct(&table, "GetItem", &old_key).await;
    assert_eq!((refused.status, refused.json()["message"].clone()), (400, truth["Message"].clone()));
    table.end().await;
}
