//! What the server counts, in Prometheus' text format. Labels come from closed lists: no table, key or address is one.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// How a request came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Front {
    /// The DAX protocol.
    Dax,
    /// DynamoDB's JSON API.
    Http,
}

/// Which cache.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Which {
    /// Items by key.
    Item,
    /// Pages by request.
    Query,
}

/// What is known of a cache at this moment.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct CacheState {
    pub(super) bytes: u64,
    pub(super) entries: u64,
    pub(super) evictions: u64,
}

/// A number that only grows.
#[derive(Default, Debug)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn signed(&self) -> i64 {
        i64::try_from(self.get()).unwrap_or(i64::MAX)
    }
}

/// Upper bounds of the buckets, in seconds: from a hit (microseconds) to a timeout.
const BOUNDS: [f64; 14] = [25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 0.01, 0.05, 0.1, 0.5, 2.0, 10.0];

/// Metrics: name, type, what it means, and where its number is.
type OfFront = (&'static str, &'static str, &'static str, fn(&FrontCounts) -> i64);
type OfLookups = (&'static str, &'static str, &'static str, fn(&Lookups) -> &Counter);
type OfCache = (&'static str, &'static str, &'static str, fn(CacheState) -> u64);

/// How long something took.
#[derive(Default, Debug)]
pub(super) struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

impl Histogram {
    pub(super) fn observe(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let bucket = BOUNDS.iter().position(|bound| seconds <= *bound).unwrap_or(BOUNDS.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn write(&self, out: &mut String, name: &str, labels: &str) {
        let mut total = 0;
        let comma = if labels.is_empty() { "" } else { "," };
        for (place, bucket) in self.buckets.iter().enumerate() {
            total += bucket.load(Ordering::Relaxed);
            let bound = BOUNDS.get(place).map_or_else(|| "+Inf".to_owned(), f64::to_string);
            line(out, &format!("{name}_bucket"), &format!("{labels}{comma}le=\"{bound}\""), total);
        }
        let seconds = Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64();
        line(out, &format!("{name}_sum"), labels, seconds);
        line(out, &format!("{name}_count"), labels, total);
    }
}

/// Counts of one front.
#[derive(Default, Debug)]
pub(super) struct FrontCounts {
    open: AtomicI64,
    pub(super) requests: Counter,
    pub(super) failed_requests: Counter,
    pub(super) malformed: Counter,
    pub(super) refused_signatures: Counter,
    pub(super) seconds: Histogram,
    item: Lookups,
    query: Lookups,
}

/// What the lookups of one front in one cache found.
#[derive(Default, Debug)]
pub(super) struct Lookups {
    pub(super) hits: Counter,
    pub(super) negative_hits: Counter,
    pub(super) misses: Counter,
}

impl FrontCounts {
    pub(super) fn lookups(&self, which: Which) -> &Lookups {
        match which {
            Which::Item => &self.item,
            Which::Query => &self.query,
        }
    }
}

/// Everything counted.
#[derive(Default, Debug)]
pub(super) struct Metrics {
    dax: FrontCounts,
    http: FrontCounts,
    pub(super) refused_connections: Counter,
    pub(super) failed_handshakes: Counter,
    pub(super) upstream_calls: Counter,
    pub(super) upstream_retries: Counter,
    pub(super) upstream_refusals: Counter,
    pub(super) upstream_failures: Counter,
    pub(super) upstream_seconds: Histogram,
    pub(super) lists: Counter,
}

/// A connection that is open, until dropped.
#[derive(Debug)]
pub(super) struct Open<'a>(&'a FrontCounts);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    pub(super) fn front(&self, front: Front) -> &FrontCounts {
        match front {
            Front::Dax => &self.dax,
            Front::Http => &self.http,
        }
    }

    pub(super) fn open(&self, front: Front) -> Open<'_> {
        let counts = self.front(front);
        counts.open.fetch_add(1, Ordering::Relaxed);
        Open(counts)
    }

    /// The page `/metrics`.
    pub(super) fn text(&self, items: CacheState, pages: CacheState) -> String {
        let mut out = String::with_capacity(8192);
        self.write_fronts(&mut out);
        self.write_lookups(&mut out);
        write_caches(&mut out, items, pages);
        self.write_upstream(&mut out);
        out
    }

    fn write_fronts(&self, out: &mut String) {
        let families: [OfFront; 5] = [
            ("footfall_dax_connections", "gauge", "Open connections.", |front| front.open.load(Ordering::Relaxed)),
            ("footfall_dax_requests_total", "counter", "Requests answered.", |front| front.requests.signed()),
            ("footfall_dax_failed_requests_total", "counter", "Requests answered with an error.", |front| front.failed_requests.signed()),
            ("footfall_dax_malformed_total", "counter", "Connections closed because of what they sent.", |front| front.malformed.signed()),
            ("footfall_dax_refused_signatures_total", "counter", "Requests refused for their signature.", |front| {
                front.refused_signatures.signed()
            }),
        ];
        for (name, kind, help, read) in families {
            head(out, name, kind, help);
            for (label, front) in self.fronts() {
                line(out, name, &format!("front=\"{label}\""), read(front));
            }
        }
        head(out, "footfall_dax_request_seconds", "histogram", "From a whole request to its answer.");
        for (label, front) in self.fronts() {
            front.seconds.write(out, "footfall_dax_request_seconds", &format!("front=\"{label}\""));
        }
        for (name, help, counter) in [
            ("footfall_dax_refused_connections_total", "Connections closed at once: too many, or not allowed.", &self.refused_connections),
            ("footfall_dax_failed_handshakes_total", "Connections that never said what they speak.", &self.failed_handshakes),
            ("footfall_dax_attribute_lists_total", "Attribute lists registered since the start.", &self.lists),
        ] {
            head(out, name, "counter", help);
            line(out, name, "", counter.get());
        }
    }

    fn write_lookups(&self, out: &mut String) {
        let families: [OfLookups; 3] = [
            ("footfall_dax_hits_total", "counter", "Reads answered from a cache, negative answers included.", |lookups| &lookups.hits),
            ("footfall_dax_negative_hits_total", "counter", "Reads answered from a cache: there is nothing.", |lookups| {
                &lookups.negative_hits
            }),
            ("footfall_dax_misses_total", "counter", "Reads a cache could not answer.", |lookups| &lookups.misses),
        ];
        for (name, kind, help, read) in families {
            head(out, name, kind, help);
            for (label, front) in self.fronts() {
                for (cache, which) in [("item", Which::Item), ("query", Which::Query)] {
                    let count = read(front.lookups(which)).get();
                    line(out, name, &format!("cache=\"{cache}\",front=\"{label}\""), count);
                }
            }
        }
    }

    fn write_upstream(&self, out: &mut String) {
        for (name, help, counter) in [
            ("footfall_dax_upstream_calls_total", "Calls of DynamoDB, repetitions included.", &self.upstream_calls),
            ("footfall_dax_upstream_retries_total", "Calls of DynamoDB that repeated another.", &self.upstream_retries),
            ("footfall_dax_upstream_refusals_total", "Calls DynamoDB answered with an error.", &self.upstream_refusals),
            ("footfall_dax_upstream_failures_total", "Calls DynamoDB did not answer.", &self.upstream_failures),
        ] {
            head(out, name, "counter", help);
            line(out, name, "", counter.get());
        }
        head(out, "footfall_dax_upstream_seconds", "histogram", "Calls of DynamoDB, each repetition by itself.");
        self.upstream_seconds.write(out, "footfall_dax_upstream_seconds", "");
    }

    fn fronts(&self) -> [(&'static str, &FrontCounts); 2] {
        [("dax", &self.dax), ("http", &self.http)]
    }
}

fn write_caches(out: &mut String, items: CacheState, pages: CacheState) {
    let families: [OfCache; 3] = [
        ("footfall_dax_cache_bytes", "gauge", "Memory the entries take, overhead included.", |cache| cache.bytes),
        ("footfall_dax_cache_entries", "gauge", "Entries, negative ones included.", |cache| cache.entries),
        ("footfall_dax_evictions_total", "counter", "Entries dropped to make room.", |cache| cache.evictions),
    ];
    for (name, kind, help, read) in families {
        head(out, name, kind, help);
        line(out, name, "cache=\"item\"", read(items));
        line(out, name, "cache=\"query\"", read(pages));
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    // Writing to a String does not fail.
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = if labels.is_empty() { writeln!(out, "{name} {value}") } else { writeln!(out, "{name}{{{labels}}} {value}") };
}
