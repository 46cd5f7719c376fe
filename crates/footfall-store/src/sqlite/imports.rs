//! How far imports of files came.

use crate::{ImportProgress, StoreError};
use footfall_domain::SiteId;
use rusqlite::{OptionalExtension, Row, Transaction};

pub(super) fn get(transaction: &Transaction<'_>, site: SiteId, fingerprint: [u8; 32]) -> Result<Option<ImportProgress>, StoreError> {
    let sql = "SELECT import, bytes, lines FROM imports WHERE site = ?1 AND fingerprint = ?2";
    Ok(transaction.prepare_cached(sql)?.query_row((site.0.cast_signed(), fingerprint), |row| progress(row, 0)).optional()?)
}

pub(super) fn put(transaction: &Transaction<'_>, site: SiteId, fingerprint: [u8; 32], at: ImportProgress) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO imports (site, fingerprint, import, bytes, lines) VALUES (?1, ?2, ?3, ?4, ?5)";
    let numbers = (at.import.cast_signed(), at.bytes.cast_signed(), at.lines.cast_signed());
    transaction.execute(sql, (site.0.cast_signed(), fingerprint, numbers.0, numbers.1, numbers.2))?;
    Ok(())
}

pub(super) fn all(transaction: &Transaction<'_>, site: SiteId) -> Result<Vec<([u8; 32], ImportProgress)>, StoreError> {
    let sql = "SELECT fingerprint, import, bytes, lines FROM imports WHERE site = ?1";
    let mut statement = transaction.prepare_cached(sql)?;
    let rows = statement.query_map([site.0.cast_signed()], |row| Ok((row.get(0)?, progress(row, 1)?)))?;
    let mut imports: Vec<([u8; 32], ImportProgress)> = rows.collect::<rusqlite::Result<_>>()?;
    imports.sort_by_key(|(fingerprint, at)| (at.import, *fingerprint));
    Ok(imports)
}

fn progress(row: &Row<'_>, at: usize) -> rusqlite::Result<ImportProgress> {
    let unsigned = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
    Ok(ImportProgress { import: unsigned(at)?, bytes: unsigned(at + 1)?, lines: unsigned(at + 2)? })
}
