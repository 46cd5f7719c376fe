//! The first rows of a long range from the heads of its days, when their bounds prove it.

use super::{DAYS_AT_ONCE, Ground, Table, Wanted};
use crate::head::nth_largest;
use crate::plan::Plan;
use crate::{Head, SourceError};
use footfall_domain::{Counts, Dimension, LocalDate, Metric};
use footfall_fold::GroupValue;
use futures::stream::{self, StreamExt, TryStreamExt};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// With more contenders than this, merging whole tables is as cheap.
const MAX_CONTENDERS: usize = 20_000;

/// The number of counts that an additive metric is; none for means, which no bound of a head can order.
pub(crate) fn additive(metric: Metric) -> Option<fn(&Counts) -> i64> {
    match metric {
        Metric::Visitors => Some(|counts| counts.visitors),
        Metric::Visits => Some(|counts| counts.visits),
        Metric::Pageviews => Some(|counts| counts.pageviews),
        Metric::Events => Some(|counts| counts.events),
        _ => None,
    }
}

/// What the heads say of one value.
#[derive(Default)]
struct Seen {
    counts: Counts,
    /// Sum of the bounds of the heads that have it: what it cannot have beside `counts`.
    bounds: i64,
}

impl Ground<'_> {
    /// The first rows, or `None` when the heads cannot prove which they are.
    ///
    /// A value in no head has at most the sum of their bounds. A value in some heads has at least what they say and at most
    /// the others' bounds more. Those that can reach the last row wanted are looked up where they are
    /// missing; the result stands if that row is then above whatever no head has.
    pub(super) async fn top_of_heads(
        &self,
        plan: &Plan,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
        wanted: Wanted,
    ) -> Result<Option<Table>, SourceError> {
        let Some(number) = additive(wanted.metric) else { return Ok(None) };
        let first = *dates.start();
        let heads = self.source.heads(self.view, dimension, dates).await?;
        let first_ones = if plan.is_raw() { can_be_first(&heads, number, wanted.rows) } else { None };
        let mut seen = sum(&heads, number, first_ones.as_ref());
        let whole = heads.iter().all(|head| head.whole);
        // Rows of one name are added up: only where each has its own may any be left out.
        if whole && (wanted.rows == 0 || seen.len() <= wanted.rows || !plan.is_raw()) {
            return Ok(Some(self.keyed(plan, first, seen.into_iter().map(|(value, seen)| (value.clone(), seen.counts)))));
        }
        if wanted.rows == 0 || seen.len() < wanted.rows {
            return Ok(None);
        }
        let bounds: i64 = heads.iter().map(|head| number(&head.rest)).sum();
        let last_at_least = nth_largest(seen.values().map(|seen| number(&seen.counts)).collect(), wanted.rows);
        seen.retain(|_, seen| number(&seen.counts) + bounds - seen.bounds >= last_at_least);
        if seen.len() > MAX_CONTENDERS {
            return Ok(None);
        }
        let mut contenders: FxHashMap<Arc<str>, Counts> = seen.into_iter().map(|(value, seen)| (value.clone(), seen.counts)).collect();
        self.complete(dimension, &heads, &mut contenders).await?;
        let last = nth_largest(contenders.values().map(number).collect(), wanted.rows);
        Ok((whole || last > bounds).then(|| self.keyed(plan, first, contenders.into_iter())))
    }

    /// Adds what the contenders have on the days whose heads do not show them.
    async fn complete(
        &self,
        dimension: Dimension,
        heads: &[Head],
        contenders: &mut FxHashMap<Arc<str>, Counts>,
    ) -> Result<(), SourceError> {
        let mut missing = Vec::new();
        for head in heads.iter().filter(|head| !head.whole) {
            let shown: FxHashSet<&str> = head.top.iter().map(|(value, _)| &**value).collect();
            let values: Vec<Arc<str>> = contenders.keys().filter(|value| !shown.contains(&***value)).cloned().collect();
            if !values.is_empty() {
                missing.extend(self.days_of(head).await?.into_iter().map(|date| (date, values.clone())));
            }
        }
        let reads: Vec<_> = missing.iter().map(|(date, values)| self.looked_up(dimension, *date, values)).collect();
        let mut reads = stream::iter(reads).buffer_unordered(DAYS_AT_ONCE);
        while let Some((values, counts)) = reads.try_next().await? {
            for (value, counts) in values.iter().zip(counts) {
                *contenders.entry(value.clone()).or_default() += counts;
            }
        }
        Ok(())
    }

    async fn looked_up<'v>(
        &self,
        dimension: Dimension,
        date: LocalDate,
        values: &'v [Arc<str>],
    ) -> Result<(&'v [Arc<str>], Vec<Counts>), SourceError> {
        Ok((values, self.values_of(dimension, date, values).await?.1))
    }

    /// The days of a head that have hits.
    async fn days_of(&self, head: &Head) -> Result<Vec<LocalDate>, SourceError> {
        if head.dates.start() == head.dates.end() {
            return Ok(vec![*head.dates.start()]);
        }
        let days = self.source.totals(self.view, head.dates.clone()).await?;
        Ok(days.into_iter().map(|day| day.date).collect())
    }

    fn keyed(&self, plan: &Plan, first: LocalDate, rows: impl Iterator<Item = (Arc<str>, Counts)>) -> Table {
        let mut table = Table::default();
        for (value, counts) in rows {
            *table.entry(plan.key(&[GroupValue::Text(value)], first, first, self.calendar)).or_default() += counts;
        }
        table
    }
}

/// The values that can be among so many first ones, where the heads themselves tell; `None` for all.
///
/// Who has as much as the last of the first rows of one head has its share of it in some head: as much as that, divided by the
/// number of heads. So nothing need be added up of values that have less in each, if no head hides as much.
fn can_be_first(heads: &[Head], number: fn(&Counts) -> i64, rows: usize) -> Option<FxHashSet<&str>> {
    let last_of = |head: &Head| nth_largest(head.top.iter().map(|(_, counts)| number(counts)).collect(), rows);
    let at_least = heads.iter().filter(|head| rows > 0 && head.top.len() >= rows).map(last_of).max()?;
    let share = (at_least as u64).div_ceil(heads.len() as u64) as i64;
    let hides_less = |head: &Head| head.whole || number(&head.rest) < share;
    if at_least <= 0 || !heads.iter().all(hides_less) {
        return None;
    }
    let shown = heads.iter().flat_map(|head| head.top.iter());
    Some(shown.filter(|(_, counts)| number(counts) >= share).map(|(value, _)| &**value).collect())
}

fn sum<'h>(heads: &'h [Head], number: fn(&Counts) -> i64, only: Option<&FxHashSet<&str>>) -> FxHashMap<&'h Arc<str>, Seen> {
    let mut seen: FxHashMap<&Arc<str>, Seen> = FxHashMap::default();
    for head in heads {
        let bound = number(&head.rest);
        for (value, counts) in head.top.iter().filter(|(value, _)| only.is_none_or(|only| only.contains(&**value))) {
            let seen = seen.entry(value).or_default();
            seen.counts += *counts;
            seen.bounds += bound;
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn head((at, day): (usize, &BTreeMap<u8, i64>)) -> Head {
        let table = day.iter().map(|(value, visitors)| (Arc::from(value.to_string()), Counts { visitors: *visitors, ..Counts::default() }));
        Head::of_table(LocalDate(at as i32), table.collect(), 6)
    }

    proptest! {
        /// Law: however days' tables are cut to heads, whoever is among the first rows of all days is said to be able to.
        #[test]
        fn who_is_among_the_first_can_be(
            days in prop::collection::vec(prop::collection::btree_map(0..20_u8, 0..40_i64, 0..20), 1..4),
            rows in 1..8_usize,
        ) {
            let heads: Vec<Head> = days.iter().enumerate().map(head).collect();
            let mut sums: BTreeMap<u8, i64> = BTreeMap::new();
            days.iter().flatten().for_each(|(value, visitors)| *sums.entry(*value).or_default() += visitors);
            if let Some(can_be) = can_be_first(&heads, |counts| counts.visitors, rows) {
                prop_assert!(can_be.len() >= rows);
                let last = nth_largest(sums.values().copied().collect(), rows);
                for (value, _) in sums.iter().filter(|(_, visitors)| **visitors >= last) {
                    prop_assert!(can_be.contains(value.to_string().as_str()), "{value} is missing");
                }
            }
        }
    }
}
