//! Anything the protocol can carry.

use crate::world::{TABLES, schema};
use footfall_dax::wire::expr::{Path, PathElement, project};
use footfall_dax::wire::model::{Capacity, CollectionMetrics, Units};
use footfall_dax::wire::number::Number;
use footfall_dax::wire::value::{Item, KeyType, Value};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

pub fn number() -> impl Strategy<Value = Number> {
    let scaled =
        (any::<u128>(), 0..=38_u32, any::<bool>(), -168..=125_i64).prop_filter_map("out of range", |(bits, digits, negative, exponent)| {
            let mantissa = (bits % 10_u128.pow(digits)) as i128;
            Number::new(if negative { -mantissa } else { mantissa }, exponent).ok()
        });
    prop_oneof![3 => scaled, 1 => any::<i64>().prop_map(Number::from), 1 => (-200..200_i64).prop_map(Number::from)]
}

pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-z]{0,6}", 1 => "\\PC{0,12}", 1 => "[a-z]{250,260}"]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[a-e]", 2 => "[a-e.#\\[\\]]{1,3}", 1 => "\\PC{1,3}"]
}

fn bytes() -> impl Strategy<Value = bytes::Bytes> {
    vec(any::<u8>(), 0..12).prop_map(Into::into)
}

pub fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => text().prop_map(Value::S),
        4 => number().prop_map(Value::N),
        1 => bytes().prop_map(Value::B),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Null),
        1 => vec(text(), 1..4).prop_map(Value::Ss),
        1 => vec(number(), 1..4).prop_map(Value::Ns),
        1 => vec(bytes(), 1..4).prop_map(Value::Bs),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![vec(inner.clone(), 0..5).prop_map(Value::L), btree_map(name(), inner, 0..5).prop_map(Value::M)]
    })
}

pub fn table() -> impl Strategy<Value = String> {
    (0..TABLES.len()).prop_map(|index| TABLES[index].to_owned())
}

pub fn attributes() -> impl Strategy<Value = Item> {
    btree_map(name(), value(), 0..6)
}

/// The key of an item of a table.
pub fn key(table: &str) -> BoxedStrategy<Item> {
    let schema = schema(table).expect("a table of the world");
    let part = |(name, kind): (String, KeyType)| {
        let value = match kind {
            KeyType::S => text().prop_map(Value::S).boxed(),
            KeyType::N => number().prop_map(Value::N).boxed(),
            KeyType::B => bytes().prop_map(Value::B).boxed(),
        };
        value.prop_map(move |value| (name.clone(), value)).boxed()
    };
    let parts: Vec<_> = [Some(schema.hash), schema.range].into_iter().flatten().map(part).collect();
    parts.prop_map(|parts| parts.into_iter().collect()).boxed()
}

/// An item of a table, its key included.
pub fn item(table: &str) -> BoxedStrategy<Item> {
    (attributes(), key(table))
        .prop_map(|(mut item, key)| {
            item.extend(key);
            item
        })
        .boxed()
}

/// A projection as DynamoDB lets it through (paths do not overlap), and items with only what it names.
pub fn projected(table: &str) -> BoxedStrategy<(Vec<Path>, Vec<Item>)> {
    let items = vec(item(table), 1..4);
    // Each seed walks into one of the items, so that most paths meet something.
    let walks = vec((any::<usize>(), vec(0..6_usize, 1..4)), 1..8);
    (items, walks)
        .prop_map(|(items, walks)| {
            let mut paths: Vec<Path> = Vec::new();
            for (which, steps) in walks {
                let path = walk(&items[which % items.len()], &steps);
                if !paths.iter().any(|other| overlap(other, &path)) {
                    paths.push(path);
                }
            }
            let projected = items.iter().map(|item| project(item, &paths)).collect();
            (paths, projected)
        })
        .boxed()
}

fn walk(item: &Item, steps: &[usize]) -> Path {
    let (first, mut value) = item.iter().nth(steps[0] % item.len()).expect("an item has its key");
    let mut path = vec![PathElement::Name(first.clone())];
    for step in &steps[1..] {
        value = match value {
            Value::M(map) if !map.is_empty() => {
                let (name, value) = map.iter().nth(step % map.len()).expect("not empty");
                path.push(PathElement::Name(name.clone()));
                value
            }
            Value::L(list) => {
                path.push(PathElement::Index(*step as u32));
                match list.get(*step) {
                    Some(value) => value,
                    None => break,
                }
            }
            _ => break,
        };
    }
    Path(path)
}

/// Whether one path is the beginning of the other, or they ask for a map and a list in one place.
fn overlap(one: &Path, other: &Path) -> bool {
    for (a, b) in one.0.iter().zip(&other.0) {
        if std::mem::discriminant(a) != std::mem::discriminant(b) {
            return true;
        }
        if a != b {
            return false;
        }
    }
    true
}

fn units() -> impl Strategy<Value = f64> {
    (0..10_000_u32).prop_map(|halves| f64::from(halves) / 2.0)
}

/// What a plain request cost: reads and writes are not told apart.
pub fn capacity() -> impl Strategy<Value = Capacity> {
    let plain = || units().prop_map(|all| Units { all, read: None, write: None });
    capacity_of(plain().boxed())
}

/// What a transaction cost.
pub fn transaction_capacity() -> impl Strategy<Value = Capacity> {
    let units = (units(), proptest::option::of(units()), proptest::option::of(units()));
    capacity_of(units.prop_map(|(all, read, write)| Units { all, read, write }).boxed())
}

fn capacity_of(units: BoxedStrategy<Units>) -> impl Strategy<Value = Capacity> {
    let indexes = || btree_map(text(), units.clone(), 0..3);
    (text(), units.clone(), proptest::option::of(units.clone()), indexes(), indexes()).prop_map(
        |(table_name, total, table, local_indexes, global_indexes)| Capacity { table_name, total, table, local_indexes, global_indexes },
    )
}

pub fn collection(table: &str) -> BoxedStrategy<CollectionMetrics> {
    let hash = schema(table).expect("a table of the world").hash.0;
    (key(table), units(), units())
        .prop_map(move |(key, from, to)| CollectionMetrics { key: (hash.clone(), key[&hash].clone()), size_gb: (from, to) })
        .boxed()
}
