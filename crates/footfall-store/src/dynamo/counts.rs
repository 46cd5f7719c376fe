//! How far imports came, hits refused before the log, and settings.

use super::item::{Item, bytes, check_size, get_bytes, get_number, get_text, number};
use super::many::Range;
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::transact::MOST;
use crate::layout::damaged;
use crate::{ImportProgress, Refusals, StoreError};
use footfall_domain::{DropReason, LocalDate, SiteId};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub(super) async fn import(table: &Table, site: SiteId, fingerprint: &[u8; 32]) -> Result<Option<ImportProgress>, StoreError> {
    table.get(Kind::Registry, &names::import(site, fingerprint), None).await?.as_ref().map(progress).transpose()
}

pub(super) async fn put_import(table: &Table, site: SiteId, fingerprint: [u8; 32], at: ImportProgress) -> Result<(), StoreError> {
    table.put(Kind::Registry, import_item(site, &fingerprint, at), None).await.map_err(StoreError::from)
}

pub(super) fn import_item(site: SiteId, fingerprint: &[u8; 32], at: ImportProgress) -> Item {
    names::import(site, fingerprint).row([("import", number(at.import)), ("read", number(at.bytes)), ("lines", number(at.lines))])
}

/// By number.
pub(super) async fn imports(table: &Table, site: SiteId) -> Result<Vec<([u8; 32], ImportProgress)>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::imports(site)), true).await?;
    let imports: Result<Vec<_>, StoreError> =
        items.iter().map(|item| Ok((names::read_hash(get_text(item, "sk")?)?, progress(item)?))).collect();
    let mut imports = imports?;
    imports.sort_by_key(|(fingerprint, at)| (at.import, *fingerprint));
    Ok(imports)
}

fn progress(item: &Item) -> Result<ImportProgress, StoreError> {
    Ok(ImportProgress { import: get_number(item, "import")?, bytes: get_number(item, "read")?, lines: get_number(item, "lines")? })
}

/// Adds numbers, each exactly once: a transaction has a token, so that an attempt after a lost answer adds nothing.
pub(super) async fn add_refusals(table: &Table, counts: &[(Option<SiteId>, LocalDate, DropReason, u64)]) -> Result<(), StoreError> {
    // A row may be named once in a transaction.
    let mut sums = BTreeMap::new();
    for (site, date, reason, n) in counts.iter().filter(|(.., n)| *n > 0) {
        *sums.entry((*site, *date, *reason)).or_insert(0_u64) += n;
    }
    let mut parts = Vec::with_capacity(sums.len());
    for ((site, date, reason), n) in sums {
        let more = Expression::new("ADD refused :n", [(":n", number(n))]);
        parts.push(table.part_update(&names::refusal(site, date, reason), more, None)?);
    }
    for parts in parts.chunks(MOST) {
        table.transact(Kind::Registry, parts.to_vec()).await.map_err(StoreError::from)?;
    }
    Ok(())
}

pub(super) fn refusal_item(site: Option<SiteId>, date: LocalDate, reason: DropReason, n: u64) -> Item {
    names::refusal(site, date, reason).row([("refused", number(n))])
}

pub(super) async fn refusals(table: &Table, site: Option<SiteId>, dates: &RangeInclusive<LocalDate>) -> Result<Refusals, StoreError> {
    if dates.is_empty() {
        return Ok(Refusals::new());
    }
    let range = Range::between(names::refusals(site), dates.start().to_string(), format!("{}~", dates.end()));
    let items = table.query(Kind::Registry, &range, true).await?;
    let refusals: Result<Refusals, StoreError> = items.iter().map(refusal).collect();
    let mut refusals = refusals?;
    refusals.sort_unstable();
    Ok(refusals)
}

fn refusal(item: &Item) -> Result<(LocalDate, DropReason, u64), StoreError> {
    let sk = get_text(item, "sk")?;
    let read = sk.split_once('#').and_then(|(date, reason)| Some((LocalDate::parse(date)?, DropReason::from_name(reason)?)));
    let (date, reason) = read.ok_or_else(|| damaged(format_args!("'{sk}' names no date and reason")))?;
    Ok((date, reason, get_number(item, "refused")?))
}

pub(super) async fn setting(table: &Table, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let item = table.get(Kind::Registry, &names::setting(name), None).await?;
    item.map(|item| Ok(get_bytes(&item, "b")?.to_vec())).transpose()
}

pub(super) async fn put_setting(table: &Table, name: &str, value: &[u8]) -> Result<(), StoreError> {
    table.put(Kind::Registry, setting_item(name, value)?, None).await.map_err(StoreError::from)
}

pub(super) fn setting_item(name: &str, value: &[u8]) -> Result<Item, StoreError> {
    let item = names::setting(name).row([("b", bytes(value))]);
    check_size(&item, || format!("the setting {name}"))?;
    Ok(item)
}

/// By name.
pub(super) async fn settings(table: &Table) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::SETTINGS), true).await?;
    items.iter().map(|item| Ok((get_text(item, "sk")?.to_owned(), get_bytes(item, "b")?.to_vec()))).collect()
}
