//! API keys at hand: looked up by hash once, not for every hit.

use super::remembered::Remembered;
use crate::accounts::Token;
use footfall_store::{ApiKey, Registry, StoreError};
use std::sync::Arc;

/// The keys presented lately ([`Remembered`]). Unknown ones are remembered too, so that a client with a wrong key does not
/// keep the registry busy.
pub struct KeyRing {
    registry: Arc<dyn Registry>,
    known: Remembered<[u8; 32], Option<ApiKey>>,
}

impl KeyRing {
    /// Knows nothing yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, known: Remembered::default() }
    }

    /// The key somebody presents; `None` when there is no such key.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn find(&self, token: &Token) -> Result<Option<ApiKey>, StoreError> {
        let hash = token.hash();
        self.known.of(&hash, self.registry.key_by_hash(&hash)).await
    }

    /// Forgets everything; called after any change to keys or sites.
    pub fn forget(&self) {
        self.known.forget();
    }
}
