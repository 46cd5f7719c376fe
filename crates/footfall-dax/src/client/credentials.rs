//! Credentials, asked for again before they expire.

use crate::clock::SharedClock;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use std::time::{Duration, UNIX_EPOCH};
use tokio::sync::Mutex;

/// Credentials that expire this soon are asked for again: a connection's authorisation lives five minutes.
const BEFORE_EXPIRY: Duration = Duration::from_secs(5 * 60);

/// Those without an expiry are asked for again after this time: long-lived keys are rotated too, and a provider that
/// has them at hand answers at once.
const WITHOUT_EXPIRY: Duration = Duration::from_secs(5 * 60);

/// The provider's newest credentials.
pub struct CredentialsCache {
    provider: Option<SharedCredentialsProvider>,
    /// What it gave, and when, by the clock's age. The lock is held while asking, so that one asks for all.
    known: Mutex<Option<(Credentials, Duration)>>,
    clock: SharedClock,
}

impl CredentialsCache {
    pub fn new(provider: Option<SharedCredentialsProvider>, clock: SharedClock) -> Self {
        Self { provider, known: Mutex::default(), clock }
    }

    /// The credentials to sign with; `None` when the client was made without a provider.
    pub async fn get(&self) -> Result<Option<Credentials>, CredentialsError> {
        let Some(provider) = &self.provider else { return Ok(None) };
        let mut known = self.known.lock().await;
        if let Some((credentials, since)) = known.as_ref()
            && self.is_fresh(credentials, *since)
        {
            return Ok(Some(credentials.clone()));
        }
        match provider.provide_credentials().await {
            Ok(new) => {
                *known = Some((new.clone(), self.clock.age()));
                Ok(Some(new))
            }
            // A provider that is away for a moment does not stop a client whose credentials are still good.
            Err(error) => match known.as_ref() {
                Some((old, _)) if !self.has_expired(old) => Ok(Some(old.clone())),
                _ => Err(error),
            },
        }
    }

    /// The server has refused them: asks the provider next time.
    pub async fn forget(&self) {
        *self.known.lock().await = None;
    }

    fn is_fresh(&self, credentials: &Credentials, since: Duration) -> bool {
        match self.remaining(credentials) {
            Some(remaining) => remaining > BEFORE_EXPIRY,
            None => self.clock.age().saturating_sub(since) < WITHOUT_EXPIRY,
        }
    }

    fn has_expired(&self, credentials: &Credentials) -> bool {
        self.remaining(credentials).is_some_and(|remaining| remaining.is_zero())
    }

    fn remaining(&self, credentials: &Credentials) -> Option<Duration> {
        let expiry = credentials.expiry()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(expiry.saturating_sub(self.clock.unix()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use aws_credential_types::provider::future;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[derive(Debug)]
    struct Numbered {
        asked: Arc<AtomicU32>,
        expires: Option<Duration>,
    }

    impl ProvideCredentials for Numbered {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            if number == 2 {
                return future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("away")));
            }
            let expiry = self.expires.map(|after| UNIX_EPOCH + after);
            future::ProvideCredentials::ready(Ok(Credentials::new(format!("AK{number}"), "s", None, expiry, "test")))
        }
    }

    async fn key(cache: &CredentialsCache) -> String {
        cache.get().await.map_or_else(|error| error.to_string(), |found| found.expect("a provider").access_key_id().to_owned())
    }

    #[tokio::test]
    async fn credentials_are_asked_for_again_before_they_expire_and_serve_to_the_end_when_the_provider_is_away() {
        let clock = ManualClock::at(Duration::from_secs(1000));
        let asked = Arc::new(AtomicU32::new(0));
        let provider = SharedCredentialsProvider::new(Numbered { asked, expires: Some(Duration::from_secs(1000 + 900)) });
        let cache = CredentialsCache::new(Some(provider), clock.clone());
        assert_eq!(key(&cache).await, "AK0");
        clock.advance(Duration::from_secs(590));
        assert_eq!(key(&cache).await, "AK0", "more than five minutes are left");
        clock.advance(Duration::from_secs(20));
        assert_eq!(key(&cache).await, "AK1", "less than five minutes are left");
        assert_eq!(key(&cache).await, "AK1", "the provider is away, and they are still good");
        clock.advance(Duration::from_secs(1));
        assert_eq!(key(&cache).await, "AK3", "it is back");
    }

    #[tokio::test]
    async fn credentials_without_an_expiry_are_asked_for_again_after_five_minutes() {
        let clock = ManualClock::at(Duration::from_secs(1000));
        let provider = SharedCredentialsProvider::new(Numbered { asked: Arc::default(), expires: None });
        let cache = CredentialsCache::new(Some(provider), clock.clone());
        assert_eq!(key(&cache).await, "AK0");
        clock.advance(Duration::from_secs(299));
        assert_eq!(key(&cache).await, "AK0");
        clock.advance(Duration::from_secs(1));
        assert_eq!(key(&cache).await, "AK1");
    }
}
