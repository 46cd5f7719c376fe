//! A map that is a short list most of the time.

use rustc_hash::FxHashMap;
use std::hash::Hash;

/// Up to this many keys a scan is faster than a hash.
const SCANNED: usize = 16;

/// Values by key, each with a place that never changes, in order of first sight.
#[derive(Clone, Debug)]
pub(crate) struct SmallMap<K, V> {
    keys: Vec<K>,
    values: Vec<V>,
    /// Empty while the keys are few.
    index: FxHashMap<K, u32>,
}

impl<K, V> Default for SmallMap<K, V> {
    fn default() -> Self {
        Self { keys: Vec::new(), values: Vec::new(), index: FxHashMap::default() }
    }
}

impl<K: Copy + Eq + Hash, V: Default> SmallMap<K, V> {
    /// The place of a key, new or known.
    pub fn place(&mut self, key: K) -> u32 {
        let known = if self.keys.len() <= SCANNED {
            self.keys.iter().position(|other| *other == key).map(|at| at as u32)
        } else {
            self.index.get(&key).copied()
        };
        known.unwrap_or_else(|| self.push(key))
    }

    pub fn key(&self, place: u32) -> K {
        self.keys[place as usize]
    }

    pub fn value(&self, place: u32) -> &V {
        &self.values[place as usize]
    }

    pub fn value_mut(&mut self, place: u32) -> &mut V {
        &mut self.values[place as usize]
    }

    /// Forgets all; keeps the room of what was short.
    pub fn clear(&mut self) {
        self.keys.clear();
        self.values.clear();
        if !self.index.is_empty() {
            self.index = FxHashMap::default();
        }
    }

    pub fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<K>() + self.values.capacity() * size_of::<V>() + self.index.capacity() * (size_of::<K>() + 5)
    }

    fn push(&mut self, key: K) -> u32 {
        let place = u32::try_from(self.keys.len()).expect("fewer than 4 billion values of one visitor");
        self.keys.push(key);
        self.values.push(V::default());
        if self.keys.len() == SCANNED + 1 {
            self.index.extend(self.keys.iter().zip(0..).map(|(key, at)| (*key, at)));
        } else if self.keys.len() > SCANNED {
            self.index.insert(key, place);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_place_while_the_map_grows_past_the_scan() {
        let mut map = SmallMap::<u32, u32>::default();
        for key in 0..100 {
            let place = map.place(key * 7);
            *map.value_mut(place) = key;
            assert_eq!(place, key);
        }
        assert!((0..100).all(|key| map.place(key * 7) == key && *map.value(key) == key && map.key(key) == key * 7));
        map.clear();
        assert_eq!(map.place(7), 0);
        assert_eq!(*map.value(0), 0);
    }
}
