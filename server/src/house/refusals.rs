//! Hits refused before the log (law 6): counted in memory, handed to the registry every second (every ten where the
//! registry is paid by the write) and at the end.

use super::House;
use footfall_domain::{DropReason, LocalDate, SiteId};
use footfall_store::Registry;
use footfall_store::registry::REFUSALS_AT_ONCE;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Key = (Option<SiteId>, LocalDate, DropReason);
type Row = (Option<SiteId>, LocalDate, DropReason, u64);

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
        let rows: Vec<Row> = taken.iter().map(|((site, date, reason), n)| (*site, *date, *reason, *n)).collect();
        let mut left = rows.chunks(REFUSALS_AT_ONCE);
        while let Some(some) = left.next() {
            if let Err(error) = self.registry.add_refusals(some).await {
                tracing::warn!(error = %error, "the numbers of refused hits cannot be written; they wait in memory");
                // Not those handed over before: they would count twice.
                for (site, date, reason, n) in some.iter().chain(left.flatten()) {
                    self.count(*site, *date, *reason, *n);
                }
                return;
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

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_store::SqliteStore;

    /// A registry that went away between two transactions: what the first had added was put back into the waiting list with
    /// the rest, and counted twice.
    #[tokio::test]
    async fn what_was_handed_over_before_a_failure_is_counted_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("footfall.db");
        let store = Arc::new(SqliteStore::open(&file).await.expect("opens"));
        let refusals = Refusals::new(store.clone());
        let days = REFUSALS_AT_ONCE as i32 + 50;
        for date in 0..days {
            refusals.count(None, LocalDate(date), DropReason::Invalid, 1);
        }
        // The rows of the second transaction cannot be written for now.
        let beside = rusqlite::Connection::open(&file).expect("opens");
        let refuse = format!(
            "CREATE TRIGGER away BEFORE INSERT ON refusals WHEN (SELECT count(*) FROM refusals) >= {REFUSALS_AT_ONCE} \
             BEGIN SELECT RAISE(ABORT, 'away'); END"
        );
        beside.execute_batch(&refuse).expect("a trigger");
        refusals.checkpoint().await;
        let counted = async || -> u64 {
            let rows = store.refusals(None, LocalDate(0)..=LocalDate(days)).await.expect("refusals");
            rows.iter().map(|(_, _, n)| *n).sum()
        };
        assert_eq!(counted().await, REFUSALS_AT_ONCE as u64);
        beside.execute_batch("DROP TRIGGER away").expect("gone");
        refusals.checkpoint().await;
        assert_eq!(counted().await, days as u64, "each once");
    }
}
