//! `[log]`: what the server writes about itself, on standard error.

use serde::{Deserialize, Serialize};

/// What the server writes about itself. Never an address, a user agent, a secret, a token or a query string.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// For people or for programs.
    pub format: LogFormat,
    /// What to write: `error`, `warn`, `info`, `debug`, or a filter of `tracing-subscriber` such as `info,footfall=debug`.
    pub filter: String,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".into() }
    }
}

/// The shape of a log line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One line of words.
    Text,
    /// One JSON object a line.
    Json,
}
