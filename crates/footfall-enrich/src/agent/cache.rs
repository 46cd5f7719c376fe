//! Readings of user agents already seen: bounded, shared by all batches.

use super::{Reading, read, readable};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many readings a generation holds. Two generations of 4,096 are about 3 MB and more than a busy hour needs.
const GENERATION: usize = 4_096;

/// Readings by user agent. What was not asked for during a whole generation is forgotten; the answer never depends on it.
#[derive(Default)]
pub(crate) struct Cache {
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    young: FxHashMap<Box<str>, Arc<Reading>>,
    old: FxHashMap<Box<str>, Arc<Reading>>,
}

impl Cache {
    /// The reading of a user agent.
    pub fn read(&self, user_agent: &str) -> Arc<Reading> {
        let user_agent = readable(user_agent);
        if let Some(known) = self.lock().find(user_agent) {
            return known;
        }
        // Read outside the lock: two threads may do the same work, and come to the same answer.
        let reading = Arc::new(read(user_agent));
        self.lock().keep(user_agent.into(), reading.clone());
        reading
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        // A panic while the lock was held leaves maps that are whole, if smaller.
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn find(&mut self, user_agent: &str) -> Option<Arc<Reading>> {
        if let Some(known) = self.young.get(user_agent) {
            return Some(known.clone());
        }
        let (user_agent, reading) = self.old.remove_entry(user_agent)?;
        self.keep(user_agent, reading.clone());
        Some(reading)
    }

    fn keep(&mut self, user_agent: Box<str>, reading: Arc<Reading>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(user_agent, reading);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_bounded_and_answers_like_the_lists() {
        let cache = Cache::default();
        for n in 0..3 * GENERATION {
            cache.read(&format!("Robot-{n}-bot"));
        }
        let generations = cache.lock();
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION);
        drop(generations);
        for user_agent in ["Robot-1-bot", "Robot-12000-bot", "curl/8.0"] {
            assert_eq!(*cache.read(user_agent), read(user_agent));
        }
    }
}
