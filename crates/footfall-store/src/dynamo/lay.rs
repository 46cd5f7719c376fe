//! A rollup laid out as items: its row, and pieces unless all of it is in the row.

use super::day_row::{DayRow, Manifest, TablePieces, Tables};
use super::item::{Item, bytes, check_size, number, write_units};
use super::names::{self, Part, Writing};
use crate::layout::{Laid, Piece, PieceKind, TableId, plain, seal, unseal, value};
use crate::{DayKey, DayStamp, StoreError};
use sha2::{Digest, Sha256};

/// A flush has its pack in the row unless the row would not fit an item.
const MAX_PACK_BYTES: usize = 300 << 10;
/// A closed day has it there while the row costs no more than this. The row is read consistently, from the table, with
/// every panel for ever; a piece is read through DAX, and only by who wants tables.
pub(super) const MAX_ROW_UNITS: u64 = 2;
/// Bytes of a first value that the index keeps.
const FIRST_BYTES: usize = 64;

/// A rollup ready to be written: its row, and the items of its pieces.
pub(super) struct LaidDay {
    pub row: DayRow,
    pub pieces: Vec<Item>,
}

/// What makes a writing another one than every other, were they equal to the byte: one that was cut off may be cleaned away
/// while it is done again.
pub(super) type Once = [u8; 16];

/// Lays a rollup out as items. `expires`: seconds since 1970, of a flush.
pub(super) fn lay_day(key: DayKey, stamp: DayStamp, laid: Laid, expires: Option<i64>, once: Once) -> Result<LaidDay, StoreError> {
    let summary = seal(&laid.summary)?;
    if let [pack] = laid.pieces.as_slice()
        && pack.table == TableId::PACK
        && pack.payload.len() + summary.len() <= MAX_PACK_BYTES
    {
        let row = DayRow { key, stamp, summary: summary.clone(), tables: Tables::Packed(pack.payload.clone()) };
        if expires.is_some() || write_units(&row.item()?) <= MAX_ROW_UNITS {
            return Ok(LaidDay { row, pieces: Vec::new() });
        }
    }
    let writing = Writing { revision: stamp.revision, hash: hash_of(once, &summary, &laid.pieces), flush: expires.is_some() };
    let (tables, pieces) = lay_pieces(key, writing, expires, laid.pieces)?;
    let tables = Tables::Pieces(Manifest { writing, expires, tables });
    Ok(LaidDay { row: DayRow { key, stamp, summary, tables }, pieces })
}

fn lay_pieces(
    key: DayKey,
    writing: Writing,
    expires: Option<i64>,
    pieces: Vec<Piece>,
) -> Result<(Vec<TablePieces>, Vec<Item>), StoreError> {
    let (mut tables, mut items) = (Vec::<TablePieces>::new(), Vec::new());
    let mut firsts: Vec<Vec<u8>> = Vec::new();
    let mut put = |table: TableId, part: Part, payload: Vec<u8>| {
        let mut item = names::piece(key, writing, table, part).row([("b", bytes(payload))]);
        if let Some(expires) = expires {
            item.insert("ttl".to_owned(), number(expires));
        }
        check_size(&item, || format!("a piece of {}, day {}", key.site, key.date))?;
        items.push(item);
        Ok::<_, StoreError>(())
    };
    let too_many = |_| StoreError::TooLarge { what: format!("a table of {}, day {}", key.site, key.date), bytes: 0, limit: 65_535 };
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let number = piece.table.number();
        if tables.last().is_none_or(|last| last.table != number) {
            tables.push(TablePieces { table: number, heads: 0, tails: 0 });
            firsts.clear();
        }
        let Some(counts) = tables.last_mut() else { continue };
        let count = if piece.kind == PieceKind::Head { &mut counts.heads } else { &mut counts.tails };
        let part = Part::of(piece.kind, *count);
        *count = u16::try_from(u32::from(*count) + 1).map_err(too_many)?;
        if piece.kind == PieceKind::Tail {
            firsts.push(piece.first[..piece.first.len().min(FIRST_BYTES)].to_vec());
        }
        put(piece.table, part, piece.payload)?;
        if counts.indexed() && pieces.peek().is_none_or(|next| next.table != piece.table) {
            put(piece.table, Part::Index, seal(&plain(&firsts)?)?)?;
        }
    }
    Ok((tables, items))
}

/// The first values of a tail's chunks, cut to [`FIRST_BYTES`].
pub(super) fn decode_index(payload: &[u8]) -> Result<Vec<Vec<u8>>, StoreError> {
    value(&unseal(payload)?)
}

/// The chunks in which a value would be. Where cut first values are equal there may be several.
pub(super) fn chunks_of(index: &[Vec<u8>], value: &str) -> std::ops::Range<usize> {
    let cut = &value.as_bytes()[..value.len().min(FIRST_BYTES)];
    let through = index.partition_point(|first| first.as_slice() <= cut);
    if value.len() < FIRST_BYTES {
        // No first value was cut that could compare otherwise when whole: the last chunk that begins at or before it.
        return through.saturating_sub(1)..through;
    }
    // Chunks whose first value was cut to the same bytes may begin before the value or after it.
    let before = index.partition_point(|first| first.as_slice() < cut);
    before.saturating_sub(1)..through
}

fn hash_of(once: Once, summary: &[u8], pieces: &[Piece]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(once);
    for bytes in std::iter::once(summary).chain(pieces.iter().map(|piece| piece.payload.as_slice())) {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    let digest: [u8; 32] = hash.finalize().into();
    digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_looked_for_where_it_may_be() {
        let long = "x".repeat(FIRST_BYTES);
        let index: Vec<Vec<u8>> = ["b", "d", &long, &long, "z"].map(|first| first.as_bytes().to_vec()).into();
        for (value, chunks) in [("a", 0..0), ("b", 0..1), ("c", 0..1), ("d", 1..2), ("zz", 4..5)] {
            assert_eq!(chunks_of(&index, value), chunks, "{value}");
        }
        assert_eq!(chunks_of(&index, &format!("{long}yy")), 1..4, "three chunks begin with what is kept of it, or before");
    }
}
