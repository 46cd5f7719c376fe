//! Keys of the API, by their hashes.

use crate::{ApiKey, KeyScope, NewKey, StoreError};
use footfall_domain::{SiteId, UnixMillis};
use rusqlite::{OptionalExtension, Row, Transaction};

const COLUMNS: &str = "id, site, scope, name, created";

pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<ApiKey>, StoreError> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM keys ORDER BY id"))?;
    statement.query_map([], key)?.map(|row| row?).collect()
}

pub(super) fn by_hash(transaction: &Transaction<'_>, hash: [u8; 32]) -> Result<Option<ApiKey>, StoreError> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM keys WHERE hash = ?1"))?;
    statement.query_row([hash], key).optional()?.transpose()
}

pub(super) fn add(transaction: &Transaction<'_>, new: &NewKey) -> Result<ApiKey, StoreError> {
    if by_hash(transaction, new.hash)?.is_some() {
        return Err(StoreError::Exists("the key".to_owned()));
    }
    let sql = "INSERT INTO keys (hash, site, scope, name, created) VALUES (?1, ?2, ?3, ?4, ?5)";
    let site = new.site.map(|site| site.0.cast_signed());
    transaction.execute(sql, (new.hash, site, new.scope.name(), &new.name, new.created.0))?;
    let id = transaction.last_insert_rowid().cast_unsigned();
    Ok(ApiKey { id, site: new.site, scope: new.scope, name: new.name.clone(), created: new.created })
}

pub(super) fn remove(transaction: &Transaction<'_>, id: u64) -> Result<(), StoreError> {
    match transaction.execute("DELETE FROM keys WHERE id = ?1", [id.cast_signed()])? {
        0 => Err(StoreError::NotFound(format!("the key {id}"))),
        _ => Ok(()),
    }
}

/// The outer result is the database's, the inner one the content's.
fn key(row: &Row<'_>) -> rusqlite::Result<Result<ApiKey, StoreError>> {
    let scope: String = row.get(2)?;
    let Some(scope) = KeyScope::from_name(&scope) else {
        return Ok(Err(StoreError::Damaged(format!("a key of unknown scope '{scope}'"))));
    };
    Ok(Ok(ApiKey {
        id: row.get::<_, i64>(0)?.cast_unsigned(),
        site: row.get::<_, Option<i64>>(1)?.map(|site| SiteId(site.cast_unsigned())),
        scope,
        name: row.get(3)?,
        created: UnixMillis(row.get(4)?),
    }))
}
