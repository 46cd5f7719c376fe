//! Room for large requests: all connections together keep no more of them than allowed.

use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};

/// Requests up to this many bytes need no room.
const SMALL: usize = 64 << 10;
/// Room is counted in these.
const UNIT: usize = 1 << 10;

/// The room there is.
#[derive(Debug)]
pub(super) struct Room {
    units: Semaphore,
    /// Whoever holds this needs no units. Without it, requests that all hold some and all need more would wait for each
    /// other.
    first: Mutex<()>,
}

impl Room {
    /// Room for so many bytes, and for one request besides.
    pub(super) fn new(bytes: usize) -> Self {
        Self { units: Semaphore::new(bytes / UNIT), first: Mutex::default() }
    }

    /// Of one request, nothing yet.
    pub(super) fn enter(&self) -> Place<'_> {
        Place { room: self, units: None, first: None }
    }
}

/// What one request takes of the room, given back when dropped.
#[derive(Debug)]
pub(super) struct Place<'a> {
    room: &'a Room,
    units: Option<SemaphorePermit<'a>>,
    first: Option<MutexGuard<'a, ()>>,
}

impl Place<'_> {
    /// Waits until the request may have so many bytes. It may have twice as many then, so that one that grows asks
    /// seldom.
    pub(super) async fn grow(&mut self, bytes: usize) {
        let held = self.units.as_ref().map_or(0, SemaphorePermit::num_permits) * UNIT;
        if bytes <= SMALL.max(held) || self.first.is_some() {
            return;
        }
        let more = u32::try_from((2 * bytes).saturating_sub(held).div_ceil(UNIT)).unwrap_or(u32::MAX);
        tokio::select! {
            biased;
            // The room is never closed.
            Ok(units) = self.room.units.acquire_many(more) => match &mut self.units {
                Some(held) => held.merge(units),
                None => self.units = Some(units),
            },
            first = self.room.first.lock() => self.first = Some(first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn requests_that_all_need_more_do_not_wait_for_each_other() {
        let room = Room::new(400 << 10);
        let mut places = [room.enter(), room.enter(), room.enter()];
        for place in &mut places {
            place.grow(SMALL + 1).await;
        }
        // There is no more room: one goes on all the same, the others when it is done.
        let [mut first, mut second, third] = places;
        first.grow(1 << 20).await;
        let waits = std::pin::pin!(second.grow(1 << 20));
        let mut waits = waits;
        assert!(futures_poll(waits.as_mut()).await.is_none());
        drop(first);
        waits.await;
        drop(third);
    }

    #[tokio::test]
    async fn small_requests_need_no_room() {
        let room = Room::new(0);
        let mut places: Vec<_> = (0..100).map(|_| room.enter()).collect();
        for place in &mut places {
            place.grow(SMALL).await;
        }
        assert!(places.iter().all(|place| place.units.is_none() && place.first.is_none()));
    }

    /// Polls once.
    async fn futures_poll<F: Future + Unpin>(mut future: F) -> Option<F::Output> {
        std::future::poll_fn(|cx| {
            std::task::Poll::Ready(match std::pin::Pin::new(&mut future).poll(cx) {
                std::task::Poll::Ready(output) => Some(output),
                std::task::Poll::Pending => None,
            })
        })
        .await
    }
}
