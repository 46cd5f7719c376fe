//! What was used lately, within so many bytes.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::hash::Hash;

/// Values by name; the least recently used make room for new ones.
#[derive(Debug)]
pub(crate) struct Lru<K, V> {
    budget: usize,
    bytes: usize,
    /// Raised by every use: its value names the use.
    uses: u64,
    known: FxHashMap<K, Entry<V>>,
    by_use: BTreeMap<u64, K>,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    bytes: usize,
    used: u64,
}

impl<K: Clone + Eq + Hash, V> Lru<K, V> {
    pub(crate) fn new(budget: usize) -> Self {
        Self { budget, bytes: 0, uses: 0, known: FxHashMap::default(), by_use: BTreeMap::new() }
    }

    /// The value of a name: used now.
    pub(crate) fn get(&mut self, name: &K) -> Option<&V> {
        let entry = self.known.get_mut(name)?;
        self.uses += 1;
        if let Some(name) = self.by_use.remove(&entry.used) {
            self.by_use.insert(self.uses, name);
        }
        entry.used = self.uses;
        Some(&entry.value)
    }

    /// Keeps a value of so many bytes in the place of the one of this name. A value larger than the budget is not kept.
    pub(crate) fn put(&mut self, name: K, value: V, bytes: usize) {
        self.remove(&name);
        if bytes > self.budget {
            return;
        }
        self.uses += 1;
        self.bytes += bytes;
        self.by_use.insert(self.uses, name.clone());
        self.known.insert(name, Entry { value, bytes, used: self.uses });
        while self.bytes > self.budget
            && let Some((_, oldest)) = self.by_use.pop_first()
        {
            self.bytes -= self.known.remove(&oldest).map_or(0, |entry| entry.bytes);
        }
    }

    pub(crate) fn remove(&mut self, name: &K) {
        if let Some(entry) = self.known.remove(name) {
            self.bytes -= entry.bytes;
            self.by_use.remove(&entry.used);
        }
    }

    /// Lets go of what has none of these names.
    pub(crate) fn retain(&mut self, stays: impl Fn(&K) -> bool) {
        let going: Vec<K> = self.known.keys().filter(|name| !stays(name)).cloned().collect();
        going.iter().for_each(|name| self.remove(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(lru: &Lru<&'static str, u8>) -> (usize, Vec<&'static str>) {
        assert_eq!(lru.known.len(), lru.by_use.len());
        (lru.bytes, lru.by_use.values().copied().collect())
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let mut lru = Lru::new(10);
        lru.put("a", 1, 4);
        lru.put("b", 2, 4);
        assert_eq!(lru.get(&"a"), Some(&1));
        lru.put("c", 3, 4);
        assert_eq!(held(&lru), (8, vec!["a", "c"]));
        assert_eq!(lru.get(&"b"), None);
    }

    #[test]
    fn a_name_has_one_value() {
        let mut lru = Lru::new(10);
        lru.put("a", 1, 4);
        lru.put("a", 2, 6);
        assert_eq!(lru.get(&"a"), Some(&2));
        assert_eq!(held(&lru), (6, vec!["a"]));
        lru.put("a", 3, 11);
        assert_eq!(lru.get(&"a"), None);
        assert_eq!(held(&lru), (0, vec![]));
    }

    #[test]
    fn what_is_let_go_frees_its_bytes() {
        let mut lru = Lru::new(10);
        lru.put("a", 1, 4);
        lru.put("b", 2, 5);
        lru.retain(|name| *name == "b");
        assert_eq!(held(&lru), (5, vec!["b"]));
        lru.remove(&"b");
        assert_eq!(held(&lru), (0, vec![]));
    }
}
