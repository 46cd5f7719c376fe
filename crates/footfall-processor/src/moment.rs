//! What a view remembers: a page asks a dozen questions, and they are all of one moment.

use crate::engine::{Engine, EngineError};
use crate::kept::StoredDays;
use crate::source::{OpenDays, holds};
use footfall_domain::{LocalDate, SiteId};
use footfall_query::{SourceError, View};
use footfall_store::{DayKey, GenerationRow};
use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;

/// Which generation answers each day, and which days the store has.
#[derive(Debug)]
pub(crate) struct Moment {
    pub(crate) row: GenerationRow,
    /// Held while the store is read: of several questions at once, one reads and the others find.
    ranges: tokio::sync::Mutex<Vec<KnownRange>>,
}

#[derive(Debug)]
struct KnownRange {
    dates: RangeInclusive<LocalDate>,
    /// How many days this engine had stored when the range was read: what it has stored since is not in it.
    stored: u64,
    days: StoredDays,
}

impl Moment {
    pub(crate) fn new(row: GenerationRow) -> Self {
        Self { row, ranges: tokio::sync::Mutex::default() }
    }

    /// The moment of a view.
    pub(crate) fn of(view: &View) -> Result<&Self, SourceError> {
        view.generations.downcast_ref().ok_or_else(|| SourceError::new("the view was not made by this engine"))
    }
}

impl Engine {
    /// Which generation answers each day of a view; `None` when no engine made it.
    pub fn generations_of(view: &View) -> Option<&GenerationRow> {
        Moment::of(view).ok().map(|moment| &moment.row)
    }

    /// The stored days of a range that are not open.
    pub(crate) async fn stored_days(
        &self,
        site: SiteId,
        moment: &Moment,
        dates: &RangeInclusive<LocalDate>,
        open: &OpenDays,
    ) -> Result<StoredDays, EngineError> {
        let days = self.stored_range(site, moment, dates).await?;
        if days.iter().any(|(key, _)| holds(open, key.date)) {
            return Ok(days.iter().filter(|(key, _)| !holds(open, key.date)).copied().collect());
        }
        Ok(days)
    }

    async fn stored_range(&self, site: SiteId, moment: &Moment, dates: &RangeInclusive<LocalDate>) -> Result<StoredDays, EngineError> {
        let mut ranges = moment.ranges.lock().await;
        // Counted before the store is read.
        let stored = self.stored.load(Ordering::Acquire);
        ranges.retain(|range| range.stored == stored);
        if let Some(range) = ranges.iter().find(|range| range.dates == *dates) {
            return Ok(range.days.clone());
        }
        let stamps = self.stored_stamps(site, &moment.row, dates).await?;
        let key = |date| DayKey { site, generation: moment.row.of(date), date };
        let days: StoredDays = stamps.into_iter().map(|(date, stamp)| (key(date), stamp)).collect();
        ranges.push(KnownRange { dates: dates.clone(), stored, days: days.clone() });
        Ok(days)
    }
}
