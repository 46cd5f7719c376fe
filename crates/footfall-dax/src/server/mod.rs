//! A caching server in front of DynamoDB that speaks DAX and DynamoDB's JSON API on one port.
//!
//! The first byte of a connection says what it speaks: `0x67` DAX, `0x16` TLS (then again), `A`–`Z` HTTP. Both ways in
//! meet in the service, which answers from the caches and from DynamoDB with the semantics Amazon documents for DAX.
//! What is ours to choose is written in `docs/decisions/09*.md`.

mod accept;
mod cache;
mod config;
mod dax;
mod http;
mod lists;
mod metrics;
mod names;
mod room;
mod service;
mod stream;
mod tables;
mod upstream;

pub use config::{AccessKey, Config, DEFAULT_TTL, Limits, Tls};

use lists::Lists;
use metrics::Metrics;
use names::ServerNames;
use room::Room;
use service::{Service, Sizes};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use upstream::Upstream;

/// A running server. Dropping it closes the listener and every connection at once; [`Server::stop`] lets requests end.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// Listens and serves in tasks of the current Tokio runtime.
    ///
    /// # Errors
    /// When the configuration contradicts itself, the address cannot be listened on, or the file of attribute lists
    /// cannot be read; in words.
    pub async fn start(config: Config) -> io::Result<Self> {
        check(&config)?;
        let listener = TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::open(config)?);
        let (stop, stopping) = watch::channel(false);
        let accepting = tokio::spawn(accept::run(listener, Arc::clone(&shared), stopping));
        Ok(Self { address, shared, stop, accepting })
    }

    /// Where it listens.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// What `/metrics` shows: Prometheus' text format.
    #[must_use]
    pub fn metrics(&self) -> String {
        self.shared.metrics_text()
    }

    /// Stops taking connections and requests, waits for those under way at most [`Limits::stop`], and closes.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let wait = self.shared.config.limits.stop;
        // A task that ended badly has ended too.
        let _ended = tokio::time::timeout(wait, &mut self.accepting).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// What all connections share.
#[derive(Debug)]
struct Shared {
    config: Config,
    metrics: Arc<Metrics>,
    service: Arc<Service>,
    names: ServerNames,
    room: Room,
}

impl Shared {
    fn open(config: Config) -> io::Result<Self> {
        let metrics = Arc::<Metrics>::default();
        let upstream = Arc::new(Upstream::new(&config, Arc::clone(&metrics))?);
        let Config { item_ttl, query_ttl, item_bytes, query_bytes, .. } = config;
        let sizes = Sizes { item_ttl, query_ttl, item_bytes, query_bytes };
        let service = Service::new(upstream, Arc::clone(&metrics), &config.clock, sizes);
        let lists = Arc::new(Lists::open(config.lists_file.as_deref(), config.limits.list_bytes)?);
        let names = ServerNames::new(Arc::clone(&service.tables), lists, Arc::clone(&metrics));
        let room = Room::new(config.limits.buffered_bytes);
        Ok(Self { config, metrics, service, names, room })
    }

    fn metrics_text(&self) -> String {
        let (items, pages) = self.service.states();
        self.metrics.text(items, pages)
    }
}

/// Refuses configurations that would be unsafe or cannot work.
fn check(config: &Config) -> io::Result<()> {
    let refuse = |words: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, words));
    if config.keys.is_empty() && !config.listen.ip().is_loopback() {
        return refuse(
            "listening on other addresses than loopback needs access keys: everybody admitted reads and writes with this server's rights",
        );
    }
    if config.advertise.is_some_and(|address| address.ip().is_unspecified() || address.port() == 0) {
        return refuse("the advertised address must be one that clients can connect to");
    }
    if config.region.is_empty() {
        return refuse("the region is missing");
    }
    Ok(())
}
