//! The server's own metrics, each asked for once.

use super::out::{Counter, Gauge, Histogram, MetricName, MetricsOut, SECONDS};
use super::samples::Samples;
use footfall_domain::DropReason;
use footfall_eventlog::LogStats;
use footfall_processor::EngineStats;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a request to `/api/event` or the pixel ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventResult {
    /// 202: in the log.
    Accepted,
    /// 400, 413, 503 or a site that does not exist: nothing was kept but the count.
    Refused(DropReason),
}

/// What was rendered or answered, for times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// Hits coming in.
    Event,
    /// A v2 query.
    Query,
    /// A page for people.
    Page,
}

/// The server's own metrics.
pub struct Instruments {
    accepted: Arc<dyn Counter>,
    refused: Vec<(DropReason, Arc<dyn Counter>)>,
    dropped: Vec<(DropReason, Arc<dyn Counter>)>,
    import_dropped: Vec<(DropReason, Arc<dyn Counter>)>,
    open_dropped: Vec<(DropReason, Arc<dyn Gauge>)>,
    event_seconds: Arc<dyn Histogram>,
    query_seconds: Arc<dyn Histogram>,
    page_seconds: Arc<dyn Histogram>,
    page_renders: Arc<dyn Counter>,
    page_not_modified: Arc<dyn Counter>,
    page_encodings: Arc<dyn Counter>,
    append_seconds: Arc<dyn Histogram>,
    samples: Samples,
    memory_bytes: Arc<dyn Gauge>,
    ready: Arc<dyn Gauge>,
}

const HITS: MetricName = MetricName { name: "footfall_hits_total", help: "Hits received, by what came of them before the log." };
const FORECAST: MetricName = MetricName {
    name: "footfall_hits_dropped_total",
    help: "Hits in the log that the current logic does not count, as forecast when they came in, by reason.",
};
const IMPORT_DROPPED: MetricName = MetricName {
    name: "footfall_import_lines_dropped_total",
    help: "Lines of imported files that are no hits, or hits the current logic does not count, by reason.",
};
const OPEN_DROPPED: MetricName = MetricName {
    name: "footfall_open_days_hits_dropped",
    help: "Hits of the site-days still open that are in the log and not counted, by reason; falls when a day closes.",
};
const SECONDS_TAKEN: MetricName =
    MetricName { name: "footfall_request_duration_seconds", help: "Time from the whole request to its answer, by route." };
const PAGE_RENDERS: MetricName =
    MetricName { name: "footfall_page_renders_total", help: "Public answers that were made, and not taken from those made lately." };
const PAGE_NOT_MODIFIED: MetricName =
    MetricName { name: "footfall_page_not_modified_total", help: "Public answers that their readers had already (304)." };
const PAGE_ENCODINGS: MetricName =
    MetricName { name: "footfall_page_encodings_total", help: "Bodies of public answers compressed, each once an encoding." };
const APPEND: MetricName = MetricName {
    name: "footfall_log_append_seconds",
    help: "Time from handing hits to the log to its durable commit, the queue included.",
};
const MEMORY: MetricName = MetricName { name: "footfall_process_resident_bytes", help: "Memory in use." };
const READY: MetricName = MetricName { name: "footfall_ready", help: "1 when the server takes traffic, 0 while it catches up or drains." };

impl Instruments {
    /// Asks for all of them, so that each is there from the start with 0.
    pub fn new(out: &dyn MetricsOut) -> Self {
        let by_reason = |name: MetricName| DropReason::ALL.iter().map(move |reason| (*reason, name));
        let refusals = [DropReason::Invalid, DropReason::TooLarge, DropReason::Overloaded, DropReason::UnknownSite];
        let kept = [
            DropReason::Bot,
            DropReason::SpamReferrer,
            DropReason::ExcludedAddress,
            DropReason::ExcludedHostname,
            DropReason::ExcludedPath,
            DropReason::ExcludedCountry,
        ];
        let counters = |name: MetricName, label: &'static str, reasons: &[DropReason]| {
            by_reason(name)
                .filter(|(reason, _)| reasons.contains(reason))
                .map(|(reason, name)| (reason, out.counter(name, &[(label, reason.name())])))
                .collect::<Vec<_>>()
        };
        Self {
            accepted: out.counter(HITS, &[("result", "accepted")]),
            refused: counters(HITS, "result", &refusals),
            dropped: counters(FORECAST, "reason", &kept),
            import_dropped: counters(IMPORT_DROPPED, "reason", DropReason::ALL),
            open_dropped: DropReason::ALL.iter().map(|reason| (*reason, out.gauge(OPEN_DROPPED, &[("reason", reason.name())]))).collect(),
            event_seconds: out.histogram(SECONDS_TAKEN, &[("route", "event")], SECONDS),
            query_seconds: out.histogram(SECONDS_TAKEN, &[("route", "query")], SECONDS),
            page_seconds: out.histogram(SECONDS_TAKEN, &[("route", "page")], SECONDS),
            page_renders: out.counter(PAGE_RENDERS, &[]),
            page_not_modified: out.counter(PAGE_NOT_MODIFIED, &[]),
            page_encodings: out.counter(PAGE_ENCODINGS, &[]),
            append_seconds: out.histogram(APPEND, &[], SECONDS),
            samples: Samples::new(out),
            memory_bytes: out.gauge(MEMORY, &[]),
            ready: out.gauge(READY, &[]),
        }
    }

    /// Counts hits by what came of them before the log.
    pub fn hits(&self, result: EventResult, n: u64) {
        match result {
            EventResult::Accepted => self.accepted.add(n),
            EventResult::Refused(reason) => add_to(&self.refused, reason, n),
        }
    }

    /// Counts a hit that went into the log and will not be counted.
    pub fn forecast_dropped(&self, reason: DropReason) {
        add_to(&self.dropped, reason, 1);
    }

    /// Notes how long an answer took.
    pub fn took(&self, route: Route, seconds: f64) {
        match route {
            Route::Event => self.event_seconds.observe(seconds),
            Route::Query => self.query_seconds.observe(seconds),
            Route::Page => self.page_seconds.observe(seconds),
        }
    }

    /// Counts a public answer that is made.
    pub fn page_rendered(&self) {
        self.page_renders.add(1);
    }

    /// Counts a public answer that its reader has already.
    pub fn page_not_modified(&self) {
        self.page_not_modified.add(1);
    }

    /// Counts a body that is compressed.
    pub fn page_encoded(&self) {
        self.page_encodings.add(1);
    }

    /// Notes how long a hit waited for the log's commit, its time in the queue included.
    pub fn committed(&self, seconds: f64) {
        self.append_seconds.observe(seconds);
    }

    /// Counts what an import did not count.
    pub fn import_dropped(&self, dropped: &BTreeMap<DropReason, u64>) {
        for (reason, counter) in &self.import_dropped {
            counter.raise_to(dropped.get(reason).copied().unwrap_or(0));
        }
    }

    /// Looks at the engine, the log and the process before somebody reads.
    pub fn sample(&self, ready: bool, engine: &EngineStats, log: &LogStats) {
        self.samples.take(engine, log);
        for (reason, gauge) in &self.open_dropped {
            gauge.set(engine.open_drops.get(reason).copied().unwrap_or(0) as f64);
        }
        self.ready.set(if ready { 1.0 } else { 0.0 });
        if let Some(bytes) = super::resident_bytes() {
            self.memory_bytes.set(bytes as f64);
        }
    }
}

fn add_to(counters: &[(DropReason, Arc<dyn Counter>)], reason: DropReason, n: u64) {
    if let Some((_, counter)) = counters.iter().find(|(known, _)| *known == reason) {
        counter.add(n);
    }
}
