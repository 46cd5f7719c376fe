//! Why a request was refused, in words its sender can act on.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// A request that makes no sense: each field with what is wrong and what to do. Answered with 400.
///
/// As JSON: `{"errors": {"url": ["…"]}}`, the shape Plausible's clients know. The fields are called `request`, `domain`,
/// `event_name`, `url`, `props`, `engagement` and (for lines of a file) `time`, `address`, `user_agent`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Invalid {
    /// Messages by field.
    pub errors: BTreeMap<String, Vec<String>>,
    /// The sites it was meant for, normalised, as far as that could be read: whose refusal it is.
    #[serde(skip)]
    pub domains: Vec<String>,
}

impl Invalid {
    /// One message about one field.
    pub fn of(field: &str, message: impl Into<String>) -> Self {
        let mut invalid = Self::default();
        invalid.add(field, message);
        invalid
    }

    /// Adds a message about a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.errors.entry(field.to_owned()).or_default().push(message.into());
    }

    /// The value, or what was wrong on the way to it.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.errors.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (field, messages)) in self.errors.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{field} {}", messages.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}
