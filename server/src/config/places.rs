//! `[places]`: where visitors are looked up.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where visitors are looked up. Headers of a trusted CDN come before any database.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlacesConfig {
    /// A place database (`.mmdb`) with regions and cities; empty: the built-in one, countries only.
    pub file: PathBuf,
}
