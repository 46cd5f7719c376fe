//! The embedded backend: Prometheus' text form, for `/metrics`.

use super::buckets::Buckets;
use super::out::{Counter, Gauge, Histogram, MetricName, MetricsOut};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter as PromCounter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::Gauge as PromGauge;
use prometheus_client::registry::Registry;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

type Labels = Vec<(&'static str, String)>;
type FloatGauge = PromGauge<f64, AtomicU64>;

/// Keeps metrics until somebody asks for them.
#[derive(Default)]
pub struct PrometheusMetrics(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    registry: Registry,
    counters: HashMap<&'static str, Family<Labels, PromCounter>>,
    gauges: HashMap<&'static str, Family<Labels, FloatGauge>>,
    histograms: HashMap<&'static str, Family<Labels, Buckets, Edges>>,
}

#[derive(Clone)]
struct Edges(&'static [f64]);

impl MetricConstructor<Buckets> for Edges {
    fn new_metric(&self) -> Buckets {
        Buckets::new(self.0)
    }
}

impl PrometheusMetrics {
    /// Everything, as Prometheus reads it (OpenMetrics text).
    pub fn text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.0.lock().expect("no panic while it was held").registry).expect("writing to a string does not fail");
        // A metric without labels comes with an empty pair of braces, which some readers stumble over.
        text.replace("{} ", " ")
    }

    /// The `Content-Type` of [`PrometheusMetrics::text`].
    pub const CONTENT_TYPE: &'static str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

impl MetricsOut for PrometheusMetrics {
    fn counter(&self, name: MetricName, labels: &[(&'static str, &str)]) -> Arc<dyn Counter> {
        let mut inner = self.0.lock().expect("no panic while it was held");
        let Inner { registry, counters, .. } = &mut *inner;
        // The encoder writes `_total` itself.
        let family = counters.entry(name.name).or_insert_with(|| {
            let family = Family::default();
            registry.register(name.name.trim_end_matches("_total"), name.help.trim_end_matches('.'), family.clone());
            family
        });
        Arc::new(family.get_or_create(&sorted(labels)).clone())
    }

    fn gauge(&self, name: MetricName, labels: &[(&'static str, &str)]) -> Arc<dyn Gauge> {
        let mut inner = self.0.lock().expect("no panic while it was held");
        let Inner { registry, gauges, .. } = &mut *inner;
        let family = gauges.entry(name.name).or_insert_with(|| {
            let family = Family::default();
            registry.register(name.name, name.help.trim_end_matches('.'), family.clone());
            family
        });
        Arc::new(family.get_or_create(&sorted(labels)).clone())
    }

    fn histogram(&self, name: MetricName, labels: &[(&'static str, &str)], edges: &'static [f64]) -> Arc<dyn Histogram> {
        let mut inner = self.0.lock().expect("no panic while it was held");
        let Inner { registry, histograms, .. } = &mut *inner;
        let family = histograms.entry(name.name).or_insert_with(|| {
            let family = Family::new_with_constructor(Edges(edges));
            registry.register(name.name, name.help.trim_end_matches('.'), family.clone());
            family
        });
        Arc::new(family.get_or_create(&sorted(labels)).clone())
    }
}

fn sorted(labels: &[(&'static str, &str)]) -> Labels {
    let mut labels: Labels = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    labels.sort();
    labels
}

impl Counter for PromCounter {
    fn add(&self, n: u64) {
        self.inc_by(n);
    }

    fn raise_to(&self, total: u64) {
        self.inner().fetch_max(total, Ordering::Relaxed);
    }
}

impl Gauge for FloatGauge {
    fn set(&self, value: f64) {
        PromGauge::set(self, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::conformance::{self, Reading};

    /// Reads a value back out of the text, as Prometheus would.
    impl conformance::Read for PrometheusMetrics {
        fn read(&self, name: &str, labels: &[(&str, &str)]) -> Reading {
            let text = self.text();
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            let values: HashMap<String, f64> = lines
                .filter_map(|line| line.rsplit_once(' '))
                .map(|(key, value)| (key.to_owned(), value.parse().expect("a number")))
                .collect();
            let inside: Vec<String> =
                labels.iter().map(|(key, value)| format!("{key}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))).collect();
            let key = |suffix: &str| {
                let name = format!("{name}{suffix}");
                if inside.is_empty() { name } else { format!("{name}{{{}}}", inside.join(",")) }
            };
            match (values.get(&key("")), values.get(&key("_count"))) {
                (Some(value), _) => Reading::Value(*value),
                (None, Some(count)) => Reading::Distribution { count: *count as u64, sum: values[&key("_sum")] },
                (None, None) => Reading::Nothing,
            }
        }
    }

    #[test]
    fn keeps_the_promises_of_the_room() {
        conformance::all(PrometheusMetrics::default);
    }

    #[test]
    fn buckets_add_up_to_the_last_one() {
        let metrics = PrometheusMetrics::default();
        let histogram = metrics.histogram(MetricName { name: "footfall_wait_seconds", help: "Waits." }, &[("route", "x")], &[0.5, 1.0]);
        [0.1, 0.5, 0.7, 9.0].iter().for_each(|value| histogram.observe(*value));
        let text = metrics.text();
        for line in [
            "footfall_wait_seconds_sum{route=\"x\"} 10.3",
            "footfall_wait_seconds_count{route=\"x\"} 4",
            "footfall_wait_seconds_bucket{le=\"0.5\",route=\"x\"} 2",
            "footfall_wait_seconds_bucket{le=\"1.0\",route=\"x\"} 3",
            "footfall_wait_seconds_bucket{le=\"+Inf\",route=\"x\"} 4",
        ] {
            assert!(text.contains(&format!("{line}\n")), "{line} in\n{text}");
        }
    }

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let metrics = PrometheusMetrics::default();
        metrics.counter(MetricName { name: "footfall_things_total", help: "Things." }, &[("kind", "a")]).add(3);
        let text = metrics.text();
        assert!(
            text.contains("# HELP footfall_things Things.\n# TYPE footfall_things counter\nfootfall_things_total{kind=\"a\"} 3\n"),
            "{text}"
        );
        assert!(text.ends_with("# EOF\n"));
    }
}
