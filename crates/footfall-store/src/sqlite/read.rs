//! Reading days: only the pieces a question needs.

use crate::layout::{Assembly, HeadPiece, OpenPack, PieceKind, Summary, TableId, decode_head, decode_machines, decode_tail};
use crate::{DayHead, DayKey, DayStamp, DayTotals, StoreError};
use footfall_domain::{Counts, Dimension, LocalDate, LogicId, Machine, Position, Rollup, SiteId, UnixMillis};
use rusqlite::{OptionalExtension, Row, Transaction};
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

/// Days of one site and generation.
#[derive(Clone)]
pub(super) struct Days {
    pub site: SiteId,
    pub generation: u32,
    pub dates: RangeInclusive<LocalDate>,
}

impl Days {
    pub fn names(&self) -> (i64, u32, i32, i32) {
        (self.site.0.cast_signed(), self.generation, self.dates.start().0, self.dates.end().0)
    }
}

/// A key's columns.
pub(super) fn names(key: DayKey) -> (i64, u32, i32) {
    (key.site.0.cast_signed(), key.generation, key.date.0)
}

/// A stamp's columns: revision, logic, epoch, partition, position, newest_hit, beginning with column `at`.
pub(super) fn stamp(row: &Row<'_>, at: usize) -> rusqlite::Result<DayStamp> {
    let unsigned = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
    Ok(DayStamp {
        revision: unsigned(at)?,
        logic: LogicId(row.get(at + 1)?),
        through: Position { epoch: unsigned(at + 2)?, partition: row.get(at + 3)?, offset: unsigned(at + 4)? },
        newest_hit: row.get::<_, Option<i64>>(at + 5)?.map(UnixMillis),
    })
}

const STAMP: &str = "d.revision, d.logic, d.epoch, d.partition, d.position, d.newest_hit";
const IN_RANGE: &str = "d.site = ?1 AND d.generation = ?2 AND d.date BETWEEN ?3 AND ?4";

pub(super) fn stamps(transaction: &Transaction<'_>, days: &Days) -> Result<Vec<(LocalDate, DayStamp)>, StoreError> {
    let sql = format!("SELECT d.date, {STAMP} FROM days d WHERE {IN_RANGE} ORDER BY d.date");
    let mut statement = transaction.prepare_cached(&sql)?;
    let rows = statement.query_map(days.names(), |row| Ok((LocalDate(row.get(0)?), stamp(row, 1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
    let sql = format!("SELECT d.site, d.generation, d.date, {STAMP} FROM days d ORDER BY d.site, d.generation, d.date");
    let mut statement = transaction.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| {
        let site = SiteId(row.get::<_, i64>(0)?.cast_unsigned());
        Ok((DayKey { site, generation: row.get(1)?, date: LocalDate(row.get(2)?) }, stamp(row, 3)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn totals(transaction: &Transaction<'_>, days: &Days) -> Result<Vec<DayTotals>, StoreError> {
    let sql = format!("SELECT d.date, {STAMP}, d.summary FROM days d WHERE {IN_RANGE} ORDER BY d.date");
    let mut statement = transaction.prepare_cached(&sql)?;
    let mut rows = statement.query(days.names())?;
    let mut totals = Vec::new();
    while let Some(row) = rows.next()? {
        let summary = Summary::decode(blob(row, 7)?)?;
        totals.push(summary.totals(LocalDate(row.get(0)?), stamp(row, 1)?));
    }
    Ok(totals)
}

pub(super) fn heads(transaction: &Transaction<'_>, days: &Days, dimension: Dimension) -> Result<Vec<DayHead>, StoreError> {
    let table = TableId::people(dimension);
    let sql = format!(
        "SELECT d.date, {STAMP}, p.part, p.payload FROM days d
         LEFT JOIN pieces p ON p.site = d.site AND p.generation = d.generation AND p.date = d.date
               AND p.revision = d.revision AND p.part IN (?5, ?6) AND p.kind = ?7
         WHERE {IN_RANGE} ORDER BY d.date, p.first"
    );
    let (site, generation, from, through) = days.names();
    let mut statement = transaction.prepare_cached(&sql)?;
    let parts = (table.number(), TableId::PACK.number(), PieceKind::Head.number());
    let mut rows = statement.query((site, generation, from, through, parts.0, parts.1, parts.2))?;
    let mut heads: Vec<(LocalDate, DayStamp, HeadPiece)> = Vec::new();
    while let Some(row) = rows.next()? {
        let date = LocalDate(row.get(0)?);
        if heads.last().is_none_or(|(last, ..)| *last != date) {
            heads.push((date, stamp(row, 1)?, HeadPiece::default()));
        }
        let Some((_, _, head)) = heads.last_mut() else { continue };
        match row.get::<_, Option<u8>>(7)?.map(TableId::from_number) {
            None => {}
            Some(TableId::PACK) => *head = HeadPiece::of(&OpenPack::open(blob(row, 8)?)?.rows(table)?),
            Some(_) => decode_head(blob(row, 8)?, head)?,
        }
    }
    let answer = |(date, stamp, head): (_, _, HeadPiece)| DayHead { date, stamp, top: head.top, rows: head.rows, rest: head.rest };
    Ok(heads.into_iter().map(answer).collect())
}

pub(super) fn rows(transaction: &Transaction<'_>, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
    let table = TableId::people(dimension);
    let (mut rows, mut head) = (Vec::new(), HeadPiece::default());
    for_pieces(transaction, key, Some(table), None, |piece| match piece {
        (TableId::PACK, _, payload) => OpenPack::open(payload)?.rows(table).map(|packed| rows = packed),
        (_, PieceKind::Head, payload) => decode_head(payload, &mut head),
        (_, PieceKind::Tail, payload) => decode_tail(payload, &mut rows),
    })?;
    rows.extend(head.top);
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(rows)
}

pub(super) fn machines(transaction: &Transaction<'_>, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
    let mut machines = BTreeMap::new();
    for_pieces(transaction, key, Some(TableId::MACHINES), None, |piece| match piece {
        (TableId::PACK, _, payload) => OpenPack::open(payload)?.machines().map(|packed| machines = packed),
        (_, _, payload) => decode_machines(payload, &mut machines),
    })?;
    Ok(machines)
}

pub(super) fn day(transaction: &Transaction<'_>, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
    let sql = format!("SELECT {STAMP}, d.summary FROM days d WHERE d.site = ?1 AND d.generation = ?2 AND d.date = ?3");
    let found =
        transaction.prepare_cached(&sql)?.query_row(names(key), |row| Ok((stamp(row, 0)?, row.get::<_, Vec<u8>>(6)?))).optional()?;
    let Some((stamp, summary)) = found else { return Ok(None) };
    let mut assembly = Assembly::default();
    for_pieces(transaction, key, None, None, |(table, kind, payload)| assembly.add(table, kind, payload))?;
    Ok(Some((stamp, assembly.rollup(&Summary::decode(&summary)?))))
}

pub(super) fn lookup(
    transaction: &Transaction<'_>,
    key: DayKey,
    dimension: Dimension,
    values: &[String],
) -> Result<Vec<Counts>, StoreError> {
    let table = TableId::people(dimension);
    let (mut found, mut head) = (HashMap::new(), HeadPiece::default());
    for_pieces(transaction, key, Some(table), Some(PieceKind::Head), |piece| match piece {
        (TableId::PACK, _, payload) => OpenPack::open(payload)?.rows(table).map(|rows| found.extend(rows)),
        (_, _, payload) => decode_head(payload, &mut head),
    })?;
    let has_tail = head.rows > head.top.len() as u64;
    found.extend(head.top);
    if has_tail {
        let missing: Vec<&str> = values.iter().map(String::as_str).filter(|value| !found.contains_key(*value)).collect();
        let rows = tail_rows(transaction, key, table, missing)?;
        found.extend(rows);
    }
    Ok(values.iter().map(|value| found.get(value).copied().unwrap_or_default()).collect())
}

/// The rows of the chunks in which these values would be.
fn tail_rows(
    transaction: &Transaction<'_>,
    key: DayKey,
    table: TableId,
    mut values: Vec<&str>,
) -> Result<Vec<(String, Counts)>, StoreError> {
    let sql = "SELECT p.rowid, p.first FROM days d JOIN pieces p
               ON p.site = d.site AND p.generation = d.generation AND p.date = d.date AND p.revision = d.revision
               WHERE d.site = ?1 AND d.generation = ?2 AND d.date = ?3 AND p.part = ?4 AND p.kind = ?5 ORDER BY p.first";
    let (site, generation, date) = names(key);
    let mut statement = transaction.prepare_cached(sql)?;
    let row = (site, generation, date, table.number(), PieceKind::Tail.number());
    let chunks: Vec<(i64, Vec<u8>)> = statement.query_map(row, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    values.sort_unstable();
    let mut rows = Vec::new();
    let mut read = None;
    let mut payload = transaction.prepare_cached("SELECT payload FROM pieces WHERE rowid = ?1")?;
    for value in values {
        let after = chunks.partition_point(|(_, first)| first.as_slice() <= value.as_bytes());
        // Before the first chunk there is nothing; a chunk that is read already answers its other values too.
        if after == 0 || read == Some(after) {
            continue;
        }
        read = Some(after);
        let bytes: Vec<u8> = payload.query_row([chunks[after - 1].0], |row| row.get(0))?;
        decode_tail(&bytes, &mut rows)?;
    }
    Ok(rows)
}

/// Shows the visible pieces of a day in order: of one table and the pack, or of all; of one kind, or of both.
fn for_pieces(
    transaction: &Transaction<'_>,
    key: DayKey,
    table: Option<TableId>,
    kind: Option<PieceKind>,
    mut see: impl FnMut((TableId, PieceKind, &[u8])) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = "SELECT p.part, p.kind, p.payload FROM days d JOIN pieces p
               ON p.site = d.site AND p.generation = d.generation AND p.date = d.date AND p.revision = d.revision
               WHERE d.site = ?1 AND d.generation = ?2 AND d.date = ?3 AND (?4 IS NULL OR p.part IN (?4, ?5)) AND (?6 IS NULL OR p.kind = ?6)
               ORDER BY p.part, p.kind, p.first";
    let (site, generation, date) = names(key);
    let mut statement = transaction.prepare_cached(sql)?;
    let (table, kind) = (table.map(TableId::number), kind.map(PieceKind::number));
    let mut rows = statement.query((site, generation, date, table, TableId::PACK.number(), kind))?;
    while let Some(row) = rows.next()? {
        let kind = PieceKind::from_number(row.get(1)?)?;
        see((TableId::from_number(row.get(0)?), kind, blob(row, 2)?))?;
    }
    Ok(())
}

fn blob<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8], StoreError> {
    row.get_ref(column)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))
}
