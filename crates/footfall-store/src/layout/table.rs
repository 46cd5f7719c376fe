//! One table of a day, as head and tail.

use super::codec::{damaged, plain, seal, unseal, value};
use super::{PIECE_BYTES, Piece, PieceKind};
use crate::StoreError;
use crate::head::cut;
use footfall_domain::{Counts, Dimension, Machine};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names a table of a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TableId(u8);

impl TableId {
    /// Pageviews of machines by machine and page.
    pub const MACHINES: Self = Self(128);
    /// All tables of a small day.
    pub const PACK: Self = Self(255);

    /// A dimension of the part that counts as people.
    pub fn people(dimension: Dimension) -> Self {
        Self(dimension.index() as u8)
    }

    /// A dimension of the other part.
    pub fn others(dimension: Dimension) -> Self {
        Self(64 + dimension.index() as u8)
    }

    /// All dimensions of both parts.
    pub fn dimensions() -> impl Iterator<Item = Self> {
        Dimension::ALL.iter().flat_map(|dimension| [Self::people(*dimension), Self::others(*dimension)])
    }

    /// Its number in a database.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The table of a number.
    pub fn from_number(number: u8) -> Self {
        Self(number)
    }
}

/// Rows of a table; texts are borrowed.
pub(crate) type Rows<'a> = Vec<(&'a str, Counts)>;

/// What a head says.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct HeadPiece {
    /// Rows of the whole table.
    pub rows: u64,
    pub rest: Counts,
    pub top: Vec<(String, Counts)>,
}

impl HeadPiece {
    /// The head of a whole table.
    pub fn of(table: &[(String, Counts)]) -> Self {
        let cut = cut(table.iter().map(|(text, counts)| (text.as_str(), *counts)));
        Self { rows: table.len() as u64, rest: cut.rest, top: owned(cut.top).collect() }
    }
}

/// The same in every piece of a head, beside its rows.
#[derive(Serialize, Deserialize)]
struct HeadBytes<'a> {
    rows: u64,
    rest: Counts,
    #[serde(borrow)]
    top: Rows<'a>,
}

/// Cuts a table into head and tail; nothing for an empty table.
pub(super) fn lay_table(id: TableId, table: &BTreeMap<String, Counts>, pieces: &mut Vec<Piece>) -> Result<(), StoreError> {
    if table.is_empty() {
        return Ok(());
    }
    let cut = cut(table.iter().map(|(text, counts)| (text.as_str(), *counts)));
    let (rows, rest) = (table.len() as u64, cut.rest);
    for (n, top) in split(cut.top)?.into_iter().enumerate() {
        let payload = seal(&plain(&HeadBytes { rows, rest, top })?)?;
        pieces.push(Piece { table: id, kind: PieceKind::Head, first: numbered(n), payload });
    }
    for rows in split(cut.tail)? {
        let first = rows.first().map(|row| row.0.as_bytes().to_vec()).unwrap_or_default();
        pieces.push(Piece { table: id, kind: PieceKind::Tail, first, payload: seal(&plain(&rows)?)? });
    }
    Ok(())
}

/// The machines' table is always read whole: its pieces are only numbered.
pub(super) fn lay_machines(machines: &BTreeMap<(Machine, String), i64>, pieces: &mut Vec<Piece>) -> Result<(), StoreError> {
    for (n, rows) in split(machines.iter().collect())?.into_iter().enumerate() {
        let payload = seal(&plain(&rows)?)?;
        pieces.push(Piece { table: TableId::MACHINES, kind: PieceKind::Tail, first: numbered(n), payload });
    }
    Ok(())
}

/// Adds a piece to what was read of the head before it.
pub(crate) fn decode_head(payload: &[u8], head: &mut HeadPiece) -> Result<(), StoreError> {
    let bytes = unseal(payload)?;
    let piece: HeadBytes<'_> = value(&bytes)?;
    (head.rows, head.rest) = (piece.rows, piece.rest);
    head.top.extend(owned(piece.top));
    Ok(())
}

/// Adds a chunk of a tail.
pub(crate) fn decode_tail(payload: &[u8], rows: &mut Vec<(String, Counts)>) -> Result<(), StoreError> {
    let bytes = unseal(payload)?;
    rows.extend(owned(value::<Rows<'_>>(&bytes)?));
    Ok(())
}

/// Adds a chunk of the machines' table.
pub(crate) fn decode_machines(payload: &[u8], machines: &mut BTreeMap<(Machine, String), i64>) -> Result<(), StoreError> {
    machines.extend(value::<Vec<((Machine, String), i64)>>(&unseal(payload)?)?);
    Ok(())
}

fn owned(rows: Rows<'_>) -> impl Iterator<Item = (String, Counts)> {
    rows.into_iter().map(|(text, counts)| (text.to_owned(), counts))
}

/// A name that sorts pieces by their number.
fn numbered(n: usize) -> Vec<u8> {
    (n as u32).to_be_bytes().to_vec()
}

/// Cuts rows so that each part takes about [`PIECE_BYTES`].
fn split<T: Serialize>(rows: Vec<T>) -> Result<Vec<Vec<T>>, StoreError> {
    let mut parts = Vec::new();
    let (mut part, mut bytes) = (Vec::new(), 0);
    for row in rows {
        bytes += postcard::experimental::serialized_size(&row).map_err(damaged)?;
        part.push(row);
        if bytes >= PIECE_BYTES {
            parts.push(std::mem::take(&mut part));
            bytes = 0;
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    Ok(parts)
}
