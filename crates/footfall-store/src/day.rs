//! A site-day as it is stored and answered.

use footfall_domain::{Counts, DropReason, HourKey, LocalDate, LogicId, Position, Rollup, SiteId, UnixMillis};
use std::collections::BTreeMap;

/// Names a stored site-day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DayKey {
    /// The site.
    pub site: SiteId,
    /// Which generation of its numbers.
    pub generation: u32,
    /// The site-local day.
    pub date: LocalDate,
}

/// What a stored site-day was made from. Two rollups with one stamp are equal to the byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayStamp {
    /// Raised by anything that changes the day; names the immutable chunks.
    pub revision: u64,
    /// The rules that gave the numbers.
    pub logic: LogicId,
    /// The log up to and including this position is in it.
    pub through: Position,
    /// The newest hit in it.
    pub newest_hit: Option<UnixMillis>,
}

impl DayStamp {
    /// Whether a day stored with this stamp has nothing to learn from one offered with `offered`.
    ///
    /// | stored | offered | answer |
    /// |---|---|---|
    /// | same logic, through the same position or a later one of the same epoch | any revision | older: has it all |
    /// | the same revision or a higher one | | older: a revision's chunks never change |
    /// | anything else | a higher revision | written |
    pub fn supersedes(&self, offered: &DayStamp) -> bool {
        self.covers(offered) || self.revision >= offered.revision
    }

    /// Whether a day with this stamp has everything one with `offered` has: the first line of the table above.
    pub fn covers(&self, offered: &DayStamp) -> bool {
        self.logic == offered.logic && self.through.covers(offered.through) == Some(true)
    }
}

/// What became of a day offered to the store (law 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
    /// It is what readers see now.
    Written,
    /// The stored one is as new or newer ([`DayStamp::supersedes`]); nothing was changed.
    Older,
}

/// The numbers of a whole site-day; people only (`Rollup::people`).
#[derive(Clone, PartialEq, Debug)]
pub struct DayTotals {
    /// The site-local day.
    pub date: LocalDate,
    /// What it was made from.
    pub stamp: DayStamp,
    /// Of the day.
    pub day: Counts,
    /// By hour bucket, in order.
    pub hours: Vec<(HourKey, Counts)>,
    /// Every hit that was not counted (`Rollup::all_drops`), by reason.
    pub drops: Vec<(DropReason, i64)>,
    /// Pageviews of machines.
    pub machines: i64,
}

/// The top of a dimension's table, and a bound of everything else; people only (`Rollup::people`).
#[derive(Clone, PartialEq, Debug)]
pub struct DayHead {
    /// The site-local day.
    pub date: LocalDate,
    /// What it was made from.
    pub stamp: DayStamp,
    /// The first [`crate::head::HEAD_ROWS`] by visitors, most first, ties by value in byte order.
    pub top: Vec<(String, Counts)>,
    /// Rows in the whole table.
    pub rows: u64,
    /// For each number, the largest any row outside `top` has; zero if there is none.
    pub rest: Counts,
}

impl DayTotals {
    /// The totals of a rollup.
    pub fn of(date: LocalDate, stamp: DayStamp, rollup: &Rollup) -> Self {
        let people = rollup.people();
        Self {
            date,
            stamp,
            day: people.day,
            hours: people.hours.iter().map(|(hour, counts)| (*hour, *counts)).collect(),
            drops: rollup.all_drops().into_iter().collect(),
            machines: rollup.machines.values().sum(),
        }
    }
}

/// Of the numbers of stored days and of [`crate::RollupStore::put_totals`], the newer of each day; both in order of date.
pub(crate) fn newer_totals(days: Vec<DayTotals>, early: Vec<DayTotals>) -> Vec<DayTotals> {
    let mut newest: BTreeMap<LocalDate, DayTotals> = days.into_iter().map(|day| (day.date, day)).collect();
    for totals in early {
        let known = newest.get(&totals.date).is_some_and(|day| day.stamp.supersedes(&totals.stamp));
        if !known {
            newest.insert(totals.date, totals);
        }
    }
    newest.into_values().collect()
}
