//! Errors: of the wire, and those DynamoDB answers with.

use super::value::Item;

/// Bytes that are not what the protocol says.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WireError {
    /// The bytes end too early; more may come.
    #[error("the message is not complete")]
    Incomplete,
    /// They will never be right.
    #[error("malformed message: {0}")]
    Malformed(String),
    /// Larger, deeper or more than is allowed.
    #[error("the message exceeds a limit: {0}")]
    TooLarge(&'static str),
    /// An attribute list nobody has defined here.
    #[error("attribute list {0} is unknown")]
    UnknownList(u64),
    /// A list of names without an id here (client: ask the server first).
    #[error("a list of attribute names has no id yet")]
    UnnamedList(Vec<String>),
    /// A table whose key schema is unknown here.
    #[error("the key schema of table {0} is unknown")]
    UnknownTable(String),
    /// Well formed, but a value that DynamoDB refuses; in its words. The caller's mistake: a `ValidationException`.
    #[error("{0}")]
    Invalid(String),
    /// A method id nobody has defined: the stream cannot be read on.
    #[error("unknown method {0}")]
    UnknownMethod(i64),
}

impl WireError {
    /// Bytes that are not what the protocol says, in words.
    pub fn malformed(words: impl Into<String>) -> Self {
        Self::Malformed(words.into())
    }
}

/// An error as DynamoDB's API gives it.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("{code}: {message}")]
pub struct DynamoError {
    /// The name of the exception, such as `ValidationException`.
    pub code: String,
    /// In words.
    pub message: String,
    /// The HTTP status; 400 for errors of the caller.
    pub status: u16,
    /// Why a transaction was cancelled: one for each of its items.
    pub reasons: Option<Vec<CancellationReason>>,
    /// The item that failed the condition, when asked for.
    pub item: Option<Item>,
}

/// What one item of a cancelled transaction had to do with it.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct CancellationReason {
    /// Such as `ConditionalCheckFailed`, or `None` (the text) where nothing was wrong.
    pub code: Option<String>,
    /// In words.
    pub message: Option<String>,
    /// The item as it was, when asked for.
    pub item: Option<Item>,
}

impl DynamoError {
    /// An error of the caller, status 400.
    pub fn client(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: 400, reasons: None, item: None }
    }

    /// A `ValidationException`.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::client("ValidationException", message)
    }

    /// An `InternalServerError`, status 500.
    pub fn internal(message: impl Into<String>) -> Self {
        Self { status: 500, ..Self::client("InternalServerError", message) }
    }
}
