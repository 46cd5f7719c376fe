//! The server's own credentials, asked for again before they end.

use crate::clock::SharedClock;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider, error::CredentialsError};
use std::time::{Duration, UNIX_EPOCH};
use tokio::sync::Mutex;

/// So long before their end credentials are asked for again.
const BEFORE_END: Duration = Duration::from_secs(120);

#[derive(Debug)]
pub(super) struct KnownCredentials {
    provider: SharedCredentialsProvider,
    clock: SharedClock,
    known: std::sync::RwLock<Option<Credentials>>,
    asking: Mutex<()>,
}

impl KnownCredentials {
    pub(super) fn new(provider: SharedCredentialsProvider, clock: SharedClock) -> Self {
        Self { provider, clock, known: std::sync::RwLock::default(), asking: Mutex::default() }
    }

    /// Credentials that are valid now. When new ones cannot be had, the old ones serve to their end.
    pub(super) async fn get(&self) -> Result<Credentials, CredentialsError> {
        if let Some(known) = self.valid_for(BEFORE_END) {
            return Ok(known);
        }
        let _asking = self.asking.lock().await;
        if let Some(known) = self.valid_for(BEFORE_END) {
            return Ok(known);
        }
        match self.provider.provide_credentials().await {
            Ok(new) => {
                *self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(new.clone());
                Ok(new)
            }
            Err(error) => {
                tracing::warn!("no new credentials for DynamoDB could be had");
                self.valid_for(Duration::ZERO).ok_or(error)
            }
        }
    }

    /// DynamoDB refused them: the next call asks for new ones. Answers whether that can help.
    pub(super) async fn forget(&self) -> bool {
        let _asking = self.asking.lock().await;
        self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner).take().is_some_and(|old| old.expiry().is_some())
    }

    fn valid_for(&self, time: Duration) -> Option<Credentials> {
        let known = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let needed = UNIX_EPOCH + self.clock.unix() + time;
        known.as_ref().filter(|known| known.expiry().is_none_or(|end| end > needed)).cloned()
    }
}
