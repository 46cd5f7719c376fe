//! What can go wrong, and whose turn it is then.

/// The question makes no sense: the asker changes it (HTTP 400).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}{message}", if path.is_empty() { String::new() } else { format!("{path}: ") })]
pub struct QueryError {
    /// The field at fault, such as `filters[0][2]`; empty for the whole body.
    pub path: String,
    /// What is wrong with it, and what to write instead.
    pub message: String,
}

impl QueryError {
    /// An error of the field at `path`.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }

    /// `{"error": …, "path": …}`, as the endpoint answers it.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "error": self.message, "path": self.path })
    }
}

/// The numbers could not be read: the asker may come again (HTTP 500 or 503).
#[derive(Debug, thiserror::Error)]
#[error("the numbers could not be read")]
pub struct SourceError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl SourceError {
    /// Wraps what the source met. A text will do.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The question makes no sense.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The numbers could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}
