//! A cache that many read and write at once, in front of something slow.
//!
//! It keeps three promises besides being bounded by bytes and by age:
//! * Concurrent misses of one key cost one read of what is behind it ([`Lookup`]).
//! * What was read while a write of the same key was under way, or before it, is not kept ([`Cache::begin_write`]):
//!   it may be the value from before the write.
//! * Nobody waits for somebody who left: a reader or writer whose task is dropped leaves the cache in order.

mod flight;
pub(super) mod key;
mod lru;
pub(super) mod weigh;
mod writes;

pub(super) use flight::{FillError, Follower, Leader, Lookup};
pub(super) use writes::{Outcome, SETTLING, UNKNOWN, Write};

use super::metrics::{CacheState, Counter};
use crate::clock::SharedClock;
use flight::Flight;
use hashbrown::Equivalent;
use lru::Lru;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use writes::{Show, Writing};

/// A part of the cache should hold many large items (DynamoDB's limit is 400 KB), or eviction by use means little.
const LEAST_SHARD_BYTES: usize = 4 << 20;
/// More parts than cores anybody has for this.
const MOST_SHARDS: usize = 64;

/// Values of `V` by key, shared by all tasks.
#[derive(Debug)]
pub(super) struct Cache<K, V> {
    shards: Box<[Mutex<Shard<K, V>>]>,
    hasher: RandomState,
    /// `None`: entries do not age.
    ttl: Option<Duration>,
    evictions: Counter,
    clock: SharedClock,
}

#[derive(Debug)]
struct Shard<K, V> {
    entries: Lru<K, V>,
    flights: HashMap<K, Flight<V>>,
    writes: HashMap<K, Writing>,
    last_flight: u64,
}

impl<K: Hash + Eq + Clone, V: Clone> Cache<K, V> {
    /// A cache of at most `bytes`; `ttl` zero means that entries do not age.
    pub(super) fn new(bytes: usize, ttl: Duration, clock: SharedClock) -> Arc<Self> {
        let count = (bytes / LEAST_SHARD_BYTES).clamp(1, MOST_SHARDS);
        let shard = || {
            let entries = Lru::new(bytes / count);
            Mutex::new(Shard { entries, flights: HashMap::new(), writes: HashMap::new(), last_flight: 0 })
        };
        Arc::new(Self {
            shards: (0..count).map(|_| shard()).collect(),
            hasher: RandomState::new(),
            ttl: (!ttl.is_zero()).then_some(ttl),
            evictions: Counter::default(),
            clock,
        })
    }

    /// The value, if it is here.
    pub(super) fn get<Q: Equivalent<K> + Hash + ?Sized>(&self, key: &Q) -> Option<V> {
        let hash = self.hasher.hash_one(key);
        self.shard(hash).entries.get(hash, key, self.clock.age())
    }

    /// The value, or a place among those who wait for it.
    pub(super) fn look(self: &Arc<Self>, key: &K) -> Lookup<K, V> {
        let hash = self.hasher.hash_one(key);
        let now = self.clock.age();
        let mut shard = self.shard(hash);
        if let Some(value) = shard.entries.get(hash, key, now) {
            return Lookup::Hit(value);
        }
        if let Some(flight) = shard.flights.get(key) {
            return Lookup::Follow(flight.follow());
        }
        let caution = shard.writes.get(key).map(|writing| writing.caution(now)).unwrap_or_default();
        shard.last_flight += 1;
        let (flight, sender) = Flight::begin(shard.last_flight, caution.keep);
        let follower = flight.follow();
        let leader = Leader::new(Arc::clone(self), key.clone(), shard.last_flight, caution.read_consistently, sender);
        shard.flights.insert(key.clone(), flight);
        Lookup::Lead(leader, follower)
    }

    /// Says that a write of this key goes out now. What readers bring who are under way or begin before [`Write::end`]
    /// is not kept beyond it.
    pub(super) fn begin_write(self: &Arc<Self>, key: K) -> Write<K, V> {
        let hash = self.hasher.hash_one(&key);
        let mut shard = self.shard(hash);
        writes::sweep(&mut shard.writes, self.clock.age());
        shard.writes.entry(key.clone()).or_default().begin();
        drop(shard);
        Write::new(Arc::clone(self), key)
    }

    /// Bytes, entries and evictions.
    pub(super) fn state(&self) -> CacheState {
        let mut state = CacheState { evictions: self.evictions.get(), ..CacheState::default() };
        for shard in &self.shards {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            state.bytes += shard.entries.bytes() as u64;
            state.entries += shard.entries.len() as u64;
        }
        state
    }

    /// A flight lands: its value is kept unless a write came between.
    fn land(&self, key: &K, flight: u64, landed: Option<(V, usize)>) {
        let hash = self.hasher.hash_one(key);
        let expires = self.expires();
        let mut shard = self.shard(hash);
        if shard.flights.get(key).is_none_or(|current| current.id() != flight) {
            return;
        }
        let keep = shard.flights.remove(key).is_some_and(|flight| flight.keep());
        if let Some((value, bytes)) = landed
            && keep
        {
            self.evictions.add(shard.entries.insert(hash, key.clone(), value, bytes, expires));
        }
    }

    fn end_write(&self, key: &K, outcome: Outcome<V>) {
        let hash = self.hasher.hash_one(key);
        let (now, expires) = (self.clock.age(), self.expires());
        let mut shard = self.shard(hash);
        // Who began to read before this moment may have read the old value: it is not kept, and nobody joins any more.
        shard.flights.remove(key);
        let show = shard.writes.get_mut(key).map_or(Show::Nothing, |writing| writing.end(outcome, now));
        match show {
            Show::This(value, bytes) => self.evictions.add(shard.entries.insert(hash, key.clone(), value, bytes, expires)),
            Show::Same => {}
            Show::Nothing => shard.entries.remove(hash, key),
        }
        if shard.writes.get(key).is_some_and(|writing| writing.is_over(now)) {
            shard.writes.remove(key);
        }
    }

    fn expires(&self) -> Option<Duration> {
        self.ttl.map(|ttl| self.clock.age().saturating_add(ttl))
    }

    fn shard(&self, hash: u64) -> MutexGuard<'_, Shard<K, V>> {
        // The table inside a shard uses the low bits and the top seven.
        let place = (hash >> 32) as usize % self.shards.len();
        // Whoever panicked held no half-made change: each is one call of the map.
        self.shards[place].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
