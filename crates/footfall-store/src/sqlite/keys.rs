//! Keys of the API, by their hashes.

use super::users;
use crate::{ApiKey, KeyScope, NewKey, StoreError};
use footfall_domain::{SiteId, UnixMillis};
use rusqlite::{OptionalExtension, Row, Transaction};

const COLUMNS: &str = "id, site, scope, name, created, owner";

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
    if let Some(owner) = &new.owner {
        users::known(transaction, owner)?;
    }
    put(transaction, None, new.hash, &new.kept(0))?;
    Ok(new.kept(transaction.last_insert_rowid().cast_unsigned()))
}

/// Under a number of its own, or under the next one.
pub(super) fn put(transaction: &Transaction<'_>, number: Option<u64>, hash: [u8; 32], key: &ApiKey) -> Result<(), StoreError> {
    let sql = "INSERT INTO keys (id, hash, site, scope, name, created, owner) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (number, site) = (number.map(u64::cast_signed), key.site.map(|site| site.0.cast_signed()));
    transaction.execute(sql, (number, hash, site, key.scope.name(), &key.name, key.created.0, &key.owner))?;
    Ok(())
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
        owner: row.get(5)?,
    }))
}
