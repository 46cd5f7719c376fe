//! Writing several items, each by itself.

use super::{Entry, Service, now_there, outcome_of};
use crate::server::cache::key::ItemKey;
use crate::server::cache::{Outcome, Write};
use crate::server::tables::{Table, Upheaval};
use crate::server::upstream::{CallError, Repeat};
use crate::wire::error::DynamoError;
use crate::wire::model::{BatchWrite, BatchWriteItem, Request, Response};
use crate::wire::value::Item;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// A write of the batch: what will be there, if DynamoDB does it.
struct Begun {
    write: Write<ItemKey, Entry>,
    key: ItemKey,
    item: Option<Arc<Item>>,
}

impl Service {
    pub(super) async fn batch_write(&self, batch: &BatchWriteItem, request: &Request) -> Result<Response, DynamoError> {
        let mut begun: BTreeMap<&str, (Table, Vec<Begun>)> = BTreeMap::new();
        let mut strange = Vec::new();
        for (name, writes) in &batch.tables {
            let table = self.tables.get(name).await?;
            for write in writes {
                let (key, item) = match write {
                    BatchWrite::Put(item) => (Self::item_key(&table, item), Some(Arc::new(item.clone()))),
                    BatchWrite::Delete(key) => (Self::exact_key(&table, key), None),
                };
                match key {
                    Some(key) => {
                        let write = self.items.begin_write(key.clone());
                        let of_table = begun.entry(name).or_insert_with(|| (table.clone(), Vec::new()));
                        of_table.1.push(Begun { write, key, item });
                    }
                    None => strange.push(name.clone()),
                }
            }
        }
        let answer = self.upstream.request(request, Repeat::IfNotDone).await;
        // DynamoDB refuses what is no key of its table; if it does not, the table is another one than we know.
        self.tables.renumber(Upheaval::Done, |name| answer.is_ok() && strange.iter().any(|other| other == name));
        strange.iter().for_each(|name| self.tables.doubt(name));
        begun.into_iter().for_each(|(name, (table, writes))| self.end_table(name, &table, writes, &answer));
        answer.map_err(|refused| refused.error)
    }

    fn end_table(&self, name: &str, table: &Table, writes: Vec<Begun>, answer: &Result<Response, CallError>) {
        let left = match answer {
            Ok(Response::BatchWriteItem(output)) => keys_of(table, output.unprocessed.get(name)),
            Ok(_) | Err(_) => HashSet::new(),
        };
        for Begun { write, key, item } in writes {
            let outcome = match answer {
                Err(refused) => outcome_of(refused),
                Ok(_) if left.contains(&key) => Outcome::Unchanged,
                Ok(_) => now_there(&key, item),
            };
            self.end_write(write, &key, name, outcome);
        }
    }
}

fn keys_of(table: &Table, writes: Option<&Vec<BatchWrite>>) -> HashSet<ItemKey> {
    let key_of = |write: &BatchWrite| match write {
        BatchWrite::Put(item) | BatchWrite::Delete(item) => Service::item_key(table, item),
    };
    writes.into_iter().flatten().filter_map(key_of).collect()
}
