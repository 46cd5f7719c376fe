//! Requests to answers, with the semantics of DAX: reads from the caches, writes through them.
//!
//! Amazon's developer guide ("How it works", "Consistency") says what DAX does; where it is silent, `docs/decisions/09*.md`.

mod batch_get;
mod batch_write;
mod forward;
mod get;
mod page;
mod transact;
mod write;

use super::cache::key::{ItemKey, TableNumber};
use super::cache::{Cache, Outcome, Write, weigh};
use super::metrics::{CacheState, Front, Metrics, Which};
use super::tables::{Table, Tables};
use super::upstream::{CallError, Repeat, Upstream};
use crate::clock::SharedClock;
use crate::wire::error::DynamoError;
use crate::wire::expr::Path;
use crate::wire::key::encode_key;
use crate::wire::model::{PageOutput, Request, Response};
use crate::wire::value::Item;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// An item in the cache, `None` where there is none in DynamoDB.
pub(super) type Entry = Option<Arc<CachedItem>>;

/// A whole item, keys included.
#[derive(Debug)]
pub(super) struct CachedItem {
    pub(super) item: Arc<Item>,
    /// Its attributes as the DAX wire has them, once somebody asked over DAX.
    pub(super) attributes: OnceLock<Box<[u8]>>,
}

impl CachedItem {
    fn new(item: Arc<Item>) -> Arc<Self> {
        Arc::new(Self { item, attributes: OnceLock::new() })
    }
}

/// The key of a page: the request itself, without what does not change the page.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct PageKey {
    table: TableNumber,
    request: Arc<Request>,
}

/// What both fronts ask.
#[derive(Debug)]
pub(super) struct Service {
    items: Arc<Cache<ItemKey, Entry>>,
    pages: Arc<Cache<PageKey, Arc<PageOutput>>>,
    keeps_pages: bool,
    pub(super) tables: Arc<Tables>,
    upstream: Arc<Upstream>,
    metrics: Arc<Metrics>,
}

/// How much is kept, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) item_ttl: Duration,
    pub(super) query_ttl: Duration,
    pub(super) item_bytes: usize,
    pub(super) query_bytes: usize,
}

impl Service {
    pub(super) fn new(upstream: Arc<Upstream>, metrics: Arc<Metrics>, clock: &SharedClock, sizes: Sizes) -> Arc<Self> {
        Arc::new(Self {
            items: Cache::new(sizes.item_bytes, sizes.item_ttl, Arc::clone(clock)),
            pages: Cache::new(sizes.query_bytes, sizes.query_ttl, Arc::clone(clock)),
            keeps_pages: !sizes.query_ttl.is_zero(),
            tables: Tables::new(Arc::clone(&upstream), Arc::clone(clock)),
            upstream,
            metrics,
        })
    }

    /// Answers a request. Writes go on to their end even if nobody waits for the answer any more.
    ///
    /// # Errors
    /// Those of DynamoDB, and `InternalServerError` when it does not answer.
    pub(super) async fn handle(self: &Arc<Self>, request: &Arc<Request>, front: Front) -> Result<Response, DynamoError> {
        match &**request {
            Request::GetItem(get) => self.get_item(get, request, front).await.map(Response::GetItem),
            Request::BatchGetItem(get) => self.batch_get(get, request, front).await.map(Response::BatchGetItem),
            Request::Query(_) | Request::Scan(_) => self.page(request, front).await.map(Response::Page),
            Request::TransactGetItems(_) => self.pass(request, Repeat::Freely).await,
            _ => {
                let (service, request) = (Arc::clone(self), Arc::clone(request));
                let write = tokio::spawn(async move { service.write(&request).await });
                write.await.unwrap_or_else(|_ended_badly| Err(DynamoError::internal("the write ended without an answer")))
            }
        }
    }

    async fn write(self: &Arc<Self>, request: &Request) -> Result<Response, DynamoError> {
        match request {
            Request::PutItem(put) => self.put_item(put, request).await,
            Request::UpdateItem(update) => self.update_item(update).await,
            Request::DeleteItem(delete) => self.delete_item(delete, request).await,
            Request::BatchWriteItem(batch) => self.batch_write(batch, request).await,
            Request::TransactWriteItems(transaction) => self.transact_write(transaction, request).await,
            _ => self.pass(request, Repeat::Freely).await,
        }
    }

    /// Bytes and entries of the item cache and of the query cache.
    pub(super) fn states(&self) -> (CacheState, CacheState) {
        (self.items.state(), self.pages.state())
    }

    /// To DynamoDB and back, past the caches.
    async fn pass(&self, request: &Request, repeat: Repeat) -> Result<Response, DynamoError> {
        self.upstream.request(request, repeat).await.map_err(|refused| refused.error)
    }

    /// The cache's key of an item or key; `None` when it is not one of this table, which DynamoDB says best itself.
    fn item_key(table: &Table, item: &Item) -> Option<ItemKey> {
        let bytes = encode_key(item, &table.schema).ok()?;
        Some(ItemKey { table: table.number, bytes: bytes.into() })
    }

    /// As [`Service::item_key`], of a key that must have no other attributes.
    fn exact_key(table: &Table, key: &Item) -> Option<ItemKey> {
        if key.len() == table.schema.attributes() { Self::item_key(table, key) } else { None }
    }

    /// Ends a write. If its table got another number meanwhile, who reads under that one may have found, and kept, what
    /// was there before.
    fn end_write(&self, write: Write<ItemKey, Entry>, key: &ItemKey, table: &str, outcome: Outcome<Entry>) {
        write.end(outcome);
        if let Some(now) = self.tables.known(table).filter(|now| now.number != key.table) {
            self.items.begin_write(ItemKey { table: now.number, bytes: Arc::clone(&key.bytes) }).end(Outcome::Read);
        }
    }

    fn count(&self, front: Front, which: Which, hit: bool, negative: bool) {
        let lookups = self.metrics.front(front).lookups(which);
        match (hit, negative) {
            (true, negative) => {
                lookups.hits.add(1);
                lookups.negative_hits.add(u64::from(negative));
            }
            (false, _) => lookups.misses.add(1),
        }
    }

    /// A schema that DynamoDB contradicts may be that of an older table of this name.
    fn doubt(&self, table: &str, error: &DynamoError) {
        let of_schema = error.code == "ValidationException" && (error.message.contains("schema") || error.message.contains("key"));
        if of_schema || error.code == "ResourceNotFoundException" {
            self.tables.doubt(table);
        }
    }
}

/// An entry as [`Outcome::Now`].
fn now_there(key: &ItemKey, item: Option<Arc<Item>>) -> Outcome<Entry> {
    let bytes = entry_bytes(key, item.as_ref());
    Outcome::Now(item.map(CachedItem::new), bytes)
}

/// What an entry takes: key, item, and room for its attributes as the wire has them, which come later.
fn entry_bytes(key: &ItemKey, item: Option<&Arc<Item>>) -> usize {
    let item = item.map_or(0, |item| weigh::shared_item(item) + weigh::allocation(weigh::on_wire(item)) + size_of::<CachedItem>() + 32);
    key.heap_bytes() + item
}

/// What a write that did not bring a value leaves.
fn outcome_of(refused: &CallError) -> Outcome<Entry> {
    match refused {
        CallError { maybe_done: true, .. } => Outcome::Unknown,
        // Who reads, decides and writes under a condition would read the same old value until the TTL.
        CallError { error, .. } if error.code == "ConditionalCheckFailedException" => Outcome::Read,
        CallError { .. } => Outcome::Unchanged,
    }
}

/// Whether one path of a projection leads into another: DynamoDB refuses that, in its own words.
fn overlaps(projection: &[Path]) -> bool {
    projection.iter().enumerate().any(|(place, path)| {
        let others = projection.iter().enumerate().filter(|(other, _)| *other != place);
        others.into_iter().any(|(_, other)| other.0.starts_with(&path.0))
    })
}
