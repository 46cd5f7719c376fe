//! What can go wrong, and how the SDK would say it.

use super::operation::Operation;
use crate::wire::{DynamoError, WireError};
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ConnectorError, SdkError};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use std::io;
use std::time::Duration;

/// Why a call failed. Each kind arrives as the [`SdkError`] that aws-sdk-dynamodb's own client would give, so that code
/// which tells them apart stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum DaxError {
    /// The request cannot be sent as it is; nothing was sent. `SdkError::ConstructionFailure`.
    #[error("{0}")]
    Request(String),
    /// The service answered with an error. `SdkError::ServiceError`.
    #[error(transparent)]
    Service(#[from] DynamoError),
    /// The call took longer than the operation timeout. Whether a write took place is unknown. `SdkError::TimeoutError`.
    #[error("no answer within {0:?}, the operation timeout")]
    Timeout(Duration),
    /// No node could be reached; nothing was sent. `SdkError::DispatchFailure` (io, never connected).
    #[error("no node of the DAX cluster can be reached: {0}")]
    Unreachable(#[source] io::Error),
    /// A connection was lost before the answer was read. Whether a write took place is unknown.
    /// `SdkError::DispatchFailure` (io).
    #[error("the connection to the DAX node was lost before its answer was read: {0}")]
    Lost(#[source] io::Error),
    /// One attempt took too long. Whether a write took place is unknown. `SdkError::DispatchFailure` (timeout).
    #[error("no answer within {0:?}, the timeout of an attempt")]
    AttemptTimeout(Duration),
    /// There are no credentials to sign with; nothing was sent. `SdkError::DispatchFailure` (other).
    #[error("there are no credentials: {0}")]
    Credentials(#[source] aws_credential_types::provider::error::CredentialsError),
    /// The answer is not what the protocol says. The connection is closed; a write may have taken place.
    /// `SdkError::ResponseError`.
    #[error("the answer of the DAX node cannot be read: {0}")]
    Answer(#[source] WireError),
}

impl DaxError {
    pub(crate) fn into_sdk<O: Operation>(self) -> SdkError<O::Error> {
        match self {
            Self::Request(words) => SdkError::construction_failure(words),
            Self::Service(error) => {
                let raw = response(error.status);
                SdkError::service_error(O::error(error), raw)
            }
            Self::Timeout(_) => SdkError::timeout_error(self),
            Self::Unreachable(_) => SdkError::dispatch_failure(ConnectorError::io(self.into()).never_connected()),
            Self::Lost(_) => SdkError::dispatch_failure(ConnectorError::io(self.into())),
            Self::AttemptTimeout(_) => SdkError::dispatch_failure(ConnectorError::timeout(self.into())),
            Self::Credentials(_) => SdkError::dispatch_failure(ConnectorError::other(self.into(), Some(ErrorKind::ClientError))),
            Self::Answer(_) => SdkError::response_error(self, response(200)),
        }
    }
}

/// DAX has no HTTP responses; the SDK's errors have a place for one, and some code reads the status there.
fn response(status: u16) -> HttpResponse {
    let status = StatusCode::try_from(status).unwrap_or_else(|_| StatusCode::try_from(500).expect("500 is a status"));
    HttpResponse::new(status, SdkBody::empty())
}
