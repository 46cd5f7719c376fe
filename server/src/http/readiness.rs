//! Whether to send traffic here.

use crate::house::House;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Not ready until the fold has caught up once, and no more as soon as the server drains.
///
/// Once caught up, a moment's lag under load changes nothing: taking a server out for it would only make it worse.
#[derive(Debug, Default)]
pub struct Readiness {
    caught_up: AtomicBool,
    draining: AtomicBool,
}

impl Readiness {
    /// Whether to send traffic here.
    pub fn is_ready(&self) -> bool {
        self.has_caught_up() && !self.is_draining()
    }

    /// Whether the fold has caught up since the start: before, numbers would be too small.
    pub fn has_caught_up(&self) -> bool {
        self.caught_up.load(Ordering::Relaxed)
    }

    /// Whether the server is about to end.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Says that the server is about to end.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Waits for the fold, then says so.
    pub async fn await_fold(&self, house: &Arc<House>) {
        house.engine.wait_caught_up().await;
        self.caught_up.store(true, Ordering::Relaxed);
        tracing::info!("ready: the fold has caught up with the log");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_ready_from_the_first_catching_up_until_it_drains() {
        let readiness = Readiness::default();
        assert!(!readiness.is_ready());
        readiness.caught_up.store(true, Ordering::Relaxed);
        assert!(readiness.is_ready());
        readiness.drain();
        assert!(!readiness.is_ready() && readiness.is_draining());
    }
}
