//! Answering from days: rows first, then the pieces they name.
//!
//! Between the two a day may be replaced and its pieces deleted: then the row is read again, which names others.

use super::day_row::{DayRow, Manifest, TablePieces, Tables};
use super::days::Days;
use super::item::Name;
use super::lay::{chunks_of, decode_index};
use super::many::Range;
use super::names::{self, Part, Writing};
use super::{Inner, put::on_thread};
use crate::layout::{Assembly, HeadPiece, OpenPack, PieceKind, Summary, TableId, damaged, decode_head, decode_machines, decode_tail};
use crate::{DayHead, DayKey, DayStamp, StoreError};
use footfall_domain::{Counts, Dimension, Machine, Rollup};
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Replacements met in one reading, before we give up.
const MEETINGS: u32 = 20;
/// Heads of so many closed days are asked for by a query; of fewer, one by one.
const QUERY_FROM: usize = 4;
/// Days whose heads one query answers: about one page of 1 MB.
const DAYS_A_QUERY: i32 = 31;
/// Queries side by side.
const AT_ONCE: usize = 4;

type Payloads = HashMap<Name, Vec<u8>>;

/// A piece of a writing that a row names is in no place.
struct Missing(Writing);

/// Replacements met in one reading.
#[derive(Default)]
struct Meetings {
    times: u32,
    last: Option<Vec<Writing>>,
}

impl Meetings {
    /// Notes that a piece of one of these writings was missing. An error when the rows name the same as the last time: then
    /// nobody replaced a day between row and piece, and the piece is gone.
    fn missed(&mut self, key: DayKey, named: Vec<Writing>) -> Result<(), StoreError> {
        self.times += 1;
        if self.times > MEETINGS {
            return Err(StoreError::Conflict(format!("day {} of site {}", key.date, key.site)));
        }
        if self.last.as_ref() == Some(&named) {
            let words = format!("pieces that day {} of site {} names are not in the table; fold the day again", key.date, key.site);
            return Err(StoreError::Damaged(words));
        }
        self.last = Some(named);
        Ok(())
    }
}

impl Inner {
    pub async fn heads(&self, days: &Days, dimension: Dimension) -> Result<Vec<DayHead>, StoreError> {
        let table = TableId::people(dimension);
        let mut meetings = Meetings::default();
        loop {
            let rows = self.read(days).await?.rows;
            let payloads = self.head_payloads(days, &rows, table).await?;
            let named = rows.iter().filter_map(|row| row.manifest().map(|manifest| manifest.writing)).collect();
            match on_thread(move || heads_of(&rows, &payloads, table)).await? {
                Some(heads) => return Ok(heads),
                None => meetings.missed(days.key(*days.dates.end()), named)?,
            }
        }
    }

    /// What the rows name for a table: heads of large days, by queries where they are many, and packs of small ones.
    async fn head_payloads(&self, days: &Days, rows: &[DayRow], table: TableId) -> Result<Payloads, StoreError> {
        let (mut closed, mut flushed) = (BTreeSet::new(), Vec::new());
        let mut dates = BTreeSet::new();
        for row in rows {
            let Some(manifest) = row.manifest() else { continue };
            let names = manifest.heads(row.key, table);
            if manifest.writing.flush {
                flushed.extend(names);
            } else {
                closed.extend(names);
                // A query of packs would be read by nobody else: by name the cache has them for every range and dimension.
                dates.extend((!manifest.is_pack()).then_some(row.key.date));
            }
        }
        let mut found = Payloads::new();
        if let (Some(first), Some(last)) = (dates.first(), dates.last())
            && dates.len() >= QUERY_FROM
        {
            let asked = Days { dates: *first..=*last, ..days.clone() };
            found = self.query_heads(&asked, table).await?;
            found.retain(|name, _| closed.contains(name));
        }
        let rest = closed.into_iter().filter(|name| !found.contains_key(name)).collect();
        let (closed, flushed) = tokio::try_join!(self.pieces.get(rest, true), self.pieces.get(flushed, false))?;
        found.extend(closed);
        found.extend(flushed);
        Ok(found)
    }

    async fn query_heads(&self, days: &Days, table: TableId) -> Result<Payloads, StoreError> {
        let ranges: Vec<Range> = days
            .parts(DAYS_A_QUERY)
            .iter()
            .map(|part| {
                let (from, through) = names::heads_between(part.generation, *part.dates.start(), *part.dates.end());
                Range::between(names::table(part.site, table), from, through)
            })
            .collect();
        let read = stream::iter(ranges).map(|range| async move { self.pieces.query(&range).await });
        let parts: Vec<Payloads> = read.buffered(AT_ONCE).try_collect().await?;
        Ok(parts.into_iter().flatten().collect())
    }

    pub async fn rows(&self, key: DayKey, dimension: Dimension) -> Result<Vec<(String, Counts)>, StoreError> {
        let table = TableId::people(dimension);
        let mut meetings = Meetings::default();
        loop {
            let Some(row) = self.row(key).await? else { return Ok(Vec::new()) };
            let manifest = match self.tables(row).await? {
                Ok(Tables::Packed(pack)) => return OpenPack::open(&pack)?.rows(table),
                Ok(Tables::Pieces(manifest)) => manifest,
                Err(Missing(writing)) => {
                    meetings.missed(key, vec![writing])?;
                    continue;
                }
            };
            let parts: Vec<Part> = manifest.of(table).parts().filter(|part| *part != Part::Index).collect();
            match self.parts(key, &manifest, table, &parts).await? {
                Ok(payloads) => return on_thread(move || whole_table(&parts, &payloads)).await,
                Err(Missing(writing)) => meetings.missed(key, vec![writing])?,
            }
        }
    }

    pub async fn lookup(&self, key: DayKey, dimension: Dimension, values: &[String]) -> Result<Vec<Counts>, StoreError> {
        let table = TableId::people(dimension);
        let mut meetings = Meetings::default();
        let found: HashMap<String, Counts> = loop {
            let Some(row) = self.row(key).await? else { break HashMap::new() };
            let missing = match self.tables(row).await? {
                Ok(Tables::Packed(pack)) => break OpenPack::open(&pack)?.rows(table)?.into_iter().collect(),
                Ok(Tables::Pieces(manifest)) => match self.look_up(key, &manifest, table, values).await? {
                    Some(found) => break found,
                    None => manifest.writing,
                },
                Err(Missing(writing)) => writing,
            };
            meetings.missed(key, vec![missing])?;
        };
        Ok(values.iter().map(|value| found.get(value).copied().unwrap_or_default()).collect())
    }

    /// The rows of these values and some others: from the head, else from the chunk each would be in.
    async fn look_up(
        &self,
        key: DayKey,
        manifest: &Manifest,
        table: TableId,
        values: &[String],
    ) -> Result<Option<HashMap<String, Counts>>, StoreError> {
        let pieces = manifest.of(table);
        let beginning: Vec<Part> = pieces.parts().filter(|part| !matches!(part, Part::Tail(_))).collect();
        let Ok(payloads) = self.parts(key, manifest, table, &beginning).await? else { return Ok(None) };
        let mut head = HeadPiece::default();
        for (part, payload) in beginning.iter().zip(&payloads).filter(|(part, _)| **part != Part::Index) {
            let Part::Head(_) = part else { continue };
            decode_head(payload, &mut head)?;
        }
        let mut found: HashMap<String, Counts> = head.top.into_iter().collect();
        let chunks = chunks_for(pieces, payloads.last(), values.iter().filter(|value| !found.contains_key(*value)))?;
        let Ok(payloads) = self.parts(key, manifest, table, &chunks).await? else { return Ok(None) };
        for payload in payloads {
            let mut rows = Vec::new();
            decode_tail(&payload, &mut rows)?;
            found.extend(rows);
        }
        Ok(Some(found))
    }

    pub async fn machines(&self, key: DayKey) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        let mut meetings = Meetings::default();
        loop {
            let Some(row) = self.row(key).await? else { return Ok(BTreeMap::new()) };
            let manifest = match self.tables(row).await? {
                Ok(Tables::Packed(pack)) => return OpenPack::open(&pack)?.machines(),
                Ok(Tables::Pieces(manifest)) => manifest,
                Err(Missing(writing)) => {
                    meetings.missed(key, vec![writing])?;
                    continue;
                }
            };
            let parts: Vec<Part> = manifest.of(TableId::MACHINES).parts().collect();
            match self.parts(key, &manifest, TableId::MACHINES, &parts).await? {
                Ok(payloads) => return on_thread(move || whole_machines(&payloads)).await,
                Err(Missing(writing)) => meetings.missed(key, vec![writing])?,
            }
        }
    }

    pub async fn day(&self, key: DayKey) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
        let mut meetings = Meetings::default();
        loop {
            let Some(row) = self.row(key).await? else { return Ok(None) };
            let named = row.manifest().map(|manifest| manifest.writing).into_iter().collect();
            let payloads = match row.manifest() {
                None => Payloads::new(),
                Some(manifest) => {
                    let names = manifest.tables.iter().flat_map(|pieces| piece_names(key, manifest, *pieces)).map(|piece| piece.2);
                    self.pieces.get(names.collect(), !manifest.writing.flush).await?
                }
            };
            match on_thread(move || assemble(&row, &payloads)).await? {
                Some(rollup) => return Ok(Some(rollup)),
                None => meetings.missed(key, named)?,
            }
        }
    }

    /// Payloads of parts of a table, in the order asked.
    async fn parts(
        &self,
        key: DayKey,
        manifest: &Manifest,
        table: TableId,
        parts: &[Part],
    ) -> Result<Result<Vec<Vec<u8>>, Missing>, StoreError> {
        let names: Vec<Name> = parts.iter().map(|part| names::piece(key, manifest.writing, table, *part)).collect();
        let mut found = self.pieces.get(names.clone(), !manifest.writing.flush).await?;
        Ok(names.iter().map(|name| found.remove(name).ok_or(Missing(manifest.writing))).collect())
    }

    /// The tables of a row: a pack that is a piece is read.
    async fn tables(&self, row: DayRow) -> Result<Result<Tables, Missing>, StoreError> {
        match row.tables {
            Tables::Pieces(manifest) if manifest.is_pack() => {
                let read = self.parts(row.key, &manifest, TableId::PACK, &[Part::Head(0)]).await?;
                Ok(read.map(|payloads| Tables::Packed(payloads.concat())))
            }
            tables => Ok(Ok(tables)),
        }
    }
}

/// Head and tail of a table, with what they are; the index is not needed to read all of it.
fn piece_names(key: DayKey, manifest: &Manifest, pieces: TablePieces) -> impl Iterator<Item = (TableId, PieceKind, Name)> {
    let (writing, table) = (manifest.writing, pieces.id());
    pieces.parts().filter_map(move |part| {
        let kind = match part {
            Part::Head(_) => PieceKind::Head,
            Part::Tail(_) => PieceKind::Tail,
            Part::Index => return None,
        };
        Some((table, kind, names::piece(key, writing, table, part)))
    })
}

/// `None` when a piece is missing.
fn heads_of(rows: &[DayRow], payloads: &Payloads, table: TableId) -> Result<Option<Vec<DayHead>>, StoreError> {
    let mut heads = Vec::with_capacity(rows.len());
    for row in rows {
        let mut head = HeadPiece::default();
        match &row.tables {
            Tables::Packed(pack) => head = HeadPiece::of(&OpenPack::open(pack)?.rows(table)?),
            Tables::Pieces(manifest) => {
                for name in manifest.heads(row.key, table) {
                    let Some(payload) = payloads.get(&name) else { return Ok(None) };
                    match manifest.is_pack() {
                        true => head = HeadPiece::of(&OpenPack::open(payload)?.rows(table)?),
                        false => decode_head(payload, &mut head)?,
                    }
                }
            }
        }
        heads.push(DayHead { date: row.key.date, stamp: row.stamp, top: head.top, rows: head.rows, rest: head.rest });
    }
    Ok(Some(heads))
}

fn whole_table(parts: &[Part], payloads: &[Vec<u8>]) -> Result<Vec<(String, Counts)>, StoreError> {
    let (mut rows, mut head) = (Vec::new(), HeadPiece::default());
    for (part, payload) in parts.iter().zip(payloads) {
        match part {
            Part::Head(_) => decode_head(payload, &mut head)?,
            Part::Tail(_) => decode_tail(payload, &mut rows)?,
            Part::Index => {}
        }
    }
    rows.extend(head.top);
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(rows)
}

fn whole_machines(payloads: &[Vec<u8>]) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
    let mut machines = BTreeMap::new();
    for payload in payloads {
        decode_machines(payload, &mut machines)?;
    }
    Ok(machines)
}

/// The chunks in which some values would be; `index`: the payload of the table's index, if it has one.
fn chunks_for<'a>(pieces: TablePieces, index: Option<&Vec<u8>>, values: impl Iterator<Item = &'a String>) -> Result<Vec<Part>, StoreError> {
    let mut chunks = BTreeSet::new();
    match (pieces.tails, index) {
        (0, _) => {}
        (1, _) => chunks.extend(values.map(|_| 0)),
        (_, None) => return Err(damaged("a tail without an index")),
        (tails, Some(index)) => {
            let index = decode_index(index)?;
            if index.len() != usize::from(tails) {
                return Err(damaged("an index of another tail"));
            }
            chunks.extend(values.flat_map(|value| chunks_of(&index, value)));
        }
    }
    Ok(chunks.into_iter().map(|n| Part::Tail(n as u16)).collect())
}

/// `None` when a piece is missing.
fn assemble(row: &DayRow, payloads: &Payloads) -> Result<Option<(DayStamp, Rollup)>, StoreError> {
    let mut assembly = Assembly::default();
    match &row.tables {
        Tables::Packed(pack) => assembly.add(TableId::PACK, PieceKind::Head, pack)?,
        Tables::Pieces(manifest) => {
            for (table, kind, name) in manifest.tables.iter().flat_map(|pieces| piece_names(row.key, manifest, *pieces)) {
                let Some(payload) = payloads.get(&name) else { return Ok(None) };
                assembly.add(table, kind, payload)?;
            }
        }
    }
    Ok(Some((row.stamp, assembly.rollup(&Summary::decode(&row.plain_summary()?)?))))
}
