//! Sites.

use super::generations::{from_json, to_json};
use super::{lexicons, removed};
use crate::StoreError;
use crate::registry::changed_meanwhile;
use footfall_domain::{Site, SiteId, UnixMillis};
use rusqlite::{Row, Transaction};

const COLUMNS: &str = "id, domain, created, zones, rules, version, first_id, sharing, retention_months";

pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<Site>, StoreError> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM sites ORDER BY domain"))?;
    let mut rows = statement.query([])?;
    let mut sites = Vec::new();
    while let Some(row) = rows.next()? {
        sites.push(site(row)?);
    }
    Ok(sites)
}

/// Adds a site; its numbers are not yet its own.
pub(super) fn add(transaction: &Transaction<'_>, site: Site) -> Result<Site, StoreError> {
    vacant(transaction, &site.domain)?;
    let id = new_id(transaction, &site.domain)?;
    let site = Site { id, first_id: id, ..site };
    write(transaction, &site)?;
    Ok(site)
}

pub(super) fn put(transaction: &Transaction<'_>, site: Site) -> Result<Site, StoreError> {
    let known = by_number(transaction, site.id)?.ok_or_else(|| unknown(&site.domain))?;
    if known.version != site.version {
        return Err(changed_meanwhile(format_args!("the site {}", known.domain)));
    }
    if known.domain != site.domain {
        vacant(transaction, &site.domain)?;
    }
    let next = Site { version: known.version + 1, first_id: known.first_id, ..site };
    write(transaction, &next)?;
    Ok(next)
}

pub(super) fn reset(transaction: &Transaction<'_>, domain: &str, id: Option<SiteId>) -> Result<(Site, SiteId), StoreError> {
    let old = meant(transaction, domain, id)?;
    forget_counted(transaction, old.id)?;
    removed::add(transaction, old.id)?;
    transaction.execute("DELETE FROM sites WHERE id = ?1", [old.id.0.cast_signed()])?;
    let old_id = old.id;
    let new = Site { id: new_id(transaction, domain)?, version: old.version + 1, ..old };
    write(transaction, &new)?;
    let ids = (new.id.0.cast_signed(), old_id.0.cast_signed());
    transaction.execute("UPDATE keys SET site = ?1 WHERE site = ?2", ids)?;
    lexicons::renumber(transaction, old_id, new.id)?;
    Ok((new, old_id))
}

pub(super) fn remove(transaction: &Transaction<'_>, domain: &str, id: Option<SiteId>) -> Result<SiteId, StoreError> {
    let site = meant(transaction, domain, id)?.id;
    forget_counted(transaction, site)?;
    removed::add(transaction, site)?;
    transaction.execute("DELETE FROM keys WHERE site = ?1", [site.0.cast_signed()])?;
    lexicons::remove(transaction, site)?;
    transaction.execute("DELETE FROM sites WHERE id = ?1", [site.0.cast_signed()])?;
    Ok(site)
}

/// The site of a domain, if it is the one that was meant.
fn meant(transaction: &Transaction<'_>, domain: &str, id: Option<SiteId>) -> Result<Site, StoreError> {
    let site = by_domain(transaction, domain)?;
    if id.is_none_or(|id| id == site.id) { Ok(site) } else { Err(StoreError::NotFound(format!("the site {domain}"))) }
}

/// A number that was never used. A row has it, of which nothing else is true yet.
fn new_id(transaction: &Transaction<'_>, domain: &str) -> Result<SiteId, StoreError> {
    transaction.execute("INSERT INTO sites (domain, created, zones, rules) VALUES (?1, 0, '', '')", [domain])?;
    Ok(SiteId(transaction.last_insert_rowid().cast_unsigned()))
}

/// Writes a site's row, whether there is one of its number or not.
pub(super) fn write(transaction: &Transaction<'_>, site: &Site) -> Result<(), StoreError> {
    let sql = format!("INSERT OR REPLACE INTO sites ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    let (zones, rules, sharing) = (to_json(&site.zones)?, to_json(&site.rules)?, to_json(&site.sharing)?);
    let (id, version, first_id) = (site.id.0.cast_signed(), site.version.cast_signed(), site.first_id.0.cast_signed());
    let row = (id, &site.domain, site.created.0, zones, rules, version, first_id, sharing, site.retention_months);
    transaction.prepare_cached(&sql)?.execute(row)?;
    Ok(())
}

fn by_number(transaction: &Transaction<'_>, id: SiteId) -> Result<Option<Site>, StoreError> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM sites WHERE id = ?1"))?;
    let mut rows = statement.query([id.0.cast_signed()])?;
    rows.next()?.map(site).transpose()
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
        version: row.get::<_, i64>(5)?.cast_unsigned(),
        first_id: SiteId(row.get::<_, i64>(6)?.cast_unsigned()),
        sharing: from_json(&row.get::<_, String>(7)?)?,
        retention_months: row.get(8)?,
    })
}
