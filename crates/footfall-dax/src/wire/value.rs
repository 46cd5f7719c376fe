//! Values of attributes.

use super::number::Number;
use bytes::Bytes;
use std::collections::BTreeMap;

/// An item: its attributes by name, in code-point order of names.
pub type Item = BTreeMap<String, Value>;

/// A value of an attribute, of any of DynamoDB's types.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    /// A text.
    S(String),
    /// A decimal number of up to 38 digits.
    N(Number),
    /// Bytes.
    B(Bytes),
    /// True or false.
    Bool(bool),
    /// Null.
    Null,
    /// A set of texts, in the order given.
    Ss(Vec<String>),
    /// A set of numbers, in the order given.
    Ns(Vec<Number>),
    /// A set of byte strings, in the order given.
    Bs(Vec<Bytes>),
    /// A list.
    L(Vec<Value>),
    /// A map.
    M(BTreeMap<String, Value>),
}

/// The types a key attribute can have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyType {
    /// A text.
    S,
    /// A number.
    N,
    /// Bytes.
    B,
}

/// The key schema of a table.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct KeySchema {
    /// Name and type of the partition key.
    pub hash: (String, KeyType),
    /// Name and type of the sort key.
    pub range: Option<(String, KeyType)>,
}
