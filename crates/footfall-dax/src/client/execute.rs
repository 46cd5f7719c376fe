//! A call from beginning to end: route, connection, names, exchange, answer, and again when that is right.

use super::auth::authorize;
use super::cluster::Cluster;
use super::config::Config;
use super::connection::Broken;
use super::error::DaxError;
use super::keys::{self, Misfit};
use super::node::{Lease, Node, Wanted};
use super::retry::{Cause, Failed, Verdict, is_repeatable, is_write, judge, pause};
use crate::wire::cbor::Writer;
use crate::wire::error_frame::{ErrorKind, ServerError};
use crate::wire::model::{Request, Response};
use crate::wire::requests::{Control, encode_request};
use crate::wire::responses::{ResponseEnd, decode_key_schema, decode_list, decode_list_id, decode_response};
use crate::wire::{DynamoError, Method, WireError};
use bytes::Bytes;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// What the clones of a client share.
pub struct Shared {
    cluster: Arc<Cluster>,
}

impl Shared {
    pub fn new(config: Config) -> Self {
        Self { cluster: Arc::new(Cluster::new(config)) }
    }

    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    pub async fn execute(&self, mut request: Request) -> Result<Response, DaxError> {
        self.make_repeatable(&mut request);
        let timeout = self.cluster.settings().operation_timeout;
        match tokio::time::timeout(timeout, self.attempts(&request)).await {
            Ok(result) => result,
            Err(_) => Err(DaxError::Timeout(timeout)),
        }
    }

    /// A transaction gets a token if it has none, as the SDK does; then it is carried out once however often it is sent.
    fn make_repeatable(&self, request: &mut Request) {
        if let Request::TransactWriteItems(transaction) = request
            && transaction.token.is_none()
        {
            transaction.token = Some(uuid(self.cluster.sixteen()));
        }
    }

    async fn attempts(&self, request: &Request) -> Result<Response, DaxError> {
        let mut avoid = Vec::new();
        let mut attempt = 1;
        loop {
            let failed = match self.attempt(request, &mut avoid).await {
                Ok(response) => return Ok(response),
                Err(failed) => failed,
            };
            let verdict = judge(&failed, is_repeatable(request));
            if verdict == Verdict::Stop || attempt == self.cluster.settings().max_attempts {
                return Err(self.give_up(failed));
            }
            tracing::debug!(attempt, ?verdict, cause = ?failed.cause, "a request to DAX is tried again");
            self.prepare(verdict, attempt, &avoid).await;
            attempt += 1;
        }
    }

    /// What is done between two attempts.
    async fn prepare(&self, verdict: Verdict, attempt: u32, avoid: &[SocketAddr]) {
        let another = self.cluster.routes().nodes().any(|node| !avoid.contains(&node.address));
        match verdict {
            // Another node does not need a pause.
            Verdict::Elsewhere if another => return,
            Verdict::Rediscover => {
                // If nobody answers, the next attempt will say so.
                let _ = self.cluster.discover().await;
            }
            Verdict::Elsewhere | Verdict::Later | Verdict::Stop => {}
        }
        tokio::time::sleep(pause(attempt, self.cluster.chance())).await;
    }

    async fn attempt(&self, request: &Request, avoid: &mut Vec<SocketAddr>) -> Result<Response, Failed> {
        let node = self.cluster.route(is_write(request), avoid).await?;
        let result = async {
            let mut lease = self.cluster.lease(&node).await?;
            let result = on_connection(&self.cluster, &node, &mut lease, request).await;
            settle(&self.cluster, &node, lease, &result).await;
            result
        }
        .await;
        if let Err(Failed { cause: Cause::Io(_) | Cause::Slow, .. }) = &result {
            avoid.push(node.address);
        }
        result
    }

    fn give_up(&self, failed: Failed) -> DaxError {
        match (failed.cause, failed.sent) {
            (Cause::Io(error), false) => DaxError::Unreachable(error),
            (Cause::Io(error), true) => DaxError::Lost(error),
            (Cause::Slow, false) => DaxError::Unreachable(io::ErrorKind::TimedOut.into()),
            (Cause::Slow, true) => DaxError::AttemptTimeout(self.cluster.settings().attempt_timeout),
            (Cause::Service(error), _) => DaxError::Service(error.error),
            (Cause::Request(error), _) => DaxError::Service(*error),
            (Cause::Answer(error), _) => DaxError::Answer(error),
            (Cause::Credentials(error), _) => DaxError::Credentials(error),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.cluster.stop();
    }
}

/// What becomes of the connection, and what the attempt says of the node.
async fn settle(cluster: &Cluster, node: &Node, mut lease: Lease, result: &Result<Response, Failed>) {
    match result.as_ref().map_err(|failed| &failed.cause) {
        Ok(_) | Err(Cause::Request(_)) => lease.give_back(),
        Err(Cause::Service(error)) => {
            if error.kind() == ErrorKind::Authentication {
                lease.connection.authorized = None;
                cluster.credentials.forget().await;
            }
            lease.give_back();
        }
        // Closed: nobody knows what would come next on it.
        Err(Cause::Io(_) | Cause::Slow) => node.ailing(),
        Err(Cause::Answer(_) | Cause::Credentials(_)) => {}
    }
    if matches!(result, Ok(_) | Err(Failed { cause: Cause::Service(_), .. })) {
        node.well();
    }
}

/// The request on one connection. Names that are missing on the way are asked for on the same connection.
async fn on_connection(cluster: &Cluster, node: &Node, lease: &mut Lease, request: &Request) -> Result<Response, Failed> {
    let mut frame = Writer::new();
    while let Err(missing) = encode(request, node, &mut frame) {
        let wanted = missing.map_err(Failed::before)?;
        // Whatever happens here, the request itself has not been sent.
        learn(cluster, node, lease, wanted).await.map_err(|failed| Failed::before(failed.cause))?;
    }
    let answer = ask(cluster, lease, method_of(request), frame.as_bytes()).await?;
    loop {
        match decode_response(request, &answer, &node.names) {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) => return Err(Failed::after(Cause::Service(Box::new(error)))),
            Err(missing) => {
                let wanted = match missing {
                    WireError::UnknownList(_) | WireError::UnknownTable(_) => wanted(missing).map_err(Failed::after)?,
                    error => return Err(Failed::after(Cause::Answer(error))),
                };
                // The request has been carried out, whatever becomes of its answer.
                learn(cluster, node, lease, wanted).await.map_err(unreadable)?;
            }
        }
    }
}

/// Checks and writes the request, or says what to ask for before.
fn encode(request: &Request, node: &Node, frame: &mut Writer) -> Result<(), Result<Wanted, Cause>> {
    keys::check(request, &node.names).map_err(|misfit| match misfit {
        Misfit::Unknown(table) => Ok(Wanted::Schema(table)),
        Misfit::Refused(error) => Err(Cause::Request(Box::new(error))),
    })?;
    encode_request(request, &node.names, frame).map_err(wanted)
}

/// The answer is there, and what would explain it is not.
fn unreadable(failed: Failed) -> Failed {
    Failed::after(match failed.cause {
        Cause::Service(error) => Cause::Answer(WireError::malformed(format!("its attributes have no names: {error}"))),
        other => other,
    })
}

/// What to ask for when an encoder or decoder lacks something.
fn wanted(missing: WireError) -> Result<Wanted, Cause> {
    match missing {
        WireError::UnknownTable(table) => Ok(Wanted::Schema(table)),
        WireError::UnnamedList(names) => Ok(Wanted::ListId(names)),
        WireError::UnknownList(id) => Ok(Wanted::List(id)),
        WireError::Invalid(words) => Err(Cause::Request(Box::new(DynamoError::validation(words)))),
        other => Err(Cause::Request(Box::new(DynamoError::validation(other.to_string())))),
    }
}

/// Asks the node for a name, unless another call has just done so.
async fn learn(cluster: &Cluster, node: &Node, lease: &mut Lease, wanted: Wanted) -> Result<(), Failed> {
    let asking = async || {
        if node.names.knows(&wanted) {
            return Ok(());
        }
        let malformed = |error| Failed::after(Cause::Answer(error));
        let refused = |error: ServerError| Failed::after(Cause::Service(Box::new(error)));
        match &wanted {
            Wanted::Schema(table) => {
                let control = Control::DefineKeySchema { table: table.clone() };
                let answer = ask_control(cluster, lease, &control).await?;
                let schema = decode_key_schema(&answer).map_err(malformed)?.map_err(refused)?;
                node.names.learn_schema(table, schema);
            }
            Wanted::ListId(names) => {
                let control = Control::DefineAttributeListId { names: names.clone() };
                let answer = ask_control(cluster, lease, &control).await?;
                let id = decode_list_id(&answer).map_err(malformed)?.map_err(refused)?;
                node.names.learn_list(id, names.clone()).map_err(|error| malformed(WireError::malformed(error.to_string())))?;
            }
            Wanted::List(id) => {
                let control = Control::DefineAttributeList { id: *id };
                let answer = ask_control(cluster, lease, &control).await?;
                let names = decode_list(&answer).map_err(malformed)?.map_err(refused)?;
                node.names.learn_list(*id, names).map_err(|error| malformed(WireError::malformed(error.to_string())))?;
            }
        }
        Ok(())
    };
    node.turns.take(wanted.clone(), asking).await
}

/// Sends a request that is not about items and reads its answer.
pub async fn ask_control(cluster: &Cluster, lease: &mut Lease, control: &Control) -> Result<Bytes, Failed> {
    let mut frame = Writer::new();
    control.write(&mut frame);
    ask(cluster, lease, control.method(), frame.as_bytes()).await
}

/// Sends a request, authorised when it is time to, and reads its answer.
async fn ask(cluster: &Cluster, lease: &mut Lease, method: Method, frame: &[u8]) -> Result<Bytes, Failed> {
    let mut sent = Writer::with_capacity(frame.len());
    authorize(cluster, &mut lease.connection, &mut sent).await?;
    sent.raw(frame);
    let exchange = lease.connection.exchange(sent.as_bytes(), ResponseEnd::of(method));
    match tokio::time::timeout(cluster.settings().attempt_timeout, exchange).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(Broken::Unsent(error))) => Err(Failed::before(Cause::Io(error))),
        Ok(Err(Broken::Lost(error))) => Err(Failed::after(Cause::Io(error))),
        Ok(Err(Broken::Answer(error))) => Err(Failed::after(Cause::Answer(error))),
        Err(_) => Err(Failed::after(Cause::Slow)),
    }
}

fn method_of(request: &Request) -> Method {
    match request {
        Request::GetItem(_) => Method::GetItem,
        Request::PutItem(_) => Method::PutItem,
        Request::UpdateItem(_) => Method::UpdateItem,
        Request::DeleteItem(_) => Method::DeleteItem,
        Request::Query(_) => Method::Query,
        Request::Scan(_) => Method::Scan,
        Request::BatchGetItem(_) => Method::BatchGetItem,
        Request::BatchWriteItem(_) => Method::BatchWriteItem,
        Request::TransactGetItems(_) => Method::TransactGetItems,
        Request::TransactWriteItems(_) => Method::TransactWriteItems,
    }
}

/// A version 4 UUID.
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}
