//! A rollup cut into pieces.

use super::codec::plain;
use super::pack::lay_pack;
use super::table::{lay_machines, lay_table};
use super::{PACK_BYTES, Summary, TableId};
use crate::StoreError;
use footfall_domain::{Counts, Dimension, Part, Rollup};
use std::collections::BTreeMap;

/// An immutable part of a stored day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Of which table.
    pub table: TableId,
    /// Which part of it.
    pub kind: PieceKind,
    /// Sorts the pieces of one kind: the first value of a tail's chunk, else a number.
    pub first: Vec<u8>,
    /// Compressed, below [`super::MAX_PIECE_BYTES`].
    pub payload: Vec<u8>,
}

/// Which part of a table a piece holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PieceKind {
    /// Its top rows, and what bounds the others; or a whole small day.
    Head,
    /// Rows that are not in the head.
    Tail,
}

impl PieceKind {
    /// Its number in a database.
    pub fn number(self) -> u8 {
        match self {
            PieceKind::Head => 0,
            PieceKind::Tail => 1,
        }
    }

    /// The kind of a number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for a number of none.
    pub fn from_number(number: u8) -> Result<Self, StoreError> {
        match number {
            0 => Ok(PieceKind::Head),
            1 => Ok(PieceKind::Tail),
            other => Err(StoreError::Damaged(format!("a piece of unknown kind {other}"))),
        }
    }
}

/// A rollup as it is stored.
pub(crate) struct Laid {
    pub summary: Vec<u8>,
    pub pieces: Vec<Piece>,
}

/// Lays out a rollup.
pub(crate) fn lay_out(rollup: &Rollup) -> Result<Laid, StoreError> {
    let summary = Summary::of(rollup).encode()?;
    let pieces = match small_tables(rollup)? {
        Some(tables) => vec![lay_pack(&tables)?],
        None => lay_tables(rollup)?,
    };
    Ok(Laid { summary, pieces })
}

/// The bytes of tables, by name.
type Tables = Vec<(TableId, Vec<u8>)>;

/// The bytes of all tables, if together they are few.
fn small_tables(rollup: &Rollup) -> Result<Option<Tables>, StoreError> {
    // A row takes more than 12 bytes: no need to encode a large day to see that it is large.
    let rows = tables(rollup).map(|(_, table)| table.len()).sum::<usize>() + rollup.machines.len();
    if rows * 12 > PACK_BYTES {
        return Ok(None);
    }
    let mut packed = Vec::new();
    for (id, table) in tables(rollup).filter(|(_, table)| !table.is_empty()) {
        let rows: Vec<(&String, &Counts)> = table.iter().collect();
        packed.push((id, plain(&rows)?));
    }
    if !rollup.machines.is_empty() {
        packed.push((TableId::MACHINES, plain(&rollup.machines)?));
    }
    let bytes: usize = packed.iter().map(|(_, bytes)| bytes.len()).sum();
    Ok((bytes <= PACK_BYTES).then_some(packed))
}

fn lay_tables(rollup: &Rollup) -> Result<Vec<Piece>, StoreError> {
    let mut pieces = Vec::new();
    for (id, table) in tables(rollup) {
        lay_table(id, table, &mut pieces)?;
    }
    lay_machines(&rollup.machines, &mut pieces)?;
    Ok(pieces)
}

/// Every dimension's table of both parts, with its name.
fn tables(rollup: &Rollup) -> impl Iterator<Item = (TableId, &BTreeMap<String, Counts>)> {
    let people = rollup.people();
    let others = if std::ptr::eq(people, &rollup.live) { &rollup.log } else { &rollup.live };
    named(people, TableId::people).chain(named(others, TableId::others))
}

fn named(part: &Part, name: fn(Dimension) -> TableId) -> impl Iterator<Item = (TableId, &BTreeMap<String, Counts>)> {
    part.dimensions.iter().zip(Dimension::ALL).map(move |(table, dimension)| (name(*dimension), table))
}
