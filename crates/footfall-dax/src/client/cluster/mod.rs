//! The picture of the cluster: which nodes there are, which are well, who leads.

mod discovery;
mod health;
mod routes;

pub use routes::Routes;

use super::config::{Config, Settings};
use super::connection::Security;
use super::credentials::CredentialsCache;
use super::node::{Lease, Node};
use super::retry::{Cause, Failed};
use super::url::Scheme;
use crate::wire::cbor::Writer;
use crate::wire::requests::encode_preamble;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::task::JoinHandle;

/// A cluster, and everything calls need of it.
pub struct Cluster {
    pub config: Config,
    pub credentials: CredentialsCache,
    security: Option<Security>,
    routes: RwLock<Arc<Routes>>,
    /// Counts discoveries, failed ones too; who waited for one does not begin another.
    discovered: AtomicU64,
    /// Held while discovering: why the last one failed, if it did.
    discovering: tokio::sync::Mutex<Option<(io::ErrorKind, String)>>,
    chance: Mutex<fastrand::Rng>,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

impl Cluster {
    pub fn new(config: Config) -> Self {
        let credentials = CredentialsCache::new(config.credentials.clone(), config.clock.clone());
        let host = config.seeds.seeds()[0].host.clone();
        let security = match (config.seeds.scheme(), &config.tls) {
            (Scheme::Daxs, Some(tls)) => Some(Security { tls: tls.clone(), host }),
            _ => None,
        };
        let chance = config.seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            config,
            credentials,
            security,
            routes: RwLock::default(),
            discovered: AtomicU64::new(0),
            discovering: tokio::sync::Mutex::default(),
            chance: Mutex::new(chance),
            keeper: Mutex::default(),
        }
    }

    pub fn settings(&self) -> &Settings {
        &self.config.settings
    }

    /// The node to ask next: for a write the leader, for a read any that is well; one of `avoid` only if there is no
    /// other. Discovers the cluster when no node is known.
    pub async fn route(self: &Arc<Self>, write: bool, avoid: &[SocketAddr]) -> Result<Arc<Node>, Failed> {
        self.keep();
        let mut routes = self.routes();
        if routes.is_empty() {
            self.discover().await.map_err(|error| Failed::before(Cause::Io(error)))?;
            routes = self.routes();
        }
        let none = || Failed::before(Cause::Io(io::Error::new(io::ErrorKind::NotFound, "the cluster names no nodes")));
        routes.pick(write, avoid, |choices| self.choose(choices)).ok_or_else(none)
    }

    /// A connection to a node.
    pub async fn lease(&self, node: &Arc<Node>) -> Result<Lease, Failed> {
        let lease = node.lease(self.settings().connect_timeout, || self.preamble()).await;
        lease.map_err(|error| Failed::before(Cause::Io(error)))
    }

    /// From 0 to 1.
    pub fn chance(&self) -> f64 {
        self.rng().f64()
    }

    /// 16 bytes nobody else has.
    pub fn sixteen(&self) -> [u8; 16] {
        self.rng().u128(..).to_be_bytes()
    }

    pub fn routes(&self) -> Arc<Routes> {
        self.routes.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stops keeping the picture current.
    pub fn stop(&self) {
        if let Some(keeper) = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take() {
            keeper.abort();
        }
    }

    fn preamble(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        encode_preamble(&self.sixteen(), &self.settings().user_agent, &mut writer);
        writer.into_bytes()
    }

    /// One of that many.
    fn choose(&self, choices: usize) -> usize {
        self.rng().usize(..choices)
    }

    fn rng(&self) -> std::sync::MutexGuard<'_, fastrand::Rng> {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sees to it that a task keeps the picture current. It ends with the client, or with the runtime it runs in; a
    /// client that is then used in another runtime starts it anew.
    fn keep(self: &Arc<Self>) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        if keeper.as_ref().is_none_or(JoinHandle::is_finished) {
            *keeper = Some(tokio::spawn(health::keep(Arc::downgrade(self))));
        }
    }
}
