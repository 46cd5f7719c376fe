//! What the server tells about itself in numbers.
//!
//! [`MetricsOut`] is the room's trait: somewhere that takes counters, gauges and histograms. The embedded backend keeps
//! them for `/metrics` in Prometheus' text form; tests keep them in memory. What every backend promises is written at
//! the trait and checked by [`conformance`].
//!
//! A name is `footfall_<what>_<unit>`, `_total` at the end of counters. Labels come from closed lists: never a path, a
//! domain or anything a visitor sent.

mod buckets;
pub mod conformance;
mod instruments;
mod memory;
mod out;
mod process;
mod prometheus;
mod purge;
mod samples;
mod table;

pub use instruments::{EventResult, Instruments, Route};
pub use memory::MemoryMetrics;
pub use out::{Counter, Gauge, Histogram, MetricName, MetricsOut, SECONDS};
pub use process::resident_bytes;
pub use prometheus::PrometheusMetrics;
pub use purge::PurgeInstruments;
pub use table::TableInstruments;
