//! `[places]`: where visitors are looked up.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where visitors are looked up. Headers of a trusted CDN come before any database.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlacesConfig {
    /// Place databases (`.mmdb`), asked in this order; the built-in one, countries only, comes last.
    pub files: Vec<PathBuf>,
}
