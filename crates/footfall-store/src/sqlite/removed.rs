//! Numbers of sites that are gone.

use crate::{RemovedSite, StoreError};
use footfall_domain::SiteId;
use rusqlite::Transaction;

pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<RemovedSite>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT id, erased FROM removed_sites ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok(RemovedSite { id: SiteId(row.get::<_, i64>(0)?.cast_unsigned()), erased: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Part of the transaction that takes the number from its site.
pub(super) fn add(transaction: &Transaction<'_>, site: SiteId) -> Result<(), StoreError> {
    transaction.execute("INSERT INTO removed_sites (id, erased) VALUES (?1, 0)", [site.0.cast_signed()])?;
    Ok(())
}

pub(super) fn note_erased(transaction: &Transaction<'_>, site: SiteId) -> Result<(), StoreError> {
    transaction.execute("UPDATE removed_sites SET erased = 1 WHERE id = ?1", [site.0.cast_signed()])?;
    Ok(())
}

pub(super) fn forget_counts(transaction: &Transaction<'_>) -> Result<u64, StoreError> {
    let imports = transaction.execute("DELETE FROM imports WHERE site IN (SELECT id FROM removed_sites)", [])?;
    let refusals = transaction.execute("DELETE FROM refusals WHERE site IN (SELECT id FROM removed_sites)", [])?;
    Ok((imports + refusals) as u64)
}
