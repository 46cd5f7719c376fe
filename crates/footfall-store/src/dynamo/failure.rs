//! What DynamoDB's errors mean.

use crate::StoreError;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::CancellationReason;
use std::error::Error;

/// Why a request was not done.
#[derive(Debug)]
pub(super) enum Failure {
    /// The row is not as the condition says.
    Condition,
    /// Another transaction has the row at the moment.
    Conflict,
    /// An attempt before this one is still at work.
    AtWork,
    /// A transaction was not done; for each of its items whether its condition was what failed.
    Cancelled(Vec<bool>),
    /// Anything else.
    Store(StoreError),
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => error,
            Failure::Condition | Failure::Conflict | Failure::AtWork | Failure::Cancelled(_) => {
                StoreError::Conflict("a row of the table".to_owned())
            }
        }
    }
}

const THROTTLES: [&str; 5] =
    ["ProvisionedThroughputExceededException", "ThrottlingException", "Throttling", "RequestLimitExceeded", "LimitExceededException"];

/// Wrong, ended or missing credentials, or none of the rights needed.
const REFUSALS: [&str; 8] = [
    "ExpiredTokenException",
    "ExpiredToken",
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "InvalidClientTokenId",
    "AccessDeniedException",
    "MissingAuthenticationTokenException",
    "IncompleteSignatureException",
];

/// What an error of a call means, for a table of this name and place.
pub(super) fn meaning<E, R>(error: &SdkError<E, R>, table: &str, place: &str) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let SdkError::ServiceError(answer) = error else {
        return Failure::Store(unreached(error));
    };
    let answer = answer.err();
    let code = answer.code().unwrap_or("an error without a name");
    let words = answer.message().unwrap_or("no words came with it");
    let said = || format!("{code}: {words}");
    match code {
        "ConditionalCheckFailedException" => Failure::Condition,
        "TransactionConflictException" => Failure::Conflict,
        "TransactionInProgressException" => Failure::AtWork,
        "ResourceNotFoundException" => Failure::Store(StoreError::NoTable { table: table.to_owned(), place: place.to_owned() }),
        code if THROTTLES.contains(&code) => Failure::Store(StoreError::Throttled(said())),
        code if REFUSALS.contains(&code) => Failure::Store(StoreError::Credentials(said())),
        _ => Failure::Store(StoreError::Unavailable(format!("DynamoDB says {}", said()))),
    }
}

/// What the reasons of a cancelled transaction come to.
pub(super) fn cancelled(reasons: &[CancellationReason]) -> Failure {
    let code = |reason: &CancellationReason| reason.code().unwrap_or("None").to_owned();
    let has = |code_wanted: &str| reasons.iter().any(|reason| code(reason) == code_wanted);
    if has("ConditionalCheckFailed") {
        return Failure::Cancelled(reasons.iter().map(|reason| code(reason) == "ConditionalCheckFailed").collect());
    }
    if has("TransactionConflict") {
        return Failure::Conflict;
    }
    let first = reasons.iter().find(|reason| code(reason) != "None");
    let said = first.map(|reason| format!("{}: {}", code(reason), reason.message().unwrap_or_default())).unwrap_or_default();
    if has("ThrottlingError") || has("ProvisionedThroughputExceeded") {
        return Failure::Store(StoreError::Throttled(said));
    }
    Failure::Store(StoreError::Unavailable(format!("DynamoDB cancelled a transaction: {said}")))
}

/// No answer came, or none that could be read.
fn unreached<E, R>(error: &SdkError<E, R>) -> StoreError
where
    E: Error + 'static,
    R: std::fmt::Debug + 'static,
{
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(credentials) = one.downcast_ref::<CredentialsError>() {
            return StoreError::Credentials(format!("there are none: {}", with_causes(credentials)));
        }
        cause = one.source();
    }
    StoreError::Unavailable(format!("DynamoDB did not answer: {}", with_causes(error)))
}

/// An error and what it comes from, in words: the SDK's own way appends everything once more as `Debug` writes it.
pub(super) fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(one) = cause {
        let more = one.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = one.source();
    }
    words
}
