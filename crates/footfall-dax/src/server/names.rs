//! What the codecs ask of tables and attribute lists, answered by the server.

use super::lists::{ListError, Lists};
use super::metrics::Metrics;
use super::tables::Tables;
use crate::wire::attributes::attribute_names;
use crate::wire::error::{DynamoError, WireError};
use crate::wire::model::{Request, Response};
use crate::wire::names::Names;
use crate::wire::value::{Item, KeySchema};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Tables and attribute lists of this server.
#[derive(Debug)]
pub(super) struct ServerNames {
    tables: Arc<Tables>,
    lists: Arc<Lists>,
    metrics: Arc<Metrics>,
}

impl Names for ServerNames {
    fn key_schema(&self, table: &str) -> Option<Arc<KeySchema>> {
        self.tables.known(table).map(|table| table.schema)
    }

    fn list_id(&self, names: &[&str]) -> Option<u64> {
        self.lists.id(names)
    }

    fn list(&self, id: u64) -> Option<Arc<[String]>> {
        self.lists.names(id)
    }
}

impl ServerNames {
    pub(super) fn new(tables: Arc<Tables>, lists: Arc<Lists>, metrics: Arc<Metrics>) -> Self {
        Self { tables, lists, metrics }
    }

    /// Gives numbers to lists; they are on disk when this returns.
    ///
    /// # Errors
    /// For the caller, in words.
    pub(super) async fn register(&self, new: Vec<Vec<String>>) -> Result<(), DynamoError> {
        let lists = Arc::clone(&self.lists);
        let registered = tokio::task::spawn_blocking(move || lists.register(new)).await;
        match registered.unwrap_or_else(|ended_badly| Err(ListError::Io(ended_badly.into()))) {
            Ok(count) => {
                self.metrics.lists.add(count);
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "attribute names have no number");
                Err(DynamoError::internal(error.to_string()))
            }
        }
    }

    /// Learns what an encoder misses: one list, and with it all others the answer needs, so that a page of items with
    /// different attributes waits for the disk once.
    ///
    /// # Errors
    /// For the caller; where nothing can be learned, the encoder's error.
    pub(super) async fn learn(&self, missing: WireError, request: &Request, response: Option<&Response>) -> Result<(), DynamoError> {
        match missing {
            WireError::UnnamedList(list) => {
                let mut lists = response.map(|response| self.lists_of(request, response)).unwrap_or_default();
                lists.insert(list);
                self.register(lists.into_iter().collect()).await
            }
            WireError::UnknownTable(table) => self.tables.get(&table).await.map(|_known| ()),
            other => Err(DynamoError::internal(other.to_string())),
        }
    }

    fn lists_of(&self, request: &Request, response: &Response) -> BTreeSet<Vec<String>> {
        let mut lists = BTreeSet::new();
        let mut add = |table: &str, items: &mut dyn Iterator<Item = &Item>| {
            let Some(schema) = self.key_schema(table) else { return };
            for item in items {
                let names: Vec<&str> = attribute_names(item, &schema);
                if !names.is_empty() && self.list_id(&names).is_none() {
                    lists.insert(names.into_iter().map(str::to_owned).collect());
                }
            }
        };
        let table = match request {
            Request::Query(query) => query.table.as_str(),
            Request::Scan(scan) => scan.table.as_str(),
            _ => "",
        };
        match (request, response) {
            (_, Response::Page(page)) => add(table, &mut page.items.iter().flatten().map(|item| &**item)),
            (_, Response::BatchGetItem(output)) => {
                output.items.iter().for_each(|(table, items)| add(table, &mut items.iter().map(|item| &**item)));
            }
            (Request::TransactGetItems(request), Response::TransactGetItems(output)) => {
                request.gets.iter().zip(&output.items).for_each(|(get, item)| add(&get.table, &mut item.iter()));
            }
            _ => {}
        }
        lists
    }
}
