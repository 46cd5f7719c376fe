use super::control::write_head;
use super::options::{OptionsWriter, key};
use super::resolve::operation;
use crate::wire::attributes::AttributeWriter;
use crate::wire::cbor::Writer;
use crate::wire::error::WireError;
use crate::wire::expr::codec::{write_condition, write_projection, write_update};
use crate::wire::expr::{Condition, Path};
use crate::wire::key::{write_compound, write_key};
use crate::wire::method::Method;
use crate::wire::model::*;
use crate::wire::names::Names;
use crate::wire::value::{Item, KeySchema};
use std::convert::Infallible;
use std::sync::Arc;

/// Writes a request. [`WriteOptions::old_on_failure`] has no place on the wire but in transactions, and is left out.
///
/// # Errors
/// [`WireError::UnknownTable`] and [`WireError::UnnamedList`] ask for names: get them and write again.
/// [`WireError::Invalid`] when an item lacks its key. Nothing is written then.
pub fn encode_request(request: &Request, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    let start = to.len();
    Encoder { names, to: &mut *to }.request(request).inspect_err(|_| to.truncate(start))
}

struct Encoder<'n, 'w> {
    names: &'n dyn Names,
    to: &'w mut Writer,
}

impl Encoder<'_, '_> {
    fn request(&mut self, request: &Request) -> Result<(), WireError> {
        match request {
            Request::GetItem(get) => self.get(get),
            Request::PutItem(put) => self.put(put),
            Request::UpdateItem(update) => self.update(update),
            Request::DeleteItem(delete) => self.delete(delete),
            Request::Query(query) => self.query(query),
            Request::Scan(scan) => self.scan(scan),
            Request::BatchGetItem(batch) => self.batch_get(batch),
            Request::BatchWriteItem(batch) => self.batch_write(batch),
            Request::TransactGetItems(transaction) => self.transact_get(transaction),
            Request::TransactWriteItems(transaction) => self.transact_write(transaction),
        }
    }

    fn schema(&self, table: &str) -> Result<Arc<KeySchema>, WireError> {
        schema(self.names, table)
    }

    /// Method, table and key.
    fn begin(&mut self, method: Method, table: &str, key: &Item) -> Result<(), WireError> {
        let schema = self.schema(table)?;
        write_head(method, self.to);
        self.to.byte_string(table.as_bytes());
        write_only_key(key, &schema, self.to)
    }

    fn get(&mut self, get: &GetItem) -> Result<(), WireError> {
        self.begin(Method::GetItem, &get.table, &get.key)?;
        let mut options = OptionsWriter::begin(self.to);
        if get.consistent {
            options.key(key::CONSISTENT).bool(true);
        }
        options.projection(get.projection.as_deref());
        options.some(key::CAPACITY, capacity(get.capacity));
        options.end();
        Ok(())
    }

    fn put(&mut self, put: &PutItem) -> Result<(), WireError> {
        let schema = self.schema(&put.table)?;
        write_head(Method::PutItem, self.to);
        self.to.byte_string(put.table.as_bytes());
        write_key(&put.item, &schema, self.to)?;
        AttributeWriter::new(self.names).write(&put.item, &schema, self.to)?;
        let mut options = OptionsWriter::begin(self.to);
        options.of_write(&put.options);
        options.end();
        Ok(())
    }

    fn update(&mut self, update: &UpdateItem) -> Result<(), WireError> {
        self.begin(Method::UpdateItem, &update.table, &update.key)?;
        let mut options = OptionsWriter::begin(self.to);
        options.of_write(&update.options);
        if let Some(update) = &update.update {
            nested(options.key(key::UPDATE), |to| write_update(update, to));
        }
        options.end();
        Ok(())
    }

    fn delete(&mut self, delete: &DeleteItem) -> Result<(), WireError> {
        self.begin(Method::DeleteItem, &delete.table, &delete.key)?;
        let mut options = OptionsWriter::begin(self.to);
        options.of_write(&delete.options);
        options.end();
        Ok(())
    }

    fn query(&mut self, query: &Query) -> Result<(), WireError> {
        let schema = self.schema(&query.table)?;
        write_head(Method::Query, self.to);
        self.to.byte_string(query.table.as_bytes());
        write_condition_or_null(query.key_condition.as_ref(), self.to);
        let mut options = OptionsWriter::begin(self.to);
        options.of_read(&query.options);
        if !query.forward {
            options.number(key::FORWARD, 0);
        }
        options.start(&query.options, &schema)?;
        options.end();
        Ok(())
    }

    fn scan(&mut self, scan: &Scan) -> Result<(), WireError> {
        let schema = self.schema(&scan.table)?;
        write_head(Method::Scan, self.to);
        self.to.byte_string(scan.table.as_bytes());
        let mut options = OptionsWriter::begin(self.to);
        options.of_read(&scan.options);
        if let Some((segment, total)) = scan.segment {
            options.number(key::TOTAL_SEGMENTS, i64::from(total));
            options.number(key::SEGMENT, i64::from(segment));
        }
        options.start(&scan.options, &schema)?;
        options.end();
        Ok(())
    }

    fn batch_get(&mut self, batch: &BatchGetItem) -> Result<(), WireError> {
        write_head(Method::BatchGetItem, self.to);
        self.to.map(batch.tables.len());
        for (table, wanted) in &batch.tables {
            let schema = self.schema(table)?;
            self.to.text(table);
            self.to.array(3);
            self.to.bool(wanted.consistent);
            write_projection_or_null(wanted.projection.as_deref(), self.to);
            self.to.array(wanted.keys.len());
            for key in &wanted.keys {
                write_only_key(key, &schema, self.to)?;
            }
        }
        self.end_with(batch.capacity, false, None);
        Ok(())
    }

    fn batch_write(&mut self, batch: &BatchWriteItem) -> Result<(), WireError> {
        write_head(Method::BatchWriteItem, self.to);
        self.to.map(batch.tables.len());
        let mut attributes = AttributeWriter::new(self.names);
        for (table, writes) in &batch.tables {
            let schema = self.schema(table)?;
            self.to.text(table);
            self.to.array(2 * writes.len());
            for write in writes {
                match write {
                    BatchWrite::Put(item) => {
                        write_key(item, &schema, self.to)?;
                        attributes.write(item, &schema, self.to)?;
                    }
                    BatchWrite::Delete(key) => {
                        write_only_key(key, &schema, self.to)?;
                        self.to.null();
                    }
                }
            }
        }
        self.end_with(batch.capacity, batch.collection_metrics, None);
        Ok(())
    }

    fn transact_get(&mut self, transaction: &TransactGetItems) -> Result<(), WireError> {
        write_head(Method::TransactGetItems, self.to);
        let gets = &transaction.gets;
        self.to.array(gets.len());
        gets.iter().for_each(|get| self.to.byte_string(get.table.as_bytes()));
        self.to.array(gets.len());
        for get in gets {
            let schema = self.schema(&get.table)?;
            write_only_key(&get.key, &schema, self.to)?;
        }
        self.to.array(gets.len());
        gets.iter().for_each(|get| write_projection_or_null(get.projection.as_deref(), self.to));
        self.end_with(transaction.capacity, false, None);
        Ok(())
    }

    /// Not write by write: list by list, one for each thing there is to say of them.
    fn transact_write(&mut self, transaction: &TransactWriteItems) -> Result<(), WireError> {
        write_head(Method::TransactWriteItems, self.to);
        let writes = &transaction.writes;
        self.list(writes, |_, write, to| {
            to.int(operation_of(&write.action));
            Ok(())
        })?;
        self.list(writes, |_, write, to| {
            to.byte_string(write.table.as_bytes());
            Ok(())
        })?;
        self.list(writes, |names, write, to| {
            let schema = schema(names, &write.table)?;
            match &write.action {
                TransactAction::Put(item) => write_key(item, &schema, to),
                TransactAction::Check(key) | TransactAction::Delete(key) | TransactAction::Update(key, _) => {
                    write_only_key(key, &schema, to)
                }
            }
        })?;
        let mut attributes = AttributeWriter::new(self.names);
        self.list(writes, |names, write, to| match &write.action {
            TransactAction::Put(item) => attributes.write(item, &*schema(names, &write.table)?, to),
            _ => {
                to.null();
                Ok(())
            }
        })?;
        // The values to return: none, a transaction has no such thing.
        self.to.null();
        self.list(writes, |_, write, to| {
            to.int(if write.old_on_failure { 2 } else { 1 });
            Ok(())
        })?;
        self.list(writes, |_, write, to| {
            write_condition_or_null(write.condition.as_ref(), to);
            Ok(())
        })?;
        self.list(writes, |_, write, to| {
            match &write.action {
                TransactAction::Update(_, update) => nested(to, |to| write_update(update, to)),
                _ => to.null(),
            }
            Ok(())
        })?;
        self.end_with(transaction.capacity, transaction.collection_metrics, transaction.token.as_deref());
        Ok(())
    }

    fn list<'t>(
        &mut self,
        writes: &'t [TransactWrite],
        mut one: impl FnMut(&dyn Names, &'t TransactWrite, &mut Writer) -> Result<(), WireError>,
    ) -> Result<(), WireError> {
        self.to.array(writes.len());
        writes.iter().try_for_each(|write| one(self.names, write, self.to))
    }

    /// The optional arguments of batches and transactions.
    fn end_with(&mut self, returned: ReturnCapacity, collection_metrics: bool, token: Option<&str>) {
        let mut options = OptionsWriter::begin(self.to);
        options.some(key::CAPACITY, capacity(returned));
        options.some(key::COLLECTION_METRICS, collection_metrics.then_some(1));
        if let Some(token) = token {
            options.key(key::TOKEN).text(token);
        }
        options.end();
    }
}

impl OptionsWriter<'_> {
    fn of_write(&mut self, write: &WriteOptions) {
        self.some(key::RETURN_VALUES, return_values(write.return_values));
        self.some(key::CAPACITY, capacity(write.capacity));
        self.some(key::COLLECTION_METRICS, write.collection_metrics.then_some(1));
        self.condition(key::CONDITION, write.condition.as_ref());
    }

    fn of_read(&mut self, read: &ReadOptions) {
        if let Some(index) = &read.index {
            self.key(key::INDEX).byte_string(index.as_bytes());
        }
        self.some(key::SELECT, read.select.map(select));
        self.some(key::CONSISTENT, read.consistent.then_some(1));
        self.some(key::LIMIT, read.limit.map(i64::from));
        self.condition(key::FILTER, read.filter.as_ref());
        self.projection(read.projection.as_deref());
        self.some(key::CAPACITY, capacity(read.capacity));
    }

    fn start(&mut self, read: &ReadOptions, schema: &KeySchema) -> Result<(), WireError> {
        match (&read.start, &read.index) {
            (None, _) => Ok(()),
            (Some(start), Some(_)) => {
                write_compound(start, self.key(key::START));
                Ok(())
            }
            (Some(start), None) => write_only_key(start, schema, self.key(key::START)),
        }
    }

    fn condition(&mut self, key: i64, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            nested(self.key(key), |to| write_condition(condition, to));
        }
    }

    fn projection(&mut self, projection: Option<&[Path]>) {
        if let Some(projection) = projection {
            nested(self.key(key::PROJECTION), |to| write_projection(projection, to));
        }
    }
}

fn schema(names: &dyn Names, table: &str) -> Result<Arc<KeySchema>, WireError> {
    names.key_schema(table).ok_or_else(|| WireError::UnknownTable(table.to_owned()))
}

/// Writes what must be a key and nothing else: what is more would be lost on the way, and DynamoDB refuses it.
fn write_only_key(key: &Item, schema: &KeySchema, to: &mut Writer) -> Result<(), WireError> {
    if key.len() != schema.attributes() {
        return Err(WireError::Invalid("The provided key element does not match the schema".into()));
    }
    write_key(key, schema, to)
}

/// A byte string with an expression in it.
fn nested(to: &mut Writer, write: impl FnOnce(&mut Writer)) {
    let written = to.nested(|to| {
        write(to);
        Ok::<_, Infallible>(())
    });
    match written {
        Ok(()) => {}
        Err(never) => match never {},
    }
}

fn write_condition_or_null(condition: Option<&Condition>, to: &mut Writer) {
    match condition {
        Some(condition) => nested(to, |to| write_condition(condition, to)),
        None => to.null(),
    }
}

fn write_projection_or_null(projection: Option<&[Path]>, to: &mut Writer) {
    match projection {
        Some(projection) => nested(to, |to| write_projection(projection, to)),
        None => to.null(),
    }
}

fn operation_of(action: &TransactAction) -> i64 {
    match action {
        TransactAction::Check(_) => operation::CHECK,
        TransactAction::Put(_) => operation::PUT,
        TransactAction::Delete(_) => operation::DELETE,
        TransactAction::Update(..) => operation::UPDATE,
    }
}

/// `None` for what need not be said.
fn capacity(capacity: ReturnCapacity) -> Option<i64> {
    match capacity {
        ReturnCapacity::None => None,
        ReturnCapacity::Total => Some(1),
        ReturnCapacity::Indexes => Some(2),
    }
}

fn return_values(values: ReturnValues) -> Option<i64> {
    match values {
        ReturnValues::None => None,
        ReturnValues::AllOld => Some(2),
        ReturnValues::UpdatedOld => Some(3),
        ReturnValues::AllNew => Some(4),
        ReturnValues::UpdatedNew => Some(5),
    }
}

fn select(select: Select) -> i64 {
    match select {
        Select::AllAttributes => 1,
        Select::AllProjected => 2,
        Select::Count => 3,
        Select::Specific => 4,
    }
}
