//! How many reports a key may ask for: a bucket for each, which fills again all the time.

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::num::NonZeroU32;

const HOUR_SECONDS: u64 = 60 * 60;

/// The buckets of all keys; there are never more than keys.
pub struct Limits {
    /// `None`: every key may ask as much as it likes.
    buckets: Option<Buckets>,
}

struct Buckets {
    clock: DefaultClock,
    per_hour: NonZeroU32,
    limiter: RateLimiter<u64, HashMapStateStore<u64>, DefaultClock, StateInformationMiddleware>,
}

/// What a key may still do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// Requests that fit into a full bucket.
    limit: u32,
    /// Requests left.
    remaining: u32,
    /// Seconds until the bucket is full again.
    full_in: u64,
    /// Seconds until the next request may be made, where this one may not.
    wait: Option<u64>,
}

impl Limits {
    /// Full buckets of so many requests an hour; 0: no limit.
    pub fn new(per_hour: u32) -> Self {
        let buckets = NonZeroU32::new(per_hour).map(|per_hour| {
            let (clock, quota) = (DefaultClock::default(), Quota::per_hour(per_hour));
            let limiter = RateLimiter::new(quota, HashMapStateStore::default(), clock.clone());
            Buckets { clock, per_hour, limiter }
        });
        Self { buckets }
    }

    /// Takes one request out of a key's bucket; `None` where nothing is limited.
    pub fn take(&self, key: u64) -> Option<Allowance> {
        let buckets = self.buckets.as_ref()?;
        let limit = buckets.per_hour.get();
        let full_in = |missing: u32| (u64::from(missing) * HOUR_SECONDS).div_ceil(u64::from(limit));
        Some(match buckets.limiter.check_key(&key) {
            Ok(left) => {
                let remaining = left.remaining_burst_capacity();
                Allowance { limit, remaining, full_in: full_in(limit - remaining.min(limit)), wait: None }
            }
            Err(too_early) => {
                let wait = too_early.wait_time_from(buckets.clock.now());
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                Allowance { limit, remaining: 0, full_in: full_in(limit), wait: Some(seconds.max(1)) }
            }
        })
    }
}

impl Allowance {
    /// Whether this request may be answered.
    pub fn is_granted(self) -> bool {
        self.wait.is_none()
    }

    /// Tells the client: the fields of draft-ietf-httpapi-ratelimit-headers in their present and in their older form, which
    /// most clients know, and `Retry-After` (RFC 9110, 10.2.3) where it has to wait.
    pub fn tell(self, headers: &mut HeaderMap) {
        let Allowance { limit, remaining, full_in, wait } = self;
        let mut put = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        let reset = wait.unwrap_or(full_in);
        put("ratelimit-policy", format!("\"hour\";q={limit};w={HOUR_SECONDS}"));
        put("ratelimit", format!("\"hour\";r={remaining};t={reset}"));
        put("ratelimit-limit", limit.to_string());
        put("ratelimit-remaining", remaining.to_string());
        put("ratelimit-reset", reset.to_string());
        if let Some(seconds) = wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_a_keys_own() {
        let limits = Limits::new(2);
        let granted = |key| limits.take(key).map(Allowance::is_granted);
        assert_eq!([granted(1), granted(1), granted(1), granted(2)], [Some(true), Some(true), Some(false), Some(true)]);
        assert_eq!(Limits::new(0).take(1), None, "no limit");
    }

    #[test]
    fn the_client_is_told() {
        let limits = Limits::new(2);
        let mut told = HeaderMap::new();
        let told_of = |allowance: Option<Allowance>, told: &mut HeaderMap| {
            allowance.expect("limited").tell(told);
            ["ratelimit-limit", "ratelimit-remaining"].map(|name| told[name].to_str().expect("text").to_owned())
        };
        assert_eq!(told_of(limits.take(7), &mut told), ["2", "1"]);
        assert_eq!(told["ratelimit-policy"], "\"hour\";q=2;w=3600");
        assert!(!told.contains_key("retry-after"));
        limits.take(7);
        assert_eq!(told_of(limits.take(7), &mut told), ["2", "0"]);
        let seconds: u64 = told["retry-after"].to_str().expect("text").parse().expect("a number");
        assert!((1..=1_800).contains(&seconds), "one request every half hour: {seconds}");
    }
}
