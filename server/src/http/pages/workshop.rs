//! Where files and pictures are made: few at a time, and for strangers apart from members, so that nobody waits for them.

use anyhow::Context;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Places to make something that takes the processor or memory for a while.
pub(in crate::http) struct Workshop {
    places: Semaphore,
    /// How long one waits for a place; `None`: until there is one.
    patience: Option<Duration>,
}

/// For who is signed in: as many as there are processors to spare on a small machine.
pub(in crate::http) static MEMBERS: Workshop = Workshop { places: Semaphore::const_new(2), patience: None };
/// Lists and zips for anybody: large ones take long.
pub(in crate::http) static FILES: Workshop = Workshop::for_anybody();
/// Pictures for anybody: other people's pages show them, and must not wait for somebody who takes files away.
pub(in crate::http) static PICTURES: Workshop = Workshop::for_anybody();
/// How long anybody waits for a place, or for what somebody else makes.
pub(in crate::http) const PATIENCE: Duration = Duration::from_secs(5);

/// More was asked for than can be made.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("more is asked for than can be made at the moment")]
pub(in crate::http) struct Crowded;

impl Crowded {
    /// When it is worth another try, seconds.
    pub(in crate::http) const WAIT_SECONDS: u64 = 10;
}

impl Workshop {
    const fn for_anybody() -> Self {
        Self { places: Semaphore::const_new(1), patience: Some(PATIENCE) }
    }

    /// A place, for as long as it is held.
    ///
    /// # Errors
    /// [`Crowded`].
    pub(in crate::http) async fn place(&'static self) -> anyhow::Result<SemaphorePermit<'static>> {
        let free = self.places.acquire();
        let place = match self.patience {
            Some(patience) => tokio::time::timeout(patience, free).await.map_err(|_| Crowded)?,
            None => free.await,
        };
        place.context("the workshop is never closed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_long_for_strangers() {
        let taken = FILES.place().await.expect("free");
        let refused = FILES.place().await.expect_err("the place is taken");
        assert!(refused.is::<Crowded>(), "{refused}");
        for others in [&MEMBERS, &PICTURES] {
            let at_once = futures::FutureExt::now_or_never(others.place());
            assert!(at_once.is_some_and(|place| place.is_ok()), "who takes files away keeps none of these waiting");
        }
        drop(taken);
        assert!(FILES.place().await.is_ok());
    }
}
