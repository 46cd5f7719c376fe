//! The backend of tests: everything in a table that can be read.

use super::conformance::{Read, Reading};
use super::out::{Counter, Gauge, Histogram, MetricName, MetricsOut};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

type Key = (&'static str, Vec<(&'static str, String)>);

/// Keeps metrics in memory. Clones share what they keep.
#[derive(Clone, Default)]
pub struct MemoryMetrics(Arc<Mutex<HashMap<Key, Arc<Cell>>>>);

struct Cell(Mutex<Reading>);

impl MemoryMetrics {
    fn cell(&self, name: MetricName, labels: &[(&'static str, &str)], fresh: Reading) -> Arc<Cell> {
        let mut labels: Vec<_> = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        labels.sort();
        let mut cells = self.0.lock().expect("no panic while it was held");
        cells.entry((name.name, labels)).or_insert_with(|| Arc::new(Cell(Mutex::new(fresh)))).clone()
    }
}

impl MetricsOut for MemoryMetrics {
    fn counter(&self, name: MetricName, labels: &[(&'static str, &str)]) -> Arc<dyn Counter> {
        self.cell(name, labels, Reading::Value(0.0))
    }

    fn gauge(&self, name: MetricName, labels: &[(&'static str, &str)]) -> Arc<dyn Gauge> {
        self.cell(name, labels, Reading::Value(0.0))
    }

    fn histogram(&self, name: MetricName, labels: &[(&'static str, &str)], _edges: &'static [f64]) -> Arc<dyn Histogram> {
        self.cell(name, labels, Reading::Distribution { count: 0, sum: 0.0 })
    }
}

impl Read for MemoryMetrics {
    fn read(&self, name: &str, labels: &[(&str, &str)]) -> Reading {
        let mut wanted: Vec<(&str, &str)> = labels.to_vec();
        wanted.sort_unstable();
        let cells = self.0.lock().expect("no panic while it was held");
        let found = cells.iter().find(|((known, labels), _)| {
            *known == name && labels.iter().map(|(key, value)| (*key, value.as_str())).eq(wanted.iter().copied())
        });
        found.map_or(Reading::Nothing, |(_, cell)| *cell.0.lock().expect("no panic while it was held"))
    }
}

impl Cell {
    fn change(&self, change: impl FnOnce(&mut f64)) {
        if let Reading::Value(value) = &mut *self.0.lock().expect("no panic while it was held") {
            change(value);
        }
    }
}

impl Counter for Cell {
    fn add(&self, n: u64) {
        self.change(|value| *value += n as f64);
    }

    fn raise_to(&self, total: u64) {
        self.change(|value| *value = value.max(total as f64));
    }
}

impl Gauge for Cell {
    fn set(&self, to: f64) {
        self.change(|value| *value = to);
    }
}

impl Histogram for Cell {
    fn observe(&self, value: f64) {
        if let Reading::Distribution { count, sum } = &mut *self.0.lock().expect("no panic while it was held") {
            *count += 1;
            *sum += value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_promises_of_the_room() {
        super::super::conformance::all(MemoryMetrics::default);
    }
}
