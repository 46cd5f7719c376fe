//! Writing a day: pieces first, then the one row that makes them visible, then the old pieces go. One transaction.

use super::read::{self, stamp};
use crate::layout::{Laid, Piece};
use crate::{DayKey, DayStamp, Put, StoreError};
use rusqlite::{OptionalExtension, Transaction};

pub(super) fn put(transaction: &Transaction<'_>, key: DayKey, offered: DayStamp, laid: &Laid) -> Result<Put, StoreError> {
    let stored = stored_stamp(transaction, key)?;
    if stored.is_some_and(|stored| stored.supersedes(&offered)) {
        return Ok(Put::Older);
    }
    for piece in &laid.pieces {
        insert(transaction, key, offered.revision, piece)?;
    }
    show(transaction, key, offered, &laid.summary)?;
    let (site, generation, date) = read::names(key);
    let old = "DELETE FROM pieces WHERE site = ?1 AND generation = ?2 AND date = ?3 AND revision <> ?4";
    transaction.prepare_cached(old)?.execute((site, generation, date, offered.revision.cast_signed()))?;
    Ok(Put::Written)
}

/// What a reader would see now; lets a caller save the work of a day that would not be written.
pub(super) fn stored_stamp(transaction: &Transaction<'_>, key: DayKey) -> Result<Option<DayStamp>, StoreError> {
    let sql = "SELECT revision, logic, epoch, partition, position, newest_hit FROM days
               WHERE site = ?1 AND generation = ?2 AND date = ?3";
    Ok(transaction.prepare_cached(sql)?.query_row(read::names(key), |row| stamp(row, 0)).optional()?)
}

fn insert(transaction: &Transaction<'_>, key: DayKey, revision: u64, piece: &Piece) -> Result<(), StoreError> {
    let sql = "INSERT INTO pieces (site, generation, date, revision, part, kind, first, payload)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let (site, generation, date) = read::names(key);
    let (part, kind) = (piece.table.number(), piece.kind.number());
    let row = (site, generation, date, revision.cast_signed(), part, kind, &piece.first, &piece.payload);
    transaction.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn show(transaction: &Transaction<'_>, key: DayKey, stamp: DayStamp, summary: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO days
               (site, generation, date, revision, logic, epoch, partition, position, newest_hit, summary)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (site, generation, date) = read::names(key);
    let through = stamp.through;
    let (epoch, partition, position) = (through.epoch.cast_signed(), through.partition, through.offset.cast_signed());
    let newest = stamp.newest_hit.map(|at| at.0);
    let row = (site, generation, date, stamp.revision.cast_signed(), stamp.logic.0, epoch, partition, position, newest, summary);
    transaction.prepare_cached(sql)?.execute(row)?;
    Ok(())
}
