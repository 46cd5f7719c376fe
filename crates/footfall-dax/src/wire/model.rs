//! Requests and answers of the data plane, the same for every way in: DAX, DynamoDB JSON, the SDK's types.

use super::expr::{Condition, Projection, Update};
use super::value::{Item, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A request to DynamoDB's data plane.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Request {
    GetItem(GetItem),
    PutItem(PutItem),
    UpdateItem(UpdateItem),
    DeleteItem(DeleteItem),
    Query(Query),
    Scan(Scan),
    BatchGetItem(BatchGetItem),
    BatchWriteItem(BatchWriteItem),
    TransactGetItems(TransactGetItems),
    TransactWriteItems(TransactWriteItems),
}

/// Whether the answer tells what the request cost.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub enum ReturnCapacity {
    #[default]
    None,
    Total,
    Indexes,
}

/// What a write gives back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub enum ReturnValues {
    #[default]
    None,
    AllOld,
    UpdatedOld,
    AllNew,
    UpdatedNew,
}

/// Which attributes a query or scan gives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Select {
    AllAttributes,
    AllProjected,
    Count,
    Specific,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct GetItem {
    pub table: String,
    pub key: Item,
    pub consistent: bool,
    pub projection: Option<Projection>,
    pub capacity: ReturnCapacity,
}

/// What every write of one item has in common.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct WriteOptions {
    pub condition: Option<Condition>,
    pub return_values: ReturnValues,
    pub capacity: ReturnCapacity,
    /// `ReturnItemCollectionMetrics = SIZE`.
    pub collection_metrics: bool,
    /// `ReturnValuesOnConditionCheckFailure = ALL_OLD` (not on the DAX wire but in transactions).
    pub old_on_failure: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct PutItem {
    pub table: String,
    /// The whole item, keys included.
    pub item: Item,
    pub options: WriteOptions,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct UpdateItem {
    pub table: String,
    pub key: Item,
    pub update: Option<Update>,
    pub options: WriteOptions,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct DeleteItem {
    pub table: String,
    pub key: Item,
    pub options: WriteOptions,
}

/// What query and scan have in common.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct ReadOptions {
    pub index: Option<String>,
    pub consistent: bool,
    pub filter: Option<Condition>,
    pub projection: Option<Projection>,
    pub select: Option<Select>,
    /// 1 or more.
    pub limit: Option<i32>,
    pub start: Option<Item>,
    pub capacity: ReturnCapacity,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub struct Query {
    pub table: String,
    pub key_condition: Option<Condition>,
    /// `ScanIndexForward`.
    pub forward: bool,
    pub options: ReadOptions,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct Scan {
    pub table: String,
    /// Segment and total segments.
    pub segment: Option<(i32, i32)>,
    pub options: ReadOptions,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct BatchGetItem {
    pub tables: BTreeMap<String, KeysAndProjection>,
    pub capacity: ReturnCapacity,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct KeysAndProjection {
    pub keys: Vec<Item>,
    pub consistent: bool,
    pub projection: Option<Projection>,
}

/// One write of a batch.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum BatchWrite {
    /// The whole item, keys included.
    Put(Item),
    /// The key.
    Delete(Item),
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct BatchWriteItem {
    pub tables: BTreeMap<String, Vec<BatchWrite>>,
    pub capacity: ReturnCapacity,
    pub collection_metrics: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct TransactGetItems {
    pub gets: Vec<TransactGet>,
    pub capacity: ReturnCapacity,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct TransactGet {
    pub table: String,
    pub key: Item,
    pub projection: Option<Projection>,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
#[allow(missing_docs)]
pub struct TransactWriteItems {
    pub writes: Vec<TransactWrite>,
    pub token: Option<String>,
    pub capacity: ReturnCapacity,
    pub collection_metrics: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub struct TransactWrite {
    pub table: String,
    pub action: TransactAction,
    pub condition: Option<Condition>,
    pub old_on_failure: bool,
}

/// What one part of a transaction does.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TransactAction {
    /// Only the condition, at a key.
    Check(Item),
    /// The whole item, keys included.
    Put(Item),
    /// A key.
    Delete(Item),
    /// A key, and what changes.
    Update(Item, Update),
}

/// The answer to a request that succeeded.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Response {
    GetItem(GetItemOutput),
    /// Put, update and delete.
    Write(WriteOutput),
    /// Query and scan.
    Page(PageOutput),
    BatchGetItem(BatchGetOutput),
    BatchWriteItem(BatchWriteOutput),
    TransactGetItems(TransactGetOutput),
    TransactWriteItems(TransactWriteOutput),
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct GetItemOutput {
    /// With a projection: only what it names, nested as in the item.
    pub item: Option<Arc<Item>>,
    pub capacity: Option<Capacity>,
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct WriteOutput {
    pub attributes: Option<Item>,
    pub capacity: Option<Capacity>,
    pub collection: Option<CollectionMetrics>,
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct PageOutput {
    /// `None` for `Select = COUNT`.
    pub items: Option<Vec<Arc<Item>>>,
    pub count: i32,
    pub scanned: i32,
    pub last: Option<Item>,
    pub capacity: Option<Capacity>,
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct BatchGetOutput {
    pub items: BTreeMap<String, Vec<Arc<Item>>>,
    pub unprocessed: BTreeMap<String, KeysAndProjection>,
    pub capacity: Vec<Capacity>,
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct BatchWriteOutput {
    pub unprocessed: BTreeMap<String, Vec<BatchWrite>>,
    pub capacity: Vec<Capacity>,
    pub collections: BTreeMap<String, Vec<CollectionMetrics>>,
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct TransactGetOutput {
    /// One for each get.
    pub items: Vec<Option<Item>>,
    pub capacity: Vec<Capacity>,
}

#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct TransactWriteOutput {
    pub capacity: Vec<Capacity>,
    pub collections: BTreeMap<String, Vec<CollectionMetrics>>,
}

/// What a request cost, in capacity units.
#[derive(Clone, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct Capacity {
    pub table_name: String,
    pub total: Units,
    pub table: Option<Units>,
    pub local_indexes: BTreeMap<String, Units>,
    pub global_indexes: BTreeMap<String, Units>,
}

/// Capacity units: in all, and of reads and writes where the answer tells them apart (transactions).
#[derive(Clone, Copy, PartialEq, Default, Debug)]
#[allow(missing_docs)]
pub struct Units {
    pub all: f64,
    pub read: Option<f64>,
    pub write: Option<f64>,
}

/// The size of an item collection.
#[derive(Clone, PartialEq, Debug)]
pub struct CollectionMetrics {
    /// Name and value of the partition key.
    pub key: (String, Value),
    /// From, to, in gigabytes.
    pub size_gb: (f64, f64),
}
