//! What people have given names to, and what they prefer.

use super::generations::{from_json, to_json};
use crate::{Lexicon, Preferences, StoreError};
use footfall_domain::SiteId;
use rusqlite::{OptionalExtension, Transaction};

pub(super) fn get(transaction: &Transaction<'_>, site: SiteId) -> Result<Lexicon, StoreError> {
    let sql = "SELECT body FROM lexicons WHERE site = ?1";
    let body: Option<String> = transaction.prepare_cached(sql)?.query_row([site.0.cast_signed()], |row| row.get(0)).optional()?;
    body.map_or_else(|| Ok(Lexicon::default()), |body| from_json(&body))
}

pub(super) fn replace(transaction: &Transaction<'_>, site: SiteId, lexicon: Lexicon) -> Result<u64, StoreError> {
    let id = site.0.cast_signed();
    let known: bool = transaction.query_row("SELECT EXISTS (SELECT 1 FROM sites WHERE id = ?1)", [id], |row| row.get(0))?;
    if !known {
        return Err(StoreError::NotFound(format!("the site of number {site}")));
    }
    if get(transaction, site)?.version != lexicon.version {
        return Err(StoreError::Conflict(format!("the goals and segments of site {site}")));
    }
    let next = Lexicon { version: lexicon.version + 1, ..lexicon };
    put(transaction, site, &next)?;
    Ok(next.version)
}

pub(super) fn put(transaction: &Transaction<'_>, site: SiteId, lexicon: &Lexicon) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO lexicons (site, body) VALUES (?1, ?2)";
    transaction.execute(sql, (site.0.cast_signed(), to_json(lexicon)?))?;
    Ok(())
}

/// Part of the transaction that gives a site a new number.
pub(super) fn renumber(transaction: &Transaction<'_>, old: SiteId, new: SiteId) -> Result<(), StoreError> {
    transaction.execute("UPDATE lexicons SET site = ?1 WHERE site = ?2", (new.0.cast_signed(), old.0.cast_signed()))?;
    Ok(())
}

pub(super) fn remove(transaction: &Transaction<'_>, site: SiteId) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM lexicons WHERE site = ?1", [site.0.cast_signed()])?;
    Ok(())
}

/// By site.
pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<(SiteId, Lexicon)>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT site, body FROM lexicons ORDER BY site")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(site, body)| Ok((SiteId(site.cast_unsigned()), from_json(&body)?)))).collect()
}

pub(super) fn preferences(transaction: &Transaction<'_>, email: &str) -> Result<Preferences, StoreError> {
    let sql = "SELECT body FROM preferences WHERE email = ?1";
    let body: Option<String> = transaction.prepare_cached(sql)?.query_row([email], |row| row.get(0)).optional()?;
    body.map_or_else(|| Ok(Preferences::default()), |body| from_json(&body))
}

pub(super) fn put_preferences(transaction: &Transaction<'_>, email: &str, preferences: &Preferences) -> Result<(), StoreError> {
    let known: bool = transaction.query_row("SELECT EXISTS (SELECT 1 FROM users WHERE email = ?1)", [email], |row| row.get(0))?;
    if !known {
        return Err(StoreError::NotFound(format!("the user {email}")));
    }
    transaction.execute("INSERT OR REPLACE INTO preferences (email, body) VALUES (?1, ?2)", (email, to_json(preferences)?))?;
    Ok(())
}

/// By email.
pub(super) fn all_preferences(transaction: &Transaction<'_>) -> Result<Vec<(String, Preferences)>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT email, body FROM preferences ORDER BY email")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(email, body)| Ok((email, from_json(&body)?)))).collect()
}
