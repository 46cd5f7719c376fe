//! Any answer to any request reads back as it was written.

use crate::arbitrary::{capacity, collection, item, key, projected, table, text, transaction_capacity};
use crate::world::World;
use footfall_dax::wire::Method;
use footfall_dax::wire::cbor::{Reader, Token, Writer};
use footfall_dax::wire::error::{CancellationReason, DynamoError};
use footfall_dax::wire::error_frame::encode_error;
use footfall_dax::wire::expr::Path;
use footfall_dax::wire::model::*;
use footfall_dax::wire::responses::{decode_response, encode_response, response_length};
use footfall_dax::wire::value::Item;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Items of a table, whole or as a projection leaves them.
fn items(table: &str) -> BoxedStrategy<(Option<Vec<Path>>, Vec<Item>)> {
    prop_oneof![vec(item(table), 0..4).prop_map(|items| (None, items)), projected(table).prop_map(|(paths, items)| (Some(paths), items)),]
        .boxed()
}

fn shared(items: Vec<Item>) -> Vec<Arc<Item>> {
    items.into_iter().map(Arc::new).collect()
}

/// The key of an item that is whole, or any key.
fn get() -> impl Strategy<Value = (Request, Response)> {
    table().prop_flat_map(|table| {
        let item = prop_oneof![
            1 => Just((None, None)),
            3 => item(&table).prop_map(|item| (None, Some(item))),
            3 => projected(&table).prop_map(|(paths, items)| (Some(paths), items.into_iter().next())),
        ];
        (Just(table.clone()), item, key(&table), option::of(capacity())).prop_map(|(table, (projection, item), mut key, capacity)| {
            if let (None, Some(item)) = (&projection, &item) {
                key = crate::world::schema(&table).expect("a table").key_of(item).expect("a whole item");
            }
            let request = GetItem { table, key, projection, ..GetItem::default() };
            (Request::GetItem(request), Response::GetItem(GetItemOutput { item: item.map(Arc::new), capacity }))
        })
    })
}

fn write() -> impl Strategy<Value = (Request, Response)> {
    let values = prop_oneof![
        Just(ReturnValues::None),
        Just(ReturnValues::AllOld),
        Just(ReturnValues::AllNew),
        Just(ReturnValues::UpdatedOld),
        Just(ReturnValues::UpdatedNew)
    ];
    (table(), values, 0..3_u8).prop_flat_map(|(table, return_values, kind)| {
        let parts = (item(&table), crate::arbitrary::attributes(), any::<bool>(), option::of(capacity()), option::of(collection(&table)));
        parts.prop_map(move |(item, some, given, capacity, collection)| {
            let key = crate::world::schema(&table).expect("a table").key_of(&item).expect("a whole item");
            let attributes = match return_values {
                ReturnValues::None => None,
                ReturnValues::UpdatedOld | ReturnValues::UpdatedNew => given.then_some(some),
                _ => given.then(|| item.clone()),
            };
            let (table, options) = (table.clone(), WriteOptions { return_values, ..WriteOptions::default() });
            let request = match kind {
                0 => Request::PutItem(PutItem { table, item, options }),
                1 => Request::UpdateItem(UpdateItem { table, key, update: None, options }),
                _ => Request::DeleteItem(DeleteItem { table, key, options }),
            };
            (request, Response::Write(WriteOutput { attributes, capacity, collection }))
        })
    })
}

fn page() -> impl Strategy<Value = (Request, Response)> {
    table().prop_flat_map(|table| {
        let parts = (items(&table), any::<[bool; 3]>(), option::of(key(&table)), item(&table), any::<(i32, i32)>(), option::of(capacity()));
        parts.prop_map(move |((projection, items), [query, indexed, counted], last, index_key, (count, scanned), capacity)| {
            let index = indexed.then(|| "index".to_owned());
            let last = last.map(|last| if indexed { index_key } else { last });
            let options = ReadOptions { index, projection, ..ReadOptions::default() };
            let table = table.clone();
            let request = if query {
                Request::Query(Query { table, key_condition: None, forward: true, options })
            } else {
                Request::Scan(Scan { table, segment: None, options })
            };
            let items = (!counted).then(|| shared(items));
            (request, Response::Page(PageOutput { items, count, scanned, last, capacity }))
        })
    })
}

fn batch_get() -> impl Strategy<Value = (Request, Response)> {
    let of_table = |table: String| (Just(table.clone()), items(&table), vec(key(&table), 1..4), any::<[bool; 3]>());
    (vec(table().prop_flat_map(of_table), 1..4), vec(capacity(), 0..3)).prop_map(|(tables, capacity)| {
        let (mut request, mut output) = (BatchGetItem::default(), BatchGetOutput { capacity, ..BatchGetOutput::default() });
        for (table, (projection, items), keys, [consistent, answered, unprocessed]) in tables {
            // A table that was drawn twice counts once.
            if request.tables.contains_key(&table) {
                continue;
            }
            let asked = KeysAndProjection { keys, consistent, projection };
            if answered {
                output.items.insert(table.clone(), shared(items));
            }
            if unprocessed {
                output.unprocessed.insert(table.clone(), asked.clone());
            }
            request.tables.insert(table, asked);
        }
        (Request::BatchGetItem(request), Response::BatchGetItem(output))
    })
}

fn collections() -> impl Strategy<Value = BTreeMap<String, Vec<CollectionMetrics>>> {
    vec(table().prop_flat_map(|table| (Just(table.clone()), vec(collection(&table), 0..3))), 0..3).prop_map(|all| all.into_iter().collect())
}

fn batch_write() -> impl Strategy<Value = (Request, Response)> {
    let of_table = |table: String| {
        let write = prop_oneof![item(&table).prop_map(BatchWrite::Put), key(&table).prop_map(BatchWrite::Delete)];
        (Just(table), vec(write, 0..4))
    };
    (vec(table().prop_flat_map(of_table), 0..4), vec(capacity(), 0..3), collections()).prop_map(|(unprocessed, capacity, collections)| {
        let output = BatchWriteOutput { unprocessed: unprocessed.into_iter().collect(), capacity, collections };
        (Request::BatchWriteItem(BatchWriteItem::default()), Response::BatchWriteItem(output))
    })
}

fn transact_get() -> impl Strategy<Value = (Request, Response)> {
    (vec(get(), 0..5), vec(transaction_capacity(), 0..3)).prop_map(|(gets, capacity)| {
        let (mut request, mut output) = (TransactGetItems::default(), TransactGetOutput { capacity, ..TransactGetOutput::default() });
        for get in gets {
            let (Request::GetItem(get), Response::GetItem(got)) = get else { unreachable!("a get") };
            request.gets.push(TransactGet { table: get.table, key: get.key, projection: get.projection });
            output.items.push(got.item.map(Arc::unwrap_or_clone));
        }
        (Request::TransactGetItems(request), Response::TransactGetItems(output))
    })
}

fn transact_write() -> impl Strategy<Value = (Request, Response)> {
    (vec(transaction_capacity(), 0..3), collections()).prop_map(|(capacity, collections)| {
        let output = TransactWriteOutput { capacity, collections };
        (Request::TransactWriteItems(TransactWriteItems::default()), Response::TransactWriteItems(output))
    })
}

/// A transaction, and why it was cancelled.
fn cancelled() -> impl Strategy<Value = (Request, DynamoError)> {
    let one =
        table().prop_flat_map(|table| (Just(table.clone()), item(&table), 0..4_u8, option::of(text()), option::of(text()), any::<bool>()));
    (vec(one, 1..5), text()).prop_map(|(all, message)| {
        let (mut writes, mut reasons) = (Vec::new(), Vec::new());
        for (table, item, kind, code, message, with_item) in all {
            let key = crate::world::schema(&table).expect("a table").key_of(&item).expect("a whole item");
            let action = match kind {
                0 => TransactAction::Put(item.clone()),
                1 => TransactAction::Check(key),
                2 => TransactAction::Delete(key),
                _ => TransactAction::Update(key, Vec::new()),
            };
            writes.push(TransactWrite { table, action, condition: None, old_on_failure: with_item });
            reasons.push(CancellationReason { code, message, item: with_item.then_some(item) });
        }
        let error = DynamoError { reasons: Some(reasons), ..DynamoError::client("TransactionCanceledException", message) };
        (Request::TransactWriteItems(TransactWriteItems { writes, ..TransactWriteItems::default() }), error)
    })
}

proptest! {
    #[test]
    fn an_answer_reads_back((request, response) in prop_oneof![get(), write(), page(), batch_get(), batch_write(), transact_get(), transact_write()]) {
        let (world, mut to) = (World::default(), Writer::new());
        encode_response(&request, &response, &world, &mut to).expect("every list has an id");
        prop_assert_eq!(response_length(Method::of(&request), to.as_bytes()), Ok(to.len()));
        prop_assert_eq!(decode_response(&request, to.as_bytes(), &world), Ok(Ok(response)));
    }

    /// A real cluster is said to write arrays and maps without their counts.
    #[test]
    fn an_answer_without_counts_reads_alike((request, response) in prop_oneof![get(), write(), page(), batch_get(), batch_write(), transact_get(), transact_write()]) {
        let (world, mut to) = (World::default(), Writer::new());
        encode_response(&request, &response, &world, &mut to).expect("every list has an id");
        let loose = without_counts(&request, to.as_bytes());
        prop_assert_eq!(response_length(Method::of(&request), &loose), Ok(loose.len()));
        prop_assert_eq!(decode_response(&request, &loose, &world), Ok(Ok(response)));
    }

    #[test]
    fn a_cancelled_transaction_reads_back((request, error) in cancelled()) {
        let (world, mut to) = (World::default(), Writer::new());
        encode_error(&error, Some(&request), &world, &mut to).expect("every list has an id");
        prop_assert_eq!(response_length(Method::TransactWriteItems, to.as_bytes()), Ok(to.len()));
        let again = decode_response(&request, to.as_bytes(), &world).expect("what we wrote").expect_err("an error");
        prop_assert_eq!(again.error, error);
    }

    #[test]
    fn any_error_reads_back(code in text(), message in text(), status in 100..600_u16) {
        let error = DynamoError { status, ..DynamoError::client(&code, message) };
        let (world, mut to) = (World::default(), Writer::new());
        encode_error(&error, None, &world, &mut to).expect("without items no name is asked for");
        let request = Request::Scan(Scan::default());
        prop_assert_eq!(decode_response(&request, to.as_bytes(), &world).expect("what we wrote").expect_err("an error").error, error);
    }

    #[test]
    fn names_of_lists_are_kept_both_ways(lists in vec(btree_map("[a-c]{1,2}", Just(()), 0..4), 0..12)) {
        let mut known = footfall_dax::wire::names::NameLists::default();
        for list in lists {
            let names: Vec<String> = list.into_keys().collect();
            let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
            let id = footfall_dax::wire::list_id_of(&names);
            known.add(id, names.clone()).expect("the same names have the same id");
            prop_assert_eq!(known.id(&borrowed), Some(id));
            let found = known.list(id);
            prop_assert_eq!(found.as_deref(), Some(&names[..]));
        }
    }
}

#[test]
fn what_a_later_server_adds_is_passed_over() {
    let bytes = [0x80, 0xa2, 0x18, 0x63, 0x82, 0x01, 0x61, b'x', 0x0b, 0xf6];
    for request in [Request::GetItem(GetItem::default()), Request::Scan(Scan::default()), Request::DeleteItem(DeleteItem::default())] {
        assert!(matches!(decode_response(&request, &bytes, &World::default()), Ok(Ok(_))), "{request:?}");
    }
}

/// The same answer with every array and map as one that only a break ends.
fn without_counts(request: &Request, bytes: &[u8]) -> Vec<u8> {
    let (mut from, mut to) = (Reader::of_whole(bytes), Writer::new());
    loosen(&mut from, &mut to);
    if matches!(request, Request::BatchGetItem(_)) {
        // What comes here says two and is followed by three: clients look for that very byte.
        assert_eq!(from.array().map(|sequence| sequence.known()), Ok(2));
        to.array(2);
    }
    while !from.is_at_end() {
        loosen(&mut from, &mut to);
    }
    to.into_bytes()
}

fn loosen(from: &mut Reader<'_>, to: &mut Writer) {
    let (mut sequence, each) = match from.peek().expect("an item") {
        Token::Array => {
            to.raw(&[0x9f]);
            (from.array().expect("an array"), 1)
        }
        Token::Map => {
            to.begin_map();
            (from.map().expect("a map"), 2)
        }
        Token::Tag => {
            to.tag(from.tag().expect("a tag"));
            return loosen(from, to);
        }
        _ => return to.raw(from.raw_item().expect("an item")),
    };
    while from.more(&mut sequence).expect("a whole array") {
        (0..each).for_each(|_| loosen(from, to));
    }
    to.end();
}
