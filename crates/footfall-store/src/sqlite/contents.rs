//! The whole registry but its secrets.

use super::{audit, imports, keys, lexicons, removed, settings, sites, teams, users};
use crate::{Contents, SignIn, StoreError};
use footfall_domain::{DropReason, LocalDate, SiteId, UnixMillis};
use rusqlite::{OptionalExtension, Transaction};

/// All tables of the registry; who refers to another comes before it.
const TABLES: [&str; 12] =
    ["sign_ins", "preferences", "lexicons", "users", "keys", "sites", "removed_sites", "imports", "refusals", "settings", "teams", "audit"];

pub(super) fn get(transaction: &Transaction<'_>) -> Result<Contents, StoreError> {
    let hashes = column(transaction, "SELECT hash FROM keys ORDER BY id", |row| row.get(0))?;
    let mut refusals = Vec::new();
    for (site, date, reason, hits) in column(transaction, "SELECT site, date, reason, hits FROM refusals", |row| {
        Ok((row.get::<_, i64>(0)?, LocalDate(row.get(1)?), row.get::<_, String>(2)?, row.get::<_, i64>(3)?))
    })? {
        let reason = DropReason::from_name(&reason).ok_or_else(|| StoreError::Damaged(format!("unknown reason '{reason}'")))?;
        let site = (site != 0).then_some(SiteId(site.cast_unsigned()));
        refusals.push((site, date, reason, hits.cast_unsigned()));
    }
    refusals.sort_unstable();
    let sites_of_imports: Vec<i64> = column(transaction, "SELECT DISTINCT site FROM imports ORDER BY site", |row| row.get(0))?;
    let mut all_imports = Vec::new();
    for site in sites_of_imports.into_iter().map(|site| SiteId(site.cast_unsigned())) {
        all_imports.extend(imports::all(transaction, site)?.into_iter().map(|(fingerprint, at)| (site, fingerprint, at)));
    }
    all_imports.sort_by_key(|(site, fingerprint, _)| (*site, *fingerprint));
    Ok(Contents {
        last_site: last_number(transaction, "sites")?,
        last_key: last_number(transaction, "keys")?,
        last_team: last_number(transaction, "teams")?,
        last_audit: last_number(transaction, "audit")?,
        sites: sites::all(transaction)?,
        removed: removed::all(transaction)?,
        users: users::all(transaction)?,
        keys: hashes.into_iter().zip(keys::all(transaction)?).collect(),
        sign_ins: column(transaction, "SELECT token_hash, email, csrf, expires FROM sign_ins ORDER BY token_hash", |row| {
            Ok((row.get(0)?, SignIn { email: row.get(1)?, csrf: row.get(2)?, expires: UnixMillis(row.get(3)?) }))
        })?,
        secrets: Vec::new(),
        imports: all_imports,
        refusals,
        lexicons: lexicons::all(transaction)?,
        preferences: lexicons::all_preferences(transaction)?,
        settings: column(transaction, "SELECT name, value FROM settings ORDER BY name", |row| Ok((row.get(0)?, row.get(1)?)))?,
        teams: teams::all(transaction)?,
        audit: audit::all(transaction)?,
    })
}

pub(super) fn put(transaction: &Transaction<'_>, contents: &Contents) -> Result<(), StoreError> {
    for table in TABLES {
        transaction.execute(&format!("DELETE FROM {table}"), [])?;
    }
    for site in &contents.sites {
        sites::write(transaction, site)?;
    }
    for removed in &contents.removed {
        transaction.execute("INSERT INTO removed_sites (id, erased) VALUES (?1, ?2)", (removed.id.0.cast_signed(), removed.erased))?;
    }
    for user in &contents.users {
        users::add(transaction, user)?;
    }
    for (site, lexicon) in &contents.lexicons {
        lexicons::put(transaction, *site, lexicon)?;
    }
    for (email, preferences) in &contents.preferences {
        lexicons::put_preferences(transaction, email, preferences)?;
    }
    for (hash, key) in &contents.keys {
        keys::put(transaction, Some(key.id), *hash, key)?;
    }
    for (hash, sign_in) in &contents.sign_ins {
        users::add_sign_in(transaction, *hash, sign_in)?;
    }
    for (site, fingerprint, at) in &contents.imports {
        imports::put(transaction, *site, *fingerprint, *at)?;
    }
    super::refusals::add(transaction, &contents.refusals)?;
    for (name, value) in &contents.settings {
        settings::put(transaction, name, value)?;
    }
    for team in &contents.teams {
        teams::put(transaction, team)?;
    }
    for (number, entry) in &contents.audit {
        audit::put(transaction, Some(*number), entry)?;
    }
    set_last_number(transaction, "sites", contents.last_site)?;
    set_last_number(transaction, "keys", contents.last_key)?;
    set_last_number(transaction, "teams", contents.last_team)?;
    set_last_number(transaction, "audit", contents.last_audit)
}

/// The highest number SQLite has given in a table.
fn last_number(transaction: &Transaction<'_>, table: &str) -> Result<u64, StoreError> {
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
    let last: Option<i64> = transaction.query_row(sql, [table], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or(0).cast_unsigned())
}

fn set_last_number(transaction: &Transaction<'_>, table: &str, last: u64) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [table])?;
    transaction.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", (table, last.cast_signed()))?;
    Ok(())
}

fn column<T>(
    transaction: &Transaction<'_>,
    sql: &str,
    row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = transaction.prepare_cached(sql)?;
    Ok(statement.query_map([], row)?.collect::<rusqlite::Result<_>>()?)
}
