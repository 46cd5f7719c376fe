//! Tables that tests know, and attribute lists that get their ids when they are first asked for.

use footfall_dax::wire::expr::{Path, PathElement};
use footfall_dax::wire::model::{
    BatchGetItem, BatchWriteItem, DeleteItem, GetItem, KeysAndProjection, PutItem, Query, ReadOptions, Request, ReturnValues, Scan,
    TransactAction, TransactGet, TransactGetItems, TransactWrite, TransactWriteItems, UpdateItem, WriteOptions,
};
use footfall_dax::wire::names::NameLists;
use footfall_dax::wire::value::{Item, KeySchema, KeyType, Value};
use footfall_dax::wire::{Names, list_id_of};
use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

/// Names without an end: every list has the id a server would give it.
#[derive(Default)]
pub struct World {
    lists: RefCell<NameLists>,
}

/// One table for each form of a key.
pub const TABLES: [&str; 6] = ["agg", "gsi-like", "numbers", "plain", "bytes", "single-bytes"];

pub fn schema(table: &str) -> Option<KeySchema> {
    use KeyType::{B, N, S};
    let part = |name: &str, kind| (name.to_owned(), kind);
    let schema = |hash, range: Option<(String, KeyType)>| Some(KeySchema { hash, range });
    match table {
        "agg" => schema(part("pk", S), Some(part("sk", N))),
        "gsi-like" => schema(part("pk", N), Some(part("sk", S))),
        "numbers" => schema(part("pk", N), None),
        "plain" => schema(part("pk", S), None),
        "bytes" => schema(part("pk", B), Some(part("sk", B))),
        "single-bytes" => schema(part("pk", B), None),
        _ => None,
    }
}

impl World {
    pub fn with_list(self, id: u64, names: &[&str]) -> Self {
        self.lists.borrow_mut().add(id, names.iter().map(|name| (*name).to_owned()).collect()).expect("a new list");
        self
    }
}

impl Names for World {
    fn key_schema(&self, table: &str) -> Option<Arc<KeySchema>> {
        schema(table).map(Arc::new)
    }

    fn list_id(&self, names: &[&str]) -> Option<u64> {
        let known = self.lists.borrow().id(names);
        if known.is_none() {
            let id = list_id_of(names);
            self.lists.borrow_mut().add(id, names.iter().map(|name| (*name).to_owned()).collect()).expect("no collision");
            return Some(id);
        }
        known
    }

    fn list(&self, id: u64) -> Option<Arc<[String]>> {
        self.lists.borrow().list(id)
    }
}

/// The names of the captures.
pub struct Captured;

impl Names for Captured {
    fn key_schema(&self, table: &str) -> Option<Arc<KeySchema>> {
        // The captures' tables all have the same key.
        schema(table).or_else(|| schema("agg")).map(Arc::new)
    }

    fn list_id(&self, names: &[&str]) -> Option<u64> {
        match names {
            ["alpha", "beta"] => Some(2),
            ["B", "b", "e", "x", "y", "z"] => Some(3),
            _ => None,
        }
    }

    fn list(&self, id: u64) -> Option<Arc<[String]>> {
        let names: &[&str] = match id {
            2 | 0x0010_0000_0000_3039 => &["alpha", "beta"],
            3 => &["B", "b", "e", "x", "y", "z"],
            _ => return None,
        };
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }
}

/// Requests to which the captured answers, and others, can be answers; by name.
pub fn captured_requests() -> &'static [(&'static str, Request)] {
    static REQUESTS: LazyLock<Vec<(&'static str, Request)>> = LazyLock::new(make_requests);
    &REQUESTS
}

pub fn captured_request(name: &str) -> &'static Request {
    let named = captured_requests().iter().find(|(other, _)| *other == name);
    &named.expect("a request of this name").1
}

pub fn agg_key() -> Item {
    Item::from([("pk".to_owned(), Value::S("u#1".into())), ("sk".to_owned(), Value::N(42.into()))])
}

pub fn agg_item() -> Item {
    let mut item = agg_key();
    item.extend([("alpha".to_owned(), Value::S("hi".into())), ("beta".to_owned(), Value::N(7.into()))]);
    item
}

fn make_requests() -> Vec<(&'static str, Request)> {
    let table = || "agg".to_owned();
    let name = |name: &str| PathElement::Name(name.to_owned());
    let projection =
        || Some(vec![Path(vec![name("alpha")]), Path(vec![name("m"), name("y.z"), PathElement::Index(3)]), Path(vec![name("beta")])]);
    let get = GetItem { table: table(), key: agg_key(), ..GetItem::default() };
    let write = |return_values| WriteOptions { return_values, ..WriteOptions::default() };
    let query = |options| Query { table: table(), key_condition: None, forward: true, options };
    let keys = |projection| KeysAndProjection { keys: vec![agg_key()], consistent: false, projection };
    let batch = |projection| BatchGetItem { tables: [(table(), keys(projection))].into(), ..BatchGetItem::default() };
    let transact_get = |projection| TransactGet { table: table(), key: agg_key(), projection };
    let transact = |action| TransactWrite { table: table(), action, condition: None, old_on_failure: true };
    vec![
        ("get", Request::GetItem(get.clone())),
        ("get-projected", Request::GetItem(GetItem { projection: projection(), ..get })),
        ("put", Request::PutItem(PutItem { table: table(), item: agg_item(), options: write(ReturnValues::AllOld) })),
        ("update", Request::UpdateItem(UpdateItem { table: table(), key: agg_key(), update: None, options: write(ReturnValues::AllNew) })),
        (
            "update-updated",
            Request::UpdateItem(UpdateItem { table: table(), key: agg_key(), update: None, options: write(ReturnValues::UpdatedNew) }),
        ),
        ("delete", Request::DeleteItem(DeleteItem { table: table(), key: agg_key(), options: write(ReturnValues::AllOld) })),
        ("query", Request::Query(query(ReadOptions::default()))),
        ("query-index", Request::Query(query(ReadOptions { index: Some("gsi".into()), ..ReadOptions::default() }))),
        ("query-projected", Request::Query(query(ReadOptions { projection: projection(), ..ReadOptions::default() }))),
        ("scan", Request::Scan(Scan { table: table(), ..Scan::default() })),
        ("batch-get", Request::BatchGetItem(batch(None))),
        ("batch-get-projected", Request::BatchGetItem(batch(projection()))),
        ("batch-write", Request::BatchWriteItem(BatchWriteItem::default())),
        (
            "transact-get",
            Request::TransactGetItems(TransactGetItems {
                gets: vec![transact_get(None), transact_get(projection())],
                ..TransactGetItems::default()
            }),
        ),
        (
            "transact-write",
            Request::TransactWriteItems(TransactWriteItems {
                writes: vec![transact(TransactAction::Put(agg_item())), transact(TransactAction::Check(agg_key()))],
                ..TransactWriteItems::default()
            }),
        ),
    ]
}
