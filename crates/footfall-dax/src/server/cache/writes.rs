//! Writes under way, and how careful readers must be after them.

use super::Cache;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

/// DynamoDB's eventually consistent reads show a write within a second as a rule. For so long after a write its key, if
/// it must be read, is read consistently, so that the cache does not keep the old value.
pub(in crate::server) const SETTLING: Duration = Duration::from_secs(2);
/// A request that was given up may still arrive. For so long nothing read of its key is kept.
pub(in crate::server) const UNKNOWN: Duration = Duration::from_secs(30);
/// Fewer are not worth looking through.
const SWEEP_FROM: usize = 64;

/// How a write ended.
#[derive(Debug)]
pub(in crate::server) enum Outcome<V> {
    /// It succeeded, and this is there now; `usize` is what key and value take.
    Now(V, usize),
    /// It was not done: what was there is there.
    Unchanged,
    /// What is there now must be read.
    Read,
    /// It may be done, still to come, or never.
    Unknown,
}

/// A write under way. Dropped without [`Write::end`], its outcome is unknown.
pub(in crate::server) struct Write<K: Hash + Eq + Clone, V: Clone> {
    cache: Arc<Cache<K, V>>,
    /// `None` once it has ended.
    key: Option<K>,
}

impl<K: Hash + Eq + Clone, V: Clone> Write<K, V> {
    pub(super) fn new(cache: Arc<Cache<K, V>>, key: K) -> Self {
        Self { cache, key: Some(key) }
    }

    /// Makes the cache tell the truth about the key.
    pub(in crate::server) fn end(mut self, outcome: Outcome<V>) {
        if let Some(key) = self.key.take() {
            self.cache.end_write(&key, outcome);
        }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Drop for Write<K, V> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.cache.end_write(&key, Outcome::Unknown);
        }
    }
}

/// The writes of one key.
#[derive(Default, Debug)]
pub(super) struct Writing {
    active: u32,
    /// Two were under way at once: the order of their answers need not be the order in which they were done.
    overlapped: bool,
    /// Until this age reads must be consistent.
    settling: Duration,
    /// Until this age nothing may be kept.
    unknown: Duration,
}

/// What the cache may show of a key after a write.
#[derive(Debug)]
pub(super) enum Show<V> {
    This(V, usize),
    Same,
    Nothing,
}

/// How careful a read must be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caution {
    pub(super) keep: bool,
    pub(super) read_consistently: bool,
}

impl Default for Caution {
    fn default() -> Self {
        Self { keep: true, read_consistently: false }
    }
}

impl Writing {
    pub(super) fn begin(&mut self) {
        self.overlapped |= self.active > 0;
        self.active += 1;
    }

    /// One ends; answers what the cache may show now.
    pub(super) fn end<V>(&mut self, outcome: Outcome<V>, now: Duration) -> Show<V> {
        self.active = self.active.saturating_sub(1);
        let alone = !self.overlapped && now >= self.unknown;
        self.overlapped &= self.active > 0;
        match outcome {
            Outcome::Now(value, bytes) if alone => {
                // Should the entry have to make room for others at once, an eventual read could bring the old value.
                self.settling = now + SETTLING;
                return Show::This(value, bytes);
            }
            Outcome::Unchanged if alone => return Show::Same,
            Outcome::Unknown => self.unknown = now + UNKNOWN,
            Outcome::Now(..) | Outcome::Unchanged | Outcome::Read => {}
        }
        self.settling = now + SETTLING;
        Show::Nothing
    }

    pub(super) fn caution(&self, now: Duration) -> Caution {
        Caution { keep: self.active == 0 && now >= self.unknown, read_consistently: now < self.settling }
    }

    /// Whether it need not be remembered.
    pub(super) fn is_over(&self, now: Duration) -> bool {
        self.active == 0 && now >= self.settling && now >= self.unknown
    }
}

/// Forgets what is over before the map would have to grow, and lets it grow when that did not make room for half:
/// so a pass costs no more than the writes since the last one.
pub(super) fn sweep<K: Hash + Eq>(writes: &mut HashMap<K, Writing>, now: Duration) {
    if writes.len() >= SWEEP_FROM && writes.len() == writes.capacity() {
        writes.retain(|_, writing| !writing.is_over(now));
        writes.reserve(writes.capacity() / 2);
    }
}
