//! Requests and answers of the data plane, as DynamoDB's JSON.

use super::{Answer, Repeat, Upstream, unavailable};
use crate::json;
use crate::wire::error::DynamoError;
use crate::wire::model::{Request, Response};
use serde_json::Value as Json;

/// Why a request has no answer of its kind.
#[derive(Debug)]
pub(in crate::server) struct CallError {
    /// For the caller.
    pub(in crate::server) error: DynamoError,
    /// Whether it may have been carried out, or may be still.
    pub(in crate::server) maybe_done: bool,
}

impl Upstream {
    /// Asks DynamoDB.
    ///
    /// # Errors
    /// Its own, or that it did not answer.
    pub(in crate::server) async fn request(&self, request: &Request, repeat: Repeat) -> Result<Response, CallError> {
        let (operation, body) = json::write_request(request);
        let target = format!("DynamoDB_20120810.{operation}");
        let answer = self.call(&target, body.to_string().into(), repeat).await;
        let answer = answer.map_err(|failure| CallError { error: unavailable(&failure), maybe_done: failure.maybe_done })?;
        if !answer.status.is_success() {
            return Err(CallError { error: refusal(&answer), maybe_done: answer.status.is_server_error() });
        }
        let read = serde_json::from_slice(&answer.body).ok().and_then(|body: Json| json::read_response(request, &body).ok());
        let unreadable = || DynamoError::internal("DynamoDB answered in words this server does not know");
        read.ok_or_else(|| CallError { error: unreadable(), maybe_done: true })
    }
}

/// The error in an answer that is one.
pub(in crate::server) fn refusal(answer: &Answer) -> DynamoError {
    let body: Json = serde_json::from_slice(&answer.body).unwrap_or_default();
    json::read_error(answer.status.as_u16(), &body)
}
