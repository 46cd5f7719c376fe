//! Generation rows.

use crate::{GenerationRow, StoreError};
use footfall_domain::SiteId;
use rusqlite::{OptionalExtension, Transaction};

pub(super) fn get(transaction: &Transaction<'_>, site: SiteId) -> Result<GenerationRow, StoreError> {
    let sql = "SELECT body FROM generations WHERE site = ?1";
    let body: Option<String> = transaction.prepare_cached(sql)?.query_row([site.0.cast_signed()], |row| row.get(0)).optional()?;
    body.map_or_else(|| Ok(GenerationRow::default()), |body| from_json(&body))
}

pub(super) fn activate(transaction: &Transaction<'_>, site: SiteId, expected: u64, row: GenerationRow) -> Result<(), StoreError> {
    if get(transaction, site)?.version != expected {
        return Err(StoreError::Conflict(format!("the generations of site {site}")));
    }
    put(transaction, site, &GenerationRow { version: expected + 1, ..row })
}

pub(super) fn put(transaction: &Transaction<'_>, site: SiteId, row: &GenerationRow) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO generations (site, version, body) VALUES (?1, ?2, ?3)";
    transaction.execute(sql, (site.0.cast_signed(), row.version.cast_signed(), to_json(row)?))?;
    Ok(())
}

/// What may grow fields with time is kept as JSON.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unavailable(error.to_string()))
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Damaged(error.to_string()))
}
