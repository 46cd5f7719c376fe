//! Why hits were not counted, per day (law 6).

use crate::engine::{Engine, EngineError};
use footfall_domain::{DropReason, LocalDate, SiteId};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Hits not counted on a day, by reason.
pub type DayDrops = (LocalDate, BTreeMap<DropReason, i64>);

impl Engine {
    /// Every hit of the site that was not counted, by day and reason: refused before the log, dropped by enrichment, or
    /// by the fold. Days without any are left out.
    ///
    /// # Errors
    /// The log or the store failed.
    pub async fn drops(&self, site: SiteId, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayDrops>, EngineError> {
        let mut all: BTreeMap<LocalDate, BTreeMap<DropReason, i64>> = BTreeMap::new();
        let mut add = |date: LocalDate, reason: DropReason, n: i64| {
            if n != 0 {
                *all.entry(date).or_default().entry(reason).or_default() += n;
            }
        };
        for (date, reason, n) in self.parts.registry.refusals(Some(site), dates.clone()).await? {
            add(date, reason, i64::try_from(n).unwrap_or(i64::MAX));
        }
        let open = self.open_days_of(site);
        self.settle_range(site, &dates).await?;
        let row = self.parts.rollups.generations(site).await?;
        for totals in self.stored_totals(site, &row, &dates, &open).await? {
            totals.drops.iter().for_each(|(reason, n)| add(totals.date, *reason, *n));
        }
        for (date, day) in open {
            if dates.contains(&date) {
                day.drops().into_iter().for_each(|(reason, n)| add(date, reason, n));
            }
        }
        Ok(all.into_iter().collect())
    }
}
