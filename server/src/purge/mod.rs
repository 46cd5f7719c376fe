//! Telling caches in front of the server that what they keep of a site is not true any more.
//!
//! Without it a cache goes on showing a page for as long as the page said it could. [`Purge::site`] puts a site on the
//! list of every cache of `[cdn] purge` and returns at once: the change it follows is made, whatever becomes of caches.
//! Each cache has a task of its own ([`lane`]), so that one that is away keeps no other waiting.

mod cloudfront;
mod lane;
mod list;
mod paths;
mod send;
mod why;

pub use why::{is_shared, why};

use crate::config::{Config, PurgeTarget};
use footfall_domain::{Clock, Site, SiteId};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

/// How long a closing house waits for caches: the rest would be asked for again only when a page is old.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// The caches in front, and what they are still to be told.
#[derive(Debug)]
pub struct Purge {
    lanes: Vec<mpsc::UnboundedSender<Stale>>,
    counts: Vec<(PurgeKind, Arc<PurgeCounts>)>,
    closing: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// A site of which caches keep what is not true any more.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Stale {
    /// What everything public of the site says as `Surrogate-Key`.
    tag: String,
    domain: String,
    /// For the log.
    why: &'static str,
}

/// How a cache is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PurgeKind {
    /// Varnish, by a ban.
    Varnish,
    /// CloudFront, by an invalidation.
    CloudFront,
    /// Something else, by a list of addresses.
    Urls,
}

impl PurgeKind {
    /// All of them.
    pub const ALL: [PurgeKind; 3] = [PurgeKind::Varnish, PurgeKind::CloudFront, PurgeKind::Urls];

    /// Its name in the log and among metrics.
    pub fn name(self) -> &'static str {
        match self {
            PurgeKind::Varnish => "varnish",
            PurgeKind::CloudFront => "cloudfront",
            PurgeKind::Urls => "urls",
        }
    }
}

/// What became of requests to one cache.
#[derive(Debug, Default)]
pub struct PurgeCounts {
    done: AtomicU64,
    failed: AtomicU64,
    given_up: AtomicU64,
}

impl PurgeCounts {
    /// Requests that were carried out, that failed, and sites that were given up.
    pub fn read(&self) -> [u64; 3] {
        [&self.done, &self.failed, &self.given_up].map(|count| count.load(Ordering::Relaxed))
    }
}

impl Purge {
    /// Begins to wait for what caches are to be told.
    ///
    /// # Errors
    /// One of the caches is none.
    pub fn start(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Self> {
        let targets = config.cdn.targets().map_err(anyhow::Error::msg)?;
        let closing = watch::Sender::new(false);
        let mut purge = Self { lanes: Vec::new(), counts: Vec::new(), closing: closing.clone(), tasks: Mutex::default() };
        for target in targets {
            let (kind, counts) = (kind_of(&target), Arc::<PurgeCounts>::default());
            let cache = send::Cache::new(target, &config.server.public_url, clock.clone());
            let (sender, orders) = mpsc::unbounded_channel();
            let task = tokio::spawn(lane::run(kind, cache, orders, closing.subscribe(), counts.clone()));
            purge.tasks.get_mut().unwrap_or_else(PoisonError::into_inner).push(task);
            purge.lanes.push(sender);
            purge.counts.push((kind, counts));
        }
        Ok(purge)
    }

    /// Has every cache drop what it keeps of a site. Call it when the change is in the store and this process knows it.
    /// Returns at once; what fails is tried again, and said.
    pub fn site(&self, first_id: SiteId, domain: &str, why: &'static str) {
        for lane in &self.lanes {
            // A lane that has ended belongs to a house that is closing.
            let _ = lane.send(Stale { tag: tag(first_id), domain: domain.to_owned(), why });
        }
    }

    /// The same where strangers may see the site at all.
    pub fn shared(&self, site: &Site, why: &'static str) {
        if is_shared(site) {
            self.site(site.first_id, &site.domain, why);
        }
    }

    /// What became of the requests, by cache.
    pub fn counts(&self) -> impl Iterator<Item = (PurgeKind, [u64; 3])> {
        self.counts.iter().map(|(kind, counts)| (*kind, counts.read()))
    }

    /// Tells what is still to be told, once, and ends.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let all = async {
            for task in tasks {
                // One that panicked has said so.
                let _ = task.await;
            }
        };
        if tokio::time::timeout(LAST_WORDS, all).await.is_err() {
            tracing::warn!("some caches ([cdn] purge) did not answer; they go on showing what they have until it is old");
        }
    }
}

/// The `Surrogate-Key` of everything public of a site.
pub fn tag(first_id: SiteId) -> String {
    format!("site-{}", first_id.0)
}

fn kind_of(target: &PurgeTarget) -> PurgeKind {
    match target {
        PurgeTarget::Varnish(_) => PurgeKind::Varnish,
        PurgeTarget::CloudFront { .. } => PurgeKind::CloudFront,
        PurgeTarget::Urls(_) => PurgeKind::Urls,
    }
}
