//! What a person can set: a TOML file, then `FOOTFALL_*` variables, then flags; later wins, unknown keys are refused.
//!
//! Settings are plain data. What the program builds from them (stores, listeners) is not here. The environment comes
//! in as an argument, so a test never depends on the one it runs in.

mod accounts;
mod api;
mod backends;
mod cdn;
mod environment;
mod hint;
mod ingest;
mod load;
mod log;
mod places;
mod print;
pub mod secret_key;
mod server;
mod setting;

pub use accounts::AccountsConfig;
pub use api::ApiConfig;
pub use backends::{ArchiveUrl, BackendUrlError, BackendsConfig, EventLogUrl, StoreUrl};
pub use cdn::{CdnConfig, PurgeTarget};
pub use environment::Environment;
pub use ingest::IngestConfig;
pub use load::{ConfigError, Flags, load};
pub use log::{LogConfig, LogFormat};
pub use places::PlacesConfig;
pub use server::ServerConfig;
pub use setting::{Kind, SETTINGS, Setting};

use footfall_store::SecretKey;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Every setting, with its default where nothing was said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder that holds everything Footfall keeps. Created with access for its owner only.
    pub data: PathBuf,
    /// Where the server listens and how it is reached.
    pub server: ServerConfig,
    /// Which backend keeps what, by URL.
    pub backends: BackendsConfig,
    /// How hits come in.
    pub ingest: IngestConfig,
    /// Caches in front of the server.
    pub cdn: CdnConfig,
    /// Where visitors are looked up.
    pub places: PlacesConfig,
    /// Passwords and sign-ins.
    pub accounts: AccountsConfig,
    /// What programs may ask.
    pub api: ApiConfig,
    /// What the server writes about itself.
    pub log: LogConfig,
    /// The key that seals the daily secrets in a store shared with others, where the environment gives it. In no file of
    /// settings, and never printed.
    #[serde(skip)]
    pub secret_key: Option<SecretKey>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("./data"),
            server: ServerConfig::default(),
            backends: BackendsConfig::default(),
            ingest: IngestConfig::default(),
            cdn: CdnConfig::default(),
            places: PlacesConfig::default(),
            accounts: AccountsConfig::default(),
            api: ApiConfig::default(),
            log: LogConfig::default(),
            secret_key: None,
        }
    }
}

impl Config {
    /// The settings as a TOML file that would give them.
    pub fn to_toml(&self) -> String {
        print::to_toml(self)
    }
}
