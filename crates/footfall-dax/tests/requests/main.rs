//! Requests: on DAX's wire, as DynamoDB's JSON, and the expressions in both.

mod arbitrary;
mod captures;
mod dynamo;
mod expressions;
mod hostile;
mod json;
mod projections;
mod wire;

use footfall_dax::wire::KnownNames;
use footfall_dax::wire::value::{KeySchema, KeyType};
use std::sync::Arc;

/// The table of all captures, `agg` with `pk` and `sk`, and `hash`, which has a partition key only.
fn known_tables() -> KnownNames {
    let mut names = KnownNames::default();
    let range = Some(("sk".to_owned(), KeyType::N));
    names.tables.insert("agg".into(), Arc::new(KeySchema { hash: ("pk".into(), KeyType::S), range }));
    names.tables.insert("hash".into(), Arc::new(KeySchema { hash: ("pk".into(), KeyType::B), range: None }));
    names
}
