//! Sites.

use super::generations::{from_json, to_json};
use super::{lexicons, removed};
use crate::StoreError;
use footfall_domain::{Site, SiteId, SiteRules, UnixMillis, ZoneChange};
use rusqlite::{OptionalExtension, Row, Transaction};

const COLUMNS: &str = "id, domain, created, zones, rules";

pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<Site>, StoreError> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM sites ORDER BY domain"))?;
    let mut rows = statement.query([])?;
    let mut sites = Vec::new();
    while let Some(row) = rows.next()? {
        sites.push(site(row)?);
    }
    Ok(sites)
}

pub(super) fn add(transaction: &Transaction<'_>, domain: &str, zone: &str, now: UnixMillis) -> Result<Site, StoreError> {
    let zones = vec![ZoneChange { from: UnixMillis::MIN, zone: zone.to_owned() }];
    let site = Site { id: SiteId(0), domain: domain.to_owned(), zones, created: now, rules: SiteRules::default() };
    vacant(transaction, domain)?;
    insert(transaction, site)
}

pub(super) fn put(transaction: &Transaction<'_>, site: &Site) -> Result<(), StoreError> {
    let id = site.id.0.cast_signed();
    let known: Option<String> = transaction.query_row("SELECT domain FROM sites WHERE id = ?1", [id], |row| row.get(0)).optional()?;
    let known = known.ok_or_else(|| unknown(&site.domain))?;
    if known != site.domain {
        vacant(transaction, &site.domain)?;
    }
    let sql = "UPDATE sites SET domain = ?2, created = ?3, zones = ?4, rules = ?5 WHERE id = ?1";
    transaction.execute(sql, (id, &site.domain, site.created.0, to_json(&site.zones)?, to_json(&site.rules)?))?;
    Ok(())
}

pub(super) fn reset(transaction: &Transaction<'_>, domain: &str) -> Result<(Site, SiteId), StoreError> {
    let old = by_domain(transaction, domain)?;
    forget_counted(transaction, old.id)?;
    removed::add(transaction, old.id)?;
    transaction.execute("DELETE FROM sites WHERE id = ?1", [old.id.0.cast_signed()])?;
    let old_id = old.id;
    let new = insert(transaction, old)?;
    let ids = (new.id.0.cast_signed(), old_id.0.cast_signed());
    transaction.execute("UPDATE keys SET site = ?1 WHERE site = ?2", ids)?;
    lexicons::renumber(transaction, old_id, new.id)?;
    Ok((new, old_id))
}

pub(super) fn remove(transaction: &Transaction<'_>, domain: &str) -> Result<SiteId, StoreError> {
    let site = by_domain(transaction, domain)?.id;
    forget_counted(transaction, site)?;
    removed::add(transaction, site)?;
    transaction.execute("DELETE FROM keys WHERE site = ?1", [site.0.cast_signed()])?;
    lexicons::remove(transaction, site)?;
    transaction.execute("DELETE FROM sites WHERE id = ?1", [site.0.cast_signed()])?;
    Ok(site)
}

/// Inserts a site under a new number.
fn insert(transaction: &Transaction<'_>, site: Site) -> Result<Site, StoreError> {
    let sql = "INSERT INTO sites (domain, created, zones, rules) VALUES (?1, ?2, ?3, ?4)";
    transaction.execute(sql, (&site.domain, site.created.0, to_json(&site.zones)?, to_json(&site.rules)?))?;
    Ok(Site { id: SiteId(transaction.last_insert_rowid().cast_unsigned()), ..site })
}

fn by_domain(transaction: &Transaction<'_>, domain: &str) -> Result<Site, StoreError> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM sites WHERE domain = ?1"))?;
    let mut rows = statement.query([domain])?;
    rows.next()?.map_or_else(|| Err(unknown(domain)), site)
}

fn vacant(transaction: &Transaction<'_>, domain: &str) -> Result<(), StoreError> {
    let taken: bool = transaction.query_row("SELECT EXISTS (SELECT 1 FROM sites WHERE domain = ?1)", [domain], |row| row.get(0))?;
    if taken { Err(StoreError::Exists(format!("the site {domain}"))) } else { Ok(()) }
}

/// Forgets what was counted beside the log.
fn forget_counted(transaction: &Transaction<'_>, site: SiteId) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM imports WHERE site = ?1", [site.0.cast_signed()])?;
    transaction.execute("DELETE FROM refusals WHERE site = ?1", [site.0.cast_signed()])?;
    Ok(())
}

fn unknown(domain: &str) -> StoreError {
    StoreError::NotFound(format!("the site {domain}"))
}

fn site(row: &Row<'_>) -> Result<Site, StoreError> {
    Ok(Site {
        id: SiteId(row.get::<_, i64>(0)?.cast_unsigned()),
        domain: row.get(1)?,
        created: UnixMillis(row.get(2)?),
        zones: from_json(&row.get::<_, String>(3)?)?,
        rules: from_json(&row.get::<_, String>(4)?)?,
    })
}
