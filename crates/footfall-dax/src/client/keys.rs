//! Whether the keys of a request fit their tables: checked here, because a key goes over the wire as bytes that only
//! make sense when it does, and an attribute too many would be dropped in silence. The words are DynamoDB's.

use crate::wire::error::{CancellationReason, DynamoError};
use crate::wire::model::{BatchWrite, ReadOptions, Request, TransactAction, TransactWriteItems};
use crate::wire::names::Names;
use crate::wire::value::{Item, KeySchema, KeyType, Value};

/// Why a request cannot be sent.
#[derive(Debug)]
pub enum Misfit {
    /// The table's key schema has to be asked for first.
    Unknown(String),
    /// DynamoDB would refuse it.
    Refused(DynamoError),
}

const NUMBER: &str = "The number of conditions on the keys is invalid";
const MISSING: &str = "One of the required keys was not given a value";
const TYPE: &str = "One or more parameter values were invalid: Type mismatch for key";

/// Checks every key of a request.
pub fn check(request: &Request, names: &dyn Names) -> Result<(), Misfit> {
    match request {
        Request::GetItem(get) => key(&get.key, &*schema(&get.table, names)?),
        Request::UpdateItem(update) => key(&update.key, &*schema(&update.table, names)?),
        Request::DeleteItem(delete) => key(&delete.key, &*schema(&delete.table, names)?),
        Request::PutItem(put) => item(&put.item, &*schema(&put.table, names)?),
        Request::Query(query) => start(&query.table, &query.options, names),
        Request::Scan(scan) => start(&scan.table, &scan.options, names),
        Request::BatchGetItem(batch) => batch.tables.iter().try_for_each(|(table, of)| {
            let schema = schema(table, names)?;
            of.keys.iter().try_for_each(|each| key(each, &schema))
        }),
        Request::BatchWriteItem(batch) => batch.tables.iter().try_for_each(|(table, writes)| {
            let schema = schema(table, names)?;
            writes.iter().try_for_each(|write| match write {
                BatchWrite::Put(put) => item(put, &schema),
                BatchWrite::Delete(delete) => key(delete, &schema),
            })
        }),
        Request::TransactGetItems(transaction) => transaction.gets.iter().try_for_each(|get| key(&get.key, &*schema(&get.table, names)?)),
        Request::TransactWriteItems(transaction) => transact(transaction, names),
    }
}

fn schema(table: &str, names: &dyn Names) -> Result<std::sync::Arc<KeySchema>, Misfit> {
    names.key_schema(table).ok_or_else(|| Misfit::Unknown(table.to_owned()))
}

/// A key: the table's key attributes and nothing else.
fn key(given: &Item, schema: &KeySchema) -> Result<(), Misfit> {
    let wanted = 1 + usize::from(schema.range.is_some());
    if given.len() == wanted { item(given, schema) } else { Err(refused(NUMBER)) }
}

/// An item: the table's key attributes are among its own.
fn item(given: &Item, schema: &KeySchema) -> Result<(), Misfit> {
    for (name, kind) in attributes(schema) {
        match given.get(name) {
            None => return Err(refused(MISSING)),
            Some(value) if !is_of(value, *kind) => return Err(refused(mismatch(value))),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Where a page of a table begins. With an index the start has more attributes, and goes over the wire with their names.
fn start(table: &str, options: &ReadOptions, names: &dyn Names) -> Result<(), Misfit> {
    let schema = schema(table, names)?;
    let (Some(start), None) = (&options.start, &options.index) else { return Ok(()) };
    if start.len() != 1 + usize::from(schema.range.is_some()) {
        return Err(refused("Exclusive Start Key must have same size as table's key schema"));
    }
    for (name, kind) in attributes(&schema) {
        match start.get(name) {
            None => return Err(refused("The provided starting key is invalid")),
            Some(value) if !is_of(value, *kind) => return Err(refused("Type mismatch for attribute to update")),
            Some(_) => {}
        }
    }
    Ok(())
}

/// A wrong type cancels a transaction; an attribute too few or too many makes it no transaction at all.
fn transact(transaction: &TransactWriteItems, names: &dyn Names) -> Result<(), Misfit> {
    let mut reasons = Vec::new();
    for write in &transaction.writes {
        let schema = schema(&write.table, names)?;
        let checked = match &write.action {
            TransactAction::Put(put) => item(put, &schema),
            TransactAction::Check(given) | TransactAction::Delete(given) | TransactAction::Update(given, _) => key(given, &schema),
        };
        reasons.push(match checked {
            Ok(()) => CancellationReason { code: Some("None".into()), ..CancellationReason::default() },
            Err(Misfit::Refused(error)) if error.message == TYPE => {
                CancellationReason { code: Some("ValidationError".into()), message: Some(error.message), item: None }
            }
            Err(other) => return Err(other),
        });
    }
    let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason.code.as_deref()).collect();
    if codes.iter().all(|code| *code == "None") {
        return Ok(());
    }
    let words = format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    Err(Misfit::Refused(DynamoError { reasons: Some(reasons), ..DynamoError::client("TransactionCanceledException", words) }))
}

fn attributes(schema: &KeySchema) -> impl Iterator<Item = &(String, KeyType)> {
    std::iter::once(&schema.hash).chain(&schema.range)
}

fn is_of(value: &Value, kind: KeyType) -> bool {
    matches!((value, kind), (Value::S(_), KeyType::S) | (Value::N(_), KeyType::N) | (Value::B(_), KeyType::B))
}

fn mismatch(value: &Value) -> &'static str {
    match value {
        Value::S(_) | Value::N(_) | Value::B(_) => TYPE,
        _ => "Invalid attribute value type",
    }
}

fn refused(words: &str) -> Misfit {
    Misfit::Refused(DynamoError::validation(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::KnownNames;
    use crate::wire::model::{DeleteItem, PutItem, TransactWrite};
    use std::sync::Arc;

    fn names() -> KnownNames {
        let schema = KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) };
        KnownNames { tables: [("t".to_owned(), Arc::new(schema))].into(), ..KnownNames::default() }
    }

    fn text(text: &str) -> Value {
        Value::S(text.into())
    }

    fn of(pairs: &[(&str, Value)]) -> Item {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    fn word(checked: Result<(), Misfit>) -> String {
        match checked {
            Ok(()) => "fits".into(),
            Err(Misfit::Unknown(table)) => format!("{table} is unknown"),
            Err(Misfit::Refused(error)) => error.message,
        }
    }

    fn delete(pairs: &[(&str, Value)]) -> String {
        word(check(&Request::DeleteItem(DeleteItem { table: "t".into(), key: of(pairs), ..Default::default() }), &names()))
    }

    fn put(pairs: &[(&str, Value)]) -> String {
        word(check(&Request::PutItem(PutItem { table: "t".into(), item: of(pairs), ..Default::default() }), &names()))
    }

    #[test]
    fn a_key_is_the_key_attributes_and_nothing_else() {
        let (pk, sk) = (("pk", text("a")), ("sk", Value::N(1.into())));
        assert_eq!(delete(&[pk.clone(), sk.clone()]), "fits");
        assert_eq!(delete(std::slice::from_ref(&pk)), NUMBER);
        assert_eq!(delete(&[pk.clone(), sk.clone(), ("x", text("a"))]), NUMBER);
        assert_eq!(delete(&[pk.clone(), ("x", text("a"))]), MISSING);
        assert_eq!(delete(&[pk.clone(), ("sk", text("a"))]), TYPE);
        assert_eq!(put(&[pk.clone(), sk, ("x", text("a"))]), "fits");
        assert_eq!(put(std::slice::from_ref(&pk)), MISSING);
        assert_eq!(put(&[pk, ("sk", Value::Ss(vec!["a".into()]))]), "Invalid attribute value type");
    }

    #[test]
    fn a_wrong_type_cancels_a_transaction() {
        let write = |sort: Value| TransactWrite {
            table: "t".into(),
            action: TransactAction::Delete(of(&[("pk", text("a")), ("sk", sort)])),
            condition: None,
            old_on_failure: false,
        };
        let writes = vec![write(Value::N(1.into())), write(text("a"))];
        let request = Request::TransactWriteItems(TransactWriteItems { writes, ..Default::default() });
        let Err(Misfit::Refused(error)) = check(&request, &names()) else { panic!("does not fit") };
        assert_eq!(error.code, "TransactionCanceledException");
        let codes: Vec<_> = error.reasons.expect("reasons").into_iter().map(|reason| reason.code.expect("a code")).collect();
        assert_eq!(codes, ["None", "ValidationError"]);
    }

    #[test]
    fn a_table_that_is_not_known_is_asked_for() {
        let request = Request::DeleteItem(DeleteItem { table: "other".into(), ..Default::default() });
        assert_eq!(word(check(&request, &names())), "other is unknown");
    }
}
