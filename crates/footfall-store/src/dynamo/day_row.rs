//! The one row of a day: its stamp, its summary, and either all its tables, packed, or the names of its pieces.

use super::item::{Item, bytes, check_size, get_bytes};
use super::names::{self, Part, Writing};
use super::table::Expression;
use crate::layout::{TableId, damaged, plain, unseal, value};
use crate::{DayKey, DayStamp, StoreError};
use footfall_domain::{LogicId, Position, UnixMillis};
use serde::{Deserialize, Serialize};

/// Of stamps and manifests.
const FORMAT: u8 = 1;

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
    /// In the row: of small flushes and very small closed days; of all small days that were written before there were
    /// pieces of packs.
    Packed(Vec<u8>),
    /// In pieces, one for each part of a table, or one pack.
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

    /// Whether all tables are in one piece.
    pub fn is_pack(&self) -> bool {
        self.tables.iter().any(|pieces| pieces.id() == TableId::PACK)
    }

    /// The heads that answer for a table; of a small day its pack.
    pub fn heads(&self, key: DayKey, table: TableId) -> impl Iterator<Item = super::item::Name> {
        let (writing, table) = (self.writing, if self.is_pack() { TableId::PACK } else { table });
        (0..self.of(table).heads).map(move |n| names::piece(key, writing, table, Part::Head(n)))
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

/// How a day that is offered is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Offer {
    Flush,
    ClosedInRow,
    ClosedInPieces,
}

/// What a reader needs to know whether a row counts: its stamp and, of a day in pieces, its manifest.
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

    /// The condition that this very row is still there; `None`: that there is none.
    pub fn still(mark: Option<&Self>) -> Result<Expression, StoreError> {
        let Some(mark) = mark else { return Ok(Expression::absent()) };
        let stamp = (":d", bytes(encode_stamp(mark.stamp)?));
        match &mark.manifest {
            None => Ok(Expression::new("d = :d AND attribute_not_exists(m)", [stamp])),
            Some(manifest) => Ok(Expression::new("d = :d AND m = :m", [stamp, (":m", bytes(formatted(manifest)?))])),
        }
    }

    pub fn expired(&self, now: UnixMillis) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| manifest.expired(now))
    }

    /// Whether a day offered with this stamp has to give way. As [`DayStamp::supersedes`], but a flush gives way to the
    /// closed day even where that has seen no more of the log: the flush's pieces will expire, and what is packed in a row
    /// can be read through no cache.
    pub fn keeps_from(&self, offered: &DayStamp, laid: Offer, now: UnixMillis) -> bool {
        if self.expired(now) {
            return false;
        }
        let gives_way = match (&self.manifest, laid) {
            (_, Offer::Flush) => false,
            (Some(manifest), _) => manifest.writing.flush,
            (None, laid) => laid == Offer::ClosedInPieces,
        };
        let same = (self.stamp.through, self.stamp.logic) == (offered.through, offered.logic);
        if gives_way && same && self.stamp.revision <= offered.revision {
            return false;
        }
        self.stamp.supersedes(offered)
    }
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
    fn a_flush_gives_way_to_the_closed_day() {
        let writing = Writing { revision: 5, hash: 1, flush: true };
        let manifest = Manifest { writing, expires: Some(1_000), tables: vec![] };
        let flushed = DayMark { stamp: stamp(5, 100), manifest: Some(manifest) };
        let now = UnixMillis(999_999);
        for closed in [Offer::ClosedInRow, Offer::ClosedInPieces] {
            assert!(!flushed.keeps_from(&stamp(6, 100), closed, now), "else its pieces would expire");
            assert!(flushed.keeps_from(&stamp(6, 90), closed, now), "an older close");
            assert!(!flushed.keeps_from(&stamp(6, 90), closed, UnixMillis(1_000_000)), "once it has expired it is not there");
        }
        assert!(flushed.keeps_from(&stamp(6, 100), Offer::Flush, now), "law 3, between flushes");

        let in_row = DayMark { manifest: None, ..flushed.clone() };
        assert!(!in_row.keeps_from(&stamp(6, 100), Offer::ClosedInPieces, now), "else no cache would ever have it");
        assert!(in_row.keeps_from(&stamp(6, 90), Offer::ClosedInPieces, now), "an older close");
        assert!(in_row.keeps_from(&stamp(4, 100), Offer::ClosedInPieces, now), "a revision that was before it");
        assert!(in_row.keeps_from(&stamp(6, 100), Offer::ClosedInRow, now), "nothing would change");
        assert!(in_row.keeps_from(&stamp(6, 100), Offer::Flush, now));

        let manifest =
            flushed.manifest.map(|manifest| Manifest { writing: Writing { flush: false, ..writing }, expires: None, ..manifest });
        let closed = DayMark { manifest, ..in_row };
        for again in [Offer::Flush, Offer::ClosedInRow, Offer::ClosedInPieces] {
            assert!(closed.keeps_from(&stamp(6, 100), again, now), "law 3");
        }
    }
}
