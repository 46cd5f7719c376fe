//! What every backend of metrics promises, one function a behaviour.

use super::out::{MetricName, MetricsOut, SECONDS};
use std::sync::Arc;

/// What a metric shows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Reading {
    /// There is no such metric.
    Nothing,
    /// A counter or a gauge.
    Value(f64),
    /// A histogram.
    Distribution {
        /// How many values.
        count: u64,
        /// Their sum.
        sum: f64,
    },
}

/// Reads back what a backend has or has sent.
pub trait Read {
    /// The metric of a name and labels (sorted by name).
    fn read(&self, name: &str, labels: &[(&str, &str)]) -> Reading;
}

const HITS: MetricName = MetricName { name: "footfall_test_hits_total", help: "Hits of a test." };
const DEPTH: MetricName = MetricName { name: "footfall_test_depth", help: "Depth of a test." };
const LATENCY: MetricName = MetricName { name: "footfall_test_latency_seconds", help: "Latency of a test." };

/// All behaviours. `new` gives an empty backend.
///
/// # Panics
/// The backend breaks a promise.
pub fn all<M: MetricsOut + Read>(new: impl Fn() -> M) {
    counters_add_up(&new());
    counters_never_go_down(&new());
    the_same_name_and_labels_are_the_same_metric(&new());
    labels_tell_metrics_apart(&new());
    gauges_show_the_last_value(&new());
    histograms_count_and_sum(&new());
    odd_label_values_survive(&new());
    nothing_is_lost_between_threads(new());
}

fn counters_add_up(metrics: &(impl MetricsOut + Read)) {
    let counter = metrics.counter(HITS, &[]);
    counter.add(2);
    counter.add(3);
    assert_eq!(metrics.read(HITS.name, &[]), Reading::Value(5.0));
}

fn counters_never_go_down(metrics: &(impl MetricsOut + Read)) {
    let counter = metrics.counter(HITS, &[]);
    counter.raise_to(10);
    counter.raise_to(7);
    assert_eq!(metrics.read(HITS.name, &[]), Reading::Value(10.0));
}

fn the_same_name_and_labels_are_the_same_metric(metrics: &(impl MetricsOut + Read)) {
    metrics.counter(HITS, &[("a", "1"), ("b", "2")]).add(1);
    metrics.counter(HITS, &[("b", "2"), ("a", "1")]).add(1);
    assert_eq!(metrics.read(HITS.name, &[("a", "1"), ("b", "2")]), Reading::Value(2.0));
}

fn labels_tell_metrics_apart(metrics: &(impl MetricsOut + Read)) {
    metrics.counter(HITS, &[("a", "1")]).add(1);
    metrics.counter(HITS, &[("a", "2")]).add(5);
    assert_eq!(metrics.read(HITS.name, &[("a", "1")]), Reading::Value(1.0));
    assert_eq!(metrics.read(HITS.name, &[("a", "3")]), Reading::Nothing);
}

fn gauges_show_the_last_value(metrics: &(impl MetricsOut + Read)) {
    let gauge = metrics.gauge(DEPTH, &[]);
    gauge.set(4.5);
    gauge.set(-1.25);
    assert_eq!(metrics.read(DEPTH.name, &[]), Reading::Value(-1.25));
}

fn histograms_count_and_sum(metrics: &(impl MetricsOut + Read)) {
    let histogram = metrics.histogram(LATENCY, &[("route", "x")], SECONDS);
    histogram.observe(0.25);
    histogram.observe(100.0);
    assert_eq!(metrics.read(LATENCY.name, &[("route", "x")]), Reading::Distribution { count: 2, sum: 100.25 });
}

fn odd_label_values_survive(metrics: &(impl MetricsOut + Read)) {
    metrics.counter(HITS, &[("a", "say \"hi\" \\ bye")]).add(1);
    assert_eq!(metrics.read(HITS.name, &[("a", "say \"hi\" \\ bye")]), Reading::Value(1.0));
}

fn nothing_is_lost_between_threads(metrics: impl MetricsOut + Read) {
    let metrics = Arc::new(metrics);
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let counter = metrics.counter(HITS, &[]);
            std::thread::spawn(move || (0..1_000).for_each(|_| counter.add(1)))
        })
        .collect();
    workers.into_iter().for_each(|worker| worker.join().expect("counted"));
    assert_eq!(metrics.read(HITS.name, &[]), Reading::Value(4_000.0));
}
