//! How a client is set up.

use super::tls;
use super::url::{Scheme, Seeds, UrlError};
use crate::clock::{SharedClock, SystemClock};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::region::Region;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::CertificateDer;

/// A client's settings; made by [`Config::builder`].
#[derive(Clone)]
pub struct Config {
    pub(crate) seeds: Seeds,
    pub(crate) region: Region,
    pub(crate) credentials: Option<SharedCredentialsProvider>,
    pub(crate) tls: Option<Arc<ClientConfig>>,
    pub(crate) settings: Settings,
    pub(crate) clock: SharedClock,
    pub(crate) seed: Option<u64>,
}

/// The plain part of the settings.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub connect_timeout: Duration,
    pub attempt_timeout: Duration,
    pub operation_timeout: Duration,
    pub health_timeout: Duration,
    pub max_attempts: u32,
    pub connections_per_node: usize,
    pub idle_timeout: Duration,
    pub refresh_interval: Duration,
    pub health_interval: Duration,
    pub user_agent: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(2),
            attempt_timeout: Duration::from_secs(20),
            operation_timeout: Duration::from_secs(60),
            health_timeout: Duration::from_secs(1),
            max_attempts: 3,
            connections_per_node: 64,
            idle_timeout: Duration::from_secs(60),
            refresh_interval: Duration::from_secs(4),
            health_interval: Duration::from_secs(5),
            user_agent: concat!("footfall-dax/", env!("CARGO_PKG_VERSION")).into(),
        }
    }
}

impl Config {
    /// Begins a configuration.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Where the cluster is.
    pub fn seeds(&self) -> &Seeds {
        &self.seeds
    }

    /// The region that signatures name.
    pub fn region(&self) -> &Region {
        &self.region
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("url", &self.seeds.to_string())
            .field("region", &self.region)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A configuration that cannot be, in words.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address of the cluster is missing or no address.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// Signatures need a region.
    #[error("no region is given; signatures of DAX requests name one (such as eu-central-1)")]
    Region,
    /// Root certificates cannot be read or used.
    #[error("{0}")]
    Tls(String),
}

/// Makes a [`Config`]; everything but the URL and the region has a default.
#[derive(Clone, Default)]
pub struct ConfigBuilder {
    url: String,
    region: Option<Region>,
    credentials: Option<SharedCredentialsProvider>,
    roots: Option<Vec<CertificateDer<'static>>>,
    tls: Option<Arc<ClientConfig>>,
    settings: Settings,
    clock: Option<SharedClock>,
    seed: Option<u64>,
}

impl ConfigBuilder {
    /// `dax://host[:8111]`, `daxs://host[:9111]`, or several `dax://` separated by commas.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// The region that signatures name.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Who asks. Without a provider connections are not authorised, which only a server without keys accepts.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(provider));
        self
    }

    /// With `daxs://`: the certificates to trust in place of the system's.
    pub fn root_certificates(mut self, roots: impl IntoIterator<Item = CertificateDer<'static>>) -> Self {
        self.roots = Some(roots.into_iter().collect());
        self
    }

    /// With `daxs://`: a TLS configuration of your own, in place of everything this crate would set.
    pub fn tls(mut self, tls: Arc<ClientConfig>) -> Self {
        self.tls = Some(tls);
        self
    }

    /// How long making a connection, TLS included, may take. 2 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How long one attempt may take, from its first byte to the last of the answer. 20 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// How long a call may take with everything: waiting for a connection, attempts, pauses between them. 60 s.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.settings.operation_timeout = timeout;
        self
    }

    /// How often a call is tried at most, the first time included. 3; at least 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.max_attempts = attempts.max(1);
        self
    }

    /// How many connections to one node at most; further calls wait. 64.
    pub fn connections_per_node(mut self, connections: usize) -> Self {
        self.settings.connections_per_node = connections.max(1);
        self
    }

    /// How long a connection may lie idle before it is closed. 60 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// How often the cluster is asked for its nodes. 4 s, as the official clients do.
    pub fn refresh_interval(mut self, interval: Duration) -> Self {
        self.settings.refresh_interval = interval;
        self
    }

    /// How often each node is asked whether it is well. 5 s, as the official clients do.
    pub fn health_interval(mut self, interval: Duration) -> Self {
        self.settings.health_interval = interval;
        self
    }

    /// How long a node may take to say that it is well. 1 s.
    pub fn health_timeout(mut self, timeout: Duration) -> Self {
        self.settings.health_timeout = timeout;
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.settings.user_agent = name.into();
        self
    }

    /// The time: of day for signatures, and how old things are. The machine's unless told otherwise.
    pub fn clock(mut self, clock: SharedClock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Where chance (which replica, how long a pause) begins, for tests that must repeat.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The configuration.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn build(self) -> Result<Config, ConfigError> {
        let seeds: Seeds = self.url.parse()?;
        let tls = match (seeds.scheme(), self.tls) {
            (Scheme::Dax, _) => None,
            (Scheme::Daxs, Some(own)) => Some(own),
            (Scheme::Daxs, None) => Some(tls::config(self.roots)?),
        };
        Ok(Config {
            seeds,
            region: self.region.ok_or(ConfigError::Region)?,
            credentials: self.credentials,
            tls,
            settings: self.settings,
            clock: self.clock.unwrap_or_else(SystemClock::shared),
            seed: self.seed,
        })
    }
}
