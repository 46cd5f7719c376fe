//! Entries in the order of their use, bounded by bytes. One thread at a time.

use hashbrown::{Equivalent, HashTable};
use std::time::Duration;

/// No slot.
const NONE: u32 = u32::MAX;
/// Fewer free slots are left where they are.
const FEW: usize = 1024;

/// A map that drops what has not been used for longest when it would take more bytes than it may.
#[derive(Debug)]
pub(super) struct Lru<K, V> {
    places: HashTable<u32>,
    slots: Vec<Slot<K, V>>,
    free: Vec<u32>,
    /// Used last.
    newest: u32,
    /// To be dropped first.
    oldest: u32,
    bytes: usize,
    most_bytes: usize,
}

#[derive(Debug)]
struct Slot<K, V> {
    hash: u64,
    /// `None` while the slot is free.
    entry: Option<(K, V)>,
    bytes: usize,
    /// Age of the clock at which the entry is no longer given; `None`: never.
    expires: Option<Duration>,
    newer: u32,
    older: u32,
}

impl<K: Eq, V: Clone> Lru<K, V> {
    /// What an entry takes besides key and value: its slot and its place, twice, because vectors grow by doubling.
    pub(super) const OVERHEAD: usize = 2 * (size_of::<Slot<K, V>>() + 2 * size_of::<u32>());

    pub(super) fn new(most_bytes: usize) -> Self {
        Self { places: HashTable::new(), slots: Vec::new(), free: Vec::new(), newest: NONE, oldest: NONE, bytes: 0, most_bytes }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The value, and the entry becomes the newest. An expired one is dropped instead.
    pub(super) fn get<Q: Equivalent<K> + ?Sized>(&mut self, hash: u64, key: &Q, now: Duration) -> Option<V> {
        let place = self.find(hash, key)?;
        let slot = self.slot(place);
        if slot.expires.is_some_and(|expires| expires <= now) {
            self.drop_entry(place);
            return None;
        }
        let value = slot.entry.as_ref().map(|(_, value)| value.clone());
        if self.newest != place {
            self.unlink(place);
            self.link(place);
        }
        value
    }

    /// Puts an entry in, in the place of one with the same key, and drops old ones to make room; answers how many were
    /// dropped. `bytes` is what key and value take. What is larger than everything may be is not kept.
    pub(super) fn insert(&mut self, hash: u64, key: K, value: V, bytes: usize, expires: Option<Duration>) -> u64 {
        self.remove(hash, &key);
        let bytes = bytes.saturating_add(Self::OVERHEAD);
        if bytes > self.most_bytes {
            return 0;
        }
        let mut evicted = 0;
        while self.bytes + bytes > self.most_bytes {
            self.drop_entry(self.oldest);
            evicted += 1;
        }
        if self.free.len() > FEW.max(3 * self.places.len()) {
            self.compact();
        }
        self.add(Slot { hash, entry: Some((key, value)), bytes, expires, newer: NONE, older: NONE });
        evicted
    }

    /// The entry becomes the newest.
    fn add(&mut self, slot: Slot<K, V>) {
        let (hash, bytes) = (slot.hash, slot.bytes);
        let place = self.fill(slot);
        let slots = &self.slots;
        self.places.insert_unique(hash, place, |other| slots[*other as usize].hash);
        self.bytes += bytes;
        self.link(place);
    }

    /// Gives back the slots of many small entries when few large ones have taken their room: slots are counted with the
    /// entries that are there.
    fn compact(&mut self) {
        let mut old = std::mem::replace(self, Self::new(self.most_bytes));
        let mut place = old.oldest;
        while place != NONE {
            let slot = &mut old.slots[place as usize];
            let moved = Slot { entry: slot.entry.take(), ..*slot };
            place = slot.newer;
            self.add(moved);
        }
    }

    pub(super) fn remove<Q: Equivalent<K> + ?Sized>(&mut self, hash: u64, key: &Q) {
        if let Some(place) = self.find(hash, key) {
            self.drop_entry(place);
        }
    }

    fn find<Q: Equivalent<K> + ?Sized>(&self, hash: u64, key: &Q) -> Option<u32> {
        let same = |place: &u32| self.slot(*place).entry.as_ref().is_some_and(|(other, _)| key.equivalent(other));
        self.places.find(hash, same).copied()
    }

    fn fill(&mut self, slot: Slot<K, V>) -> u32 {
        if let Some(place) = self.free.pop() {
            self.slots[place as usize] = slot;
            return place;
        }
        self.slots.push(slot);
        u32::try_from(self.slots.len() - 1).expect("a shard bounded by bytes holds fewer than 2^32 entries")
    }

    fn drop_entry(&mut self, place: u32) {
        self.unlink(place);
        let slot = &mut self.slots[place as usize];
        let (hash, bytes) = (slot.hash, slot.bytes);
        slot.entry = None;
        if let Ok(found) = self.places.find_entry(hash, |other| *other == place) {
            found.remove();
        }
        self.bytes -= bytes;
        self.free.push(place);
    }

    /// Makes it the newest.
    fn link(&mut self, place: u32) {
        let newest = std::mem::replace(&mut self.newest, place);
        let slot = &mut self.slots[place as usize];
        (slot.newer, slot.older) = (NONE, newest);
        if newest == NONE {
            self.oldest = place;
        } else {
            self.slots[newest as usize].newer = place;
        }
    }

    fn unlink(&mut self, place: u32) {
        let Slot { newer, older, .. } = *self.slot(place);
        if newer == NONE {
            self.newest = older
        } else {
            self.slots[newer as usize].older = older
        }
        if older == NONE { self.oldest = newer } else { self.slots[older as usize].newer = newer }
    }

    fn slot(&self, place: u32) -> &Slot<K, V> {
        &self.slots[place as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::ZERO;

    fn lru(entries: usize) -> Lru<u64, u64> {
        Lru::new(entries * (Lru::<u64, u64>::OVERHEAD + 16))
    }

    fn put(lru: &mut Lru<u64, u64>, key: u64) -> u64 {
        lru.insert(key % 3, key, key * 10, 16, None)
    }

    fn has(lru: &mut Lru<u64, u64>, key: u64) -> bool {
        lru.get(key % 3, &key, NOW) == Some(key * 10)
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let mut lru = lru(3);
        assert_eq!([1, 2, 3].map(|key| put(&mut lru, key)), [0, 0, 0]);
        assert!(has(&mut lru, 1));
        assert_eq!(put(&mut lru, 4), 1);
        assert!(!has(&mut lru, 2));
        assert!(has(&mut lru, 1) && has(&mut lru, 3) && has(&mut lru, 4));
    }

    #[test]
    fn the_same_key_again_takes_no_more_room() {
        let mut lru = lru(2);
        for _ in 0..10 {
            assert_eq!(put(&mut lru, 1), 0);
        }
        assert_eq!((lru.len(), lru.bytes()), (1, Lru::<u64, u64>::OVERHEAD + 16));
    }

    #[test]
    fn what_is_larger_than_everything_is_not_kept_and_drops_what_stood_there() {
        let mut lru = lru(2);
        put(&mut lru, 1);
        put(&mut lru, 2);
        assert_eq!(lru.insert(1, 1, 10, 10_000, None), 0);
        assert!(!has(&mut lru, 1) && has(&mut lru, 2));
    }

    #[test]
    fn slots_of_many_small_entries_are_given_back() {
        let mut lru = lru(10_000);
        for key in 0..10_000 {
            put(&mut lru, key);
        }
        let large = lru.most_bytes / 4;
        for key in 10_000..10_010 {
            lru.insert(key % 3, key, key * 10, large - Lru::<u64, u64>::OVERHEAD, None);
        }
        assert!(lru.slots.len() < 10, "{}", lru.slots.len());
        assert_eq!((lru.len(), lru.bytes()), (4, 4 * large));
        assert!((10_006..10_010).all(|key| has(&mut lru, key)));
    }

    #[test]
    fn an_expired_entry_is_dropped_when_asked_for() {
        let mut lru = lru(2);
        lru.insert(1, 1, 10, 16, Some(Duration::from_secs(5)));
        assert_eq!(lru.get(1, &1, Duration::from_secs(4)), Some(10));
        assert_eq!(lru.get(1, &1, Duration::from_secs(5)), None);
        assert_eq!((lru.len(), lru.bytes()), (0, 0));
    }

    proptest::proptest! {
        /// Against the plainest cache there is: a list in order of use.
        #[test]
        fn it_does_as_a_list_would(steps in proptest::collection::vec((0_u8..3, 0_u64..12), 0..200)) {
            let mut lru = lru(5);
            let mut list: Vec<u64> = Vec::new();
            for (step, key) in steps {
                let known = list.iter().position(|other| *other == key);
                match step {
                    0 => {
                        put(&mut lru, key);
                        known.map(|place| list.remove(place));
                        list.push(key);
                        if list.len() > 5 { list.remove(0); }
                    }
                    1 => {
                        proptest::prop_assert_eq!(has(&mut lru, key), known.is_some());
                        if let Some(place) = known { list.remove(place); list.push(key); }
                    }
                    _ => {
                        lru.remove(key % 3, &key);
                        known.map(|place| list.remove(place));
                    }
                }
                proptest::prop_assert_eq!(lru.len(), list.len());
                proptest::prop_assert_eq!(lru.bytes(), list.len() * (Lru::<u64, u64>::OVERHEAD + 16));
            }
        }
    }
}
