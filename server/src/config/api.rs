//! `[api]`: what programs may ask.

use serde::{Deserialize, Serialize};

/// What programs may ask.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApiConfig {
    /// How many reports a key may ask for within an hour; 0: as many as it likes. All of them may come at once: a board
    /// that opens asks a lot and then nothing for a while.
    pub requests_per_hour: u32,
}

impl Default for ApiConfig {
    /// Ten times what Plausible grants: who runs the server knows who has its keys.
    fn default() -> Self {
        Self { requests_per_hour: 6_000 }
    }
}
