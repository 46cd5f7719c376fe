//! Hits refused before the log (law 6): counted in memory, handed to the registry every second (every ten where the
//! registry is paid by the write) and at the end.

use super::House;
use footfall_domain::{DropReason, LocalDate, SiteId};
use footfall_store::Registry;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Key = (Option<SiteId>, LocalDate, DropReason);

/// The most different (site, day, reason) held while the registry cannot be written: sites × 5 reasons × a few days.
/// What comes on top is counted for the unknown site, so that memory stays bounded and no number is lost.
const MOST: usize = 100_000;

/// Refusals not yet handed over.
pub struct Refusals {
    registry: Arc<dyn Registry>,
    waiting: Mutex<BTreeMap<Key, u64>>,
    /// One checkpoint at a time, so that a failed one puts its numbers back before the next looks.
    handing_over: tokio::sync::Mutex<()>,
}

impl Refusals {
    /// None yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, waiting: Mutex::default(), handing_over: tokio::sync::Mutex::default() }
    }

    /// Counts hits of a site (`None`: of no known site) refused on a day.
    pub fn count(&self, site: Option<SiteId>, date: LocalDate, reason: DropReason, n: u64) {
        let mut waiting = self.waiting.lock().expect("no panic while it was held");
        let full = waiting.len() >= MOST;
        let key = if full && !waiting.contains_key(&(site, date, reason)) { (None, date, reason) } else { (site, date, reason) };
        *waiting.entry(key).or_default() += n;
    }

    /// Hands over what waits. What the registry does not take goes on waiting.
    pub async fn checkpoint(&self) {
        let _one = self.handing_over.lock().await;
        let taken = std::mem::take(&mut *self.waiting.lock().expect("no panic while it was held"));
        if taken.is_empty() {
            return;
        }
        let rows: Vec<_> = taken.iter().map(|((site, date, reason), n)| (*site, *date, *reason, *n)).collect();
        if let Err(error) = self.registry.add_refusals(&rows).await {
            tracing::warn!(error = %error, "the numbers of refused hits cannot be written; they wait in memory");
            for (site, date, reason, n) in rows {
                self.count(site, date, reason, n);
            }
        }
    }
}

/// Hands over regularly until the house closes. Whoever sends nonsense must not run up a bill: where writes cost, they
/// are fewer.
pub(super) async fn checkpoint_regularly(house: Arc<House>) {
    let mut stopping = house.stopping();
    let every = if house.engine.shares_its_store() { Duration::from_secs(10) } else { Duration::from_secs(1) };
    let mut tick = tokio::time::interval(every);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => house.refusals.checkpoint().await,
            _ = async { stopping.wait_for(|stopping| *stopping).await.map(|_| ()) } => return,
        }
    }
}
