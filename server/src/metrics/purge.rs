//! What became of requests to caches in front, taken over when somebody reads.

use super::out::{Counter, MetricName, MetricsOut};
use crate::purge::{Purge, PurgeKind};
use std::sync::Arc;

/// The numbers of `[cdn] purge`, by kind and outcome; several caches of one kind together.
pub struct PurgeInstruments(Vec<(PurgeKind, [Arc<dyn Counter>; 3])>);

const REQUESTS: MetricName = MetricName {
    name: "footfall_purge_requests_total",
    help: "Requests to caches in front to drop what they keep, by kind of cache and outcome (done, failed, and given_up: sites a cache was never told about).",
};
const OUTCOMES: [&str; 3] = ["done", "failed", "given_up"];

impl PurgeInstruments {
    /// Asks for those of the caches there are.
    pub fn new(out: &dyn MetricsOut, purge: &Purge) -> Self {
        let counters = |kind: PurgeKind| OUTCOMES.map(|outcome| out.counter(REQUESTS, &[("kind", kind.name()), ("outcome", outcome)]));
        let there = |kind: &PurgeKind| purge.counts().any(|(known, _)| known == *kind);
        Self(PurgeKind::ALL.into_iter().filter(there).map(|kind| (kind, counters(kind))).collect())
    }

    /// Takes over what was counted.
    pub fn sample(&self, purge: &Purge) {
        for (kind, counters) in &self.0 {
            let mut sums = [0; 3];
            for (_, counts) in purge.counts().filter(|(known, _)| known == kind) {
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
            counters.iter().zip(sums).for_each(|(counter, sum)| counter.raise_to(sum));
        }
    }
}
