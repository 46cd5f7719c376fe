//! Hits refused before the log.

use crate::{Refusals, StoreError};
use footfall_domain::{DropReason, LocalDate, SiteId};
use rusqlite::Transaction;
use std::ops::RangeInclusive;

/// Stands for hits of no known site; sites are numbered from 1.
const UNKNOWN_SITE: i64 = 0;

pub(super) fn add(transaction: &Transaction<'_>, counts: &[(Option<SiteId>, LocalDate, DropReason, u64)]) -> Result<(), StoreError> {
    let sql = "INSERT INTO refusals (site, date, reason, hits) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET hits = hits + excluded.hits";
    let mut statement = transaction.prepare_cached(sql)?;
    for (site, date, reason, hits) in counts.iter().filter(|(.., hits)| *hits > 0) {
        statement.execute((number(*site), date.0, reason.name(), hits.cast_signed()))?;
    }
    Ok(())
}

pub(super) fn get(transaction: &Transaction<'_>, site: Option<SiteId>, dates: &RangeInclusive<LocalDate>) -> Result<Refusals, StoreError> {
    let sql = "SELECT date, reason, hits FROM refusals WHERE site = ?1 AND date BETWEEN ?2 AND ?3";
    let mut statement = transaction.prepare_cached(sql)?;
    let mut rows = statement.query((number(site), dates.start().0, dates.end().0))?;
    let mut refusals = Refusals::new();
    while let Some(row) = rows.next()? {
        let reason: String = row.get(1)?;
        let reason = DropReason::from_name(&reason).ok_or_else(|| StoreError::Damaged(format!("unknown reason '{reason}'")))?;
        refusals.push((LocalDate(row.get(0)?), reason, row.get::<_, i64>(2)?.cast_unsigned()));
    }
    refusals.sort_unstable();
    Ok(refusals)
}

fn number(site: Option<SiteId>) -> i64 {
    site.map_or(UNKNOWN_SITE, |site| site.0.cast_signed())
}
