//! How a log is doing.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper edges of the latency histogram, milliseconds; a last bucket holds what took longer.
pub const COMMIT_BUCKETS_MS: [u64; 12] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096];

/// How a log is doing since it was opened.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct LogStats {
    /// Hits taken and not yet answered.
    pub waiting_hits: usize,
    /// Their encoded bytes.
    pub waiting_bytes: usize,
    /// Hits kept.
    pub hits: u64,
    /// Commits that succeeded.
    pub commits: u64,
    /// Commits that failed; everybody who waited for them was told so.
    pub failed_commits: u64,
    /// Time spent in commits that succeeded, all together.
    pub commit_time: Duration,
    /// The longest of them.
    pub longest_commit: Duration,
    /// Commits by duration: at most as long as the edge of the same index in [`COMMIT_BUCKETS_MS`], longer than the edge before.
    pub commit_buckets: [u64; COMMIT_BUCKETS_MS.len() + 1],
}

/// Counted by the writer, read by anybody.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    hits: AtomicU64,
    commits: AtomicU64,
    failed: AtomicU64,
    micros: AtomicU64,
    longest_micros: AtomicU64,
    buckets: [AtomicU64; COMMIT_BUCKETS_MS.len() + 1],
}

impl Counters {
    pub fn committed(&self, hits: u64, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = COMMIT_BUCKETS_MS.iter().position(|edge| micros <= edge * 1_000).unwrap_or(COMMIT_BUCKETS_MS.len());
        self.hits.fetch_add(hits, Relaxed);
        self.commits.fetch_add(1, Relaxed);
        self.micros.fetch_add(micros, Relaxed);
        self.longest_micros.fetch_max(micros, Relaxed);
        self.buckets[bucket].fetch_add(1, Relaxed);
    }

    pub fn failed(&self) {
        self.failed.fetch_add(1, Relaxed);
    }

    pub fn snapshot(&self, waiting_hits: usize, waiting_bytes: usize) -> LogStats {
        LogStats {
            waiting_hits,
            waiting_bytes,
            hits: self.hits.load(Relaxed),
            commits: self.commits.load(Relaxed),
            failed_commits: self.failed.load(Relaxed),
            commit_time: Duration::from_micros(self.micros.load(Relaxed)),
            longest_commit: Duration::from_micros(self.longest_micros.load(Relaxed)),
            commit_buckets: std::array::from_fn(|at| self.buckets[at].load(Relaxed)),
        }
    }
}
