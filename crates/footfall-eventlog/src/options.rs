//! What can be chosen about a log.

use footfall_domain::{Entropy, Position, SystemEntropy};
use std::sync::Arc;
use std::time::Duration;

/// What can be chosen about a log.
#[derive(Clone)]
pub struct LogOptions {
    /// Hits that may wait to be written; more are refused as [`crate::LogError::Behind`]. Raise it for longer bursts.
    /// A call that finds the queue empty is taken whatever its size.
    pub max_waiting_hits: usize,
    /// Encoded bytes that may wait: bounds the memory a slow disk can cost.
    pub max_waiting_bytes: usize,
    /// What a refused caller is told to wait.
    pub retry_after: Duration,
    /// The largest size of the log's main file in bytes; beyond it the log is unavailable, as on a full disk.
    /// `None`: only the disk is the limit.
    pub max_file_bytes: Option<u64>,
    /// Positions others have seen of this log, of any epoch. A log that ends before one was restored from an older copy:
    /// it would give the same positions to other hits, so it begins a new epoch.
    pub known: Vec<Position>,
    /// Gives the epoch of a new log.
    pub entropy: Arc<dyn Entropy>,
}

impl Default for LogOptions {
    fn default() -> Self {
        Self {
            max_waiting_hits: 100_000,
            max_waiting_bytes: 32 << 20,
            retry_after: Duration::from_secs(1),
            max_file_bytes: None,
            known: Vec::new(),
            entropy: Arc::new(SystemEntropy),
        }
    }
}
