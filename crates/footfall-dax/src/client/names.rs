//! What is known of one node's tables and attribute lists.

use super::node::Wanted;
use crate::clock::SharedClock;
use crate::wire::names::{ListCollision, NameLists, Names};
use crate::wire::value::KeySchema;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// A key schema is asked for again after this time (as the official clients for Python and Node do): a table may have
/// been deleted and made anew with other keys.
const SCHEMA_AGE: Duration = Duration::from_secs(60);

/// Attribute lists kept for a node at most; then all are forgotten and asked for again. A program writes items of few
/// shapes; thousands of lists mean that names are made of data, and no order of eviction helps.
const MAX_LISTS: usize = 1000;

/// The names of one node. Every node has its own: only our own server promises that ids are equal on all of them.
pub struct NodeNames {
    lists: RwLock<NameLists>,
    schemas: RwLock<HashMap<String, (Arc<KeySchema>, Duration)>>,
    clock: SharedClock,
}

impl NodeNames {
    pub fn new(clock: SharedClock) -> Self {
        Self { lists: RwLock::default(), schemas: RwLock::default(), clock }
    }

    pub fn learn_schema(&self, table: &str, schema: KeySchema) {
        let learned = (Arc::new(schema), self.clock.age());
        self.schemas.write().unwrap_or_else(PoisonError::into_inner).insert(table.into(), learned);
    }

    /// Keeps a list under its id.
    ///
    /// # Errors
    /// The node contradicts what it said before: its ids have changed. Everything it said is forgotten.
    pub fn learn_list(&self, id: u64, names: Vec<String>) -> Result<(), ListCollision> {
        let mut lists = self.lists.write().unwrap_or_else(PoisonError::into_inner);
        if lists.len() >= MAX_LISTS {
            *lists = NameLists::default();
        }
        if let Err(collision) = lists.add(id, names) {
            *lists = NameLists::default();
            return Err(collision);
        }
        Ok(())
    }

    /// Forgets the lists: called when a connection was lost, because the server behind the address may be another
    /// one now. A server that gives its ids out anew would otherwise get values under wrong names.
    pub fn forget_lists(&self) {
        *self.lists.write().unwrap_or_else(PoisonError::into_inner) = NameLists::default();
    }

    /// Whether it need not be asked for (any more).
    pub fn knows(&self, wanted: &Wanted) -> bool {
        match wanted {
            Wanted::Schema(table) => self.key_schema(table).is_some(),
            Wanted::ListId(names) => self.list_id(&names.iter().map(String::as_str).collect::<Vec<_>>()).is_some(),
            Wanted::List(id) => self.list(*id).is_some(),
        }
    }
}

impl Names for NodeNames {
    fn key_schema(&self, table: &str) -> Option<Arc<KeySchema>> {
        let schemas = self.schemas.read().unwrap_or_else(PoisonError::into_inner);
        let (schema, learned) = schemas.get(table)?;
        (self.clock.age().saturating_sub(*learned) < SCHEMA_AGE).then(|| schema.clone())
    }

    fn list_id(&self, names: &[&str]) -> Option<u64> {
        self.lists.read().unwrap_or_else(PoisonError::into_inner).id(names)
    }

    fn list(&self, id: u64) -> Option<Arc<[String]>> {
        self.lists.read().unwrap_or_else(PoisonError::into_inner).list(id)
    }
}
