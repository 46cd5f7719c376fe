//! The audit log.

use super::generations::{from_json, to_json};
use crate::{AuditEntry, StoreError};
use footfall_domain::{SiteId, UnixMillis};
use rusqlite::{Params, Transaction};

/// Stands for entries about no site; sites are numbered from 1.
const NO_SITE: i64 = 0;

/// Under a number of its own, or under the next one.
pub(super) fn put(transaction: &Transaction<'_>, number: Option<u64>, entry: &AuditEntry) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (id, at, site, body) VALUES (?1, ?2, ?3, ?4)";
    transaction.execute(sql, (number.map(u64::cast_signed), entry.at.0, site(entry.site), to_json(entry)?))?;
    Ok(())
}

/// The newest first.
pub(super) fn page(
    transaction: &Transaction<'_>,
    of: Option<SiteId>,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
    let below = before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = "SELECT id, body FROM audit WHERE site = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
    entries(transaction, sql, (site(of), below, limit))
}

/// By number.
pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
    entries(transaction, "SELECT id, body FROM audit ORDER BY id", [])
}

pub(super) fn remove_before(transaction: &Transaction<'_>, instant: UnixMillis) -> Result<u64, StoreError> {
    Ok(transaction.execute("DELETE FROM audit WHERE at < ?1", [instant.0])? as u64)
}

fn entries(transaction: &Transaction<'_>, sql: &str, values: impl Params) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
    let mut statement = transaction.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(number, body)| Ok((number.cast_unsigned(), from_json(&body)?)))).collect()
}

fn site(of: Option<SiteId>) -> i64 {
    of.map_or(NO_SITE, |site| site.0.cast_signed())
}
