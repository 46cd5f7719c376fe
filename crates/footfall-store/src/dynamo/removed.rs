//! Numbers of sites that are gone, and what was counted for them beside the log.

use super::failure::Failure;
use super::item::{Item, Name, get_flag, get_text};
use super::many::Range;
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::layout::damaged;
use crate::{RemovedSite, StoreError};
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::SiteId;
use futures::{StreamExt, TryStreamExt, stream};

const AT_ONCE: usize = 8;

pub(super) async fn all(table: &Table) -> Result<Vec<RemovedSite>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::REMOVED), true).await?;
    items
        .iter()
        .map(|item| {
            let sk = get_text(item, "sk")?;
            let id = SiteId(sk.parse().map_err(|_| damaged(format_args!("'{sk}' is no site's number")))?);
            Ok(RemovedSite { id, erased: get_flag(item, "erased")? })
        })
        .collect()
}

pub(super) fn item(site: SiteId, erased: bool) -> Item {
    names::removed(site).row([("erased", AttributeValue::Bool(erased))])
}

pub(super) async fn note_erased(table: &Table, site: SiteId) -> Result<(), StoreError> {
    match table.put(Kind::Registry, item(site, true), Some(Expression::present())).await {
        Ok(()) | Err(Failure::Condition) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn forget_counts(table: &Table) -> Result<u64, StoreError> {
    let sites = all(table).await?;
    let forgotten = stream::iter(sites).map(|removed| forget_counts_of(table, removed.id)).buffer_unordered(AT_ONCE);
    forgotten.try_fold(0, |sum, n| async move { Ok(sum + n) }).await
}

/// Imports and refusals of a site; returns how many.
pub(super) async fn forget_counts_of(table: &Table, site: SiteId) -> Result<u64, StoreError> {
    let mut forgotten = 0;
    for pk in [names::imports(site), names::refusals(Some(site))] {
        let range = Range { projection: Some("pk, sk"), ..Range::all(pk) };
        let items = table.query(Kind::Registry, &range, true).await?;
        let found: Result<Vec<Name>, _> = items.iter().map(Name::of).collect();
        forgotten += items.len() as u64;
        table.delete_many(Kind::Registry, found?).await?;
    }
    Ok(forgotten)
}
