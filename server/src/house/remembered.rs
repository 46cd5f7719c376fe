//! What the registry said lately, at hand until somebody changes it.

use footfall_store::StoreError;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard};

/// The most answers remembered. When it is full, everything is forgotten.
const MOST: usize = 10_000;

/// Answers by what was asked for. Whoever changes one through this process calls [`Remembered::forget`]; where other
/// instances change them too, it is called every two seconds.
pub(super) struct Remembered<K, V>(Mutex<Known<K, V>>);

struct Known<K, V> {
    /// Raised by every [`Remembered::forget`]: what was read before must not be remembered after.
    round: u64,
    answers: HashMap<K, V>,
}

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Known { round: 0, answers: HashMap::new() }))
    }
}

impl<K: Eq + Hash, V: Clone> Remembered<K, V> {
    /// The answer that is remembered, else the one that `read` gives.
    pub(super) async fn of<Q>(&self, asked: &Q, read: impl Future<Output = Result<V, StoreError>>) -> Result<V, StoreError>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let round = {
            let known = self.known();
            if let Some(answer) = known.answers.get(asked) {
                return Ok(answer.clone());
            }
            known.round
        };
        let answer = read.await?;
        let mut known = self.known();
        if known.round == round {
            if known.answers.len() >= MOST {
                known.answers.clear();
            }
            known.answers.insert(asked.to_owned(), answer.clone());
        }
        Ok(answer)
    }

    /// Forgets everything; called after any change.
    pub(super) fn forget(&self) {
        let mut known = self.known();
        known.round += 1;
        known.answers.clear();
    }

    fn known(&self) -> MutexGuard<'_, Known<K, V>> {
        self.0.lock().expect("no panic while it was held")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_is_read_once_until_it_is_forgotten() {
        let known: Remembered<String, u8> = Remembered::default();
        assert_eq!(known.of("a", async { Ok(1) }).await, Ok(1));
        assert_eq!(known.of("a", async { Ok(2) }).await, Ok(1), "remembered");
        assert_eq!(known.of("b", async { Ok(3) }).await, Ok(3), "another one");
        known.forget();
        assert_eq!(known.of("a", async { Ok(4) }).await, Ok(4));
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_is_not_remembered_after() {
        let known: Remembered<String, u8> = Remembered::default();
        let changed_meanwhile = async {
            known.forget();
            Ok(1)
        };
        assert_eq!(known.of("a", changed_meanwhile).await, Ok(1));
        assert_eq!(known.of("a", async { Ok(2) }).await, Ok(2));
    }

    #[tokio::test]
    async fn a_failure_is_not_remembered() {
        let known: Remembered<String, u8> = Remembered::default();
        assert!(known.of("a", async { Err(StoreError::NotFound("a".into())) }).await.is_err());
        assert_eq!(known.of("a", async { Ok(2) }).await, Ok(2));
    }

    #[tokio::test]
    async fn no_more_are_remembered_than_there_is_room_for() {
        let known: Remembered<String, usize> = Remembered::default();
        for n in 0..2 * MOST {
            known.of(n.to_string().as_str(), async { Ok(n) }).await.expect("an answer");
        }
        assert!(known.known().answers.len() <= MOST);
    }
}
