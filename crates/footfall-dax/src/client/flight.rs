//! Asking for one thing once, however many want it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Turns, one for each key: who has it asks, the others wait and then look whether they still have to.
pub struct Turns<K> {
    turns: Mutex<HashMap<K, Arc<tokio::sync::Mutex<()>>>>,
}

impl<K> Default for Turns<K> {
    fn default() -> Self {
        Self { turns: Mutex::default() }
    }
}

impl<K: Clone + Eq + Hash> Turns<K> {
    /// Waits for the key's turn, then runs `ask`. `ask` looks first whether somebody before it has found the answer.
    /// Dropping the future gives the turn to the next.
    pub async fn take<T>(&self, key: K, ask: impl AsyncFnOnce() -> T) -> T {
        let turn = self.turns.lock().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_default().clone();
        let result = {
            let _mine = turn.lock().await;
            ask().await
        };
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        // Two owners are the map and this call: nobody else waits. A call that was dropped leaves its entry to the next.
        if Arc::strong_count(&turn) <= 2 {
            turns.remove(&key);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn many_that_want_one_thing_ask_once() {
        let turns = Arc::new(Turns::default());
        let found = Arc::new(Mutex::new(None));
        let asked = Arc::new(AtomicU32::new(0));
        let mut tasks = Vec::new();
        for _ in 0..50 {
            let (turns, found, asked) = (turns.clone(), found.clone(), asked.clone());
            tasks.push(tokio::spawn(async move {
                turns
                    .take("table", async || {
                        if found.lock().expect("not poisoned").is_none() {
                            asked.fetch_add(1, Ordering::SeqCst);
                            tokio::task::yield_now().await;
                            *found.lock().expect("not poisoned") = Some(7);
                        }
                    })
                    .await;
            }));
        }
        for task in tasks {
            task.await.expect("no panic");
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert!(turns.turns.lock().expect("not poisoned").is_empty(), "turns are given back");
    }

    #[tokio::test]
    async fn who_goes_away_gives_the_turn_to_the_next() {
        let turns = Arc::new(Turns::default());
        let stuck = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take(1, async || std::future::pending::<()>().await).await }
        });
        tokio::task::yield_now().await;
        stuck.abort();
        assert!(stuck.await.expect_err("aborted").is_cancelled());
        assert_eq!(turns.take(1, async || 5).await, 5);
    }
}
