//! The one row of a day: its stamp, its summary, and all of a small day's tables or the names of a large day's pieces.

use super::item::{Item, bytes, check_size, get_bytes};
use super::names::{self, Part, Writing};
use crate::layout::{Laid, Piece, PieceKind, TableId, damaged, plain, seal, unseal, value};
use crate::{DayKey, DayStamp, StoreError};
use footfall_domain::{LogicId, Position, UnixMillis};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Of stamps and manifests.
const FORMAT: u8 = 1;
/// A pack is in the row unless the row would not fit an item.
const MAX_PACK_BYTES: usize = 300 << 10;
/// Bytes of a first value that the index keeps.
pub(super) const FIRST_BYTES: usize = 64;

/// The row as it was read, or is to be written.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct DayRow {
    pub key: DayKey,
    pub stamp: DayStamp,
    /// Sealed.
    pub summary: Vec<u8>,
    pub tables: Tables,
}

/// Where the tables of a day are.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Tables {
    /// In the row.
    Packed(Vec<u8>),
    /// In pieces.
    Pieces(Manifest),
}

/// Names all pieces of a day: only what is named here is ever read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub writing: Writing,
    /// When the pieces may be gone, in seconds since 1970; of a flush only.
    pub expires: Option<i64>,
    pub tables: Vec<TablePieces>,
}

/// How many pieces a table has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct TablePieces {
    pub table: u8,
    pub heads: u16,
    pub tails: u16,
}

impl TablePieces {
    pub fn id(self) -> TableId {
        TableId::from_number(self.table)
    }

    /// Whether the first values of its chunks are in a piece of their own: with one chunk there is nothing to choose.
    pub fn indexed(self) -> bool {
        self.tails > 1 && self.id() != TableId::MACHINES
    }

    pub fn parts(self) -> impl Iterator<Item = Part> {
        let index = self.indexed().then_some(Part::Index);
        (0..self.heads).map(Part::Head).chain((0..self.tails).map(Part::Tail)).chain(index)
    }
}

impl Manifest {
    pub fn of(&self, table: TableId) -> TablePieces {
        let found = self.tables.iter().find(|pieces| pieces.table == table.number());
        found.copied().unwrap_or(TablePieces { table: table.number(), heads: 0, tails: 0 })
    }

    /// Whether the pieces may be gone by now, so that the day counts as not stored.
    pub fn expired(&self, now: UnixMillis) -> bool {
        self.expires.is_some_and(|expires| expires <= now.0.div_euclid(1000))
    }

    /// The names of all pieces.
    pub fn names(&self, key: DayKey) -> impl Iterator<Item = super::item::Name> {
        let of_table = move |pieces: &TablePieces| {
            let (writing, table) = (self.writing, pieces.id());
            pieces.parts().map(move |part| names::piece(key, writing, table, part))
        };
        self.tables.iter().flat_map(of_table)
    }
}

#[derive(Serialize, Deserialize)]
struct StampBytes {
    revision: u64,
    logic: [u8; 16],
    epoch: u64,
    partition: u32,
    offset: u64,
    newest_hit: Option<i64>,
}

pub(super) fn encode_stamp(stamp: DayStamp) -> Result<Vec<u8>, StoreError> {
    let Position { epoch, partition, offset } = stamp.through;
    let newest_hit = stamp.newest_hit.map(|at| at.0);
    formatted(&StampBytes { revision: stamp.revision, logic: stamp.logic.0, epoch, partition, offset, newest_hit })
}

pub(super) fn decode_stamp(stored: &[u8]) -> Result<DayStamp, StoreError> {
    let stamp: StampBytes = of_format(stored)?;
    Ok(DayStamp {
        revision: stamp.revision,
        logic: LogicId(stamp.logic),
        through: Position { epoch: stamp.epoch, partition: stamp.partition, offset: stamp.offset },
        newest_hit: stamp.newest_hit.map(UnixMillis),
    })
}

impl DayRow {
    pub fn item(&self) -> Result<Item, StoreError> {
        let mut item = names::day(self.key).item();
        item.insert("d".to_owned(), bytes(encode_stamp(self.stamp)?));
        item.insert("s".to_owned(), bytes(self.summary.clone()));
        match &self.tables {
            Tables::Packed(pack) => item.insert("p".to_owned(), bytes(pack.clone())),
            Tables::Pieces(manifest) => item.insert("m".to_owned(), bytes(formatted(manifest)?)),
        };
        check_size(&item, || format!("the row of {}, day {}", self.key.site, self.key.date))?;
        Ok(item)
    }

    pub fn of(key: DayKey, item: &Item) -> Result<Self, StoreError> {
        let tables = match item.get("p") {
            Some(_) => Tables::Packed(get_bytes(item, "p")?.to_vec()),
            None => Tables::Pieces(of_format(get_bytes(item, "m")?)?),
        };
        Ok(Self { key, stamp: decode_stamp(get_bytes(item, "d")?)?, summary: get_bytes(item, "s")?.to_vec(), tables })
    }

    /// The summary's own bytes.
    pub fn plain_summary(&self) -> Result<Vec<u8>, StoreError> {
        unseal(&self.summary)
    }

    pub fn manifest(&self) -> Option<&Manifest> {
        match &self.tables {
            Tables::Packed(_) => None,
            Tables::Pieces(manifest) => Some(manifest),
        }
    }
}

/// What a reader needs to know whether a row counts: its stamp and, of a large day, its manifest.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct DayMark {
    pub stamp: DayStamp,
    pub manifest: Option<Manifest>,
}

impl DayMark {
    /// The attributes it takes.
    pub const PROJECTION: &str = "sk, d, m";

    pub fn of(item: &Item) -> Result<Self, StoreError> {
        let manifest = item.contains_key("m").then(|| of_format(get_bytes(item, "m")?)).transpose()?;
        Ok(Self { stamp: decode_stamp(get_bytes(item, "d")?)?, manifest })
    }

    pub fn expired(&self, now: UnixMillis) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| manifest.expired(now))
    }

    /// Whether a day offered with this stamp has to give way. As [`DayStamp::supersedes`], but a flush gives way to the
    /// closed day even where that has seen no more of the log: the flush's pieces will expire.
    pub fn keeps_from(&self, offered: &DayStamp, flush: bool, now: UnixMillis) -> bool {
        if self.expired(now) {
            return false;
        }
        let expires = self.manifest.as_ref().is_some_and(|manifest| manifest.writing.flush);
        let same = (self.stamp.through, self.stamp.logic) == (offered.through, offered.logic);
        if expires && !flush && same && self.stamp.revision <= offered.revision {
            return false;
        }
        self.stamp.supersedes(offered)
    }
}

/// A rollup ready to be written: its row, and the items of its pieces.
pub(super) struct LaidDay {
    pub row: DayRow,
    pub pieces: Vec<Item>,
}

/// Lays a rollup out as items. `expires`: seconds since 1970, of a flush.
pub(super) fn lay_day(key: DayKey, stamp: DayStamp, laid: Laid, expires: Option<i64>) -> Result<LaidDay, StoreError> {
    let summary = seal(&laid.summary)?;
    if let [pack] = laid.pieces.as_slice()
        && pack.table == TableId::PACK
        && pack.payload.len() + summary.len() <= MAX_PACK_BYTES
    {
        let tables = Tables::Packed(pack.payload.clone());
        return Ok(LaidDay { row: DayRow { key, stamp, summary, tables }, pieces: Vec::new() });
    }
    let writing = Writing { revision: stamp.revision, hash: hash_of(&summary, &laid.pieces), flush: expires.is_some() };
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
            item.insert("ttl".to_owned(), super::item::number(expires));
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

fn hash_of(summary: &[u8], pieces: &[Piece]) -> u64 {
    let mut hash = Sha256::new();
    for bytes in std::iter::once(summary).chain(pieces.iter().map(|piece| piece.payload.as_slice())) {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    let digest: [u8; 32] = hash.finalize().into();
    digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

/// A format byte, then postcard.
pub(super) fn formatted<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![FORMAT];
    bytes.extend(plain(value)?);
    Ok(bytes)
}

pub(super) fn of_format<'a, T: Deserialize<'a>>(stored: &'a [u8]) -> Result<T, StoreError> {
    match stored.split_first() {
        Some((&FORMAT, plain)) => value(plain),
        _ => Err(damaged("an attribute of unknown format")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(revision: u64, offset: u64) -> DayStamp {
        let through = Position { epoch: 3, partition: 0, offset };
        DayStamp { revision, logic: LogicId([9; 16]), through, newest_hit: Some(UnixMillis(-5)) }
    }

    #[test]
    fn the_bytes_of_a_stamp_never_change() {
        let bytes = encode_stamp(stamp(300, 7)).expect("encodes");
        assert_eq!(bytes, [&[1, 0xac, 0x02][..], &[9; 16], &[3, 0, 7, 1, 9]].concat());
        assert_eq!(decode_stamp(&bytes), Ok(stamp(300, 7)));
        assert!(matches!(decode_stamp(&bytes[1..]), Err(StoreError::Damaged(_))));
    }

    #[test]
    fn a_value_is_looked_for_where_it_may_be() {
        let long = "x".repeat(FIRST_BYTES);
        let index: Vec<Vec<u8>> = ["b", "d", &long, &long, "z"].map(|first| first.as_bytes().to_vec()).into();
        for (value, chunks) in [("a", 0..0), ("b", 0..1), ("c", 0..1), ("d", 1..2), ("zz", 4..5)] {
            assert_eq!(chunks_of(&index, value), chunks, "{value}");
        }
        assert_eq!(chunks_of(&index, &format!("{long}yy")), 1..4, "three chunks begin with what is kept of it, or before");
    }

    #[test]
    fn a_flush_gives_way_to_the_closed_day() {
        let writing = Writing { revision: 5, hash: 1, flush: true };
        let manifest = Manifest { writing, expires: Some(1_000), tables: vec![] };
        let flushed = DayMark { stamp: stamp(5, 100), manifest: Some(manifest) };
        let now = UnixMillis(999_999);
        assert!(!flushed.keeps_from(&stamp(6, 100), false, now), "else its pieces would expire");
        assert!(flushed.keeps_from(&stamp(6, 100), true, now), "law 3, between flushes");
        assert!(flushed.keeps_from(&stamp(6, 90), false, now), "an older close");
        assert!(!flushed.keeps_from(&stamp(6, 90), false, UnixMillis(1_000_000)), "once it has expired it is not there");
        let closed = DayMark { manifest: None, ..flushed };
        assert!(closed.keeps_from(&stamp(6, 100), false, now));
    }
}
