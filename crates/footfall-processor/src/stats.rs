//! What the engine has done, for `/metrics`.

use footfall_domain::DropReason;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the process started, and sizes now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EngineStats {
    /// Hits folded into open days, or marked for settling.
    pub followed_hits: u64,
    /// Visitors folded again because a hit came late.
    pub late_refolds: u64,
    /// Closed days folded and written.
    pub settled_days: u64,
    /// Open days written to a store where writes cost.
    pub flushed_days: u64,
    /// Of those, written because their time was over, not because their hits had earned it.
    pub forced_flushes: u64,
    /// Totals of open days written alone.
    pub flushed_totals: u64,
    /// Write units that open days took, as the store works them out beforehand.
    pub flushed_units: u64,
    /// Closed days that wait for it.
    pub unsettled_days: u64,
    /// Site-days held in memory.
    pub open_days: u64,
    /// Bytes they hold, roughly.
    pub open_bytes: u64,
    /// Hits of the open days that are not counted, by reason.
    pub open_drops: BTreeMap<DropReason, i64>,
    /// Seconds for which the fold has been behind the log; 0 when it is not.
    pub lag_seconds: f64,
    /// Milliseconds spent enriching and folding.
    pub fold_millis: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) followed_hits: AtomicU64,
    pub(crate) late_refolds: AtomicU64,
    pub(crate) settled_days: AtomicU64,
    pub(crate) flushed_days: AtomicU64,
    pub(crate) forced_flushes: AtomicU64,
    pub(crate) flushed_totals: AtomicU64,
    pub(crate) flushed_units: AtomicU64,
    pub(crate) fold_micros: AtomicU64,
}

impl Counters {
    pub(crate) fn add(counter: &AtomicU64, n: u64) {
        counter.fetch_add(n, Ordering::Relaxed);
    }

    pub(crate) fn get(counter: &AtomicU64) -> u64 {
        counter.load(Ordering::Relaxed)
    }
}
