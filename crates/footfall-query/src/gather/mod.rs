//! Counts by row, from rollups where they will do, else from hits.

mod hits;
mod rollups;
mod top;

pub(crate) use top::additive;

use crate::period::Part;
use crate::plan::{Key, Plan, Rollup};
use crate::{Period, Source, SourceError, View};
use footfall_domain::{Counts, LocalDate, Metric, SiteCalendar};
use rustc_hash::FxHashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many days are read or folded at once.
const DAYS_AT_ONCE: usize = 4;

/// Counts by row. Rows without counts may be missing.
pub(crate) type Table = FxHashMap<Vec<Key>, Counts>;

/// Where the numbers of one report come from.
pub(crate) struct Ground<'a> {
    pub source: &'a dyn Source,
    pub view: &'a View,
    pub calendar: &'a Arc<SiteCalendar>,
    /// The days that can have hits.
    pub known: RangeInclusive<LocalDate>,
    /// Answers from hits alone.
    pub hits_only: bool,
}

/// The first rows wanted, when the order begins with an additive metric, largest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub metric: Metric,
    pub rows: usize,
}

impl Ground<'_> {
    /// All rows of a period.
    pub async fn table(&self, plan: &Plan, period: &Period) -> Result<Table, SourceError> {
        let first = period.first_date(self.calendar);
        let mut parts = period.parts(self.calendar, &self.known);
        let mut table = Table::default();
        if let (false, Some(rollup)) = (self.hits_only, &plan.rollup) {
            let answered: Vec<Part>;
            (answered, parts) = parts.into_iter().partition(|part| self.has_rollup(rollup, part));
            self.add_rollups(plan, rollup, &answered, first, &mut table).await?;
        }
        self.add_hits(plan, parts, first, &mut table).await?;
        Ok(table)
    }

    /// At least the first rows of a period, exact, and any others with them.
    pub async fn first_rows(&self, plan: &Plan, period: &Period, wanted: Wanted) -> Result<Table, SourceError> {
        let parts = period.parts(self.calendar, &self.known);
        let whole = parts.iter().all(|part| part.range.is_none());
        if let (false, true, Some(dimension), Some(dates)) = (self.hits_only, whole, plan.breakdown(), dates(&parts))
            && let Some(table) = self.top_of_heads(plan, dimension, dates, wanted).await?
        {
            return Ok(table);
        }
        self.table(plan, period).await
    }

    /// At least the rows of some values, of a plan whose rows are raw values of one dimension.
    pub async fn rows_of(&self, plan: &Plan, period: &Period, values: &[Arc<str>]) -> Result<Table, SourceError> {
        let (false, true, Some(dimension)) = (self.hits_only, plan.is_raw(), plan.breakdown()) else {
            return self.table(plan, period).await;
        };
        let parts = period.parts(self.calendar, &self.known);
        let (whole, partial): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.range.is_none());
        let mut table = Table::default();
        self.add_values(dimension, &whole, values, &mut table).await?;
        self.add_hits(plan, partial, period.first_date(self.calendar), &mut table).await?;
        Ok(table)
    }

    /// The visitors of all rows together: of the report without dimensions.
    pub async fn visitors(&self, whole: &Plan, period: &Period) -> Result<i64, SourceError> {
        let table = self.table(whole, period).await?;
        Ok(table.values().map(|counts| counts.visitors).sum())
    }

    fn has_rollup(&self, rollup: &Rollup, part: &Part) -> bool {
        match (&part.range, rollup) {
            (None, _) => true,
            (Some(range), Rollup::Hours) => {
                let hours = self.calendar.hours(part.date);
                hours.iter().any(|hour| hour.start == range.start) && hours.iter().any(|hour| hour.end == range.end)
            }
            (Some(_), _) => false,
        }
    }
}

/// From the first to the last day of some parts; none when there is none.
fn dates(parts: &[Part]) -> Option<RangeInclusive<LocalDate>> {
    Some(parts.first()?.date..=parts.last()?.date)
}
