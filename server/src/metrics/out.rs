//! The trait of the room.

use std::sync::Arc;

/// What a metric is called, and what it says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct MetricName {
    /// `footfall_<what>_<unit>`, with `_total` for a counter.
    pub name: &'static str,
    /// One sentence for people.
    pub help: &'static str,
}

/// Edges of the buckets for times, in seconds: from a tenth of a millisecond to ten seconds.
pub const SECONDS: &[f64] = &[0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Somewhere that metrics go.
///
/// * Asking twice for the same name and labels gives the same metric.
/// * The order of labels means nothing.
/// * A handle may be used from any thread and costs no lock; asking for one may take a lock, so keep it.
/// * A counter never goes down.
/// * A value is there to be read or sent as soon as the call returns.
pub trait MetricsOut: Send + Sync + 'static {
    /// A count that only grows. The name ends in `_total`.
    fn counter(&self, name: MetricName, labels: &[(&'static str, &str)]) -> Arc<dyn Counter>;
    /// A value that goes up and down.
    fn gauge(&self, name: MetricName, labels: &[(&'static str, &str)]) -> Arc<dyn Gauge>;
    /// A distribution, counted in buckets with these upper edges (ascending; one without end is added).
    fn histogram(&self, name: MetricName, labels: &[(&'static str, &str)], edges: &'static [f64]) -> Arc<dyn Histogram>;
}

/// A count that only grows.
pub trait Counter: Send + Sync {
    /// Adds to it.
    fn add(&self, n: u64);
    /// Takes over a total that is counted elsewhere; a smaller one changes nothing.
    fn raise_to(&self, total: u64);
}

/// A value that goes up and down.
pub trait Gauge: Send + Sync {
    /// Sets it.
    fn set(&self, value: f64);
}

/// A distribution.
pub trait Histogram: Send + Sync {
    /// Counts one value.
    fn observe(&self, value: f64);
}
