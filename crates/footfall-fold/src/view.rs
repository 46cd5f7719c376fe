//! Reading what has been counted of one group of feeds.

use crate::names::Names;
use crate::tables::{Rows, Tables};
use footfall_domain::{Counts, Dimension, DropReason, HourKey};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The running sums, with what is still owed to them.
pub(crate) struct View<'a> {
    pub told: &'a Tables,
    pub owed: Option<Tables>,
    pub names: &'a Names,
}

impl View<'_> {
    pub fn day(&self) -> Counts {
        let mut day = self.told.day;
        if let Some(owed) = &self.owed {
            day += owed.day;
        }
        day
    }

    pub fn hours(&self) -> BTreeMap<HourKey, Counts> {
        let mut hours = BTreeMap::<HourKey, Counts>::new();
        for tables in self.both() {
            for (hour, counts) in self.names.hours().iter().zip(&tables.hours) {
                *hours.entry(*hour).or_default() += *counts;
            }
        }
        hours.retain(|_, counts| !counts.is_zero());
        hours
    }

    /// A dimension's rows, without zero rows, each as `row` makes it of value and counts.
    pub fn rows<R, C: FromIterator<R>>(&self, dimension: Dimension, row: impl Fn(&Arc<str>, Counts) -> R) -> C {
        let mut rows: Cow<'_, Rows> = self.told.rows(dimension, self.names);
        if let Some(owed) = &self.owed {
            let rows = rows.to_mut();
            for (value, counts) in owed.rows(dimension, self.names).iter() {
                *rows.entry(*value).or_default() += *counts;
            }
        }
        let rows = rows.iter().filter(|(_, counts)| !counts.is_zero());
        rows.map(|(value, counts)| row(self.names.values.text(*value), *counts)).collect()
    }

    /// One of these rows; zero when there is none.
    pub fn row(&self, dimension: Dimension, value: &str) -> Counts {
        let mut sum = Counts::default();
        if let Some(value) = self.names.values.find(value) {
            for tables in self.both() {
                sum += tables.rows(dimension, self.names).get(&value).copied().unwrap_or_default();
            }
        }
        sum
    }

    pub fn drops(&self) -> BTreeMap<DropReason, i64> {
        let mut drops = BTreeMap::new();
        for (reason, hits) in self.both().flat_map(|tables| &tables.drops) {
            *drops.entry(*reason).or_default() += hits;
        }
        drops.retain(|_, hits| *hits != 0);
        drops
    }

    pub fn last_seen(&self, from_slot: i64) -> BTreeMap<i64, i64> {
        let mut slots = BTreeMap::new();
        for (slot, visitors) in self.both().flat_map(|tables| &tables.last_seen) {
            if *slot >= from_slot {
                *slots.entry(*slot).or_default() += visitors;
            }
        }
        slots.retain(|_, visitors| *visitors != 0);
        slots
    }

    fn both(&self) -> impl Iterator<Item = &Tables> {
        std::iter::once(self.told).chain(&self.owed)
    }
}
