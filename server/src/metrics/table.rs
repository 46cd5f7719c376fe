//! What a store in DynamoDB tells about itself, taken over when somebody reads.

use super::out::{Counter, Gauge, MetricName, MetricsOut};
use footfall_store::dynamo::{BreakerState, DynamoStats};
use std::sync::Arc;

/// The numbers of a table, and of the cache in front of it.
pub struct TableInstruments {
    requests: Arc<dyn Counter>,
    throttled: Arc<dyn Counter>,
    retries: Arc<dyn Counter>,
    /// By way: direct, dax, fell back, missed.
    reads: [Arc<dyn Counter>; 4],
    /// By kind of item, in the order of [`DynamoStats::units`]: read, write.
    units: Vec<(Arc<dyn Counter>, Arc<dyn Counter>)>,
    breaker: [(BreakerState, Arc<dyn Gauge>); 3],
    away: Arc<dyn Gauge>,
}

const REQUESTS: MetricName = MetricName { name: "footfall_store_requests_total", help: "Requests answered by the DynamoDB table itself." };
const THROTTLED: MetricName =
    MetricName { name: "footfall_store_throttled_total", help: "Answers of DynamoDB that asked to come again later." };
const RETRIES: MetricName = MetricName {
    name: "footfall_store_retries_total",
    help: "Attempts after the first of a request to DynamoDB, and entries of batches sent again.",
};
const READS: MetricName = MetricName {
    name: "footfall_store_reads_total",
    help: "Reads of immutable pieces by way: from the table, through DAX, from the table because DAX did not answer (fell_back), or did not have what a day names (missed).",
};
const READ_UNITS: MetricName =
    MetricName { name: "footfall_store_read_units_total", help: "Read units consumed, whole ones, as DynamoDB says, by kind of item." };
const WRITE_UNITS: MetricName =
    MetricName { name: "footfall_store_write_units_total", help: "Write units consumed, whole ones, as DynamoDB says, by kind of item." };
const BREAKER: MetricName =
    MetricName { name: "footfall_store_dax_breaker", help: "1 for the state of the breaker in front of DAX: closed, open or half_open." };

const AWAY: MetricName =
    MetricName { name: "footfall_store_away", help: "1 while the DynamoDB table does not answer, or only with errors of its own." };

impl TableInstruments {
    /// Asks for all of them.
    pub fn new(out: &dyn MetricsOut) -> Self {
        let breaker = |state: BreakerState| (state, out.gauge(BREAKER, &[("state", state.name())]));
        let kinds = footfall_store::dynamo::Kind::ALL;
        Self {
            requests: out.counter(REQUESTS, &[]),
            throttled: out.counter(THROTTLED, &[]),
            retries: out.counter(RETRIES, &[]),
            reads: ["direct", "dax", "fell_back", "missed"].map(|way| out.counter(READS, &[("way", way)])),
            units: kinds
                .iter()
                .map(|kind| (out.counter(READ_UNITS, &[("kind", kind.name())]), out.counter(WRITE_UNITS, &[("kind", kind.name())])))
                .collect(),
            breaker: [BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen].map(breaker),
            away: out.gauge(AWAY, &[]),
        }
    }

    /// Takes over what the table says now.
    pub fn sample(&self, stats: &DynamoStats) {
        self.requests.raise_to(stats.requests);
        self.throttled.raise_to(stats.throttled);
        self.retries.raise_to(stats.retries);
        let by_way = [stats.pieces_direct, stats.pieces_dax, stats.dax_fell_back, stats.dax_missed];
        self.reads.iter().zip(by_way).for_each(|(counter, n)| counter.raise_to(n));
        for ((read, write), (_, units)) in self.units.iter().zip(stats.units) {
            read.raise_to(units.read as u64);
            write.raise_to(units.write as u64);
        }
        self.away.set(if stats.away { 1.0 } else { 0.0 });
        for (state, gauge) in &self.breaker {
            gauge.set(if stats.breaker == Some(*state) { 1.0 } else { 0.0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::MemoryMetrics;
    use crate::metrics::conformance::{Read, Reading};
    use footfall_store::dynamo::{Kind, Units};

    #[test]
    fn what_the_table_says_is_there_to_be_read() {
        let metrics = MemoryMetrics::default();
        let units = Kind::ALL.map(|kind| (kind, Units { read: kind as u8 as f64, write: 2.5 }));
        let stats = DynamoStats {
            requests: 7,
            pieces_direct: 1,
            pieces_dax: 2,
            dax_missed: 3,
            dax_fell_back: 4,
            breaker: Some(BreakerState::Open),
            away: true,
            throttled: 5,
            retries: 6,
            units,
        };
        TableInstruments::new(&metrics).sample(&stats);
        let value = |name: &str, labels: &[(&str, &str)]| match metrics.read(name, labels) {
            Reading::Value(value) => value,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(value("footfall_store_requests_total", &[]), 7.0);
        assert_eq!(value("footfall_store_reads_total", &[("way", "fell_back")]), 4.0);
        assert_eq!(value("footfall_store_write_units_total", &[("kind", "pieces")]), 2.0);
        assert_eq!(value("footfall_store_dax_breaker", &[("state", "open")]), 1.0);
        assert_eq!(value("footfall_store_dax_breaker", &[("state", "closed")]), 0.0);
        assert_eq!(value("footfall_store_away", &[]), 1.0);
    }
}
