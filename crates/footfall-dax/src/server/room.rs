//! Room for large messages: all together take no more memory than allowed.

use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

/// Messages up to this many bytes need no room.
const SMALL: usize = 64 << 10;
/// Room is counted in these.
const UNIT: usize = 1 << 10;

/// The room there is.
#[derive(Clone, Debug)]
pub(super) struct Room {
    units: Arc<Semaphore>,
    /// Whoever holds this needs no units. Without it, messages that all hold some and all need more would wait for each
    /// other.
    first: Arc<Mutex<()>>,
}

impl Room {
    /// Room for so many bytes, and for one message besides.
    pub(super) fn new(bytes: usize) -> Self {
        Self { units: Arc::new(Semaphore::new(bytes / UNIT)), first: Arc::default() }
    }

    /// Of one message, nothing yet.
    pub(super) fn enter(&self) -> Place {
        Place { room: self.clone(), units: None, first: None }
    }
}

/// What one message takes of the room, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    room: Room,
    units: Option<OwnedSemaphorePermit>,
    first: Option<OwnedMutexGuard<()>>,
}

impl Place {
    /// Waits until the message may have so many bytes. It may have twice as many then, so that one that grows asks
    /// seldom.
    pub(super) async fn grow(&mut self, bytes: usize) {
        let held = self.units.as_ref().map_or(0, OwnedSemaphorePermit::num_permits) * UNIT;
        if bytes <= SMALL.max(held) || self.first.is_some() {
            return;
        }
        let more = u32::try_from((2 * bytes).saturating_sub(held).div_ceil(UNIT)).unwrap_or(u32::MAX);
        tokio::select! {
            biased;
            // The room is never closed.
            Ok(units) = Arc::clone(&self.room.units).acquire_many_owned(more) => match &mut self.units {
                Some(held) => held.merge(units),
                None => self.units = Some(units),
            },
            first = Arc::clone(&self.room.first).lock_owned() => self.first = Some(first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn messages_that_all_need_more_do_not_wait_for_each_other() {
        let room = Room::new(400 << 10);
        let mut places = [room.enter(), room.enter(), room.enter()];
        for place in &mut places {
            place.grow(SMALL + 1).await;
        }
        // There is no more room: one goes on all the same, the others when it is done.
        let [mut first, mut second, third] = places;
        first.grow(1 << 20).await;
        let mut waits = std::pin::pin!(second.grow(1 << 20));
        tokio::select! {
            biased;
            () = &mut waits => panic!("there is no room"),
            () = std::future::ready(()) => {}
        }
        drop(first);
        waits.await;
        drop(third);
    }

    #[tokio::test]
    async fn small_messages_need_no_room() {
        let room = Room::new(0);
        let mut places: Vec<_> = (0..100).map(|_| room.enter()).collect();
        for place in &mut places {
            place.grow(SMALL).await;
        }
        assert!(places.iter().all(|place| place.units.is_none() && place.first.is_none()));
    }
}
