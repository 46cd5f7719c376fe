//! Queries and scans: pages by request, never touched by writes.

use super::{PageKey, Service};
use crate::server::cache::{FillError, Leader, Lookup, weigh};
use crate::server::metrics::{Front, Which};
use crate::server::upstream::Repeat;
use crate::wire::error::DynamoError;
use crate::wire::model::{Capacity, PageOutput, ReadOptions, Request, Response, ReturnCapacity};
use std::sync::{Arc, Mutex, PoisonError};

/// As for items.
const LOOKS: u32 = 5;

/// What a request and its expressions take besides table, values and paging key; generous, since trees are not weighed.
const REQUEST_BYTES: usize = 2048;

type Cost = Arc<Mutex<Option<Capacity>>>;

impl Service {
    pub(super) async fn page(self: &Arc<Self>, request: &Arc<Request>, front: Front) -> Result<PageOutput, DynamoError> {
        let Some((name, options)) = page_of(request) else { return Err(DynamoError::internal("no query and no scan")) };
        if options.consistent || !self.keeps_pages {
            return self.read_page(request).await;
        }
        let table = self.tables.get(name).await?;
        let capacity = options.capacity;
        let key = PageKey { table: table.number, request: without_capacity(request, capacity) };
        let cost = Cost::default();
        for look in 0..LOOKS {
            let found = self.pages.look(&key);
            if look == 0 {
                let negative = matches!(&found, Lookup::Hit(page) if page.count == 0 && page.last.is_none());
                self.count(front, Which::Query, matches!(found, Lookup::Hit(_)), negative);
            }
            let follower = match found {
                Lookup::Hit(page) => return Ok(PageOutput::clone(&page)),
                Lookup::Follow(follower) => follower,
                Lookup::Lead(leader, follower) => {
                    self.fill_page(leader, &key, capacity, Arc::clone(&cost));
                    follower
                }
            };
            match follower.landed().await {
                Some(Ok(page)) => {
                    let capacity = cost.lock().unwrap_or_else(PoisonError::into_inner).take();
                    return Ok(PageOutput { capacity, ..PageOutput::clone(&page) });
                }
                Some(Err(FillError::Dynamo(error))) => return Err(error),
                Some(Err(FillError::Unprocessed)) | None => {}
            }
        }
        Err(DynamoError::internal("the page could not be read"))
    }

    /// In a task of its own, as an item is read.
    fn fill_page(self: &Arc<Self>, leader: Leader<PageKey, Arc<PageOutput>>, key: &PageKey, capacity: ReturnCapacity, cost: Cost) {
        let (service, key) = (Arc::clone(self), key.clone());
        tokio::spawn(async move {
            let mut request = Request::clone(&key.request);
            if let Some(options) = options_of(&mut request) {
                options.capacity = capacity;
            }
            match service.read_page(&request).await {
                Ok(mut page) => {
                    *cost.lock().unwrap_or_else(PoisonError::into_inner) = page.capacity.take();
                    let bytes = page_bytes(&page) + request_bytes(&key.request);
                    leader.land(Ok(Arc::new(page)), bytes);
                }
                Err(error) => leader.land(Err(FillError::Dynamo(error)), 0),
            }
        });
    }

    async fn read_page(&self, request: &Request) -> Result<PageOutput, DynamoError> {
        match self.pass(request, Repeat::Freely).await? {
            Response::Page(page) => Ok(page),
            _ => Err(DynamoError::internal("an answer to another question")),
        }
    }
}

fn page_of(request: &Request) -> Option<(&str, &ReadOptions)> {
    match request {
        Request::Query(query) => Some((&query.table, &query.options)),
        Request::Scan(scan) => Some((&scan.table, &scan.options)),
        _ => None,
    }
}

fn options_of(request: &mut Request) -> Option<&mut ReadOptions> {
    match request {
        Request::Query(query) => Some(&mut query.options),
        Request::Scan(scan) => Some(&mut scan.options),
        _ => None,
    }
}

/// Who asks what it costs gets the page of who does not ask.
fn without_capacity(request: &Arc<Request>, asked: ReturnCapacity) -> Arc<Request> {
    if asked == ReturnCapacity::None {
        return Arc::clone(request);
    }
    let mut request = Request::clone(request);
    if let Some(options) = options_of(&mut request) {
        options.capacity = ReturnCapacity::None;
    }
    Arc::new(request)
}

fn page_bytes(page: &PageOutput) -> usize {
    let items = page
        .items
        .as_ref()
        .map_or(0, |items| weigh::allocation(items.capacity() * size_of::<usize>()) + items.iter().map(weigh::shared_item).sum::<usize>());
    size_of::<PageOutput>() + 32 + items + page.last.as_ref().map_or(0, weigh::map)
}

/// Values of expressions are what can be large in a request; DynamoDB bounds a query's expressions to 4 KB of text, its
/// values to 2 MB.
fn request_bytes(request: &Request) -> usize {
    let Some((_, options)) = page_of(request) else { return 0 };
    let key = match request {
        Request::Query(query) => query.key_condition.as_ref().map_or(0, weigh::condition),
        _ => 0,
    };
    let paths = options.projection.as_ref().map_or(0, |paths| paths.len() * 256);
    REQUEST_BYTES + key + paths + options.filter.as_ref().map_or(0, weigh::condition) + options.start.as_ref().map_or(0, weigh::map)
}
