//! The audit log: entries of a site in a partition, under numbers that grow over all of them.

use super::counters::AUDIT;
use super::item::{Item, Name, bytes, check_size, get_bytes, get_text, number};
use super::many::Range;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::{names, removed, sites};
use crate::layout::{damaged, seal, unseal};
use crate::{AuditEntry, StoreError};
use footfall_domain::{SiteId, UnixMillis};
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::BTreeSet;

/// Sites whose entries are looked at side by side.
const AT_ONCE: usize = 8;

pub(super) async fn note(table: &Table, entry: &AuditEntry) -> Result<(), StoreError> {
    let item = item(table.next(AUDIT).await?, entry)?;
    table.put(Kind::Registry, item, None).await.map_err(StoreError::from)
}

/// The newest first.
pub(super) async fn page(
    table: &Table,
    of: Option<SiteId>,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
    // Numbers begin with 1.
    let Some(through) = before.unwrap_or(u64::MAX).checked_sub(1).filter(|_| limit > 0) else { return Ok(Vec::new()) };
    let (from, through) = (names::audit_entry(of, 0).sk, names::audit_entry(of, through).sk);
    let items = table.last(Kind::Registry, &Range::between(names::audit(of), from, through), limit).await?;
    items.iter().map(read).collect()
}

/// By number.
pub(super) async fn of_partition(table: &Table, pk: &str) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
    table.query(Kind::Registry, &Range::all(pk), true).await?.iter().map(read).collect()
}

/// Looks at every number that is a site's, or was: the first number of each site is among them.
pub(super) async fn remove_before(table: &Table, instant: UnixMillis) -> Result<u64, StoreError> {
    let mut numbers: BTreeSet<Option<SiteId>> = sites::all(table).await?.iter().map(|site| Some(site.first_id)).collect();
    numbers.extend(removed::all(table).await?.iter().map(|removed| Some(removed.id)));
    numbers.insert(None);
    let forgotten = stream::iter(numbers).map(|site| remove_of(table, site, instant)).buffer_unordered(AT_ONCE);
    forgotten.try_fold(0, |sum, n| async move { Ok(sum + n) }).await
}

async fn remove_of(table: &Table, site: Option<SiteId>, instant: UnixMillis) -> Result<u64, StoreError> {
    let earlier = Expression::new("noted < :instant", [(":instant", number(instant.0))]);
    let range = Range { projection: Some("pk, sk"), filter: Some(earlier), ..Range::all(names::audit(site)) };
    let items = table.query(Kind::Registry, &range, true).await?;
    let found: Result<Vec<Name>, _> = items.iter().map(Name::of).collect();
    table.delete_many(Kind::Registry, found?).await?;
    Ok(items.len() as u64)
}

pub(super) fn item(at: u64, entry: &AuditEntry) -> Result<Item, StoreError> {
    let body = serde_json::to_vec(entry).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let item = names::audit_entry(entry.site, at).row([("noted", number(entry.at.0)), ("b", bytes(seal(&body)?))]);
    check_size(&item, || format!("an entry of the audit log ({})", entry.deed))?;
    Ok(item)
}

fn read(item: &Item) -> Result<(u64, AuditEntry), StoreError> {
    let sk = get_text(item, "sk")?;
    let number = sk.parse().map_err(|_| damaged(format_args!("'{sk}' is no number of an entry")))?;
    Ok((number, serde_json::from_slice(&unseal(get_bytes(item, "b")?)?).map_err(damaged)?))
}
