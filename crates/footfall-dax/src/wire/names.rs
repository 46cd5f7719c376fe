//! What both ends must know of tables and attribute names before an item can be read or written.

use super::value::KeySchema;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// The id of the list without names: by definition of the protocol, and never asked for.
pub const EMPTY_LIST: u64 = 1;

/// What is known of tables' keys and of attribute lists.
///
/// An item on the wire carries its attributes' values only; their names are a list that both ends know by a number.
/// The empty list is [`EMPTY_LIST`] everywhere, and codecs never ask for it.
pub trait Names {
    /// The key schema of a table; `None` when it must be asked for first.
    fn key_schema(&self, table: &str) -> Option<Arc<KeySchema>>;
    /// The id of a list of names in this order; `None` when it has none yet.
    fn list_id(&self, names: &[&str]) -> Option<u64>;
    /// The names of an id; `None` when it must be asked for (client) or was never given out (server).
    fn list(&self, id: u64) -> Option<Arc<[String]>>;
}

/// The id a server gives to a list of names: 2^48 plus the first 48 bits of the SHA-256 of its length-prefixed names,
/// so that every node gives the same id, before and after a restart, without asking another. The empty list is 1.
///
/// Ids are never 0 (the Node client takes it for "no answer yet") and below 2^53 (it reads them as floats).
pub fn list_id_of<S: AsRef<str>>(names: &[S]) -> u64 {
    if names.is_empty() {
        return EMPTY_LIST;
    }
    let mut hash = Sha256::new();
    for name in names {
        let name = name.as_ref().as_bytes();
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name);
    }
    let digest = hash.finalize();
    let first = digest[..6].iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte));
    (1 << 48) + first
}

/// Attribute lists and their ids, in memory: found both ways without making anything on the way.
#[derive(Default, Debug)]
pub struct NameLists {
    by_id: HashMap<u64, Arc<[String]>>,
    /// Lists with their ids, by the hash of their names.
    by_hash: HashMap<u64, Vec<Named>>,
    hasher: RandomState,
}

type Named = (Arc<[String]>, u64);

/// Two different lists under one id, or two ids for one list: using either would put values under wrong names.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("attribute list {id} already stands for other names, or its names for another id")]
pub struct ListCollision {
    /// The id that was to be added.
    pub id: u64,
}

impl NameLists {
    /// The names of an id.
    pub fn list(&self, id: u64) -> Option<Arc<[String]>> {
        if id == EMPTY_LIST { Some(Arc::from([])) } else { self.by_id.get(&id).cloned() }
    }

    /// The id of names in this order.
    pub fn id(&self, names: &[&str]) -> Option<u64> {
        if names.is_empty() {
            return Some(EMPTY_LIST);
        }
        let same = self.by_hash.get(&self.hash(names))?;
        same.iter().find(|(list, _)| list.iter().eq(names)).map(|(_, id)| *id)
    }

    /// Adds a list under its id; the same again is nothing new.
    ///
    /// # Errors
    /// The id has other names, or the names another id.
    pub fn add(&mut self, id: u64, names: Vec<String>) -> Result<Arc<[String]>, ListCollision> {
        let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
        match (self.list(id), self.id(&borrowed)) {
            (Some(list), Some(known)) if known == id => return Ok(list),
            (None, None) => {}
            _ => return Err(ListCollision { id }),
        }
        let hash = self.hash(&borrowed);
        let list: Arc<[String]> = names.into();
        self.by_id.insert(id, list.clone());
        self.by_hash.entry(hash).or_default().push((list.clone(), id));
        Ok(list)
    }

    /// How many lists are known, without the empty one.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether none but the empty list is known.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    fn hash(&self, names: &[&str]) -> u64 {
        self.hasher.hash_one(names)
    }
}

/// Tables and attribute lists in memory: the simplest [`Names`].
#[derive(Default, Debug)]
pub struct KnownNames {
    /// The attribute lists.
    pub lists: NameLists,
    /// The tables' key schemas.
    pub tables: HashMap<String, Arc<KeySchema>>,
}

impl Names for KnownNames {
    fn key_schema(&self, table: &str) -> Option<Arc<KeySchema>> {
        self.tables.get(table).cloned()
    }

    fn list_id(&self, names: &[&str]) -> Option<u64> {
        self.lists.id(names)
    }

    fn list(&self, id: u64) -> Option<Arc<[String]>> {
        self.lists.list(id)
    }
}
