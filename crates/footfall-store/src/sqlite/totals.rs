//! Numbers of open days, between two flushes.

use super::put::stored_stamp;
use super::read::{Days, names, stamp};
use crate::layout::decode_totals;
use crate::{DayKey, DayStamp, DayTotals, Put, StoreError};
use footfall_domain::LocalDate;
use rusqlite::{OptionalExtension, Transaction};

pub(super) fn put(transaction: &Transaction<'_>, key: DayKey, offered: DayStamp, payload: &[u8]) -> Result<Put, StoreError> {
    let sql = "SELECT revision, logic, epoch, partition, position, newest_hit FROM totals
               WHERE site = ?1 AND generation = ?2 AND date = ?3";
    let early = transaction.prepare_cached(sql)?.query_row(names(key), |row| stamp(row, 0)).optional()?;
    let stored = [early, stored_stamp(transaction, key)?];
    if stored.into_iter().flatten().any(|stored| stored.supersedes(&offered)) {
        return Ok(Put::Older);
    }
    let sql = "INSERT OR REPLACE INTO totals
               (site, generation, date, revision, logic, epoch, partition, position, newest_hit, payload)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (site, generation, date) = names(key);
    let (revision, through, newest) = (offered.revision.cast_signed(), offered.through, offered.newest_hit.map(|at| at.0));
    let (epoch, position) = (through.epoch.cast_signed(), through.offset.cast_signed());
    let row = (site, generation, date, revision, offered.logic.0, epoch, through.partition, position, newest, payload);
    transaction.prepare_cached(sql)?.execute(row)?;
    Ok(Put::Written)
}

pub(super) fn get(transaction: &Transaction<'_>, days: &Days) -> Result<Vec<DayTotals>, StoreError> {
    let sql = "SELECT date, revision, logic, epoch, partition, position, newest_hit, payload FROM totals
               WHERE site = ?1 AND generation = ?2 AND date BETWEEN ?3 AND ?4 ORDER BY date";
    let mut statement = transaction.prepare_cached(sql)?;
    let mut rows = statement.query(days.names())?;
    let mut totals = Vec::new();
    while let Some(row) = rows.next()? {
        let payload: Vec<u8> = row.get(7)?;
        totals.push(decode_totals(LocalDate(row.get(0)?), stamp(row, 1)?, &payload)?);
    }
    Ok(totals)
}
