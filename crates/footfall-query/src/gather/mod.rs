//! Counts by row, from rollups where they will do, else from hits.

mod hits;
mod rollups;
mod top;

pub(crate) use top::additive;

use crate::period::Part;
use crate::plan::{Key, Plan, Rollup};
use crate::{Period, Source, SourceError, View};
use footfall_domain::{Counts, LocalDate, Metric, SiteCalendar, Takings};
use rustc_hash::FxHashMap;
use std::ops::{AddAssign, RangeInclusive};
use std::sync::Arc;

/// How many days are read or folded at once.
const DAYS_AT_ONCE: usize = 4;

/// Counts by row. Rows without counts may be missing.
pub(crate) type Table = FxHashMap<Vec<Key>, Cell>;

/// What was counted of a row.
#[derive(Clone, Default, Debug)]
pub(crate) struct Cell {
    pub counts: Counts,
    /// The money its hits brought, if it was asked for.
    pub takings: Takings,
}

impl AddAssign<Counts> for Cell {
    fn add_assign(&mut self, counts: Counts) {
        self.counts += counts;
    }
}

impl AddAssign<&Cell> for Cell {
    fn add_assign(&mut self, other: &Cell) {
        self.counts += other.counts;
        self.takings += &other.takings;
    }
}

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
    pub async fn table(&self, plan: &Arc<Plan>, period: &Period) -> Result<Table, SourceError> {
        let tables = self.tables(std::slice::from_ref(plan), period).await?;
        Ok(tables.into_iter().next().unwrap_or_default())
    }

    /// All rows of a period, of several plans; each day's hits are read once for all of them.
    pub async fn tables(&self, plans: &[Arc<Plan>], period: &Period) -> Result<Vec<Table>, SourceError> {
        let first = period.first_date(self.calendar);
        let parts = period.parts(self.calendar, &self.known);
        let mut tables = vec![Table::default(); plans.len()];
        let mut by_hits = vec![Vec::new(); parts.len()];
        for (at, plan) in plans.iter().enumerate() {
            let rollup = plan.rollup.as_ref().filter(|_| !self.hits_only);
            let mut answered = Vec::new();
            for (part, plans) in parts.iter().zip(&mut by_hits) {
                match rollup {
                    Some(rollup) if self.has_rollup(rollup, part) => answered.push(part.clone()),
                    _ => plans.push(at),
                }
            }
            if let Some(rollup) = rollup {
                for date in self.add_rollups(plan, rollup, &answered, first, &mut tables[at]).await? {
                    let day = parts.iter().position(|part| part.date == date && part.range.is_none());
                    day.into_iter().for_each(|day| by_hits[day].push(at));
                }
            }
        }
        let jobs = parts.into_iter().zip(by_hits).filter(|(_, plans)| !plans.is_empty()).collect();
        self.add_hits(plans, jobs, first, &mut tables).await?;
        Ok(tables)
    }

    /// At least the first rows of a period, exact, and any others with them.
    pub async fn first_rows(&self, plan: &Arc<Plan>, period: &Period, wanted: Wanted) -> Result<Table, SourceError> {
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
    pub async fn rows_of(&self, plan: &Arc<Plan>, period: &Period, values: &[Arc<str>]) -> Result<Table, SourceError> {
        let (false, true, Some(dimension)) = (self.hits_only, plan.is_raw(), plan.breakdown()) else {
            return self.table(plan, period).await;
        };
        let parts = period.parts(self.calendar, &self.known);
        let (whole, partial): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.range.is_none());
        let mut table = Table::default();
        self.add_values(dimension, &whole, values, &mut table).await?;
        let jobs = partial.into_iter().map(|part| (part, vec![0])).collect();
        let plans = std::slice::from_ref(plan);
        self.add_hits(plans, jobs, period.first_date(self.calendar), std::slice::from_mut(&mut table)).await?;
        Ok(table)
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
