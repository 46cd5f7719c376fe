//! One cache, and the task that tells it.

use super::list::{Entry, List};
use super::send::Cache;
use super::{PurgeCounts, PurgeKind, Stale};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

/// Tells a cache what it is to be told, until the house closes.
pub(super) async fn run(
    kind: PurgeKind,
    cache: Cache,
    mut orders: mpsc::UnboundedReceiver<Stale>,
    mut closing: watch::Receiver<bool>,
    counts: Arc<PurgeCounts>,
) {
    let mut lane = Lane { kind, cache, counts, list: List::new(kind) };
    loop {
        let next = lane.list.next();
        let due = async {
            match next {
                Some(next) => sleep_until(next).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = async { closing.wait_for(|closing| *closing).await.map(|_| ()) } => break,
            Some(stale) = orders.recv() => lane.list.add(stale, Instant::now()),
            () = due => lane.tell_what_is_due().await,
        }
    }
    while let Ok(stale) = orders.try_recv() {
        lane.list.add(stale, Instant::now());
    }
    for entries in lane.list.rest() {
        if !lane.tell(&entries).await {
            lane.give_up(&entries);
        }
    }
}

struct Lane {
    kind: PurgeKind,
    cache: Cache,
    counts: Arc<PurgeCounts>,
    list: List,
}

impl Lane {
    async fn tell_what_is_due(&mut self) {
        let then = Instant::now();
        let entries = self.list.due(then);
        if entries.is_empty() {
            return;
        }
        if self.tell(&entries).await {
            self.list.told(entries, then, Instant::now());
        } else {
            let given_up = self.list.failed(entries, Instant::now());
            self.give_up(&given_up);
        }
    }

    /// Whether the cache has heard it.
    async fn tell(&mut self, entries: &[Entry]) -> bool {
        let sites: Vec<&Stale> = entries.iter().map(|entry| &entry.stale).collect();
        let (kind, said) = (self.kind.name(), words(&sites));
        match self.cache.tell(&sites).await {
            Ok(()) => {
                self.counts.done.fetch_add(1, Ordering::Relaxed);
                tracing::info!(cache = kind, at = self.cache.name(), sites = said, "a cache was told to drop what it keeps");
                true
            }
            Err(error) => {
                self.counts.failed.fetch_add(1, Ordering::Relaxed);
                let error = format!("{error:#}");
                tracing::warn!(cache = kind, at = self.cache.name(), sites = said, error, "a cache cannot be told; trying again");
                false
            }
        }
    }

    fn give_up(&self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.counts.given_up.fetch_add(entries.len() as u64, Ordering::Relaxed);
        let sites: Vec<&Stale> = entries.iter().map(|entry| &entry.stale).collect();
        tracing::error!(
            cache = self.kind.name(),
            at = self.cache.name(),
            sites = words(&sites),
            "a cache was not told; it goes on showing what it has until that is old"
        );
    }
}

/// Which sites, and why.
fn words(sites: &[&Stale]) -> String {
    sites.iter().map(|site| format!("{} ({})", site.domain, site.why)).collect::<Vec<_>>().join(", ")
}
