//! A DynamoDB of one table in memory, over HTTP, that does what a test wants in the moment it wants.

use http_body_util::BodyExt as _;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// What the server asked. The body is null when it is not JSON as we read it.
#[derive(Clone, Debug)]
pub struct Call {
    pub operation: String,
    pub body: Json,
}

/// What it gets.
pub enum Reply {
    Ok(Json),
    /// Status and exception.
    Error(u16, &'static str),
    /// The connection is closed without a word.
    Cut,
    /// Half of the answer, and then this.
    Half(Json, Then),
    /// This body with the checksum of another.
    Damaged(Json),
}

/// What follows on the first bytes of an answer.
#[derive(Clone, Copy)]
pub enum Then {
    /// The end, when all of them were sent.
    End,
    /// The connection is closed.
    Close,
    /// Nothing, for ever.
    Silence,
}

/// A body that may not be what it promises.
struct Given {
    bytes: Option<Bytes>,
    length: u64,
    then: Then,
}

impl Given {
    fn whole(bytes: Bytes) -> Self {
        Self { length: bytes.len() as u64, bytes: Some(bytes), then: Then::End }
    }

    fn half(bytes: &Bytes, then: Then) -> Self {
        Self { length: bytes.len() as u64, bytes: Some(bytes.slice(..bytes.len() / 2)), then }
    }
}

impl Body for Given {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match (self.bytes.take(), self.then) {
            (Some(bytes), _) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            (None, Then::End) => Poll::Ready(None),
            (None, Then::Close) => Poll::Ready(Some(Err(io::Error::other("cut")))),
            (None, Then::Silence) => Poll::Pending,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

type Handler = dyn Fn(Call) -> Pin<Box<dyn Future<Output = Reply> + Send>> + Send + Sync;

/// Answers until dropped.
pub struct Backend {
    pub endpoint: String,
    calls: Arc<Mutex<Vec<Call>>>,
    task: JoinHandle<()>,
}

impl Backend {
    pub async fn start<F>(handler: impl Fn(Call) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Reply> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        Self::on(listener, Arc::new(move |call| Box::pin(handler(call))))
    }

    /// One that only answers as its table says.
    pub async fn plain(memory: &Arc<Memory>) -> Self {
        let memory = Arc::clone(memory);
        Self::start(move |call| std::future::ready(memory.apply(&call))).await
    }

    /// Again at the same address.
    pub async fn again(endpoint: &str, memory: &Arc<Memory>) -> Self {
        let memory = Arc::clone(memory);
        let listener = TcpListener::bind(endpoint.strip_prefix("http://").expect("an address")).await.expect("the same port");
        Self::on(listener, Arc::new(move |call| Box::pin(std::future::ready(memory.apply(&call)))))
    }

    fn on(listener: TcpListener, handler: Arc<Handler>) -> Self {
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let calls = Arc::<Mutex<Vec<Call>>>::default();
        let kept = Arc::clone(&calls);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (handler, calls) = (Arc::clone(&handler), Arc::clone(&kept));
                connections.spawn(async move {
                    let service = service_fn(|request| answer(request, &*handler, &calls));
                    let _ended = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self { endpoint, calls, task }
    }

    /// How often an operation was called.
    pub fn count(&self, operation: &str) -> usize {
        self.calls(operation).len()
    }

    /// Gives back the memory the record takes.
    #[allow(dead_code, reason = "only where memory is measured")]
    pub fn forget(&self) {
        *self.calls.lock().unwrap() = Vec::new();
    }

    /// The bodies of an operation's calls, in their order.
    pub fn calls(&self, operation: &str) -> Vec<Json> {
        let calls = self.calls.lock().unwrap();
        calls.iter().filter(|call| call.operation == operation).map(|call| call.body.clone()).collect()
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(request: Request<Incoming>, handler: &Handler, calls: &Mutex<Vec<Call>>) -> io::Result<Response<Given>> {
    let target = request.headers()["x-amz-target"].to_str().expect("a text").to_owned();
    assert!(request.headers().contains_key("authorization"), "every call is signed");
    let body = request.into_body().collect().await.map_err(io::Error::other)?.to_bytes();
    let operation = target.split('.').next_back().expect("an operation").to_owned();
    let call = Call { operation, body: serde_json::from_slice(&body).unwrap_or_default() };
    calls.lock().unwrap().push(call.clone());
    let bytes = |body: Json| Bytes::from(body.to_string());
    let (status, body) = match handler(call).await {
        Reply::Ok(body) => (200, Given::whole(bytes(body))),
        Reply::Error(status, code) => {
            let body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "as told" });
            (status, Given::whole(bytes(body)))
        }
        Reply::Cut => return Err(io::Error::other("cut")),
        Reply::Half(body, then) => (200, Given::half(&bytes(body), then)),
        Reply::Damaged(body) => {
            let sum = crc32fast::hash(b"another");
            return Ok(Response::builder().header("x-amz-crc32", sum).body(Given::whole(bytes(body))).expect("a response"));
        }
    };
    Ok(Response::builder().status(status).body(body).expect("a response"))
}

/// Lets calls wait until the test lets them go on.
pub struct Gate(Semaphore);

impl Gate {
    pub fn closed() -> Arc<Self> {
        Arc::new(Self(Semaphore::new(0)))
    }

    pub async fn wait(&self) {
        self.0.acquire().await.expect("a gate is never removed").forget();
    }

    pub fn let_pass(&self, calls: usize) {
        self.0.add_permits(calls);
    }
}

/// The table `t`: a text `pk` and a number `sk` are its key.
#[derive(Default)]
pub struct Memory {
    items: Mutex<BTreeMap<String, Json>>,
    /// Another table is there when it changes.
    pub table_id: AtomicU64,
}

impl Memory {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// What is there, without anybody being asked.
    pub fn item(&self, key: &Json) -> Option<Json> {
        self.items.lock().unwrap().get(&name(key)).cloned()
    }

    /// A write past the server.
    pub fn put(&self, item: Json) {
        self.items.lock().unwrap().insert(name(&item), item);
    }

    pub fn clear(&self) {
        self.items.lock().unwrap().clear();
    }

    pub fn apply(&self, call: &Call) -> Reply {
        let body = &call.body;
        match call.operation.as_str() {
            "DescribeTable" if body["TableName"] == "t" => Reply::Ok(self.description()),
            "DescribeTable" => Reply::Error(400, "ResourceNotFoundException"),
            "GetItem" => Reply::Ok(with("Item", self.item(&body["Key"]))),
            "PutItem" => self.write(body, &body["Item"], |_| Some(body["Item"].clone())),
            "DeleteItem" => self.write(body, &body["Key"], |_| None),
            "UpdateItem" => self.write(body, &body["Key"], |old| Some(updated(body, old))),
            "Query" => self.page(|item| Some(&item["pk"]) == first(&body["ExpressionAttributeValues"])),
            "Scan" => self.page(|_| true),
            "BatchGetItem" => {
                let keys = body["RequestItems"]["t"]["Keys"].as_array().expect("keys");
                let found: Vec<Json> = keys.iter().filter_map(|key| self.item(key)).collect();
                Reply::Ok(json!({ "Responses": { "t": found }, "UnprocessedKeys": {} }))
            }
            "BatchWriteItem" => {
                body["RequestItems"]["t"]
                    .as_array()
                    .expect("writes")
                    .iter()
                    .for_each(|write| self.part(write, "PutRequest", "DeleteRequest"));
                Reply::Ok(json!({ "UnprocessedItems": {} }))
            }
            "TransactWriteItems" => {
                body["TransactItems"].as_array().expect("writes").iter().for_each(|write| self.part(write, "Put", "Delete"));
                Reply::Ok(json!({}))
            }
            "TransactGetItems" => {
                let gets = body["TransactItems"].as_array().expect("gets");
                let all: Vec<Json> = gets.iter().map(|get| with("Item", self.item(&get["Get"]["Key"]))).collect();
                Reply::Ok(json!({ "Responses": all }))
            }
            _ => Reply::Error(400, "UnknownOperationException"),
        }
    }

    fn description(&self) -> Json {
        json!({ "Table": {
            "TableName": "t",
            "TableId": self.table_id.load(Ordering::SeqCst).to_string(),
            "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" }],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" }],
        } })
    }

    fn write(&self, body: &Json, key: &Json, change: impl Fn(Option<&Json>) -> Option<Json>) -> Reply {
        let mut items = self.items.lock().unwrap();
        let old = items.get(&name(key)).cloned();
        // The only condition tests use: that there is nothing.
        if body.get("ConditionExpression").is_some() && old.is_some() {
            return Reply::Error(400, "ConditionalCheckFailedException");
        }
        let new = change(old.as_ref());
        match &new {
            Some(item) => items.insert(name(key), item.clone()),
            None => items.remove(&name(key)),
        };
        Reply::Ok(match body["ReturnValues"].as_str() {
            Some("ALL_OLD" | "UPDATED_OLD") => with("Attributes", old),
            Some("ALL_NEW") => with("Attributes", new),
            _ => json!({}),
        })
    }

    fn part(&self, write: &Json, put: &str, delete: &str) {
        match write.get(put) {
            Some(put) => self.put(put["Item"].clone()),
            None => drop(self.items.lock().unwrap().remove(&name(&write[delete]["Key"]))),
        }
    }

    fn page(&self, is_meant: impl Fn(&Json) -> bool) -> Reply {
        let items: Vec<Json> = self.items.lock().unwrap().values().filter(|item| is_meant(item)).cloned().collect();
        Reply::Ok(json!({ "Count": items.len(), "ScannedCount": items.len(), "Items": items }))
    }
}

/// Whatever the update says: `v` gets the one value it names.
fn updated(body: &Json, old: Option<&Json>) -> Json {
    let mut item = old.unwrap_or(&body["Key"]).clone();
    item["v"] = first(&body["ExpressionAttributeValues"]).expect("a value").clone();
    item
}

fn first(values: &Json) -> Option<&Json> {
    values.as_object()?.values().next()
}

fn name(key: &Json) -> String {
    format!("{} {}", key["pk"], key["sk"])
}

fn with(field: &str, value: Option<Json>) -> Json {
    value.map_or_else(|| json!({}), |value| json!({ field: value }))
}
