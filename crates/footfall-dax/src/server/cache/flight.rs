//! One read of what is behind the cache, and everybody who waits for it.

use super::Cache;
use crate::wire::DynamoError;
use std::hash::Hash;
use std::sync::Arc;
use tokio::sync::watch;

/// What looking for a key gives.
pub(in crate::server) enum Lookup<K: Hash + Eq + Clone, V: Clone> {
    /// It is here.
    Hit(V),
    /// Somebody reads it already: wait.
    Follow(Follower<V>),
    /// Nobody does: read it, then say what came. Waiting works like for the others.
    Lead(Leader<K, V>, Follower<V>),
}

/// Why a read brought no value.
#[derive(Clone, Debug)]
pub(in crate::server) enum FillError {
    /// DynamoDB's answer, or none in time.
    Dynamo(DynamoError),
    /// DynamoDB left this key of a batch for later.
    Unprocessed,
}

/// The read under way for a key.
#[derive(Debug)]
pub(super) struct Flight<V> {
    id: u64,
    keep: bool,
    landed: watch::Receiver<Option<Result<V, FillError>>>,
}

impl<V> Flight<V> {
    pub(super) fn begin(id: u64, keep: bool) -> (Self, watch::Sender<Option<Result<V, FillError>>>) {
        let (sender, landed) = watch::channel(None);
        (Self { id, keep, landed }, sender)
    }

    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// Whether what it brings may be kept.
    pub(super) fn keep(&self) -> bool {
        self.keep
    }

    pub(super) fn follow(&self) -> Follower<V> {
        Follower(self.landed.clone())
    }
}

/// Waits for what a leader brings.
pub(in crate::server) struct Follower<V>(watch::Receiver<Option<Result<V, FillError>>>);

impl<V: Clone> Follower<V> {
    /// What was read; `None` when the leader was dropped before it had read anything: look again.
    pub(in crate::server) async fn landed(mut self) -> Option<Result<V, FillError>> {
        let landed = self.0.wait_for(Option::is_some).await.ok()?;
        landed.clone()
    }
}

/// The duty to read a key. Dropped without [`Leader::land`], the followers learn that they must look again.
pub(in crate::server) struct Leader<K: Hash + Eq + Clone, V: Clone> {
    cache: Arc<Cache<K, V>>,
    key: K,
    flight: u64,
    read_consistently: bool,
    sender: watch::Sender<Option<Result<V, FillError>>>,
}

impl<K: Hash + Eq + Clone, V: Clone> Leader<K, V> {
    pub(super) fn new(
        cache: Arc<Cache<K, V>>,
        key: K,
        flight: u64,
        read_consistently: bool,
        sender: watch::Sender<Option<Result<V, FillError>>>,
    ) -> Self {
        Self { cache, key, flight, read_consistently, sender }
    }

    /// Whether the read must be strongly consistent, because the key was written a moment ago.
    pub(in crate::server) fn read_consistently(&self) -> bool {
        self.read_consistently
    }

    /// Gives everybody who waits what was read, and keeps it if it may be kept; `bytes` is what key and value take.
    pub(in crate::server) fn land(self, read: Result<V, FillError>, bytes: usize) {
        self.cache.land(&self.key, self.flight, read.as_ref().ok().map(|value| (value.clone(), bytes)));
        self.sender.send_replace(Some(read));
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Drop for Leader<K, V> {
    fn drop(&mut self) {
        // After `land` this finds nothing.
        self.cache.land(&self.key, self.flight, None);
    }
}
