//! What people keep first among the sites, at hand: every page's menu is in that order.

use footfall_store::{Registry, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The pins asked for lately. Whoever changes some through this process calls [`Pins::forget`]; where other instances
/// change them too, it is called every two seconds.
pub struct Pins {
    registry: Arc<dyn Registry>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Raised by every [`Pins::forget`]: what was read before must not be remembered after.
    round: u64,
    people: HashMap<String, Arc<[String]>>,
}

impl Pins {
    /// Knows nothing yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, known: Mutex::default() }
    }

    /// The domains somebody keeps first, in the order they were pinned.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn of(&self, email: &str) -> Result<Arc<[String]>, StoreError> {
        let round = {
            let known = self.known.lock().expect("no panic while it was held");
            if let Some(pins) = known.people.get(email) {
                return Ok(pins.clone());
            }
            known.round
        };
        let pins: Arc<[String]> = self.registry.preferences(email).await?.pins.into();
        let mut known = self.known.lock().expect("no panic while it was held");
        if known.round == round {
            known.people.insert(email.to_owned(), pins.clone());
        }
        Ok(pins)
    }

    /// Forgets everything; called after any change.
    pub fn forget(&self) {
        let mut known = self.known.lock().expect("no panic while it was held");
        known.round += 1;
        known.people.clear();
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
        store.add_user("ada@example.com", "a hash", UnixMillis(0)).await.expect("added");
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
