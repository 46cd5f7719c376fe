//! Why a command failed, for the person who typed it.

use crate::config::{BackendUrlError, ConfigError};
use crate::owner::protocol::Refusal;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The command or a setting makes no sense: exit code 2.
    Usage(String),
    /// It could not be done: exit code 1.
    Failed(anyhow::Error),
}

impl Failure {
    /// The program's exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            Failure::Failed(_) => 1,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Usage(message) => f.write_str(message),
            Failure::Failed(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Read(..) => Self::Failed(error.into()),
            _ => Self::Usage(error.to_string()),
        }
    }
}

impl From<BackendUrlError> for Failure {
    fn from(error: BackendUrlError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        if refusal.usage { Self::Usage(refusal.message) } else { Self::Failed(anyhow::Error::msg(refusal.message)) }
    }
}
