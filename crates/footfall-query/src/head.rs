//! The largest rows of a dimension's table, over a day or several, and how large the others can be.

use footfall_domain::{Counts, LocalDate};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How much a sum of heads keeps.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// As many first rows are among those kept, whatever must be looked up for it.
    pub certain: usize,
    /// With more values to look up than this there is no sum: the heads themselves are as good.
    pub looked_up: usize,
    /// Rows at most.
    pub rows: usize,
}

impl Default for Limits {
    /// As many rows as a day's head has: what days answer alone, they answer together. More certain ones than any list of a page.
    fn default() -> Self {
        Self { certain: 50, looked_up: 5_000, rows: 1_000 }
    }
}

/// The head of a dimension's table over some days.
#[derive(Clone, PartialEq, Debug)]
pub struct Head {
    /// The days; between them there may be some without hits.
    pub dates: RangeInclusive<LocalDate>,
    /// Some rows, with everything they have on these days.
    pub top: Arc<[(Arc<str>, Counts)]>,
    /// Whether these are all rows.
    pub whole: bool,
    /// For each number, what no row outside `top` exceeds; zero if there is none.
    pub rest: Counts,
}

impl Head {
    /// The head of a day's whole table: of more than so many rows, those with the most visitors and a bound of the others.
    pub fn of_table(date: LocalDate, table: Vec<(Arc<str>, Counts)>, rows: usize) -> Self {
        let (top, rest) = cut(table, rows, Counts::default());
        Self { dates: date..=date, whole: rest.is_none(), top: top.into(), rest: rest.unwrap_or_default() }
    }
}

/// Heads of single days on their way to be one.
///
/// What no head shows has at most the sum of the days' bounds. What some show has what they say, and at most the other
/// days' bounds more: either that is looked up on those days ([`Sum::missing`]), or it becomes a bound too.
#[derive(Debug)]
pub struct Sum {
    dates: RangeInclusive<LocalDate>,
    rows: FxHashMap<Arc<str>, Counts>,
    missing: Vec<(LocalDate, Vec<Arc<str>>)>,
    whole: bool,
    rest: Counts,
    limits: Limits,
}

/// What the heads say of one value.
#[derive(Default)]
struct Seen {
    counts: Counts,
    /// The sum of the bounds of the days that show it: what it cannot have beside `counts`.
    bounds: Counts,
}

impl Sum {
    /// The sum of heads of one day each. `None`: there is none, or too much would have to be looked up.
    pub fn of(heads: &[Head], limits: Limits) -> Option<Self> {
        let dates = *heads.first()?.dates.start()..=*heads.last()?.dates.end();
        let mut seen: FxHashMap<&Arc<str>, Seen> = FxHashMap::default();
        let mut bounds = Counts::default();
        for head in heads {
            bounds += head.rest;
            for (value, counts) in &*head.top {
                let seen = seen.entry(value).or_default();
                seen.counts += *counts;
                seen.bounds += head.rest;
            }
        }
        let whole = heads.iter().all(|head| head.whole);
        let last = if seen.len() > limits.certain {
            nth_largest(seen.values().map(|seen| seen.counts.visitors).collect(), limits.certain)
        } else {
            0
        };
        let (mut rows, mut uncertain) = (FxHashMap::default(), Vec::new());
        // No row outside the heads has more than all their bounds.
        let mut rest = bounds;
        for (value, seen) in seen {
            let (at_most, certain) = (plus(seen.counts, minus(bounds, seen.bounds)), seen.bounds == bounds);
            if !certain && at_most.visitors < last {
                rest = rest.largest(at_most);
                continue;
            }
            if !certain {
                uncertain.push(value.clone());
            }
            rows.insert(value.clone(), seen.counts);
        }
        if uncertain.len() > limits.looked_up {
            return None;
        }
        Some(Self { dates, rows, missing: missing(heads, &uncertain), whole, rest, limits })
    }

    /// The values to be looked up, and the days on which they are missing.
    pub fn missing(&self) -> &[(LocalDate, Vec<Arc<str>>)] {
        &self.missing
    }

    /// What was found on the `at`-th of the missing days.
    pub fn found(&mut self, at: usize, counts: &[Counts]) {
        for (value, counts) in self.missing[at].1.iter().zip(counts) {
            if let Some(row) = self.rows.get_mut(value) {
                *row += *counts;
            }
        }
    }

    /// The sum, when everything missing was found.
    pub fn head(self) -> Head {
        let (top, rest) = cut(self.rows.into_iter().collect(), self.limits.rows, self.rest);
        let whole = self.whole && rest.is_none();
        Head { dates: self.dates, top: top.into(), whole, rest: rest.unwrap_or(self.rest) }
    }
}

/// The first rows, and if any were left out what none of them exceeds, nor `rest`.
fn cut(mut rows: Vec<(Arc<str>, Counts)>, most: usize, rest: Counts) -> (Vec<(Arc<str>, Counts)>, Option<Counts>) {
    let order = |a: &(Arc<str>, Counts), b: &(Arc<str>, Counts)| (Reverse(a.1.visitors), &a.0).cmp(&(Reverse(b.1.visitors), &b.0));
    let mut left = Vec::new();
    if rows.len() > most {
        rows.select_nth_unstable_by(most, order);
        left = rows.split_off(most);
    }
    rows.sort_unstable_by(order);
    let largest = left.into_iter().fold(None, |rest: Option<Counts>, (_, counts)| Some(rest.unwrap_or(counts).largest(counts)));
    (rows, largest.map(|largest| largest.largest(rest)))
}

/// On which days these values are to be looked up: where the head neither shows them nor is the whole table.
fn missing(heads: &[Head], values: &[Arc<str>]) -> Vec<(LocalDate, Vec<Arc<str>>)> {
    let of = |head: &Head| {
        let shown: rustc_hash::FxHashSet<&str> = head.top.iter().map(|(value, _)| &**value).collect();
        let values: Vec<Arc<str>> = values.iter().filter(|value| !shown.contains(&***value)).cloned().collect();
        (*head.dates.start(), values)
    };
    if values.is_empty() {
        return Vec::new();
    }
    heads.iter().filter(|head| !head.whole).map(of).filter(|(_, values)| !values.is_empty()).collect()
}

/// The n-th largest; there are at least n, and n is above zero.
pub(crate) fn nth_largest(mut numbers: Vec<i64>, n: usize) -> i64 {
    let (_, nth, _) = numbers.select_nth_unstable_by(n - 1, |a, b| b.cmp(a));
    *nth
}

fn plus(mut a: Counts, b: Counts) -> Counts {
    a += b;
    a
}

fn minus(mut a: Counts, b: Counts) -> Counts {
    a -= b;
    a
}
