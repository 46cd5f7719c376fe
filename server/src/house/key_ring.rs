//! API keys at hand: looked up by hash once, not for every hit.

use crate::accounts::Token;
use footfall_store::{ApiKey, Registry, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The most hashes remembered. Unknown ones are remembered too, so that a client with a wrong key does not keep the
/// registry busy; when it is full, everything is forgotten.
const MOST: usize = 10_000;

/// The keys presented lately. Whoever changes keys through this process calls [`KeyRing::forget`]; where other instances
/// change them too, it is called every two seconds.
pub struct KeyRing {
    registry: Arc<dyn Registry>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Raised by every [`KeyRing::forget`]: what was read before must not be remembered after.
    round: u64,
    keys: HashMap<[u8; 32], Option<ApiKey>>,
}

impl KeyRing {
    /// Knows nothing yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, known: Mutex::default() }
    }

    /// The key somebody presents; `None` when there is no such key.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn find(&self, token: &Token) -> Result<Option<ApiKey>, StoreError> {
        let hash = token.hash();
        let round = {
            let known = self.known.lock().expect("no panic while it was held");
            if let Some(key) = known.keys.get(&hash) {
                return Ok(key.clone());
            }
            known.round
        };
        let key = self.registry.key_by_hash(&hash).await?;
        let mut known = self.known.lock().expect("no panic while it was held");
        if known.round == round {
            if known.keys.len() >= MOST {
                known.keys.clear();
            }
            known.keys.insert(hash, key.clone());
        }
        Ok(key)
    }

    /// Forgets everything; called after any change to keys or sites.
    pub fn forget(&self) {
        let mut known = self.known.lock().expect("no panic while it was held");
        known.round += 1;
        known.keys.clear();
    }
}
