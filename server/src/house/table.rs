//! A store that other instances use too, and that may be read through a cache: what has to be watched about it.

use super::House;
use footfall_store::dynamo::{BreakerState, DynamoStats};
use std::sync::Arc;
use std::time::Duration;

/// How often: what another instance changes is known here within this time.
const EVERY: Duration = Duration::from_secs(2);

/// Forgets what another instance may have changed, and says when the cache in front of the table goes away or comes back.
/// Until the house closes; does nothing where the store is no table.
pub(super) async fn watch(house: Arc<House>) {
    if house.table.is_none() {
        return;
    }
    let mut stopping = house.stopping();
    let mut tick = tokio::time::interval(EVERY);
    let mut before = None;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = async { stopping.wait_for(|stopping| *stopping).await.map(|_| ()) } => return,
        }
        // Keys, goals and segments have no version to ask for: those in use are read again, one cheap read each.
        house.keys.forget();
        house.lexicons.forget();
        house.people.forget();
        house.pins.forget();
        let now = house.outage();
        match (before, now) {
            (before, Some(outage)) if before != now => tracing::warn!("{}", outage.words()),
            (Some(outage), None) => tracing::info!("{}", outage.words_when_over()),
            _ => {}
        }
        before = now;
    }
}

/// What is not as it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outage {
    /// The table does not answer.
    Table,
    /// The cluster in front of it does not answer.
    Dax,
}

impl Outage {
    /// For who runs the house: what it means.
    pub fn words(self) -> &'static str {
        match self {
            Outage::Table => {
                "the DynamoDB table ([backends] store) does not answer: hits are taken where the secret of their day is known, \
                 pages say that they cannot be shown, and everything is tried again"
            }
            Outage::Dax => {
                "the DAX cluster ([backends] reads) does not answer: pages are read from the DynamoDB table itself, which is slower and costs more"
            }
        }
    }

    fn words_when_over(self) -> &'static str {
        match self {
            Outage::Table => "the DynamoDB table answers again",
            Outage::Dax => "the DAX cluster answers again; reads go through it",
        }
    }
}

/// The gravest thing that is not as it should be.
pub(super) fn outage(stats: &DynamoStats) -> Option<Outage> {
    let without_cache = stats.breaker.is_some_and(|breaker| breaker != BreakerState::Closed);
    match (stats.away, without_cache) {
        (true, _) => Some(Outage::Table),
        (false, true) => Some(Outage::Dax),
        (false, false) => None,
    }
}
