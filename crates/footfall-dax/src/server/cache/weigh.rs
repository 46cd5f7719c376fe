//! What values take of memory: never less than they do, so that a bound on the sum is a bound on memory.

use crate::wire::expr::{Condition, Operand, Path, PathElement};
use crate::wire::value::{Item, Value};
use std::sync::Arc;

/// Entries of a leaf of the standard library's B-tree, and the fewest a leaf has beside others.
const LEAF: usize = 11;
const LEAST_IN_LEAF: usize = 5;

/// The memory one allocation of so many bytes takes from a usual allocator: its header, and rounding.
pub(in crate::server) fn allocation(bytes: usize) -> usize {
    if bytes == 0 { 0 } else { (bytes + 8).next_multiple_of(16).max(32) }
}

/// The memory behind an `Arc<Item>`.
pub(in crate::server) fn shared_item(item: &Arc<Item>) -> usize {
    allocation(size_of::<Item>() + 2 * size_of::<usize>()) + map(item)
}

/// The heap behind an item or a map.
pub(in crate::server) fn map(map: &std::collections::BTreeMap<String, Value>) -> usize {
    let inside: usize = map.iter().map(|(name, value)| allocation(name.capacity()) + heap(value)).sum();
    nodes(map.len()) + inside
}

/// Leaves, and a twelfth (an inner node has six children or more, and pointers to them) for the nodes above.
fn nodes(entries: usize) -> usize {
    let leaf = allocation(LEAF * (size_of::<String>() + size_of::<Value>()) + 16);
    match entries {
        0 => 0,
        1..=LEAF => leaf,
        more => {
            let leaves = more.div_ceil(LEAST_IN_LEAF);
            let inner = leaf + allocation((LEAF + 1) * size_of::<usize>());
            leaves * leaf + leaves.div_ceil(LEAST_IN_LEAF) * inner
        }
    }
}

/// The heap behind a value.
pub(in crate::server) fn heap(value: &Value) -> usize {
    match value {
        Value::N(_) | Value::Bool(_) | Value::Null => 0,
        Value::S(text) => allocation(text.capacity()),
        Value::B(bytes) => binary(bytes.len()),
        Value::Ss(texts) => vector::<String>(texts.capacity()) + texts.iter().map(|text| allocation(text.capacity())).sum::<usize>(),
        Value::Ns(numbers) => vector::<crate::wire::number::Number>(numbers.capacity()),
        Value::Bs(all) => vector::<bytes::Bytes>(all.capacity()) + all.iter().map(|bytes| binary(bytes.len())).sum::<usize>(),
        Value::L(values) => vector::<Value>(values.capacity()) + values.iter().map(heap).sum::<usize>(),
        Value::M(inner) => map(inner),
    }
}

fn vector<T>(capacity: usize) -> usize {
    allocation(capacity * size_of::<T>())
}

/// The bytes and the counter `Bytes` may put beside them.
fn binary(length: usize) -> usize {
    if length == 0 { 0 } else { allocation(length) + allocation(3 * size_of::<usize>()) }
}

/// The heap behind a condition: its values and names, and generously its nodes.
pub(in crate::server) fn condition(condition: &Condition) -> usize {
    const NODE: usize = 2 * size_of::<Condition>() + 64;
    let path = |path: &Path| path.0.iter().map(|element| 64 + name_bytes(element)).sum::<usize>();
    NODE + match condition {
        Condition::Compare(_, a, b) | Condition::BeginsWith(a, b) | Condition::Contains(a, b) => operand(a) + operand(b),
        Condition::And(all) | Condition::Or(all) => all.iter().map(self::condition).sum(),
        Condition::Not(inner) => self::condition(inner),
        Condition::Between(a, low, high) => operand(a) + operand(low) + operand(high),
        Condition::In(a, all) => operand(a) + all.iter().map(operand).sum::<usize>(),
        Condition::Exists(at) | Condition::NotExists(at) => path(at),
        Condition::Type(at, kind) => operand(at) + operand(kind),
    }
}

fn operand(operand: &Operand) -> usize {
    const NODE: usize = 2 * size_of::<Operand>();
    NODE + match operand {
        Operand::Path(path) => path.0.iter().map(|element| 64 + name_bytes(element)).sum(),
        Operand::Value(value) => heap(value),
        Operand::Size(of) => self::operand(of),
        Operand::IfNotExists(path, inner) => path.0.len() * 64 + self::operand(inner),
        Operand::ListAppend(a, b) | Operand::Plus(a, b) | Operand::Minus(a, b) => self::operand(a) + self::operand(b),
    }
}

fn name_bytes(element: &PathElement) -> usize {
    match element {
        PathElement::Name(name) => allocation(name.capacity()),
        PathElement::Index(_) => 0,
    }
}

/// The longest an item's attributes can be on the DAX wire.
pub(in crate::server) fn on_wire(item: &Item) -> usize {
    16 + item.values().map(value_on_wire).sum::<usize>()
}

fn value_on_wire(value: &Value) -> usize {
    // A head is nine bytes at most; a number: tag, array, exponent, and a mantissa of 16 bytes in a tagged string.
    const HEAD: usize = 9;
    const NUMBER: usize = 32;
    match value {
        Value::N(_) => NUMBER,
        Value::Bool(_) | Value::Null => 1,
        Value::S(text) => HEAD + text.len(),
        Value::B(bytes) => HEAD + bytes.len(),
        Value::Ss(texts) => 2 * HEAD + texts.iter().map(|text| HEAD + text.len()).sum::<usize>(),
        Value::Ns(numbers) => 2 * HEAD + numbers.len() * NUMBER,
        Value::Bs(all) => 2 * HEAD + all.iter().map(|bytes| HEAD + bytes.len()).sum::<usize>(),
        Value::L(values) => HEAD + values.iter().map(value_on_wire).sum::<usize>(),
        Value::M(map) => HEAD + map.iter().map(|(name, value)| HEAD + name.len() + value_on_wire(value)).sum::<usize>(),
    }
}
