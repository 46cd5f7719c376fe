//! One node: its connections, its names, its health.

use super::connection::{Connection, Security};
use super::flight::Turns;
use super::names::NodeNames;
use crate::clock::SharedClock;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A node that failed so often in a row, with nothing but I/O errors, is taken out of the routes.
const UNHEALTHY_AFTER: u32 = 5;

/// A node of the cluster. It stays the same value as long as the cluster names its address.
pub struct Node {
    pub address: SocketAddr,
    pub names: NodeNames,
    pub turns: Turns<Wanted>,
    security: Option<Security>,
    idle: Mutex<Vec<Idle>>,
    slots: Arc<Semaphore>,
    failures: AtomicU32,
    clock: SharedClock,
}

/// What calls ask a node for at most once at a time.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Wanted {
    Schema(String),
    ListId(Vec<String>),
    List(u64),
}

struct Idle {
    connection: Connection,
    /// By the clock's age.
    since: Duration,
}

impl Node {
    pub fn new(address: SocketAddr, security: Option<Security>, connections: usize, clock: SharedClock) -> Self {
        Self {
            address,
            names: NodeNames::new(clock.clone()),
            turns: Turns::default(),
            security,
            idle: Mutex::default(),
            slots: Arc::new(Semaphore::new(connections)),
            failures: AtomicU32::new(0),
            clock,
        }
    }

    /// Takes an idle connection, or makes one. Waits for a slot when there are as many as allowed.
    pub async fn lease(self: &Arc<Self>, connect_timeout: Duration, preamble: impl FnOnce() -> Vec<u8>) -> io::Result<Lease> {
        let slot = self.slots.clone().acquire_owned().await.map_err(io::Error::other)?;
        while let Some(mut connection) = self.take_idle() {
            if connection.is_quiet() {
                return Ok(Lease { node: self.clone(), connection, _slot: slot });
            }
            // The server has closed it: perhaps it is another one now.
            self.names.forget_lists();
        }
        let open = Connection::open(self.address, self.security.as_ref(), preamble());
        let connection = match tokio::time::timeout(connect_timeout, open).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Err(self.failed(error)),
            Err(_) => return Err(self.failed(io::Error::new(io::ErrorKind::TimedOut, format!("no connection within {connect_timeout:?}")))),
        };
        Ok(Lease { node: self.clone(), connection, _slot: slot })
    }

    /// Closes connections that have lain idle too long.
    pub fn close_idle(&self, longer_than: Duration) {
        let now = self.clock.age();
        self.idle().retain(|idle| now.saturating_sub(idle.since) < longer_than);
    }

    /// Whether the node has answered recently enough to be asked.
    pub fn is_healthy(&self) -> bool {
        self.failures.load(Ordering::Relaxed) < UNHEALTHY_AFTER
    }

    /// It has answered.
    pub fn well(&self) {
        self.failures.store(0, Ordering::Relaxed);
    }

    /// A connection failed, or no answer came.
    pub fn ailing(&self) {
        // Saturates: a node that is down for years must not come back by wrapping around.
        let add = |failures: u32| Some(failures.saturating_add(1));
        let _ = self.failures.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        self.names.forget_lists();
    }

    fn failed(&self, error: io::Error) -> io::Error {
        self.ailing();
        error
    }

    fn take_idle(&self) -> Option<Connection> {
        // The one used last: the others grow old and are closed.
        self.idle().pop().map(|idle| idle.connection)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use. Dropped, it is closed; only [`Lease::give_back`] keeps it, which nobody calls before the last
/// answer has been read whole. So a call that is dropped on the way leaves no half-read answer to another.
pub struct Lease {
    node: Arc<Node>,
    pub connection: Connection,
    _slot: OwnedSemaphorePermit,
}

impl Lease {
    pub fn give_back(self) {
        let idle = Idle { connection: self.connection, since: self.node.clock.age() };
        self.node.idle().push(idle);
    }
}
