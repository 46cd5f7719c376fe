//! Answers made lately, by their stamps. Of many who ask for one at once, one makes it and the others wait.

use super::made::Body;
use super::stamp::Stamp;
use crate::http::pages::workshop::{Crowded, PATIENCE};
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::timeout;

/// The longest that something is made for anybody: no cache in front waits longer.
const LONGEST: Duration = Duration::from_secs(60);
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
    /// The body of a stamp: the one kept, or the one that `make` gives. Who only waits for what others make, one after the
    /// other as they fail, does so for [`PATIENCE`]; who makes it is cut off after [`LONGEST`].
    ///
    /// # Errors
    /// Those of `make`, and the next who asks tries again; [`Crowded`].
    pub(super) async fn get<E: From<Crowded>>(&self, stamp: Stamp, make: impl Future<Output = Result<Body, E>>) -> Result<Arc<Body>, E> {
        let making = Making { bodies: self, stamp, cell: self.cell(stamp) };
        let is_mine = AtomicBool::new(false);
        let mut made = pin!(making.cell.get_or_try_init(|| {
            is_mine.store(true, Ordering::Relaxed);
            async { make.await.map(Arc::new) }
        }));
        let made = match timeout(PATIENCE, &mut made).await {
            Err(_) if is_mine.load(Ordering::Relaxed) => timeout(LONGEST - PATIENCE, made).await,
            waited => waited,
        };
        let body = made.unwrap_or_else(|_| Err(Crowded.into()))?.clone();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).weigh(stamp, body.bytes());
        Ok(body)
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
    use std::future::pending;
    use std::sync::atomic::AtomicU64;

    type Fails = Result<Body, anyhow::Error>;

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
                Ok::<_, anyhow::Error>(body(10))
            })
        };
        let all = join_all((0..100).map(|_| ask())).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn what_failed_is_tried_again() {
        let bodies = Bodies::default();
        assert!(bodies.get(Stamp([1; 16]), async { Fails::Err(anyhow::anyhow!("no")) }).await.is_err());
        assert!(bodies.0.lock().expect("held").known.is_empty());
        assert!(bodies.get(Stamp([1; 16]), async { Ok::<_, anyhow::Error>(body(1)) }).await.is_ok());
    }

    #[tokio::test]
    async fn who_hangs_up_leaves_nothing() {
        let bodies = Bodies::default();
        let nobody_waits = bodies.get(Stamp([1; 16]), pending::<Fails>()).now_or_never();
        assert!(nobody_waits.is_none() && bodies.0.lock().expect("held").known.is_empty());

        let mut first = Box::pin(bodies.get(Stamp([2; 16]), pending::<Fails>()));
        assert!(futures::poll!(&mut first).is_pending());
        let mut second = Box::pin(bodies.get(Stamp([2; 16]), async { Ok::<_, anyhow::Error>(body(1)) }));
        assert!(futures::poll!(&mut second).is_pending(), "it waits for the first");
        drop(first);
        assert!(second.await.is_ok(), "and makes it where the first hangs up");
        assert_eq!(bodies.0.lock().expect("held").known.len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_long_for_what_others_make() {
        let bodies = Bodies::default();
        let begun = tokio::time::Instant::now();
        let crowded = |made: Result<Arc<Body>, anyhow::Error>| made.is_err_and(|error| error.is::<Crowded>());
        let slow = async { crowded(bodies.get(Stamp([1; 16]), pending::<Fails>()).await).then(|| begun.elapsed()) };
        let waits = async { crowded(bodies.get(Stamp([1; 16]), pending::<Fails>()).await).then(|| begun.elapsed()) };
        let (slow, waits) = futures::join!(slow, waits);
        assert_eq!((slow.map(|time| time.as_secs()), waits.map(|time| time.as_secs())), (Some(60), Some(5)));
        assert!(bodies.0.lock().expect("held").known.is_empty());
        let takes_long = async {
            tokio::time::sleep(LONGEST / 2).await;
            Fails::Ok(body(1))
        };
        assert!(bodies.get(Stamp([1; 16]), takes_long).await.is_ok(), "who makes it has more time");
    }

    /// Each that fails leaves the next to try: all of them together must not take longer than one would wait.
    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_one_after_the_other_to_fail() {
        let bodies = Bodies::default();
        let begun = tokio::time::Instant::now();
        let fails = || async {
            tokio::time::sleep(Duration::from_secs(3)).await;
            Fails::Err(Crowded.into())
        };
        let all = join_all((0..10).map(|_| bodies.get(Stamp([1; 16]), fails()))).await;
        assert!(all.iter().all(Result::is_err));
        assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn memory_is_bounded_and_what_is_used_stays() {
        let bodies = Bodies::default();
        for n in 0..100_u8 {
            bodies.get(Stamp([n; 16]), async { Ok::<_, anyhow::Error>(body(1 << 20)) }).await.expect("made");
            bodies.get(Stamp([0; 16]), async { Ok::<_, anyhow::Error>(body(1 << 20)) }).await.expect("kept");
        }
        let inner = bodies.0.lock().expect("held");
        assert!(inner.bytes <= ROOM && inner.known.len() >= 20);
        assert!(inner.known.contains_key(&Stamp([0; 16])) && !inner.known.contains_key(&Stamp([1; 16])));
    }
}
