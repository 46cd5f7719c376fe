//! A histogram without a lock: it is asked for every hit, by all threads at once.

use super::out::Histogram;
use prometheus_client::encoding::{EncodeMetric, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::{MetricType, TypedMetric};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts by upper edge, and the sum. Clones share what they count.
#[derive(Clone, Debug)]
pub(super) struct Buckets(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    edges: &'static [f64],
    /// One more than edges: the last has no end.
    counts: Vec<AtomicU64>,
    /// Millionths, so that adding is one step. Enough for 292,000 years of seconds.
    micros: AtomicU64,
}

impl Buckets {
    pub(super) fn new(edges: &'static [f64]) -> Self {
        let counts = (0..=edges.len()).map(|_| AtomicU64::new(0)).collect();
        Self(Arc::new(Inner { edges, counts, micros: AtomicU64::new(0) }))
    }
}

impl Histogram for Buckets {
    fn observe(&self, value: f64) {
        let at = self.0.edges.iter().position(|edge| value <= *edge).unwrap_or(self.0.edges.len());
        self.0.counts[at].fetch_add(1, Ordering::Relaxed);
        self.0.micros.fetch_add((value * 1e6).round().max(0.0) as u64, Ordering::Relaxed);
    }
}

impl TypedMetric for Buckets {
    const TYPE: MetricType = MetricType::Histogram;
}

impl EncodeMetric for Buckets {
    fn encode(&self, mut encoder: MetricEncoder) -> Result<(), fmt::Error> {
        let edges = self.0.edges.iter().copied().chain([f64::INFINITY]);
        let buckets: Vec<(f64, u64)> = edges.zip(&self.0.counts).map(|(edge, count)| (edge, count.load(Ordering::Relaxed))).collect();
        let count = buckets.iter().map(|(_, count)| count).sum();
        let sum = self.0.micros.load(Ordering::Relaxed) as f64 / 1e6;
        encoder.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
    }

    fn metric_type(&self) -> MetricType {
        Self::TYPE
    }
}
