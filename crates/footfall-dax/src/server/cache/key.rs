//! Keys of the caches.

use hashbrown::Equivalent;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A table as the caches know it: another number when it was deleted and made again.
pub(in crate::server) type TableNumber = u32;

/// The key of an item: its bytes are the wire's KEY in canonical form, so that equal keys are equal bytes whatever
/// spelling their numbers came in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(in crate::server) struct ItemKey {
    pub(in crate::server) table: TableNumber,
    pub(in crate::server) bytes: Arc<[u8]>,
}

impl ItemKey {
    /// The heap it takes.
    pub(in crate::server) fn heap_bytes(&self) -> usize {
        super::weigh::allocation(self.bytes.len() + 2 * size_of::<usize>())
    }
}

/// An [`ItemKey`] not yet made: looking one up copies nothing.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) struct ItemKeyRef<'a> {
    pub(in crate::server) table: TableNumber,
    pub(in crate::server) bytes: &'a [u8],
}

impl Hash for ItemKeyRef<'_> {
    /// As the derived one of [`ItemKey`]: `Arc<[u8]>` hashes as the slice.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.table.hash(state);
        self.bytes.hash(state);
    }
}

impl Equivalent<ItemKey> for ItemKeyRef<'_> {
    fn equivalent(&self, key: &ItemKey) -> bool {
        self.table == key.table && *self.bytes == *key.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, RandomState};

    #[test]
    fn a_key_is_found_by_its_parts() {
        let key = ItemKey { table: 3, bytes: Arc::from(*b"abc") };
        let hasher = RandomState::new();
        for (parts, same) in [((3, b"abc"), true), ((3, b"abd"), false), ((4, b"abc"), false)] {
            let parts = ItemKeyRef { table: parts.0, bytes: parts.1 };
            assert_eq!(parts.equivalent(&key), same);
            assert_eq!(hasher.hash_one(parts) == hasher.hash_one(&key), same);
        }
    }
}
