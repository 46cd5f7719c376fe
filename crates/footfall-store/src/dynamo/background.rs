//! Work that nobody waits for, but a test or an orderly end may.

use std::future::Future;
use tokio::sync::watch;

/// Counts what is under way.
pub(super) struct Background(watch::Sender<usize>);

impl Background {
    pub fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.0.send_modify(|running| *running += 1);
        let done = Done(self.0.clone());
        tokio::spawn(async move {
            work.await;
            drop(done);
        });
    }

    /// Returns when nothing is under way.
    pub async fn idle(&self) {
        let mut running = self.0.subscribe();
        // The sender is ours, so it cannot be gone.
        let _ = running.wait_for(|running| *running == 0).await;
    }
}

/// Also when the work panicked or was stopped.
struct Done(watch::Sender<usize>);

impl Drop for Done {
    fn drop(&mut self) {
        self.0.send_modify(|running| *running -= 1);
    }
}
