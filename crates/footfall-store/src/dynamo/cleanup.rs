//! Pieces that no day names: those of the revision before, and of writings that were cut off.
//!
//! A note lists the writings of which one at most will be named in the end. It is there before the first piece is, and goes
//! after the last one. Whoever finds a note that is old finishes the work.

use super::Inner;
use super::day_row::{DayMark, DayRow, Manifest, formatted, of_format};
use super::item::{Item, Name, bytes, get_bytes};
use super::many::Range;
use super::names::{self, PENDING};
use super::stats::Kind;
use crate::{DayKey, StoreError};
use footfall_domain::{LocalDate, SiteId, UnixMillis};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A note of this age is nobody's work any more: no writing takes half as long.
const OLD_MILLIS: i64 = 60 * 60 * 1000;
const EVERY: Duration = Duration::from_secs(60 * 60);
/// A start has other things to do first.
const FIRST: Duration = Duration::from_secs(60);

/// Writings of one day's pieces.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Note {
    site: u64,
    generation: u32,
    date: i32,
    since: i64,
    writings: Vec<Manifest>,
}

impl Note {
    pub fn new(key: DayKey, since: UnixMillis, writings: Vec<Manifest>) -> Self {
        Self { site: key.site.0, generation: key.generation, date: key.date.0, since: since.0, writings }
    }

    /// The note of a row to be written over another; `None` when all their pieces expire or there are none.
    pub fn of(row: &DayRow, replaced: Option<&DayMark>, now: UnixMillis) -> Option<Self> {
        let both = [row.manifest(), replaced.and_then(|mark| mark.manifest.as_ref())];
        let stay: Vec<Manifest> = both.into_iter().flatten().filter(|manifest| !manifest.writing.flush).cloned().collect();
        (!stay.is_empty()).then(|| Self::new(row.key, now, stay))
    }

    /// With another writing that was replaced.
    pub fn and(mut self, other: Manifest) -> Self {
        self.writings.push(other);
        self
    }

    pub fn names(&self, writing: &Manifest) -> bool {
        self.writings.contains(writing)
    }

    fn key(&self) -> DayKey {
        DayKey { site: SiteId(self.site), generation: self.generation, date: LocalDate(self.date) }
    }

    /// `None` for one without a writing.
    pub fn item(&self) -> Result<Option<Item>, StoreError> {
        let Some(name) = self.name() else { return Ok(None) };
        Ok(Some(name.row([("b", bytes(formatted(self)?))])))
    }

    fn name(&self) -> Option<Name> {
        self.writings.first().map(|first| names::pending(self.key(), first.writing))
    }
}

impl Inner {
    pub async fn put_note(&self, note: &Note) -> Result<(), StoreError> {
        let Some(item) = note.item()? else { return Ok(()) };
        self.table.put(Kind::Pieces, item, None).await.map_err(StoreError::from)
    }

    /// Deletes the pieces of a note that its day does not name, then the note.
    pub async fn clean(&self, note: &Note) -> Result<(), StoreError> {
        let (key, named) = (note.key(), self.mark(note.key()).await?.and_then(|mark| mark.manifest));
        let named = named.map(|manifest| manifest.writing);
        let gone = note.writings.iter().filter(|manifest| Some(manifest.writing) != named);
        let names: Vec<Name> = gone.flat_map(|manifest| manifest.names(key)).collect();
        self.table.delete_many(Kind::Pieces, names).await?;
        if let Some(name) = note.name() {
            self.table.delete(Kind::Pieces, &name, None).await.map_err(StoreError::from)?;
        }
        Ok(())
    }

    /// [`Inner::clean`], while the caller goes on. What fails is done at the next sweep.
    pub fn clean_in_background(self: &Arc<Self>, note: Note) {
        let inner = self.clone();
        self.background.spawn(async move {
            if let Err(error) = inner.clean(&note).await {
                tracing::warn!(%error, "pieces of an old revision could not be deleted; it is tried again within the hour");
            }
        });
    }

    /// Finishes what others left: notes that are old. Returns how many.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        let mut swept = 0;
        for item in self.table.query(Kind::Pieces, &Range::all(PENDING), true).await? {
            let note: Note = of_format(get_bytes(&item, "b")?)?;
            if self.now().since(UnixMillis(note.since)) >= OLD_MILLIS {
                self.clean(&note).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// Sweeps soon and every hour, as long as the store is open.
pub(super) async fn sweep_for_ever(inner: Weak<Inner>) {
    tokio::time::sleep(FIRST).await;
    loop {
        let Some(open) = inner.upgrade() else { return };
        if let Err(error) = open.sweep().await {
            tracing::warn!(%error, "old pieces could not be looked for; it is tried again in an hour");
        }
        drop(open);
        tokio::time::sleep(EVERY).await;
    }
}
