//! Requests of all kinds, such as DynamoDB might be sent.

use bytes::Bytes;
use footfall_dax::wire::expr::*;
use footfall_dax::wire::model::*;
use footfall_dax::wire::number::Number;
use footfall_dax::wire::value::{Item, Value};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Names of attributes: plain, reserved, and such as only `#name` can write.
pub fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,3}",
        1 => Just("status".to_owned()),
        1 => "[a-z]\\.[a-z]",
        1 => "\\PC{1,4}",
    ]
}

pub fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i32>().prop_map(|whole| Number::new(i128::from(whole), 0).expect("it is small")),
        (any::<i64>(), -140_i64..120)
            .prop_filter_map("not one of DynamoDB's", |(mantissa, exponent)| { Number::new(i128::from(mantissa), exponent).ok() }),
    ]
}

pub fn value() -> BoxedStrategy<Value> {
    let scalar = prop_oneof![
        "\\PC{0,8}".prop_map(Value::S),
        number().prop_map(Value::N),
        bytes().prop_map(Value::B),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        vec("[a-z]{1,3}", 1..4).prop_map(Value::Ss),
        vec(number(), 1..4).prop_map(Value::Ns),
        vec(bytes(), 1..4).prop_map(Value::Bs),
    ];
    scalar
        .prop_recursive(3, 12, 3, |inner| {
            prop_oneof![vec(inner.clone(), 0..3).prop_map(Value::L), btree_map(name(), inner, 0..3).prop_map(Value::M)]
        })
        .boxed()
}

fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..8).prop_map(Bytes::from)
}

pub fn path() -> BoxedStrategy<Path> {
    let element = prop_oneof![name().prop_map(PathElement::Name), (0_u32..300).prop_map(PathElement::Index)];
    (name(), vec(element, 0..3)).prop_map(|(first, rest)| Path(std::iter::once(PathElement::Name(first)).chain(rest).collect())).boxed()
}

fn path_operand() -> impl Strategy<Value = Operand> {
    path().prop_map(Operand::Path)
}

fn value_operand() -> impl Strategy<Value = Operand> {
    value().prop_map(Operand::Value)
}

fn size() -> impl Strategy<Value = Operand> {
    prop_oneof![path_operand(), value_operand()].prop_map(|of| Operand::Size(Box::new(of)))
}

fn comparator() -> impl Strategy<Value = Comparator> {
    prop_oneof![
        Just(Comparator::Eq),
        Just(Comparator::Ne),
        Just(Comparator::Lt),
        Just(Comparator::Ge),
        Just(Comparator::Gt),
        Just(Comparator::Le)
    ]
}

/// Two operands that are not one path: DynamoDB refuses that.
fn pair() -> impl Strategy<Value = (Operand, Operand)> {
    let left = prop_oneof![4 => path_operand(), 1 => size(), 1 => value_operand()];
    let right = prop_oneof![3 => value_operand(), 1 => path_operand(), 1 => size()];
    (left, right).prop_filter("one path twice", |(a, b)| a != b)
}

fn bounds() -> impl Strategy<Value = (Operand, Operand)> {
    (number(), number()).prop_map(|(a, b)| (Operand::Value(Value::N(a.min(b))), Operand::Value(Value::N(a.max(b)))))
}

pub fn condition() -> BoxedStrategy<Condition> {
    let leaf = prop_oneof![
        (comparator(), pair()).prop_map(|(comparator, (a, b))| Condition::Compare(comparator, a, b)),
        (path_operand(), bounds()).prop_map(|(a, (low, high))| Condition::Between(a, low, high)),
        (path_operand(), vec(value_operand(), 1..4)).prop_map(|(a, choices)| Condition::In(a, choices)),
        path().prop_map(Condition::Exists),
        path().prop_map(Condition::NotExists),
        pair().prop_map(|(a, kind)| Condition::Type(a, kind)),
        pair().prop_map(|(a, b)| Condition::BeginsWith(a, b)),
        pair().prop_map(|(a, b)| Condition::Contains(a, b)),
    ];
    leaf.prop_recursive(4, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Condition::and),
            vec(inner.clone(), 2..4).prop_map(Condition::or),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

fn assigned() -> BoxedStrategy<Operand> {
    let simple = prop_oneof![path_operand(), value_operand()]
        .prop_recursive(2, 4, 1, |inner| (path(), inner).prop_map(|(path, other)| Operand::IfNotExists(path, Box::new(other))));
    let two = (simple.clone(), simple.clone()).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
    prop_oneof![
        3 => simple,
        1 => two.clone().prop_map(|(a, b)| Operand::ListAppend(a, b)),
        1 => two.clone().prop_map(|(a, b)| Operand::Plus(a, b)),
        1 => two.prop_map(|(a, b)| Operand::Minus(a, b)),
    ]
    .boxed()
}

/// Actions on attributes of their own (`0…`, `1…`), section by section.
pub fn update() -> BoxedStrategy<Update> {
    let action = prop_oneof![
        3 => (path(), assigned()).prop_map(|(path, operand)| Action::Set(path, operand)),
        1 => path().prop_map(Action::Remove),
        1 => (path(), value_operand()).prop_map(|(path, operand)| Action::Add(path, operand)),
        1 => (path(), value_operand()).prop_map(|(path, operand)| Action::Delete(path, operand)),
    ];
    vec(action, 1..5)
        .prop_map(|mut actions| {
            actions.sort_by_key(|action| match action {
                Action::Set(..) => 0,
                Action::Remove(_) => 1,
                Action::Add(..) => 2,
                Action::Delete(..) => 3,
            });
            for (at, action) in actions.iter_mut().enumerate() {
                let (Action::Set(path, _) | Action::Remove(path) | Action::Add(path, _) | Action::Delete(path, _)) = action;
                lead(path, at);
            }
            actions
        })
        .boxed()
}

/// Paths into attributes of their own.
pub fn projection() -> BoxedStrategy<Projection> {
    vec(path(), 1..5)
        .prop_map(|mut paths| {
            paths.iter_mut().enumerate().for_each(|(at, path)| lead(path, at));
            paths
        })
        .boxed()
}

/// Begins a path with an attribute no other of its request has.
fn lead(path: &mut Path, at: usize) {
    if let Some(PathElement::Name(first)) = path.0.first_mut() {
        *first = format!("{at}{first}");
    }
}

pub fn item() -> BoxedStrategy<Item> {
    btree_map(name().prop_map(|name| format!("a{name}")), value(), 0..4).boxed()
}

/// A table of [`super::known_tables`], and a key of it.
fn table_and_key() -> BoxedStrategy<(String, Item)> {
    let composite = ("[a-z]{1,8}", number())
        .prop_map(|(pk, sk)| ("agg".to_owned(), Item::from([("pk".to_owned(), Value::S(pk)), ("sk".to_owned(), Value::N(sk))])));
    let simple = vec(any::<u8>(), 1..8).prop_map(|pk| ("hash".to_owned(), Item::from([("pk".to_owned(), Value::B(Bytes::from(pk)))])));
    prop_oneof![composite, simple].boxed()
}

fn table_and_item() -> BoxedStrategy<(String, Item)> {
    (table_and_key(), item())
        .prop_map(|((table, mut key), mut item)| {
            item.append(&mut key);
            (table, item)
        })
        .boxed()
}

fn capacity() -> impl Strategy<Value = ReturnCapacity> {
    prop_oneof![Just(ReturnCapacity::None), Just(ReturnCapacity::Total), Just(ReturnCapacity::Indexes)]
}

fn write_options() -> BoxedStrategy<WriteOptions> {
    let values = prop_oneof![
        Just(ReturnValues::None),
        Just(ReturnValues::AllOld),
        Just(ReturnValues::UpdatedOld),
        Just(ReturnValues::AllNew),
        Just(ReturnValues::UpdatedNew)
    ];
    (option::of(condition()), values, capacity(), any::<bool>())
        .prop_map(|(condition, return_values, capacity, collection_metrics)| WriteOptions {
            condition,
            return_values,
            capacity,
            collection_metrics,
            old_on_failure: false,
        })
        .boxed()
}

fn read_options(start: Option<Item>) -> BoxedStrategy<ReadOptions> {
    let select = prop_oneof![Just(Select::AllAttributes), Just(Select::AllProjected), Just(Select::Count), Just(Select::Specific)];
    (
        option::of("[a-z]{3,5}"),
        any::<bool>(),
        option::of(condition()),
        option::of(projection()),
        option::of(select),
        option::of(1..i32::MAX),
        any::<bool>(),
        capacity(),
    )
        .prop_map(move |(index, consistent, filter, projection, select, limit, started, capacity)| ReadOptions {
            index,
            consistent,
            filter,
            projection,
            select,
            limit,
            start: if started { start.clone() } else { None },
            capacity,
        })
        .boxed()
}

fn query_or_scan() -> BoxedStrategy<Request> {
    table_and_key()
        .prop_flat_map(|(table, start)| {
            let scanned = table.clone();
            prop_oneof![
                (option::of(condition()), any::<bool>(), read_options(Some(start.clone()))).prop_map(
                    move |(key_condition, forward, options)| {
                        Request::Query(Query { table: table.clone(), key_condition, forward, options })
                    }
                ),
                (option::of((0..10, 10..20)), read_options(Some(start)))
                    .prop_map(move |(segment, options)| { Request::Scan(Scan { table: scanned.clone(), segment, options }) }),
            ]
        })
        .boxed()
}

fn one_of_transaction() -> BoxedStrategy<TransactWrite> {
    let action = prop_oneof![
        table_and_key().prop_map(|(table, key)| (table, TransactAction::Check(key))),
        table_and_item().prop_map(|(table, item)| (table, TransactAction::Put(item))),
        table_and_key().prop_map(|(table, key)| (table, TransactAction::Delete(key))),
        (table_and_key(), update()).prop_map(|((table, key), update)| (table, TransactAction::Update(key, update))),
    ];
    (action, option::of(condition()), any::<bool>())
        .prop_map(|((table, action), condition, old_on_failure)| TransactWrite { table, action, condition, old_on_failure })
        .boxed()
}

fn batches() -> BoxedStrategy<Request> {
    let gets = (vec(table_and_key(), 1..5), any::<bool>(), option::of(projection()), capacity());
    let get = gets.prop_map(|(keys, consistent, projection, capacity)| {
        let mut batch = BatchGetItem { capacity, ..Default::default() };
        for (table, key) in keys {
            let of_table = batch.tables.entry(table).or_default();
            *of_table = KeysAndProjection { consistent, projection: projection.clone(), keys: std::mem::take(&mut of_table.keys) };
            of_table.keys.push(key);
        }
        Request::BatchGetItem(batch)
    });
    let write = prop_oneof![
        table_and_item().prop_map(|(table, item)| (table, BatchWrite::Put(item))),
        table_and_key().prop_map(|(table, key)| (table, BatchWrite::Delete(key))),
    ];
    let write = (vec(write, 1..5), capacity(), any::<bool>()).prop_map(|(writes, capacity, collection_metrics)| {
        let mut batch = BatchWriteItem { capacity, collection_metrics, ..Default::default() };
        for (table, write) in writes {
            batch.tables.entry(table).or_default().push(write);
        }
        Request::BatchWriteItem(batch)
    });
    prop_oneof![get, write].boxed()
}

fn transactions() -> BoxedStrategy<Request> {
    let get = (table_and_key(), option::of(projection())).prop_map(|((table, key), projection)| TransactGet { table, key, projection });
    prop_oneof![
        (vec(get, 1..4), capacity()).prop_map(|(gets, capacity)| Request::TransactGetItems(TransactGetItems { gets, capacity })),
        (vec(one_of_transaction(), 1..4), option::of("[a-z0-9]{1,8}"), capacity(), any::<bool>()).prop_map(
            |(writes, token, capacity, collection_metrics)| {
                Request::TransactWriteItems(TransactWriteItems { writes, token, capacity, collection_metrics })
            }
        ),
    ]
    .boxed()
}

/// Any request that both the wire and JSON can say.
pub fn request() -> BoxedStrategy<Request> {
    let get = (table_and_key(), any::<bool>(), option::of(projection()), capacity()).prop_map(
        |((table, key), consistent, projection, capacity)| Request::GetItem(GetItem { table, key, consistent, projection, capacity }),
    );
    let put = (table_and_item(), write_options()).prop_map(|((table, item), options)| Request::PutItem(PutItem { table, item, options }));
    let update = (table_and_key(), option::of(update()), write_options())
        .prop_map(|((table, key), update, options)| Request::UpdateItem(UpdateItem { table, key, update, options }));
    let delete =
        (table_and_key(), write_options()).prop_map(|((table, key), options)| Request::DeleteItem(DeleteItem { table, key, options }));
    prop_oneof![get, put, update, delete, query_or_scan(), query_or_scan(), batches(), transactions()].boxed()
}
