//! Numbers that the engine and the log keep themselves, taken over when somebody reads.

use super::out::{Counter, Gauge, MetricName, MetricsOut};
use footfall_eventlog::LogStats;
use footfall_processor::EngineStats;
use std::sync::Arc;

type CounterOf = (fn(&EngineStats, &LogStats) -> u64, Arc<dyn Counter>);
type GaugeOf = (fn(&EngineStats, &LogStats) -> f64, Arc<dyn Gauge>);

/// What is taken over.
pub(super) struct Samples {
    counters: Vec<CounterOf>,
    gauges: Vec<GaugeOf>,
}

impl Samples {
    pub(super) fn new(out: &dyn MetricsOut) -> Self {
        let counter = |name, help, read: fn(&EngineStats, &LogStats) -> u64| (read, out.counter(MetricName { name, help }, &[]));
        let gauge = |name, help, read: fn(&EngineStats, &LogStats) -> f64| (read, out.gauge(MetricName { name, help }, &[]));
        Self {
            counters: vec![
                counter("footfall_log_hits_total", "Hits made durable.", |_, log| log.hits),
                counter("footfall_log_commits_total", "Commits of the event log.", |_, log| log.commits),
                counter("footfall_log_failed_commits_total", "Commits that failed; everybody who waited was told so.", |_, log| {
                    log.failed_commits
                }),
                counter("footfall_log_commit_milliseconds_total", "Time spent in commits.", |_, log| whole_millis(log)),
                counter("footfall_fold_hits_total", "Hits folded into open days, or marked for settling.", |engine, _| {
                    engine.followed_hits
                }),
                counter("footfall_fold_milliseconds_total", "Time spent enriching and folding.", |engine, _| engine.fold_millis),
                counter("footfall_fold_late_refolds_total", "Visitors folded again because a hit came late.", |engine, _| {
                    engine.late_refolds
                }),
                counter("footfall_settled_days_total", "Closed site-days folded and written to the store.", |engine, _| {
                    engine.settled_days
                }),
                counter("footfall_flushed_days_total", "Open site-days written to a store where writes cost.", |engine, _| {
                    engine.flushed_days
                }),
                counter(
                    "footfall_flushed_days_forced_total",
                    "Of those, written because their time was over, not because their hits had earned it.",
                    |engine, _| engine.forced_flushes,
                ),
                counter("footfall_flushed_totals_total", "Totals of open site-days written alone.", |engine, _| engine.flushed_totals),
                counter("footfall_flushed_units_total", "Write units that open site-days took, as worked out beforehand.", |engine, _| {
                    engine.flushed_units
                }),
            ],
            gauges: vec![
                gauge("footfall_log_waiting_hits", "Hits taken and not yet durable.", |_, log| log.waiting_hits as f64),
                gauge("footfall_log_waiting_bytes", "Bytes of the hits that wait.", |_, log| log.waiting_bytes as f64),
                gauge("footfall_log_longest_commit_seconds", "The longest commit since the start.", |_, log| {
                    log.longest_commit.as_secs_f64()
                }),
                gauge("footfall_fold_lag_seconds", "How long the fold has been behind the log.", |engine, _| engine.lag_seconds),
                gauge("footfall_fold_open_days", "Site-days held in memory.", |engine, _| engine.open_days as f64),
                gauge("footfall_fold_open_bytes", "Memory that open days take, roughly.", |engine, _| engine.open_bytes as f64),
                gauge("footfall_unsettled_days", "Closed site-days that wait to be written to the store.", |engine, _| {
                    engine.unsettled_days as f64
                }),
            ],
        }
    }

    pub(super) fn take(&self, engine: &EngineStats, log: &LogStats) {
        for (read, counter) in &self.counters {
            counter.raise_to(read(engine, log));
        }
        for (read, gauge) in &self.gauges {
            gauge.set(read(engine, log));
        }
    }
}

fn whole_millis(log: &LogStats) -> u64 {
    u64::try_from(log.commit_time.as_millis()).unwrap_or(u64::MAX)
}
