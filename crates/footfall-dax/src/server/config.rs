//! What a server is told when it starts.

use crate::clock::{SharedClock, SystemClock};
use aws_credential_types::provider::SharedCredentialsProvider;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls;

/// How long DAX keeps an item or a page by default; Amazon's parameter groups say the same (300,000 ms).
pub const DEFAULT_TTL: Duration = Duration::from_secs(300);

/// Everything a server needs. [`Config::new`] fills in the defaults.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 takes a free one. Anything but loopback needs [`Config::keys`].
    pub listen: SocketAddr,
    /// The address DAX clients are told to connect to, when they cannot reach the one they first connected to (behind
    /// a port mapping). Not an unspecified address.
    pub advertise: Option<SocketAddr>,
    /// DynamoDB: `http://host:port` or `https://host`.
    pub endpoint: String,
    /// The region requests to DynamoDB are signed for, and callers must sign for.
    pub region: String,
    /// What requests to DynamoDB are signed with. Every admitted caller reads and writes with these rights.
    pub credentials: SharedCredentialsProvider,
    /// How long an item is kept; zero: until it is evicted or written.
    pub item_ttl: Duration,
    /// How long a page of a query or scan is kept; zero: pages are not kept.
    pub query_ttl: Duration,
    /// Memory for items, in bytes.
    pub item_bytes: usize,
    /// Memory for pages, in bytes.
    pub query_bytes: usize,
    /// Who is admitted. Empty: everybody, which is allowed on loopback only.
    pub keys: Vec<AccessKey>,
    /// A certificate. Connections that begin a TLS handshake are then served, and on addresses other than loopback
    /// those that do not are refused unless [`Config::allow_plain`] says otherwise.
    pub tls: Option<Tls>,
    /// Whether connections without TLS are served although there is a certificate. Loopback always is.
    pub allow_plain: bool,
    /// Where attribute lists are kept. `None` forgets them at the end: clients that outlive the server would then be
    /// refused their old ids; for tests.
    pub lists_file: Option<PathBuf>,
    /// Bounds on what callers may take.
    pub limits: Limits,
    /// The time.
    pub clock: SharedClock,
}

impl Config {
    /// The defaults: both TTLs five minutes, 256 MiB for items, 64 MiB for pages, nobody admitted but this machine.
    #[must_use]
    pub fn new(listen: SocketAddr, endpoint: impl Into<String>, region: impl Into<String>, credentials: SharedCredentialsProvider) -> Self {
        Self {
            listen,
            advertise: None,
            endpoint: endpoint.into(),
            region: region.into(),
            credentials,
            item_ttl: DEFAULT_TTL,
            query_ttl: DEFAULT_TTL,
            item_bytes: 256 << 20,
            query_bytes: 64 << 20,
            keys: Vec::new(),
            tls: None,
            allow_plain: false,
            lists_file: None,
            limits: Limits::default(),
            clock: SystemClock::shared(),
        }
    }
}

/// Bounds on what callers may take, and how long anything may last.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once; more are closed at once.
    pub connections: usize,
    /// From the first byte of a connection to the end of its TLS handshake and preamble.
    pub handshake: Duration,
    /// How long a connection may be silent between requests.
    pub idle: Duration,
    /// From the first byte of a request to its last.
    pub request: Duration,
    /// How long a peer may take to accept an answer.
    pub write: Duration,
    /// The longest body of an HTTP request, in bytes. DynamoDB's own limit is 16 MiB. (DAX has limits by method.)
    pub request_bytes: usize,
    /// Bytes of large requests, all connections together, and again of large answers of DynamoDB; more wait for room.
    pub buffered_bytes: usize,
    /// How long one call of DynamoDB may take, without its repetitions.
    pub upstream: Duration,
    /// Calls of DynamoDB at once; more wait.
    pub upstream_calls: usize,
    /// Memory for lists of attribute names, in bytes; more lists are refused. A table whose items name their
    /// attributes at random would otherwise fill memory and disk.
    pub list_bytes: usize,
    /// How long [`stop`](super::Server::stop) waits for requests under way.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            handshake: Duration::from_secs(10),
            idle: Duration::from_secs(3600),
            request: Duration::from_secs(30),
            write: Duration::from_secs(30),
            request_bytes: 17 << 20,
            buffered_bytes: 256 << 20,
            upstream: Duration::from_secs(30),
            upstream_calls: 512,
            list_bytes: 64 << 20,
            stop: Duration::from_secs(10),
        }
    }
}

/// A key callers sign with.
#[derive(Clone)]
pub struct AccessKey {
    /// The public part.
    pub id: String,
    /// The secret part; never logged.
    pub secret: String,
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessKey")
    }
}

/// A certificate chain and its key.
#[derive(Clone)]
pub struct Tls(pub(super) Arc<rustls::ServerConfig>);

impl Tls {
    /// Reads a certificate chain and a private key, both PEM.
    ///
    /// # Errors
    /// In words, naming the file, when one cannot be read or they do not belong together.
    pub fn from_pem_files(certificates: &Path, key: &Path) -> Result<Self, String> {
        use rustls::pki_types::pem::PemObject as _;
        use rustls::pki_types::{CertificateDer, PrivateKeyDer};
        let name = |path: &Path, error: &dyn fmt::Display| format!("{}: {error}", path.display());
        let chain = CertificateDer::pem_file_iter(certificates)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| name(certificates, &error))?;
        let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| name(key, &error))?;
        Self::new(chain, secret).map_err(|error| name(certificates, &error))
    }

    /// The same from what has been read already.
    ///
    /// # Errors
    /// When they do not belong together.
    pub fn new(
        chain: Vec<rustls::pki_types::CertificateDer<'static>>,
        key: rustls::pki_types::PrivateKeyDer<'static>,
    ) -> Result<Self, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        Ok(Self(Arc::new(config)))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}
