//! How long to wait, and where time, chance and credentials come from.

use aws_credential_types::provider::SharedCredentialsProvider;
use footfall_domain::{Clock, Entropy, SystemClock, SystemEntropy};
use std::sync::Arc;
use std::time::Duration;

/// What a test may want to be different; [`Tuning::default`] is what a server runs with.
#[derive(Clone)]
pub struct Tuning {
    /// Tells which flushes have expired, and how old an interrupted write is.
    pub clock: Arc<dyn Clock>,
    /// Gives nonces.
    pub entropy: Arc<dyn Entropy>,
    /// `None`: the environment, profiles, and the machine's or container's role, in the order of every AWS SDK.
    pub credentials: Option<SharedCredentialsProvider>,
    /// Attempts of one request in all.
    pub attempts: u32,
    /// Before the second attempt, about; doubled with each, with jitter.
    pub first_backoff: Duration,
    /// Between two attempts at most.
    pub longest_backoff: Duration,
    /// To make a connection.
    pub connect_timeout: Duration,
    /// For one attempt.
    pub attempt_timeout: Duration,
    /// For a request with all its attempts.
    pub call_timeout: Duration,
    /// For a read through DAX, before the table is asked instead.
    pub dax_timeout: Duration,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            credentials: None,
            attempts: 6,
            first_backoff: Duration::from_millis(100),
            longest_backoff: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(5),
            // A page waits for no longer than this on a table that hangs.
            call_timeout: Duration::from_secs(15),
            dax_timeout: Duration::from_secs(2),
        }
    }
}

impl Tuning {
    /// How long to wait before the `n`th time again, from 0: exponential, with full jitter.
    pub(super) fn backoff(&self, n: u32) -> Duration {
        let longest = self.first_backoff.saturating_mul(1 << n.min(16)).min(self.longest_backoff);
        longest.mul_f64(fastrand::f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_bound_and_are_spread_over_all_of_it() {
        let tuning = Tuning { first_backoff: Duration::from_millis(100), longest_backoff: Duration::from_secs(5), ..Tuning::default() };
        for (n, longest) in [(0, 100), (1, 200), (5, 3_200), (6, 5_000), (16, 5_000), (u32::MAX, 5_000)] {
            let longest = Duration::from_millis(longest);
            let waits: Vec<Duration> = (0..1_000).map(|_| tuning.backoff(n)).collect();
            assert!(waits.iter().all(|wait| *wait <= longest), "time {n}");
            let short = waits.iter().filter(|wait| **wait < longest / 2).count();
            assert!((300..700).contains(&short), "time {n}: {short} of 1,000 are less than half of the longest");
        }
    }
}
