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
    /// An error of the field at `path`. What was written is quoted in it, and may be long: its middle is left out.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: without_middle(path.into()), message: without_middle(message.into()) }
    }

    /// `{"error": …, "path": …}`, as the endpoint answers it.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({ "error": self.message, "path": self.path })
    }
}

/// So much is kept of the beginning of a long text, and of its end, where a message says what to write instead.
const KEPT: (usize, usize) = (200, 800);

fn without_middle(text: String) -> String {
    let (first, last) = KEPT;
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if boundaries.len() <= first + last {
        return text;
    }
    format!("{} … {}", &text[..boundaries[first]], &text[boundaries[boundaries.len() - last]..])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_quoted_without_its_middle() {
        let said = |written: &str| QueryError::new("metrics[0]", format!("'{written}' is no metric")).message;
        assert_eq!(said("shoes"), "'shoes' is no metric");
        let long = said(&"ä".repeat(200_000));
        assert!(long.starts_with("'ää") && long.contains(" … ") && long.ends_with("ä' is no metric"), "{long}");
        assert_eq!(long.chars().count(), 1_003);
    }
}
