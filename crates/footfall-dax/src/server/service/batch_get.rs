//! Reading items of several keys: hits from the cache, all misses in one call of DynamoDB.

use super::{CachedItem, Entry, Service, entry_bytes, overlaps};
use crate::server::cache::key::ItemKey;
use crate::server::cache::{FillError, Follower, Leader, Lookup};
use crate::server::metrics::{Front, Which};
use crate::server::tables::{Table, TableCaution};
use crate::server::upstream::Repeat;
use crate::wire::error::DynamoError;
use crate::wire::expr::{Projection, project};
use crate::wire::model::{BatchGetItem, BatchGetOutput, KeysAndProjection, Request, Response};
use crate::wire::value::Item;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// More keys DynamoDB refuses.
const MOST_KEYS: usize = 100;

/// Where the answer for one key comes from.
enum Found {
    Entry(Entry),
    Follower(Follower<Entry>),
}

/// A key this batch must read for everybody who waits for it.
struct Lead {
    leader: Leader<ItemKey, Entry>,
    key: Item,
}

/// The tables of a batch that are read through the cache, with their keys as the cache has them.
type Cached = BTreeMap<String, (Table, Vec<ItemKey>)>;

impl Service {
    pub(super) async fn batch_get(
        self: &Arc<Self>,
        get: &BatchGetItem,
        request: &Request,
        front: Front,
    ) -> Result<BatchGetOutput, DynamoError> {
        let Some(cached) = self.cached_keys(get).await? else { return self.read_batch(request).await };
        let mut call = BatchGetItem { capacity: get.capacity, ..BatchGetItem::default() };
        let mut leads: BTreeMap<String, (Table, Vec<(ItemKey, Lead)>)> = BTreeMap::new();
        let mut found: Vec<(&str, &Item, Found)> = Vec::new();
        for (name, asked) in &get.tables {
            let Some((table, keys)) = cached.get(name) else {
                call.tables.insert(name.clone(), asked.clone());
                continue;
            };
            for (key, cache_key) in asked.keys.iter().zip(keys) {
                let lookup = self.items.look(cache_key);
                self.count(front, Which::Item, matches!(lookup, Lookup::Hit(_)), matches!(lookup, Lookup::Hit(None)));
                let how = match lookup {
                    Lookup::Hit(entry) => Found::Entry(entry),
                    Lookup::Follow(follower) => Found::Follower(follower),
                    Lookup::Lead(leader, follower) => {
                        let of_table = &mut leads.entry(name.clone()).or_insert_with(|| (table.clone(), Vec::new())).1;
                        of_table.push((cache_key.clone(), Lead { leader, key: key.clone() }));
                        Found::Follower(follower)
                    }
                };
                found.push((name, key, how));
            }
        }
        let mut output = self.fill_batch(call, leads).await?;
        // DynamoDB names every table it was asked for, those without an item too.
        for name in get.tables.keys().filter(|name| cached.contains_key(*name)) {
            output.items.entry(name.clone()).or_default();
        }
        for (name, key, how) in found {
            let asked = &get.tables[name];
            match how.entry().await? {
                Some(Some(cached)) => {
                    output.items.entry(name.to_owned()).or_default().push(projected(&cached.item, asked.projection.as_ref()));
                }
                Some(None) => {}
                None => unprocessed(&mut output, name, asked).keys.push(key.clone()),
            }
        }
        Ok(output)
    }

    /// The keys to look up; `None` when DynamoDB would refuse the batch and should do so in its own words.
    async fn cached_keys(self: &Arc<Self>, get: &BatchGetItem) -> Result<Option<Cached>, DynamoError> {
        let count: usize = get.tables.values().map(|asked| asked.keys.len()).sum();
        if count == 0 || count > MOST_KEYS || get.tables.values().any(|asked| asked.keys.is_empty()) {
            return Ok(None);
        }
        let mut cached = Cached::new();
        for (name, asked) in get.tables.iter().filter(|(_, asked)| !asked.consistent) {
            let table = self.tables.get(name).await?;
            if table.caution == TableCaution::KeepNothing || asked.projection.as_deref().is_some_and(overlaps) {
                return Ok(None);
            }
            let keys: Option<Vec<ItemKey>> = asked.keys.iter().map(|key| Self::exact_key(&table, key)).collect();
            let Some(keys) = keys else { return Ok(None) };
            if keys.iter().collect::<HashSet<_>>().len() < keys.len() {
                return Ok(None);
            }
            cached.insert(name.clone(), (table, keys));
        }
        Ok(Some(cached))
    }

    /// Reads what nobody has yet in one call, in a task of its own. Answers what is for this caller only: strongly
    /// consistent reads, and what the call cost.
    async fn fill_batch(
        self: &Arc<Self>,
        mut call: BatchGetItem,
        leads: BTreeMap<String, (Table, Vec<(ItemKey, Lead)>)>,
    ) -> Result<BatchGetOutput, DynamoError> {
        for (name, (table, leads)) in &leads {
            let consistent = table.caution != TableCaution::None || leads.iter().any(|(_, lead)| lead.leader.read_consistently());
            let keys = leads.iter().map(|(_, lead)| lead.key.clone()).collect();
            call.tables.insert(name.clone(), KeysAndProjection { keys, consistent, projection: None });
        }
        if call.tables.is_empty() {
            return Ok(BatchGetOutput::default());
        }
        let service = Arc::clone(self);
        let task = tokio::spawn(async move {
            match service.read_batch(&Request::BatchGetItem(call)).await {
                Ok(mut output) => {
                    for (name, (table, leads)) in leads {
                        let items = output.items.remove(&name).unwrap_or_default();
                        let left = output.unprocessed.remove(&name).unwrap_or_default();
                        land(&table, leads, items, &left.keys);
                    }
                    Ok(output)
                }
                Err(error) => {
                    // It may be about another key of this batch, or another table. Who waits for one of these keys with
                    // a request of his own asks for himself.
                    for (_, lead) in leads.into_values().flat_map(|(_, leads)| leads) {
                        lead.leader.land(Err(FillError::Unprocessed), 0);
                    }
                    Err(error)
                }
            }
        });
        task.await.unwrap_or_else(|_ended_badly| Err(DynamoError::internal("the items could not be read")))
    }

    async fn read_batch(&self, request: &Request) -> Result<BatchGetOutput, DynamoError> {
        match self.pass(request, Repeat::Freely).await? {
            Response::BatchGetItem(output) => Ok(output),
            _ => Err(DynamoError::internal("an answer to another question")),
        }
    }
}

/// Gives every key of a table what the answer says of it: an item, none, or nothing yet.
fn land(table: &Table, leads: Vec<(ItemKey, Lead)>, items: Vec<Arc<Item>>, unprocessed: &[Item]) {
    let key_of = |item: &Item| Service::item_key(table, item);
    let mut items: HashMap<ItemKey, Arc<Item>> = items.into_iter().filter_map(|item| Some((key_of(&item)?, item))).collect();
    let left: HashSet<ItemKey> = unprocessed.iter().filter_map(key_of).collect();
    for (key, lead) in leads {
        if left.contains(&key) {
            lead.leader.land(Err(FillError::Unprocessed), 0);
            continue;
        }
        let item = items.remove(&key);
        let bytes = entry_bytes(&key, item.as_ref());
        lead.leader.land(Ok(item.map(CachedItem::new)), bytes);
    }
}

impl Found {
    /// The entry; `None` when DynamoDB left it for later.
    async fn entry(self) -> Result<Option<Entry>, DynamoError> {
        match self {
            Self::Entry(entry) => Ok(Some(entry)),
            Self::Follower(follower) => match follower.landed().await {
                Some(Ok(entry)) => Ok(Some(entry)),
                Some(Err(FillError::Dynamo(error))) => Err(error),
                Some(Err(FillError::Unprocessed)) | None => Ok(None),
            },
        }
    }
}

fn projected(item: &Arc<Item>, projection: Option<&Projection>) -> Arc<Item> {
    projection.map_or_else(|| Arc::clone(item), |projection| Arc::new(project(item, projection)))
}

fn unprocessed<'a>(output: &'a mut BatchGetOutput, table: &str, asked: &KeysAndProjection) -> &'a mut KeysAndProjection {
    let none = || KeysAndProjection { keys: Vec::new(), ..asked.clone() };
    output.unprocessed.entry(table.to_owned()).or_insert_with(none)
}
