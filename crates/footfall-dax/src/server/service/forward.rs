//! What is not modelled here: on to DynamoDB word for word, and the caches told what it may have changed.

use super::{Entry, Service};
use crate::json;
use crate::server::cache::key::ItemKey;
use crate::server::cache::{Outcome, Write};
use crate::server::tables::Upheaval;
use crate::server::upstream::{Answer, Failure, Repeat};
use hyper::body::Bytes;
use serde_json::Value as Json;

/// What an operation can do to what is cached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Effect {
    None,
    /// Items of the tables it names may change.
    Items,
    /// So may the tables themselves.
    Tables,
}

/// Unknown operations count as those that change most.
fn effect(operation: &str, words: &Json) -> Effect {
    match operation {
        "ExecuteStatement" if is_select(words) => Effect::None,
        "GetItem" | "BatchGetItem" | "Query" | "Scan" | "TransactGetItems" => Effect::None,
        "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" | "TransactWriteItems" => Effect::Items,
        "ExecuteStatement" | "BatchExecuteStatement" | "ExecuteTransaction" => Effect::Items,
        reads if reads.starts_with("Describe") || reads.starts_with("List") => Effect::None,
        "TagResource" | "UntagResource" | "UpdateTimeToLive" | "UpdateContinuousBackups" => Effect::None,
        _ => Effect::Tables,
    }
}

impl Service {
    /// Hands a request on, signed anew. `target` is the whole header, `operation` what follows its dot.
    pub(in crate::server) async fn forward(&self, target: &str, operation: &str, body: Bytes) -> Result<Answer, Failure> {
        // DynamoDB's parser takes what ours does not: a second document behind the first, UTF-16, halves of characters.
        let read = serde_json::from_slice::<Json>(&body).ok();
        let is_readable = read.is_some();
        let words = read.unwrap_or_default();
        // Streams only read.
        let effect = if target.starts_with("DynamoDB_") { effect(operation, &words) } else { Effect::None };
        if effect == Effect::None {
            return self.upstream.call(target, body, Repeat::Never).await;
        }
        let write = self.begin_forwarded(operation, &words).await;
        let answer = self.upstream.call(target, body, Repeat::Never).await;
        let outcome = match &answer {
            Ok(answer) if answer.status.is_success() => Outcome::Read,
            // As for writes of the new style: who wrote under a condition must see why it failed.
            Ok(answer) if answer.exception().as_deref() == Some("ConditionalCheckFailedException") => Outcome::Read,
            Ok(answer) if answer.status.is_client_error() => Outcome::Unchanged,
            Err(failure) if !failure.maybe_done => Outcome::Unchanged,
            Ok(_) | Err(_) => Outcome::Unknown,
        };
        // What cannot be read may name any table.
        let is_meant = |table: &str| !is_readable || mentions(&words, table);
        match (write, outcome) {
            (Some((write, key, table)), outcome) => self.end_write(write, &key, &table, outcome),
            (None, Outcome::Unchanged) => {}
            // Whatever was read before is not found any more, nor what is being read now.
            (None, Outcome::Unknown) => self.tables.renumber(Upheaval::Unknown, is_meant),
            (None, _) => self.tables.renumber(Upheaval::Done, is_meant),
        }
        if effect == Effect::Tables {
            self.tables.doubt_all(is_meant);
        }
        answer
    }

    /// The one item a write of the old style touches, where it can be told.
    async fn begin_forwarded(&self, operation: &str, words: &Json) -> Option<(Write<ItemKey, Entry>, ItemKey, String)> {
        let place = match operation {
            "PutItem" => "Item",
            "UpdateItem" | "DeleteItem" => "Key",
            _ => return None,
        };
        let item = json::read_item(words.get(place)?).ok()?;
        let name = words.get("TableName")?.as_str()?;
        let key = Self::item_key(&self.tables.get(name).await.ok()?, &item)?;
        Some((self.items.begin_write(key.clone()), key, name.to_owned()))
    }
}

/// Whether a statement only reads.
fn is_select(words: &Json) -> bool {
    let statement = words.get("Statement").and_then(Json::as_str).unwrap_or_default();
    statement.trim_start().get(..6).is_some_and(|first| first.eq_ignore_ascii_case("select"))
}

/// Whether a text anywhere in a request contains the table's name: in the place of a table, of its ARN, or in a
/// statement. A table known by its ARN may be named without it.
fn mentions(words: &Json, table: &str) -> bool {
    contains(words, table.rsplit('/').next().unwrap_or(table))
}

fn contains(words: &Json, name: &str) -> bool {
    match words {
        Json::String(text) => text.contains(name),
        Json::Array(all) => all.iter().any(|part| contains(part, name)),
        Json::Object(parts) => parts.iter().any(|(key, part)| key.contains(name) || contains(part, name)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_table_is_found_wherever_it_is_named() {
        for words in [
            json!({ "TableName": "t1" }),
            json!({ "TableName": "arn:aws:dynamodb:eu-west-1:1:table/t1" }),
            json!({ "Statement": "UPDATE \"t1\" SET a = 1" }),
            json!({ "RequestItems": { "t1": [] } }),
        ] {
            assert!(mentions(&words, "t1"), "{words}");
            assert!(mentions(&words, "arn:aws:dynamodb:eu-west-1:1:table/t1"), "{words}");
            assert!(!mentions(&words, "t2"), "{words}");
        }
    }

    #[test]
    fn an_operation_nobody_knows_may_change_everything() {
        assert_eq!(effect("SomethingNew", &Json::Null), Effect::Tables);
        assert_eq!(effect("DeleteTable", &Json::Null), Effect::Tables);
        assert_eq!(effect("ExecuteStatement", &json!({ "Statement": " select * FROM t" })), Effect::None);
        assert_eq!(effect("ExecuteStatement", &json!({ "Statement": "DELETE FROM t" })), Effect::Items);
        assert_eq!(effect("DescribeTable", &Json::Null), Effect::None);
    }
}
