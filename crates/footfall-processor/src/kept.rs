//! What was added up of days lately: rows of many days are not read and added up for every page.
//!
//! Nothing is told to this cache when a day changes. Each value stands beside the stamps of the stored days it was made from,
//! and is given only to who has read the same stamps: a settled day, an import and a late hit give a day another revision, an
//! activation and its undo name other generations. What was added up of an open day is good until its next hit. So there is
//! nothing that could be forgotten to be forgotten.

use crate::engine::{Engine, UNPOISONED};
use crate::lru::Lru;
use footfall_domain::{Counts, Dimension, LocalDate, SiteId};
use footfall_query::{DayTotals, Head, MachineRow, MachineTable};
use footfall_store::{DayKey, DayStamp};
use std::sync::Arc;

/// Bytes kept.
const BUDGET: usize = 24 << 20;

/// What a place takes beside its value: in the map, in the order of use, and the headers of what is shared.
const PLACE: usize = 320;

/// Some stored days of one site, in order of date, each with what it was made from. Equal lists have equal numbers.
pub(crate) type StoredDays = Arc<[(DayKey, DayStamp)]>;

/// What a value was made from: equal ones have equal numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum MadeFrom {
    Stored(StoredDays),
    /// An open day as it was at one moment.
    Open {
        site: SiteId,
        date: LocalDate,
        /// See [`OpenDay::edition`](crate::open_day::OpenDay::edition).
        edition: u64,
    },
}

/// What was added up.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum What {
    Totals,
    Heads(Dimension),
    Row(Dimension, Arc<str>),
    Machines(MachineTable),
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Totals(Arc<[DayTotals]>),
    Heads(Arc<[Head]>),
    Row(Arc<[(LocalDate, Counts)]>),
    Machines(Arc<[MachineRow]>),
}

/// The same of the same days has one place, stored and open days apart: a newer one takes it.
type Name = (SiteId, What, LocalDate, LocalDate, bool);

pub(crate) struct Kept(Lru<Name, (MadeFrom, Value)>);

impl Default for Kept {
    fn default() -> Self {
        Self(Lru::new(BUDGET))
    }
}

impl Kept {
    fn get(&mut self, what: &What, now: &MadeFrom) -> Option<Value> {
        let (made_from, value) = self.0.get(&now.name(what)?)?;
        (made_from == now).then(|| value.clone())
    }

    fn put(&mut self, what: What, made_from: &MadeFrom, value: Value) {
        if let Some(name) = made_from.name(&what) {
            let bytes = PLACE + what.bytes() + made_from.bytes() + value.bytes();
            self.0.put(name, (made_from.clone(), value), bytes);
        }
    }

    pub(crate) fn forget_site(&mut self, site: SiteId) {
        self.0.retain(|(of, ..)| *of != site);
    }
}

impl MadeFrom {
    fn name(&self, what: &What) -> Option<Name> {
        Some(match self {
            MadeFrom::Stored(days) => {
                let ((first, _), (last, _)) = (days.first()?, days.last()?);
                (first.site, what.clone(), first.date, last.date, false)
            }
            MadeFrom::Open { site, date, .. } => (*site, what.clone(), *date, *date, true),
        })
    }

    fn bytes(&self) -> usize {
        match self {
            MadeFrom::Stored(days) => size_of_val(&**days),
            MadeFrom::Open { .. } => 0,
        }
    }
}

impl Engine {
    /// What was added up of exactly this.
    pub(crate) fn kept(&self, what: &What, made_from: &MadeFrom) -> Option<Value> {
        self.kept.lock().expect(UNPOISONED).get(what, made_from)
    }

    /// Keeps what was added up of exactly this.
    pub(crate) fn keep(&self, what: What, made_from: &MadeFrom, value: &Value) {
        self.kept.lock().expect(UNPOISONED).put(what, made_from, value.clone());
    }
}

impl What {
    /// What it takes beside its place. A value is whatever somebody asked for.
    fn bytes(&self) -> usize {
        match self {
            What::Row(_, value) => value.len(),
            What::Machines(table) => table.bytes(),
            What::Totals | What::Heads(_) => 0,
        }
    }
}

impl Value {
    /// What it takes, roughly: texts are nobody else's.
    fn bytes(&self) -> usize {
        match self {
            Value::Totals(days) => days.iter().map(|day| size_of_val(day) + size_of_val(&*day.hours)).sum(),
            Value::Heads(heads) => heads.iter().map(head_bytes).sum(),
            Value::Row(days) => size_of_val(&**days),
            Value::Machines(rows) => size_of_val(&**rows) + rows.iter().map(|row| row.value.len() + 16).sum::<usize>(),
        }
    }
}

fn head_bytes(head: &Head) -> usize {
    size_of_val(head) + size_of_val(&*head.top) + head.top.iter().map(|(value, _)| value.len() + 16).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::{LogicId, Position};

    fn days(site: u64, generation: u32, days: &[(i32, u64)]) -> MadeFrom {
        let day = |(date, revision): &(i32, u64)| {
            let key = DayKey { site: SiteId(site), generation, date: LocalDate(*date) };
            let through = Position { epoch: 1, partition: 0, offset: 7 };
            (key, DayStamp { revision: *revision, logic: LogicId([0; 16]), through, newest_hit: None })
        };
        MadeFrom::Stored(days.iter().map(day).collect())
    }

    fn open(site: u64, edition: u64) -> MadeFrom {
        MadeFrom::Open { site: SiteId(site), date: LocalDate(1), edition }
    }

    fn row(visitors: i64) -> Value {
        Value::Row([(LocalDate(1), Counts { visitors, ..Counts::default() })].into())
    }

    #[test]
    fn a_value_is_given_for_the_days_it_was_made_from_and_no_others() {
        let mut kept = Kept::default();
        let what = What::Row(Dimension::Page, "/".into());
        let made_from = days(1, 0, &[(1, 1), (2, 1), (3, 1)]);
        kept.put(what.clone(), &made_from, row(5));
        assert!(kept.get(&what, &days(1, 0, &[(1, 1), (2, 1), (3, 1)])).is_some());
        for (why, other) in [
            ("a day was settled again", days(1, 0, &[(1, 1), (2, 2), (3, 1)])),
            ("another generation answers", days(1, 1, &[(1, 1), (2, 1), (3, 1)])),
            ("a day is gone", days(1, 0, &[(1, 1), (3, 1)])),
            ("a day came", days(1, 0, &[(1, 1), (2, 1), (3, 1), (4, 1)])),
            ("another site", days(2, 0, &[(1, 1), (2, 1), (3, 1)])),
            ("no day at all", days(1, 0, &[])),
        ] {
            assert!(kept.get(&what, &other).is_none(), "{why}");
        }
        assert!(kept.get(&What::Row(Dimension::Page, "/a".into()), &made_from).is_none(), "another value");
        assert!(kept.get(&What::Row(Dimension::EntryPage, "/".into()), &made_from).is_none(), "another dimension");
    }

    #[test]
    fn a_value_of_an_open_day_is_given_until_the_next_hit() {
        let mut kept = Kept::default();
        kept.put(What::Totals, &open(1, 7), row(5));
        kept.put(What::Totals, &days(1, 0, &[(1, 7)]), row(6));
        assert!(kept.get(&What::Totals, &open(1, 7)).is_some(), "a stored one of the same day has its own place");
        assert!(kept.get(&What::Totals, &open(1, 8)).is_none());
        assert!(kept.get(&What::Totals, &open(2, 7)).is_none());
    }

    #[test]
    fn what_is_asked_for_counts_as_well_however_long() {
        let mut kept = Kept::default();
        let made_from = days(1, 0, &[(1, 1)]);
        let asked = |n: usize| What::Row(Dimension::Page, format!("{n}{}", "x".repeat(BUDGET / 4)).into());
        for n in 0..8 {
            kept.put(asked(n), &made_from, row(5));
        }
        assert_eq!((0..8).filter(|n| kept.get(&asked(*n), &made_from).is_some()).count(), 3);
    }

    #[test]
    fn the_same_of_the_same_dates_has_one_place() {
        let mut kept = Kept::default();
        let (before, after) = (days(1, 0, &[(1, 1)]), days(1, 1, &[(1, 1)]));
        kept.put(What::Totals, &before, row(5));
        kept.put(What::Totals, &after, row(6));
        assert!(kept.get(&What::Totals, &before).is_none(), "the newer one took it");
        assert!(kept.get(&What::Totals, &after).is_some());
        kept.forget_site(SiteId(1));
        assert!(kept.get(&What::Totals, &after).is_none());
    }
}
