//! What people keep first among the sites, at hand: every page's menu is in that order.

use super::remembered::Remembered;
use footfall_store::{Registry, StoreError};
use std::sync::Arc;

/// The pins asked for lately ([`Remembered`]).
pub struct Pins {
    registry: Arc<dyn Registry>,
    known: Remembered<String, Arc<[String]>>,
}

impl Pins {
    /// Knows nothing yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, known: Remembered::default() }
    }

    /// The domains somebody keeps first, in the order they were pinned.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn of(&self, email: &str) -> Result<Arc<[String]>, StoreError> {
        self.known.of(email, async { Ok(self.registry.preferences(email).await?.pins.into()) }).await
    }

    /// Forgets everything; called after any change.
    pub fn forget(&self) {
        self.known.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::UnixMillis;
    use footfall_store::{MemoryStore, Preferences};

    #[tokio::test]
    async fn what_was_forgotten_is_read_again() {
        let store = Arc::new(MemoryStore::new());
        store.add_user("ada@example.com", "a hash", true, UnixMillis(0)).await.expect("added");
        let pins = Pins::new(store.clone());
        assert!(pins.of("ada@example.com").await.expect("readable").is_empty());
        let pinned = Preferences { pins: vec!["b.example".to_owned(), "a.example".to_owned()], ..Preferences::default() };
        store.put_preferences("ada@example.com", &pinned).await.expect("put");
        assert!(pins.of("ada@example.com").await.expect("readable").is_empty(), "remembered");
        pins.forget();
        assert_eq!(*pins.of("ada@example.com").await.expect("readable"), ["b.example", "a.example"]);
        assert!(pins.of("bob@example.com").await.expect("readable").is_empty());
    }
}
