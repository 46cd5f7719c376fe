//! Reading one item.

use super::{CachedItem, Entry, Service, entry_bytes, overlaps};
use crate::server::cache::key::{ItemKey, ItemKeyRef};
use crate::server::cache::{FillError, Leader, Lookup};
use crate::server::metrics::{Front, Which};
use crate::server::tables::{Table, TableCaution};
use crate::server::upstream::Repeat;
use crate::wire::error::DynamoError;
use crate::wire::expr::project;
use crate::wire::model::{Capacity, GetItem, GetItemOutput, Request, Response};
use std::sync::{Arc, Mutex, PoisonError};

/// How often a reader looks again because another reader left it without an answer.
const LOOKS: u32 = 5;

/// What the read that fills an entry cost: for the one who began it.
type Cost = Arc<Mutex<Option<Capacity>>>;

impl Service {
    pub(super) async fn get_item(self: &Arc<Self>, get: &GetItem, request: &Request, front: Front) -> Result<GetItemOutput, DynamoError> {
        let table = self.tables.get(&get.table).await?;
        let keeps = table.caution != TableCaution::KeepNothing;
        let passes = get.consistent || !keeps || get.projection.as_deref().is_some_and(overlaps);
        let key = if passes { None } else { Self::exact_key(&table, &get.key) };
        let Some(key) = key else {
            return match self.pass(request, Repeat::Freely).await? {
                Response::GetItem(output) => Ok(output),
                _ => Err(DynamoError::internal("an answer to another question")),
            };
        };
        let cost = Cost::default();
        let entry = self.read(&table, &key, get, front, &cost).await?;
        let item = entry.map(|cached| match &get.projection {
            None => Arc::clone(&cached.item),
            Some(projection) => Arc::new(project(&cached.item, projection)),
        });
        let capacity = cost.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(GetItemOutput { item, capacity })
    }

    /// The entry, if it is here: for fronts that can answer without the request being taken apart, and then count.
    pub(in crate::server) fn peek(&self, table: &Table, key: &[u8]) -> Option<Entry> {
        if table.caution == TableCaution::KeepNothing {
            return None;
        }
        self.items.get(&ItemKeyRef { table: table.number, bytes: key })
    }

    /// An entry was found by [`Service::peek`] and answered.
    pub(in crate::server) fn count_hit(&self, front: Front, negative: bool) {
        self.count(front, Which::Item, true, negative);
    }

    async fn read(self: &Arc<Self>, table: &Table, key: &ItemKey, get: &GetItem, front: Front, cost: &Cost) -> Result<Entry, DynamoError> {
        for look in 0..LOOKS {
            let found = self.items.look(key);
            if look == 0 {
                let negative = matches!(found, Lookup::Hit(None));
                self.count(front, Which::Item, matches!(found, Lookup::Hit(_)), negative);
            }
            let follower = match found {
                Lookup::Hit(entry) => return Ok(entry),
                Lookup::Follow(follower) => follower,
                Lookup::Lead(leader, follower) => {
                    self.fill(leader, table, key.clone(), get, Arc::clone(cost));
                    follower
                }
            };
            match follower.landed().await {
                Some(Ok(entry)) => return Ok(entry),
                Some(Err(FillError::Dynamo(error))) => {
                    self.doubt(&get.table, &error);
                    return Err(error);
                }
                // The batch that read it was cut short, or its task ended: read it ourselves.
                Some(Err(FillError::Unprocessed)) | None => {}
            }
        }
        tracing::warn!(table = table.number, "a read was left without an answer time and again");
        Err(DynamoError::internal("the item could not be read"))
    }

    /// Reads the whole item in a task of its own: others wait for it too, whoever leaves.
    fn fill(self: &Arc<Self>, leader: Leader<ItemKey, Entry>, table: &Table, key: ItemKey, get: &GetItem, cost: Cost) {
        let service = Arc::clone(self);
        let consistent = leader.read_consistently() || table.caution != TableCaution::None;
        let whole = GetItem { consistent, projection: None, ..get.clone() };
        tokio::spawn(async move {
            match service.pass(&Request::GetItem(whole), Repeat::Freely).await {
                Ok(Response::GetItem(output)) => {
                    *cost.lock().unwrap_or_else(PoisonError::into_inner) = output.capacity;
                    let bytes = entry_bytes(&key, output.item.as_ref());
                    leader.land(Ok(output.item.map(CachedItem::new)), bytes);
                }
                Ok(_) => leader.land(Err(FillError::Dynamo(DynamoError::internal("an answer to another question"))), 0),
                Err(error) => leader.land(Err(FillError::Dynamo(error)), 0),
            }
        });
    }
}
