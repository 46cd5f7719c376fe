//! A proxy of the tests' own before DynamoDB: it lets calls through, changes them, answers itself or loses answers.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// A call of DynamoDB on its way.
pub struct Call {
    /// Such as `PutItem`.
    pub operation: String,
    /// Calls before it.
    pub before: usize,
    pub body: Value,
}

impl Call {
    pub fn writes(&self) -> bool {
        ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"].contains(&self.operation.as_str())
    }
}

/// What is done with a call.
pub enum Act {
    Pass,
    /// Passes later.
    Delay(Duration),
    /// DynamoDB never sees it: the answer is an error of this status, name and words.
    Refuse(u16, &'static str, &'static str),
    /// DynamoDB never sees it: this is the answer.
    Answer(u16, Value),
    /// DynamoDB never sees it, and no answer comes.
    Drop,
    /// It is done, but no answer comes.
    LoseAnswer,
    /// It is done, but this is the answer.
    AnswerOtherwise(u16, Value),
    /// Passes when it is told to.
    Hold(Arc<Notify>),
    /// Only so many entries of a batch get through; the others are answered as unprocessed.
    Unprocessed(usize),
    /// DynamoDB sees another body.
    Change(Value),
}

type Rule = Arc<dyn Fn(&Call) -> Act + Send + Sync>;

/// Ends when it is dropped.
pub struct Proxy {
    pub endpoint: String,
    pub calls: Arc<AtomicUsize>,
    /// The names of all calls, in order.
    pub log: Arc<Mutex<Vec<String>>>,
    rule: Arc<Mutex<Rule>>,
    task: AbortHandle,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone)]
struct Shared {
    upstream: String,
    calls: Arc<AtomicUsize>,
    log: Arc<Mutex<Vec<String>>>,
    rule: Arc<Mutex<Rule>>,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Proxy {
    pub async fn before(upstream: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let client = Client::builder(TokioExecutor::new()).build_http();
        let rule: Rule = Arc::new(|_| Act::Pass);
        let shared = Shared { upstream, calls: Arc::default(), log: Arc::default(), rule: Arc::new(Mutex::new(rule)), client };
        let (calls, log, rule) = (shared.calls.clone(), shared.log.clone(), shared.rule.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { endpoint, calls, log, rule, task: task.abort_handle() }
    }

    /// What is done with calls from now on; they are counted from 0 again.
    pub fn rule(&self, rule: impl Fn(&Call) -> Act + Send + Sync + 'static) {
        *self.rule.lock().expect("a rule") = Arc::new(rule);
        self.calls.store(0, Ordering::SeqCst);
        self.log.lock().expect("a log").clear();
    }

    pub fn count(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Waits until a call of this name has come.
    pub async fn has_come(&self, operation: &str) {
        while !self.calls().iter().any(|name| name == operation) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub fn calls(&self) -> Vec<String> {
        self.log.lock().expect("a log").clone()
    }
}

async fn serve(stream: TcpStream, shared: Shared) {
    let service = service_fn(move |request| answer(shared.clone(), request));
    // A connection that was to be dropped ends with an error.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// No answer: the connection closes.
#[derive(Debug, thiserror::Error)]
#[error("no answer")]
struct NoAnswer;

async fn answer(shared: Shared, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, NoAnswer> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| NoAnswer)?.to_bytes();
    let target = head.headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
    let before = shared.calls.fetch_add(1, Ordering::SeqCst);
    shared.log.lock().expect("a log").push(operation.clone());
    let call = Call { operation, before, body: serde_json::from_slice(&body).unwrap_or_default() };
    let rule = shared.rule.lock().expect("a rule").clone();
    match rule(&call) {
        Act::Pass => shared.forward(&head, body).await,
        Act::Delay(time) => {
            tokio::time::sleep(time).await;
            shared.forward(&head, body).await
        }
        Act::Refuse(status, name, words) => {
            let body = json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{name}"), "message": words, "Message": words});
            Ok(json_response(status, &body))
        }
        Act::Answer(status, body) => Ok(json_response(status, &body)),
        Act::Drop => Err(NoAnswer),
        Act::LoseAnswer => {
            shared.forward(&head, body).await?;
            Err(NoAnswer)
        }
        Act::AnswerOtherwise(status, answer) => {
            shared.forward(&head, body).await?;
            Ok(json_response(status, &answer))
        }
        Act::Hold(until) => {
            until.notified().await;
            shared.forward(&head, body).await
        }
        Act::Change(body) => shared.forward(&head, body.to_string().into()).await,
        Act::Unprocessed(through) => shared.in_part(&head, &call, through).await,
    }
}

impl Shared {
    async fn forward(&self, head: &hyper::http::request::Parts, body: Bytes) -> Result<Response<Full<Bytes>>, NoAnswer> {
        let mut request = Request::post(&self.upstream);
        for (name, value) in &head.headers {
            if !["host", "content-length", "connection"].contains(&name.as_str()) {
                request = request.header(name, value);
            }
        }
        let request = request.body(Full::new(body)).expect("a request");
        let answer = self.client.request(request).await.map_err(|_| NoAnswer)?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(|_| NoAnswer)?.to_bytes();
        let mut response = Response::builder().status(parts.status);
        if let Some(kind) = parts.headers.get("content-type") {
            response = response.header("content-type", kind);
        }
        Ok(response.body(Full::new(body)).expect("a response"))
    }

    /// Some entries are done; the answer says of the others that they were not.
    async fn in_part(&self, head: &hyper::http::request::Parts, call: &Call, through: usize) -> Result<Response<Full<Bytes>>, NoAnswer> {
        let gets = call.operation == "BatchGetItem";
        let mut body = call.body.clone();
        let mut left = body["RequestItems"].clone();
        let (entries, unprocessed) = if gets { ("/Keys", "UnprocessedKeys") } else { ("", "UnprocessedItems") };
        let tables: Vec<String> = left.as_object().expect("tables").keys().cloned().collect();
        let table = tables[0].replace('~', "~0").replace('/', "~1");
        let pointer = format!("/{table}{entries}");
        let all = left.pointer(&pointer).and_then(Value::as_array).expect("entries").clone();
        let (done, rest) = all.split_at(through.min(all.len()));
        *left.pointer_mut(&pointer).expect("entries") = rest.into();
        let left = if rest.is_empty() { json!({}) } else { left };
        if done.is_empty() {
            let responses = json!({ tables[0].clone(): [] });
            return Ok(json_response(200, &json!({"Responses": responses, unprocessed: left})));
        }
        *body["RequestItems"].pointer_mut(&pointer).expect("entries") = done.into();
        let answer = self.forward(head, body.to_string().into()).await?;
        let bytes = answer.into_body().collect().await.unwrap_or_else(|never: Infallible| match never {}).to_bytes();
        let mut answer: Value = serde_json::from_slice(&bytes).expect("JSON");
        answer[unprocessed] = left;
        Ok(json_response(200, &answer))
    }
}

fn json_response(status: u16, body: &Value) -> Response<Full<Bytes>> {
    Response::builder()
        .status(StatusCode::from_u16(status).expect("a status"))
        .header("content-type", "application/x-amz-json-1.0")
        .body(Full::new(body.to_string().into()))
        .expect("a response")
}
