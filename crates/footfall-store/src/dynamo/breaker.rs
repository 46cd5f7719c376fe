//! Leaves a failing cache alone for a while.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Failures in a row that open the breaker.
const FAILURES: u32 = 3;
/// How long it stays open at first; doubled with every probe that fails, up to [`LONGEST`].
const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(60);

/// Whether the cache is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BreakerState {
    /// It is.
    Closed,
    /// It failed again and again: it is not asked until some time has passed.
    Open,
    /// One request tries whether it is back.
    HalfOpen,
}

impl BreakerState {
    /// Its name in metrics.
    pub fn name(self) -> &'static str {
        match self {
            BreakerState::Closed => "closed",
            BreakerState::Open => "open",
            BreakerState::HalfOpen => "half_open",
        }
    }
}

#[derive(Debug)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug)]
struct State {
    failures: u32,
    /// Set while it is open: when a probe may go, and how long it was open for.
    open: Option<(Instant, Duration)>,
    probing: bool,
}

/// Leave to ask the cache. Dropped without a word, as by a caller that went away, it counts as a failure of a probe only.
pub(super) struct Leave<'a> {
    breaker: &'a Breaker,
    told: bool,
}

impl Breaker {
    pub fn new() -> Self {
        Self(Mutex::new(State { failures: 0, open: None, probing: false }))
    }

    pub fn state(&self) -> BreakerState {
        let state = self.lock();
        match (state.open, state.probing) {
            (None, _) => BreakerState::Closed,
            (Some(_), true) => BreakerState::HalfOpen,
            (Some(_), false) => BreakerState::Open,
        }
    }

    /// Leave to ask the cache, or none.
    pub fn ask(&self) -> Option<Leave<'_>> {
        let mut state = self.lock();
        if let Some((until, _)) = state.open {
            if state.probing || Instant::now() < until {
                return None;
            }
            state.probing = true;
        }
        Some(Leave { breaker: self, told: false })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self) {
        let mut state = self.lock();
        state.failures += 1;
        let longer = match state.open {
            // Others that were under way when it opened say nothing new.
            Some(_) if !state.probing => return,
            Some((_, last)) => Some((last * 2).min(LONGEST)),
            None => (state.failures >= FAILURES).then_some(FIRST),
        };
        if let Some(longer) = longer {
            *state = State { failures: 0, open: Some((Instant::now() + longer, longer)), probing: false };
        }
    }
}

impl Leave<'_> {
    /// The cache answered.
    pub fn succeeded(mut self) {
        self.told = true;
        *self.breaker.lock() = State { failures: 0, open: None, probing: false };
    }

    /// It did not, or not in time.
    pub fn failed(mut self) {
        self.told = true;
        self.breaker.failed();
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if !self.told {
            self.breaker.lock().probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(breaker: &Breaker, times: u32) {
        for _ in 0..times {
            breaker.ask().expect("leave").failed();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_failures_in_a_row_and_closes_after_a_good_probe() {
        let breaker = Breaker::new();
        fail(&breaker, FAILURES - 1);
        breaker.ask().expect("leave").succeeded();
        fail(&breaker, FAILURES - 1);
        assert_eq!(breaker.state(), BreakerState::Closed, "a success between them starts anew");
        fail(&breaker, 1);
        assert_eq!(breaker.state(), BreakerState::Open);
        assert!(breaker.ask().is_none());
        tokio::time::advance(FIRST).await;
        let probe = breaker.ask().expect("a probe");
        assert_eq!(breaker.state(), BreakerState::HalfOpen);
        assert!(breaker.ask().is_none(), "one at a time");
        probe.succeeded();
        assert_eq!(breaker.state(), BreakerState::Closed);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_probe_opens_it_for_longer() {
        let breaker = Breaker::new();
        let late = breaker.ask().expect("leave");
        fail(&breaker, FAILURES);
        late.failed();
        tokio::time::advance(FIRST).await;
        fail(&breaker, 1);
        tokio::time::advance(FIRST).await;
        assert!(breaker.ask().is_none());
        tokio::time::advance(FIRST).await;
        drop(breaker.ask().expect("a probe whose caller went away"));
        assert_eq!(breaker.state(), BreakerState::Open);
        assert!(breaker.ask().is_some(), "another may probe");
    }
}
