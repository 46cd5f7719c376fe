//! Writing a day: its pieces first, then the one row that makes them visible, then the old pieces go.
//!
//! A writing that was cut off anywhere is never seen, since no row names its pieces. Those of a flush expire by themselves;
//! of any other a note is kept from before the first piece until the last old one is gone (`cleanup`).

use super::cleanup::Note;
use super::day_row::{DayMark, DayRow, Offer, encode_stamp};
use super::failure::Failure;
use super::item::{Item, Name, bytes, write_units};
use super::lay::{LaidDay, Once, lay_day};
use super::stats::Kind;
use super::{FLUSH_DAYS, Inner, names};
use crate::layout::{encode_totals, lay_out};
use crate::{DayKey, DayStamp, DayTotals, Put, StoreError};
use footfall_domain::{LocalDate, Rollup, SiteId, UnixMillis};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Others that were faster, before we give up.
const MEETINGS: u32 = 20;
/// A writing that took longer may have been cleaned away as one that was cut off.
const LONGEST_WRITING: Duration = Duration::from_secs(30 * 60);

pub(super) async fn put_day(inner: &Arc<Inner>, key: DayKey, stamp: DayStamp, rollup: &Rollup, flush: bool) -> Result<Put, StoreError> {
    let mut stored = inner.mark(key).await?;
    let keeps = |stored: Option<&DayMark>, laid| stored.is_some_and(|stored| stored.keeps_from(&stamp, laid, inner.now()));
    // Before the day is laid out it is not known whether it has pieces.
    if keeps(stored.as_ref(), if flush { Offer::Flush } else { Offer::ClosedInPieces }) {
        return Ok(Put::Older);
    }
    let expires = flush.then(|| expiry(inner));
    let mut once = Once::default();
    inner.table.tuning.entropy.fill(&mut once);
    let rollup = rollup.clone();
    let LaidDay { row, pieces } = on_thread(move || lay_day(key, stamp, lay_out(&rollup)?, expires, once)).await?;
    let laid = match row.manifest() {
        _ if flush => Offer::Flush,
        None => Offer::ClosedInRow,
        Some(_) => Offer::ClosedInPieces,
    };
    if keeps(stored.as_ref(), laid) {
        return Ok(Put::Older);
    }
    inner.note_stored(key).await?;
    let began = Began { at: Instant::now(), by_clock: inner.now() };
    let note = Note::of(&row, stored.as_ref(), began.by_clock);
    if let Some(note) = &note {
        inner.put_note(note).await?;
    }
    inner.table.put_many(Kind::Pieces, pieces).await?;
    let item = row.item()?;
    for _ in 0..MEETINGS {
        if began.was_long_ago(inner.now()) {
            return Err(StoreError::Unavailable("writing a day took too long, and is not shown".to_owned()));
        }
        match inner.table.put(Kind::Days, item.clone(), Some(DayMark::still(stored.as_ref())?)).await {
            Ok(()) => return finish(inner, note, stored, row, Put::Written).await,
            Err(Failure::Condition) => {}
            Err(failure) => return Err(failure.into()),
        }
        stored = inner.mark(key).await?;
        let Some(now_there) = &stored else { continue };
        if is_ours(now_there, &row) {
            // The answer to our first attempt was lost, and the second met what the first had written.
            return finish(inner, note, None, row, Put::Written).await;
        }
        if keeps(Some(now_there), laid) {
            return finish(inner, note, None, row, Put::Older).await;
        }
    }
    Err(StoreError::Conflict(format!("day {} of site {}", key.date, key.site)))
}

/// When a writing began, by two clocks: one stands still while the machine sleeps, the other may be set.
struct Began {
    at: Instant,
    by_clock: UnixMillis,
}

impl Began {
    fn was_long_ago(&self, now: UnixMillis) -> bool {
        self.at.elapsed() > LONGEST_WRITING || now.since(self.by_clock) > LONGEST_WRITING.as_millis() as i64
    }
}

fn is_ours(stored: &DayMark, row: &DayRow) -> bool {
    stored.stamp == row.stamp && stored.manifest.as_ref() == row.manifest()
}

/// Leaves what is not named any more to the background.
async fn finish(inner: &Arc<Inner>, note: Option<Note>, replaced: Option<DayMark>, row: DayRow, put: Put) -> Result<Put, StoreError> {
    // Somebody else's pieces may have been there by now, other than the note says.
    let met = replaced.and_then(|mark| mark.manifest).filter(|old| !old.writing.flush);
    let unknown = met.filter(|old| note.as_ref().is_none_or(|note| !note.names(old)));
    let note = match (note, unknown) {
        (note, None) => note,
        (note, Some(old)) => {
            let note = note.unwrap_or_else(|| Note::new(row.key, inner.now(), Vec::new())).and(old);
            inner.put_note(&note).await?;
            Some(note)
        }
    };
    if let Some(note) = note {
        inner.clean_in_background(note);
    }
    Ok(put)
}

/// Numbers between two flushes: one small row, replaced if it has seen less.
pub(super) async fn put_totals(inner: &Inner, key: DayKey, totals: &DayTotals) -> Result<Put, StoreError> {
    let name = names::totals(key);
    let item = totals_item(expiry(inner), key, totals)?;
    inner.note_stored(key).await?;
    for _ in 0..MEETINGS {
        let stored = inner.table.get(Kind::Totals, &name, Some(DayMark::PROJECTION)).await?;
        let stored = stored.as_ref().map(DayMark::of).transpose()?;
        if stored.as_ref().is_some_and(|stored| stored.stamp.supersedes(&totals.stamp)) {
            return Ok(Put::Older);
        }
        match inner.table.put(Kind::Totals, item.clone(), Some(DayMark::still(stored.as_ref())?)).await {
            Ok(()) => return Ok(Put::Written),
            Err(Failure::Condition) if inner.has_totals(&name, totals.stamp).await? => return Ok(Put::Written),
            Err(Failure::Condition) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(StoreError::Conflict(format!("the numbers of day {} of site {}", key.date, key.site)))
}

impl Inner {
    /// Whether these very numbers are stored: the answer to a first attempt may have been lost.
    async fn has_totals(&self, name: &Name, stamp: DayStamp) -> Result<bool, StoreError> {
        let stored = self.table.get(Kind::Totals, name, Some(DayMark::PROJECTION)).await?;
        Ok(stored.as_ref().map(DayMark::of).transpose()?.is_some_and(|stored| stored.stamp == stamp))
    }
}

fn totals_item(expires: i64, key: DayKey, totals: &DayTotals) -> Result<Item, StoreError> {
    let attributes =
        [("d", bytes(encode_stamp(totals.stamp)?)), ("b", bytes(encode_totals(totals)?)), ("ttl", super::item::number(expires))];
    Ok(names::totals(key).row(attributes))
}

/// Write units of [`crate::RollupStore::put_totals`] in any table.
///
/// # Errors
/// As [`write_units_of_day`].
pub fn write_units_of_totals(totals: &DayTotals) -> Result<u64, StoreError> {
    Ok(write_units(&totals_item(SOME_DAY, longest_key(), totals)?))
}

/// Write units of a flush in any table: of each piece and of the row, each begun KB.
///
/// # Errors
/// [`StoreError::TooLarge`] for a day that could not be stored.
pub fn write_units_of_day(rollup: &Rollup) -> Result<u64, StoreError> {
    units_of(&lay_day(longest_key(), longest_stamp(), lay_out(rollup)?, Some(SOME_DAY), Once::default())?)
}

/// Write units of a closed day in any table: of each piece and of the row, and where there are pieces, of the note that they
/// are being written, and of deleting it. A row put over a larger one costs as much as that did: here that of the day's last
/// flush. Not of deleting the pieces of a revision before, which a day has that was closed already.
///
/// # Errors
/// As [`write_units_of_day`].
pub fn write_units_of_closed_day(rollup: &Rollup) -> Result<u64, StoreError> {
    let lay = |expires| lay_day(longest_key(), longest_stamp(), lay_out(rollup)?, expires, Once::default());
    let (day, flushed) = (lay(None)?, lay(Some(SOME_DAY))?);
    let note = match Note::of(&day.row, None, UnixMillis(SOME_DAY * 1_000)) {
        Some(note) => note.item()?.map_or(0, |item| 2 * write_units(&item)),
        None => 0,
    };
    let (row, before) = (write_units(&day.row.item()?), write_units(&flushed.row.item()?));
    Ok(units_of(&day)? - row + row.max(before) + note)
}

fn units_of(day: &LaidDay) -> Result<u64, StoreError> {
    let pieces: u64 = day.pieces.iter().map(write_units).sum();
    Ok(pieces + write_units(&day.row.item()?))
}

/// Takes as many bytes as any.
fn longest_stamp() -> DayStamp {
    DayStamp {
        revision: u64::MAX,
        logic: footfall_domain::LogicId([0; 16]),
        through: footfall_domain::Position { epoch: u64::MAX, partition: u32::MAX, offset: u64::MAX },
        newest_hit: Some(UnixMillis::MAX),
    }
}

/// Some time, in seconds since 1970: as long in the table as any other.
const SOME_DAY: i64 = 2_000_000_001;

/// The cost of a day does not depend on which it is, but for a few bytes of its name.
fn longest_key() -> DayKey {
    DayKey { site: SiteId(u64::from(u32::MAX)), generation: 99, date: LocalDate(20_000) }
}

fn expiry(inner: &Inner) -> i64 {
    inner.now().0.div_euclid(1000) + FLUSH_DAYS * 24 * 3600
}

/// Runs what takes long to compute where it holds nobody up.
pub(super) async fn on_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => Err(StoreError::Unavailable(panicked.to_string())),
    }
}
