//! Answers made lately, by their stamps. Of many who ask for one at once, one makes it and the others wait.

use super::made::Body;
use super::stamp::Stamp;
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// Bytes kept, encodings included.
const ROOM: usize = 24 << 20;

/// Answers made lately.
#[derive(Default)]
pub(in crate::http) struct Bodies(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    known: HashMap<Stamp, Place>,
    /// Raised by every use.
    turn: u64,
    bytes: usize,
}

struct Place {
    cell: Arc<OnceCell<Arc<Body>>>,
    used: u64,
    /// None while it is being made.
    bytes: usize,
}

impl Bodies {
    /// The body of a stamp: the one kept, or the one that `make` gives.
    ///
    /// # Errors
    /// Those of `make`; the next who asks tries again.
    pub(super) async fn get<E>(&self, stamp: Stamp, make: impl Future<Output = Result<Body, E>>) -> Result<Arc<Body>, E> {
        let making = Making { bodies: self, stamp, cell: self.cell(stamp) };
        let made = making.cell.get_or_try_init(|| async { make.await.map(Arc::new) }).await.cloned();
        if let Ok(body) = &made {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).weigh(stamp, body.bytes());
        }
        made
    }

    /// The body of a stamp, if it was made lately.
    pub(super) fn kept(&self, stamp: Stamp) -> Option<Arc<Body>> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.known.get(&stamp)?.cell.get().cloned()
    }

    fn cell(&self, stamp: Stamp) -> Arc<OnceCell<Arc<Body>>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.turn += 1;
        let used = inner.turn;
        let place = inner.known.entry(stamp).or_insert_with(|| Place { cell: Arc::default(), used, bytes: 0 });
        place.used = used;
        place.cell.clone()
    }
}

/// Somebody who waits for a body. Where it fails, or who asked hangs up, and nobody else waits, its place is given up: it
/// weighs nothing, so that nothing else would ever remove it.
struct Making<'a> {
    bodies: &'a Bodies,
    stamp: Stamp,
    cell: Arc<OnceCell<Arc<Body>>>,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        let mut inner = self.bodies.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The place's own and ours: whoever else waits takes one more, under the same lock.
        if !self.cell.initialized() && Arc::strong_count(&self.cell) <= 2 {
            inner.known.remove(&self.stamp);
        }
    }
}

impl Inner {
    /// Counts a body that has come, and forgets those used longest ago until there is room for it.
    fn weigh(&mut self, stamp: Stamp, bytes: usize) {
        let Some(place) = self.known.get_mut(&stamp).filter(|place| place.bytes == 0) else { return };
        place.bytes = bytes;
        self.bytes += bytes;
        while self.bytes > ROOM {
            let oldest = self.known.iter().filter(|(_, place)| place.bytes > 0).min_by_key(|(_, place)| place.used);
            let Some(oldest) = oldest.map(|(stamp, _)| *stamp) else { return };
            self.bytes -= self.known.remove(&oldest).map_or(0, |place| place.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Made;
    use super::*;
    use futures::FutureExt;
    use futures::future::join_all;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn body(bytes: usize) -> Body {
        Body::new(Made::bytes("image/png", vec![7; bytes]), "x".to_owned())
    }

    #[tokio::test]
    async fn of_many_at_once_one_makes_it() {
        let (bodies, made) = (Bodies::default(), AtomicU64::new(0));
        let ask = || {
            bodies.get(Stamp([1; 16]), async {
                made.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok::<_, ()>(body(10))
            })
        };
        let all = join_all((0..100).map(|_| ask())).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn what_failed_is_tried_again() {
        let bodies = Bodies::default();
        assert!(bodies.get(Stamp([1; 16]), async { Err::<Body, _>("no") }).await.is_err());
        assert!(bodies.0.lock().expect("held").known.is_empty());
        assert!(bodies.get(Stamp([1; 16]), async { Ok::<_, ()>(body(1)) }).await.is_ok());
    }

    #[tokio::test]
    async fn who_hangs_up_leaves_nothing() {
        let bodies = Bodies::default();
        let nobody_waits = bodies.get(Stamp([1; 16]), std::future::pending::<Result<Body, ()>>()).now_or_never();
        assert!(nobody_waits.is_none() && bodies.0.lock().expect("held").known.is_empty());

        let mut first = Box::pin(bodies.get(Stamp([2; 16]), std::future::pending::<Result<Body, ()>>()));
        assert!(futures::poll!(&mut first).is_pending());
        let mut second = Box::pin(bodies.get(Stamp([2; 16]), async { Ok::<_, ()>(body(1)) }));
        assert!(futures::poll!(&mut second).is_pending(), "it waits for the first");
        drop(first);
        assert!(second.await.is_ok(), "and makes it where the first hangs up");
        assert_eq!(bodies.0.lock().expect("held").known.len(), 1);
    }

    #[tokio::test]
    async fn memory_is_bounded_and_what_is_used_stays() {
        let bodies = Bodies::default();
        for n in 0..100_u8 {
            bodies.get(Stamp([n; 16]), async { Ok::<_, ()>(body(1 << 20)) }).await.expect("made");
            bodies.get(Stamp([0; 16]), async { Ok::<_, ()>(body(1 << 20)) }).await.expect("kept");
        }
        let inner = bodies.0.lock().expect("held");
        assert!(inner.bytes <= ROOM && inner.known.len() >= 20);
        assert!(inner.known.contains_key(&Stamp([0; 16])) && !inner.known.contains_key(&Stamp([1; 16])));
    }
}
