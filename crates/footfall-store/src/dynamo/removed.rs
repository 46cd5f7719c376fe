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
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

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

/// Sites whose counts were looked for, and how often. What was on its way when a site was removed has arrived by the second
/// look, an hour after the first; after that the site is left alone, for this list only grows.
pub(super) type LookedFor = Mutex<HashMap<SiteId, u8>>;
const LOOKS: u8 = 2;

pub(super) async fn forget_counts(table: &Table, looked_for: &LookedFor) -> Result<u64, StoreError> {
    let known = || looked_for.lock().unwrap_or_else(PoisonError::into_inner);
    let mut sites: Vec<SiteId> = all(table).await?.into_iter().map(|removed| removed.id).collect();
    sites.retain(|site| known().get(site).is_none_or(|looks| *looks < LOOKS));
    let forgotten = stream::iter(sites.clone()).map(|site| forget_counts_of(table, site)).buffer_unordered(AT_ONCE);
    let forgotten = forgotten.try_fold(0, |sum, n| async move { Ok(sum + n) }).await?;
    for site in sites {
        *known().entry(site).or_default() += 1;
    }
    Ok(forgotten)
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
