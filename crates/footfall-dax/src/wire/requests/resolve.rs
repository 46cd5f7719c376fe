use super::raw::{Raw, RawData, RawKeys, RawOptions, RawWrite, RawWrites};
use crate::wire::attributes::decode_attributes;
use crate::wire::error::WireError;
use crate::wire::expr::codec::{read_condition, read_projection, read_update};
use crate::wire::expr::{Condition, Projection};
use crate::wire::key::{decode_compound, decode_key};
use crate::wire::method::Method;
use crate::wire::model::*;
use crate::wire::names::Names;
use crate::wire::value::{Item, KeySchema};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The numbers of a transaction's writes.
pub(super) mod operation {
    pub const PUT: i64 = 2;
    pub const DELETE: i64 = 7;
    pub const UPDATE: i64 = 9;
    pub const CHECK: i64 = 12;
}

impl RawData<'_> {
    /// What is asked for. This can be tried again when what was missing is known.
    ///
    /// # Errors
    /// [`WireError::UnknownTable`] and [`WireError::UnknownList`] ask for names. All others are the caller's mistake in a
    /// frame that ended where it should: answer with an error, and the connection goes on.
    pub fn resolve(&self, names: &dyn Names) -> Result<Request, WireError> {
        let resolver = Resolver { names };
        match self {
            Self::Item { method, table, key, attributes, options } => resolver.item(*method, table, key, attributes.as_ref(), options),
            Self::Page { method, table, key_condition, options } => resolver.page(*method, table, key_condition.as_ref(), options),
            Self::BatchGet { tables, options } => resolver.batch_get(tables, options),
            Self::BatchWrite { tables, options } => resolver.batch_write(tables, options),
            Self::TransactGet { gets, options } => resolver.transact_get(gets, options),
            Self::TransactWrite { writes, options } => resolver.transact_write(writes, options),
        }
    }
}

struct Resolver<'n> {
    names: &'n dyn Names,
}

impl Resolver<'_> {
    fn schema(&self, table: &str) -> Result<Arc<KeySchema>, WireError> {
        self.names.key_schema(table).ok_or_else(|| WireError::UnknownTable(table.to_owned()))
    }

    /// The key, and with it the attributes of the rest of the item.
    fn whole_item(&self, schema: &KeySchema, key: &Raw<'_>, attributes: &Raw<'_>) -> Result<Item, WireError> {
        let mut item = decode_attributes(attributes, self.names)?;
        item.append(&mut decode_key(key, schema)?);
        Ok(item)
    }

    fn item(
        &self,
        method: Method,
        table: &str,
        key: &Raw<'_>,
        attributes: Option<&Raw<'_>>,
        options: &RawOptions<'_>,
    ) -> Result<Request, WireError> {
        let schema = self.schema(table)?;
        let table = table.to_owned();
        if let Some(attributes) = attributes {
            let item = self.whole_item(&schema, key, attributes)?;
            return Ok(Request::PutItem(PutItem { table, item, options: write_options(options)? }));
        }
        let key = decode_key(key, &schema)?;
        Ok(match method {
            Method::GetItem => Request::GetItem(GetItem {
                table,
                key,
                consistent: options.consistent.unwrap_or(false),
                projection: projection(options.projection.as_ref())?,
                capacity: capacity(options)?,
            }),
            Method::DeleteItem => Request::DeleteItem(DeleteItem { table, key, options: write_options(options)? }),
            _ => Request::UpdateItem(UpdateItem {
                table,
                key,
                update: options.update.as_deref().map(read_update).transpose()?,
                options: write_options(options)?,
            }),
        })
    }

    fn page(&self, method: Method, table: &str, key_condition: Option<&Raw<'_>>, options: &RawOptions<'_>) -> Result<Request, WireError> {
        let read = ReadOptions {
            index: options.index.clone(),
            consistent: options.consistent.unwrap_or(false),
            filter: condition(options.filter.as_ref())?,
            projection: projection(options.projection.as_ref())?,
            select: select(options)?,
            limit: options.limit.map(narrow).transpose()?,
            start: match (&options.start, &options.index) {
                (None, _) => None,
                (Some(start), Some(_)) => Some(decode_compound(start)?),
                (Some(start), None) => Some(decode_key(start, &*self.schema(table)?)?),
            },
            capacity: capacity(options)?,
        };
        // The answer gives keys by the table's schema, so it must be known even where the request does without.
        self.schema(table)?;
        let table = table.to_owned();
        if method == Method::Query {
            let key_condition = condition(key_condition)?;
            return Ok(Request::Query(Query { table, key_condition, forward: options.forward.unwrap_or(true), options: read }));
        }
        let segment = match (options.segment, options.total_segments) {
            (Some(segment), Some(total)) => Some((narrow(segment)?, narrow(total)?)),
            (None, None) => None,
            (Some(_), None) => return Err(WireError::Invalid("If segment is specified, total segment must also be specified".into())),
            (None, Some(_)) => {
                let words = "If total segments is specified, a particular segment must also be specified for this request";
                return Err(WireError::Invalid(words.into()));
            }
        };
        Ok(Request::Scan(Scan { table, segment, options: read }))
    }

    fn batch_get(&self, tables: &[(String, RawKeys<'_>)], options: &RawOptions<'_>) -> Result<Request, WireError> {
        let mut wanted: BTreeMap<String, KeysAndProjection> = BTreeMap::new();
        for (table, raw) in tables {
            let schema = self.schema(table)?;
            let keys = raw.keys.iter().map(|key| decode_key(key, &schema)).collect::<Result<_, _>>()?;
            let projection = projection(raw.projection.as_ref())?;
            wanted.insert(table.clone(), KeysAndProjection { keys, consistent: raw.consistent, projection });
        }
        Ok(Request::BatchGetItem(BatchGetItem { tables: wanted, capacity: capacity(options)? }))
    }

    fn batch_write(&self, tables: &[(String, RawWrites<'_>)], options: &RawOptions<'_>) -> Result<Request, WireError> {
        let mut wanted: BTreeMap<String, Vec<BatchWrite>> = BTreeMap::new();
        for (table, writes) in tables {
            let schema = self.schema(table)?;
            let of_table = wanted.entry(table.clone()).or_default();
            for (key, attributes) in writes {
                of_table.push(match attributes {
                    Some(attributes) => BatchWrite::Put(self.whole_item(&schema, key, attributes)?),
                    None => BatchWrite::Delete(decode_key(key, &schema)?),
                });
            }
        }
        let (capacity, collection_metrics) = (capacity(options)?, collection_metrics(options));
        Ok(Request::BatchWriteItem(BatchWriteItem { tables: wanted, capacity, collection_metrics }))
    }

    fn transact_get(&self, gets: &[(String, Raw<'_>, Option<Raw<'_>>)], options: &RawOptions<'_>) -> Result<Request, WireError> {
        let get = |(table, key, expression): &(String, Raw<'_>, Option<Raw<'_>>)| {
            Ok(TransactGet {
                table: table.clone(),
                key: decode_key(key, &*self.schema(table)?)?,
                projection: projection(expression.as_ref())?,
            })
        };
        let gets = gets.iter().map(get).collect::<Result<_, WireError>>()?;
        Ok(Request::TransactGetItems(TransactGetItems { gets, capacity: capacity(options)? }))
    }

    fn transact_write(&self, writes: &[RawWrite<'_>], options: &RawOptions<'_>) -> Result<Request, WireError> {
        let writes = writes.iter().map(|write| self.one_of_transaction(write)).collect::<Result<_, _>>()?;
        Ok(Request::TransactWriteItems(TransactWriteItems {
            writes,
            token: options.token.clone(),
            capacity: capacity(options)?,
            collection_metrics: collection_metrics(options),
        }))
    }

    fn one_of_transaction(&self, write: &RawWrite<'_>) -> Result<TransactWrite, WireError> {
        let schema = self.schema(&write.table)?;
        let key = || decode_key(&write.key, &schema);
        let action = match (write.operation, &write.attributes) {
            (operation::CHECK, _) => TransactAction::Check(key()?),
            (operation::DELETE, _) => TransactAction::Delete(key()?),
            (operation::PUT, Some(attributes)) => TransactAction::Put(self.whole_item(&schema, &write.key, attributes)?),
            (operation::UPDATE, _) => {
                TransactAction::Update(key()?, write.update.as_deref().map(read_update).transpose()?.unwrap_or_default())
            }
            _ => return Err(WireError::malformed("a transaction's write is none of check, put, delete and update")),
        };
        let condition = condition(write.condition.as_ref())?;
        Ok(TransactWrite { table: write.table.clone(), action, condition, old_on_failure: write.old_on_failure })
    }
}

fn condition(bytes: Option<&Raw<'_>>) -> Result<Option<Condition>, WireError> {
    bytes.map(|bytes| read_condition(bytes)).transpose()
}

fn projection(bytes: Option<&Raw<'_>>) -> Result<Option<Projection>, WireError> {
    bytes.map(|bytes| read_projection(bytes)).transpose()
}

fn write_options(options: &RawOptions<'_>) -> Result<WriteOptions, WireError> {
    Ok(WriteOptions {
        condition: condition(options.condition.as_ref())?,
        return_values: match options.return_values {
            None | Some(1) => ReturnValues::None,
            Some(2) => ReturnValues::AllOld,
            Some(3) => ReturnValues::UpdatedOld,
            Some(4) => ReturnValues::AllNew,
            Some(5) => ReturnValues::UpdatedNew,
            Some(_) => return Err(WireError::Invalid("unknown ReturnValues".into())),
        },
        capacity: capacity(options)?,
        collection_metrics: collection_metrics(options),
        old_on_failure: false,
    })
}

fn capacity(options: &RawOptions<'_>) -> Result<ReturnCapacity, WireError> {
    Ok(match options.capacity {
        None | Some(0) => ReturnCapacity::None,
        Some(1) => ReturnCapacity::Total,
        Some(2) => ReturnCapacity::Indexes,
        Some(_) => return Err(WireError::Invalid("unknown ReturnConsumedCapacity".into())),
    })
}

fn collection_metrics(options: &RawOptions<'_>) -> bool {
    options.collection_metrics == Some(1)
}

fn select(options: &RawOptions<'_>) -> Result<Option<Select>, WireError> {
    Ok(match options.select {
        None => None,
        Some(1) => Some(Select::AllAttributes),
        Some(2) => Some(Select::AllProjected),
        Some(3) => Some(Select::Count),
        Some(4) => Some(Select::Specific),
        Some(_) => return Err(WireError::Invalid("unknown Select".into())),
    })
}

fn narrow(number: i64) -> Result<i32, WireError> {
    i32::try_from(number).map_err(|_| WireError::Invalid("a number is too large".into()))
}
