//! Settings, by name.

use crate::StoreError;
use rusqlite::{OptionalExtension, Transaction};

pub(super) fn get(transaction: &Transaction<'_>, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT value FROM settings WHERE name = ?1";
    Ok(transaction.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn put(transaction: &Transaction<'_>, name: &str, value: &[u8]) -> Result<(), StoreError> {
    transaction.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", (name, value))?;
    Ok(())
}
