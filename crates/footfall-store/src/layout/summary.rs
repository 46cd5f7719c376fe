//! What is small in a day: everything but its tables.

use super::codec::{damaged, plain, value};
use crate::{DayStamp, DayTotals, StoreError};
use footfall_domain::{Counts, DropReason, HourKey, LocalDate, Part, Rollup, UnixMillis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FORMAT: u8 = 1;

/// A rollup without its tables.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Summary {
    live: PartSummary,
    log: PartSummary,
    drops: BTreeMap<DropReason, i64>,
    /// Pageviews of machines.
    machines: i64,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct PartSummary {
    events: i64,
    newest: Option<UnixMillis>,
    day: Counts,
    hours: BTreeMap<HourKey, Counts>,
    /// How many tables the part has, empty ones included.
    tables: u32,
    drops: BTreeMap<DropReason, i64>,
}

impl Summary {
    /// The summary of a rollup.
    pub fn of(rollup: &Rollup) -> Self {
        Self {
            live: PartSummary::of(&rollup.live),
            log: PartSummary::of(&rollup.log),
            drops: rollup.drops.clone(),
            machines: rollup.machines.values().sum(),
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is no memory.
    pub fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = vec![FORMAT];
        bytes.extend(plain(self)?);
        Ok(bytes)
    }

    /// The summary of bytes.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        match bytes.split_first() {
            Some((&FORMAT, plain)) => value(plain),
            _ => Err(damaged("a summary of unknown format")),
        }
    }

    /// The rollup with its tables empty, to be filled.
    pub fn rollup(&self) -> Rollup {
        Rollup { live: self.live.part(), log: self.log.part(), drops: self.drops.clone(), machines: BTreeMap::new() }
    }

    /// What a page shows of the day.
    pub fn totals(&self, date: LocalDate, stamp: DayStamp) -> DayTotals {
        DayTotals { machines: self.machines, ..DayTotals::of(date, stamp, &self.rollup()) }
    }
}

impl PartSummary {
    fn of(part: &Part) -> Self {
        Self {
            events: part.events,
            newest: part.newest,
            day: part.day,
            hours: part.hours.clone(),
            tables: part.dimensions.len() as u32,
            drops: part.drops.clone(),
        }
    }

    fn part(&self) -> Part {
        Part {
            events: self.events,
            newest: self.newest,
            day: self.day,
            hours: self.hours.clone(),
            dimensions: vec![BTreeMap::new(); self.tables as usize],
            drops: self.drops.clone(),
        }
    }
}
