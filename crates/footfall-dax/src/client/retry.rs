//! What is tried again, and after how long.
//!
//! The rule for writes is the Node client's: what may have been carried out is not repeated. A write that is repeated
//! blindly could undo what somebody else wrote in between, and a conditional one would fail on its own success. The one
//! exception is a transaction with a token, which DynamoDB carries out once however often it comes.

use crate::wire::WireError;
use crate::wire::error::DynamoError;
use crate::wire::error_frame::{ErrorKind, ServerError};
use crate::wire::model::Request;
use aws_credential_types::provider::error::CredentialsError;
use std::io;
use std::time::Duration;

/// An attempt that did not succeed.
#[derive(Debug)]
pub struct Failed {
    pub cause: Cause,
    /// Whether the request may have been carried out.
    pub sent: bool,
}

/// Why an attempt did not succeed.
#[derive(Debug)]
pub enum Cause {
    /// No node is known, none can be reached, or the connection broke.
    Io(io::Error),
    /// No answer within the timeout of an attempt.
    Slow,
    /// The node answered with an error.
    Service(Box<ServerError>),
    /// What came is no answer.
    Answer(WireError),
    /// The request cannot be put on the wire; in DynamoDB's words.
    Request(Box<DynamoError>),
    /// No credentials to sign with.
    Credentials(CredentialsError),
}

impl Failed {
    /// A failure before the request was sent.
    pub fn before(cause: Cause) -> Self {
        Self { cause, sent: false }
    }

    /// A failure after the request, or some of it, was sent.
    pub fn after(cause: Cause) -> Self {
        Self { cause, sent: true }
    }
}

/// What to do after a failure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Tell the caller.
    Stop,
    /// Try again, elsewhere if possible.
    Elsewhere,
    /// Try again where it was, after a pause.
    Later,
    /// Ask the cluster who leads it now, and try again.
    Rediscover,
}

/// Whether a request may be repeated although it may have been carried out.
pub fn is_repeatable(request: &Request) -> bool {
    match request {
        Request::GetItem(_) | Request::Query(_) | Request::Scan(_) | Request::BatchGetItem(_) | Request::TransactGetItems(_) => true,
        Request::TransactWriteItems(transaction) => transaction.token.is_some(),
        Request::PutItem(_) | Request::UpdateItem(_) | Request::DeleteItem(_) | Request::BatchWriteItem(_) => false,
    }
}

/// Whether the leader is to carry it out.
pub fn is_write(request: &Request) -> bool {
    match request {
        Request::PutItem(_)
        | Request::UpdateItem(_)
        | Request::DeleteItem(_)
        | Request::BatchWriteItem(_)
        | Request::TransactWriteItems(_) => true,
        Request::GetItem(_) | Request::Query(_) | Request::Scan(_) | Request::BatchGetItem(_) | Request::TransactGetItems(_) => false,
    }
}

/// What to do after a failed attempt at a request.
pub fn judge(failed: &Failed, repeatable: bool) -> Verdict {
    let unless_ambiguous = |verdict| if repeatable || !failed.sent { verdict } else { Verdict::Stop };
    match &failed.cause {
        Cause::Io(_) | Cause::Slow => unless_ambiguous(Verdict::Elsewhere),
        Cause::Service(error) => match error.kind() {
            // The node says that it has not carried it out.
            ErrorKind::Throttling | ErrorKind::Authentication => Verdict::Later,
            ErrorKind::Recoverable => Verdict::Rediscover,
            ErrorKind::Internal | ErrorKind::Retryable => unless_ambiguous(Verdict::Later),
            ErrorKind::Server | ErrorKind::Client => Verdict::Stop,
        },
        Cause::Answer(_) | Cause::Request(_) | Cause::Credentials(_) => Verdict::Stop,
    }
}

/// How long to wait before attempt number `attempt` (the first repetition is 1): equal jitter on 70 ms doubled each
/// time, at most 20 s, as in the official clients. `chance` is from 0 to 1.
pub fn pause(attempt: u32, chance: f64) -> Duration {
    let full = Duration::from_millis(70).saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(Duration::from_secs(20));
    full / 2 + (full / 2).mul_f64(chance.clamp(0.0, 1.0))
}
