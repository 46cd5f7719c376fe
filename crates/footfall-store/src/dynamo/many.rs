//! Calls over many items: pages of a query, batches of reads and writes, their unprocessed rest.

use super::item::{Item, Name, text};
use super::stats::{Counters, Kind};
use super::table::{Expression, Table};
use crate::StoreError;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, ReturnConsumedCapacity, WriteRequest};
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::{BTreeSet, HashMap};

/// DynamoDB takes no more in one call.
pub(super) const GETS: usize = 100;
const WRITES: usize = 25;
/// Calls of one batch that are under way at once.
const AT_ONCE: usize = 4;
/// Times again of a batch of which nothing was processed.
const FRUITLESS: u32 = 10;

/// Which items of a partition.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub pk: String,
    /// First and last sort key, both included; `None`: all.
    pub sks: Option<(String, String)>,
    /// Of what is read; the cost stays the same.
    pub projection: Option<&'static str>,
    pub filter: Option<Expression>,
}

impl Range {
    pub fn all(pk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sks: None, projection: None, filter: None }
    }

    pub fn between(pk: impl Into<String>, from: impl Into<String>, through: impl Into<String>) -> Self {
        Self { sks: Some((from.into(), through.into())), ..Self::all(pk) }
    }
}

/// From which end a range is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Forward,
    Backward,
}

/// Items of a page when only the first of some kind is wanted: the row of a day, and its totals.
const FEW: i32 = 2;

impl Table {
    /// Items of a partition in order, all pages of them.
    pub async fn query(&self, kind: Kind, range: &Range, consistent: bool) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let call = self.page(range).consistent_read(consistent).set_exclusive_start_key(start);
            let (page, last) = self.ask(kind, call).await?;
            items.extend(page);
            if last.is_none() {
                return Ok(items);
            }
            start = last;
        }
    }

    /// The first item of which `wanted` makes something, read consistently.
    pub async fn first<T>(
        &self,
        kind: Kind,
        range: &Range,
        order: Order,
        wanted: impl Fn(&Item) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut start = None;
        loop {
            let call = self.page(range).consistent_read(true).set_exclusive_start_key(start);
            let (page, last) = self.ask(kind, call.limit(FEW).scan_index_forward(order == Order::Forward)).await?;
            for item in &page {
                if let Some(found) = wanted(item)? {
                    return Ok(Some(found));
                }
            }
            if last.is_none() {
                return Ok(None);
            }
            start = last;
        }
    }

    /// The last items of a partition, the last first, read consistently; at most `limit`.
    pub async fn last(&self, kind: Kind, range: &Range, limit: usize) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        while items.len() < limit {
            let left = i32::try_from(limit - items.len()).unwrap_or(i32::MAX);
            let call = self.page(range).consistent_read(true).set_exclusive_start_key(start).scan_index_forward(false).limit(left);
            let (page, last) = self.ask(kind, call).await?;
            items.extend(page);
            if last.is_none() {
                break;
            }
            start = last;
        }
        Ok(items)
    }

    fn page(&self, range: &Range) -> QueryFluentBuilder {
        let mut call = self.client.query().table_name(&self.name).return_consumed_capacity(ReturnConsumedCapacity::Total);
        call = call.expression_attribute_values(":pk", text(&range.pk)).set_projection_expression(range.projection.map(str::to_owned));
        call = match &range.sks {
            None => call.key_condition_expression("pk = :pk"),
            Some((from, through)) => call
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :through")
                .expression_attribute_values(":from", text(from))
                .expression_attribute_values(":through", text(through)),
        };
        if let Some(filter) = &range.filter {
            call = call.filter_expression(&filter.text);
            for (name, value) in &filter.values {
                call = call.expression_attribute_values(*name, value.clone());
            }
        }
        call
    }

    /// A page, and where the next one begins.
    async fn ask(&self, kind: Kind, call: QueryFluentBuilder) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let answer = call.send().await.map_err(|error| self.failed(&error))?;
        self.counters.read(kind, answer.consumed_capacity().and_then(|units| units.capacity_units()));
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.filter(|last| !last.is_empty())))
    }

    /// Items by name, in no order; what is not there is not in the answer.
    pub async fn get_many(&self, kind: Kind, names: &[Name], consistent: bool) -> Result<HashMap<Name, Item>, StoreError> {
        // A name may be asked for once in a call.
        let names: Vec<&Name> = names.iter().collect::<BTreeSet<_>>().into_iter().collect();
        let batches: Vec<Vec<Item>> = names.chunks(GETS).map(|names| names.iter().map(|name| name.item()).collect()).collect();
        let answers = stream::iter(batches).map(|keys| self.get_batch(kind, keys, consistent)).buffer_unordered(AT_ONCE);
        let items: Vec<Vec<Item>> = answers.try_collect().await?;
        items.into_iter().flatten().map(|item| Ok((Name::of(&item)?, item))).collect()
    }

    async fn get_batch(&self, kind: Kind, mut keys: Vec<Item>, consistent: bool) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::with_capacity(keys.len());
        let mut fruitless = 0;
        loop {
            let asked = keys.len();
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(consistent).build();
            let wanted = wanted.map_err(|error| StoreError::Unavailable(error.to_string()))?;
            let call = self.client.batch_get_item().request_items(&self.name, wanted);
            let answer = call.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
            let answer = answer.map_err(|error| self.failed(&error))?;
            let units = answer.consumed_capacity().iter().filter_map(|units| units.capacity_units()).sum();
            self.counters.read(kind, Some(units));
            items.extend(answer.responses.unwrap_or_default().remove(&self.name).unwrap_or_default());
            let rest = answer.unprocessed_keys.unwrap_or_default().remove(&self.name);
            keys = rest.map(|rest| rest.keys).unwrap_or_default();
            if keys.is_empty() {
                return Ok(items);
            }
            self.before_next(asked, keys.len(), &mut fruitless).await?;
        }
    }

    /// Puts items, in any order, whatever is there.
    pub async fn put_many(&self, kind: Kind, items: Vec<Item>) -> Result<(), StoreError> {
        let puts = items.into_iter().map(|item| {
            let put = PutRequest::builder().set_item(Some(item)).build();
            put.map(|put| WriteRequest::builder().put_request(put).build())
        });
        let puts: Result<Vec<_>, _> = puts.collect();
        self.write_many(kind, puts.map_err(|error| StoreError::Unavailable(error.to_string()))?).await
    }

    /// Deletes items, in any order; one that is not there is no error.
    pub async fn delete_many(&self, kind: Kind, names: impl IntoIterator<Item = Name>) -> Result<(), StoreError> {
        let deletes = names.into_iter().map(|name| {
            let delete = DeleteRequest::builder().set_key(Some(name.item())).build();
            delete.map(|delete| WriteRequest::builder().delete_request(delete).build())
        });
        let deletes: Result<Vec<_>, _> = deletes.collect();
        self.write_many(kind, deletes.map_err(|error| StoreError::Unavailable(error.to_string()))?).await
    }

    async fn write_many(&self, kind: Kind, requests: Vec<WriteRequest>) -> Result<(), StoreError> {
        let batches: Vec<Vec<WriteRequest>> = requests.chunks(WRITES).map(<[_]>::to_vec).collect();
        stream::iter(batches).map(|batch| self.write_batch(kind, batch)).buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn write_batch(&self, kind: Kind, mut batch: Vec<WriteRequest>) -> Result<(), StoreError> {
        let mut fruitless = 0;
        loop {
            let sent = batch.len();
            let call = self.client.batch_write_item().request_items(&self.name, batch);
            let answer = call.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
            let answer = answer.map_err(|error| self.failed(&error))?;
            let units = answer.consumed_capacity().iter().filter_map(|units| units.capacity_units()).sum();
            self.counters.wrote(kind, Some(units));
            batch = answer.unprocessed_items.unwrap_or_default().remove(&self.name).unwrap_or_default();
            if batch.is_empty() {
                return Ok(());
            }
            self.before_next(sent, batch.len(), &mut fruitless).await?;
        }
    }

    /// Waits before the rest of a batch is sent again; not when the answer was merely too large for one call.
    async fn before_next(&self, sent: usize, left: usize, fruitless: &mut u32) -> Result<(), StoreError> {
        Counters::add(&self.counters.resent, left as u64);
        if left < sent {
            *fruitless = 0;
            return Ok(());
        }
        if *fruitless == FRUITLESS {
            return Err(StoreError::Throttled(format!("{left} entries of a batch were left unprocessed {FRUITLESS} times")));
        }
        tokio::time::sleep(self.tuning.backoff(*fruitless)).await;
        *fruitless += 1;
        Ok(())
    }
}
