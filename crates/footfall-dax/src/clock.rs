//! The two clocks the crate reads, as one door that a test can move.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Tells the time.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Time since 1970-01-01T00:00:00Z: for signatures, which other machines check. May jump.
    fn unix(&self) -> Duration;

    /// Time since some fixed moment, never going back: for ages.
    fn age(&self) -> Duration;
}

/// A clock many hold.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clocks.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose age begins now.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }

    /// The same, to be shared.
    #[must_use]
    pub fn shared() -> SharedClock {
        Arc::new(Self::new())
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place of this crate that reads the wall clock")]
    fn unix(&self) -> Duration {
        // A machine set before 1970 signs nothing anybody would accept: zero says so without a panic.
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn age(&self) -> Duration {
        self.start.elapsed()
    }
}

/// A clock that stands still until somebody moves it.
#[derive(Debug)]
pub struct ManualClock {
    started_at: Duration,
    moved_ms: AtomicU64,
}

impl ManualClock {
    /// A clock that shows `unix` (time since 1970) and age 0.
    #[must_use]
    pub fn at(unix: Duration) -> Arc<Self> {
        Arc::new(Self { started_at: unix, moved_ms: AtomicU64::new(0) })
    }

    /// Moves both clocks forward, in whole milliseconds.
    pub fn advance(&self, by: Duration) {
        let milliseconds = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.moved_ms.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn unix(&self) -> Duration {
        self.started_at + self.age()
    }

    fn age(&self) -> Duration {
        Duration::from_millis(self.moved_ms.load(Ordering::SeqCst))
    }
}
