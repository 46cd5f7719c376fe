//! Calls of DynamoDB: HTTP, signed, with repetitions where a repetition can do no harm.

mod connector;
mod credentials;
mod sign;
mod typed;

pub(super) use typed::{CallError, refusal};

use super::config::Config;
use super::metrics::Metrics;
use super::room::{Place, Room};
use crate::clock::SharedClock;
use crate::wire::DynamoError;
use bytes::BytesMut;
use credentials::KnownCredentials;
use http::{HeaderMap, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Attempts of one call, as the SDKs' standard mode.
const ATTEMPTS: u32 = 3;
/// The first wait is shorter than this, each next one up to twice as long: the SDKs' base for DynamoDB.
const BASE_WAIT: Duration = Duration::from_millis(50);
/// The largest answer read. A page or batch is at most 16 MB of items; JSON and base64 make it longer.
const MOST_ANSWER_BYTES: usize = 64 << 20;

/// A DynamoDB endpoint.
#[derive(Debug)]
pub(super) struct Upstream {
    client: Client<connector::Connector, Full<Bytes>>,
    uri: Uri,
    region: String,
    credentials: KnownCredentials,
    calls: Semaphore,
    /// For answers that are being read.
    room: Room,
    timeout: Duration,
    metrics: Arc<Metrics>,
    clock: SharedClock,
}

/// What DynamoDB answered, whatever it was.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// What the body takes of the room.
    _place: Place,
}

impl Answer {
    /// The name of the exception in an answer that is one, without its namespace.
    pub(super) fn exception(&self) -> Option<String> {
        if self.status.is_success() {
            return None;
        }
        let body: serde_json::Value = serde_json::from_slice(&self.body).ok()?;
        let name = body.get("__type")?.as_str()?;
        Some(name.rsplit('#').next().unwrap_or(name).to_owned())
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Failure {
    /// Whether the request may have been carried out, or may be still.
    pub(super) maybe_done: bool,
    /// Too many wait for DynamoDB already.
    busy: bool,
    /// For the caller, without addresses.
    pub(super) words: &'static str,
}

impl Failure {
    fn before(words: &'static str) -> Self {
        Self { maybe_done: false, busy: false, words }
    }

    fn during(words: &'static str) -> Self {
        Self { maybe_done: true, busy: false, words }
    }
}

/// Whether a call is repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Repeat {
    /// After throttling, errors of the server and lost connections: reads.
    Freely,
    /// Only when it was certainly not carried out: writes. An update repeated blindly would count twice.
    IfNotDone,
    /// Never: the caller, who repeats by itself, sees what DynamoDB says.
    Never,
}

impl Upstream {
    /// # Errors
    /// When the endpoint is no `http://` or `https://` address, or the system has no root certificates.
    pub(super) fn new(config: &Config, metrics: Arc<Metrics>) -> io::Result<Self> {
        let uri = connector::endpoint(&config.endpoint)?;
        Ok(Self {
            client: connector::client(&uri, config.limits.upstream_calls)?,
            uri,
            region: config.region.clone(),
            credentials: KnownCredentials::new(config.credentials.clone(), Arc::clone(&config.clock)),
            calls: Semaphore::new(config.limits.upstream_calls),
            room: Room::new(config.limits.buffered_bytes),
            timeout: config.limits.upstream,
            metrics,
            clock: Arc::clone(&config.clock),
        })
    }

    /// Calls `target` (such as `DynamoDB_20120810.GetItem`) with a JSON body, and gives what DynamoDB answers, errors
    /// included.
    ///
    /// # Errors
    /// When it does not answer: whether it may have acted is said.
    pub(super) async fn call(&self, target: &str, body: Bytes, repeat: Repeat) -> Result<Answer, Failure> {
        let mut attempt = 1;
        loop {
            let result = self.attempt(target, body.clone()).await;
            if attempt == ATTEMPTS || !self.may_repeat(&result, repeat).await {
                return result;
            }
            let most = BASE_WAIT * 2_u32.pow(attempt);
            // Full jitter: callers that failed together do not come back together.
            tokio::time::sleep(most.mul_f64(fastrand::f64())).await;
            self.metrics.upstream_retries.add(1);
            attempt += 1;
        }
    }

    async fn may_repeat(&self, result: &Result<Answer, Failure>, repeat: Repeat) -> bool {
        match result {
            Err(Failure { busy: true, .. }) => false,
            Err(failure) => repeat == Repeat::Freely || (repeat == Repeat::IfNotDone && !failure.maybe_done),
            Ok(answer) if answer.status.is_success() => false,
            Ok(answer) => match answer.exception().as_deref() {
                Some("ExpiredTokenException" | "ExpiredToken" | "UnrecognizedClientException") => {
                    self.credentials.forget().await && repeat != Repeat::Never
                }
                Some(
                    "ProvisionedThroughputExceededException"
                    | "ThrottlingException"
                    | "RequestLimitExceeded"
                    | "Throttling"
                    | "TooManyRequestsException",
                ) => repeat != Repeat::Never,
                _ => answer.status.is_server_error() && repeat == Repeat::Freely,
            },
        }
    }

    async fn attempt(&self, target: &str, body: Bytes) -> Result<Answer, Failure> {
        let permit = tokio::time::timeout(self.timeout, self.calls.acquire()).await;
        let busy = Failure { busy: true, ..Failure::before("too many requests wait for DynamoDB") };
        let _permit = permit.ok().and_then(Result::ok).ok_or(busy)?;
        self.metrics.upstream_calls.add(1);
        let started = Instant::now();
        let result = match tokio::time::timeout(self.timeout, self.send(target, body)).await {
            Ok(result) => result,
            Err(_late) => Err(Failure::during("DynamoDB did not answer in time")),
        };
        self.metrics.upstream_seconds.observe(started.elapsed());
        match &result {
            Ok(answer) if answer.status.is_success() => {}
            Ok(_) => self.metrics.upstream_refusals.add(1),
            Err(_) => self.metrics.upstream_failures.add(1),
        }
        result
    }

    async fn send(&self, target: &str, body: Bytes) -> Result<Answer, Failure> {
        let credentials =
            self.credentials.get().await.map_err(|_words| Failure::before("this server has no valid credentials for DynamoDB"))?;
        let request = sign::request(&self.uri, target, body, &self.region, credentials, self.clock.unix())
            .map_err(|_words| Failure::before("the request to DynamoDB could not be signed"))?;
        let response = self.client.request(request).await.map_err(|error| {
            if error.is_connect() {
                Failure::before("DynamoDB cannot be reached")
            } else {
                Failure::during("the connection to DynamoDB was lost")
            }
        })?;
        let (head, mut rest) = response.into_parts();
        let (mut body, mut place) = (BytesMut::new(), self.room.enter());
        while let Some(frame) = rest.frame().await {
            let frame = frame.map_err(|_cut| Failure::during("DynamoDB's answer was cut off"))?;
            let Ok(data) = frame.into_data() else { continue };
            if body.len() + data.len() > MOST_ANSWER_BYTES {
                return Err(Failure::during("DynamoDB's answer is too long"));
            }
            place.grow(body.len() + data.len()).await;
            body.extend_from_slice(&data);
        }
        let answer = Answer { status: head.status, headers: head.headers, body: body.freeze(), _place: place };
        if is_damaged(&answer) { Err(Failure::during("DynamoDB's answer was damaged on its way")) } else { Ok(answer) }
    }
}

/// DynamoDB sends a checksum of the body; the SDKs check it, and so do we, since we keep what we read.
fn is_damaged(answer: &Answer) -> bool {
    let declared = answer.headers.get("x-amz-crc32").and_then(|sum| sum.to_str().ok()?.parse::<u32>().ok());
    declared.is_some_and(|sum| sum != crc32fast::hash(&answer.body)) && !answer.headers.contains_key(http::header::CONTENT_ENCODING)
}

/// What callers are told when DynamoDB gave no answer.
pub(super) fn unavailable(failure: &Failure) -> DynamoError {
    if failure.busy {
        // What a DAX node says that has too much to do.
        return DynamoError::client("ThrottlingException", failure.words);
    }
    DynamoError::internal(failure.words)
}
