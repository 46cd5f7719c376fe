//! Answers from rollups: totals, hours, tables and single rows.

use super::{DAYS_AT_ONCE, Ground, Table, dates};
use crate::SourceError;
use crate::period::Part;
use crate::plan::{Key, Plan, Rollup};
use footfall_domain::{Counts, Dimension, LocalDate};
use footfall_fold::GroupValue;
use futures::stream::{self, StreamExt, TryStreamExt};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

impl Ground<'_> {
    /// Adds the rows of these days. Answers those days of which the rollup turns out to say too little.
    pub(super) async fn add_rollups(
        &self,
        plan: &Plan,
        rollup: &Rollup,
        parts: &[Part],
        first: LocalDate,
        table: &mut Table,
    ) -> Result<Vec<LocalDate>, SourceError> {
        let Some(dates) = dates(parts) else { return Ok(Vec::new()) };
        let mut open = Vec::new();
        match rollup {
            Rollup::Totals => {
                for day in self.source.totals(self.view, dates).await? {
                    self.add(plan, &[], day.date, first, day.day, table);
                }
            }
            Rollup::Hours => {
                for day in self.source.totals(self.view, dates).await? {
                    let Some(part) = parts.iter().find(|part| part.date == day.date) else { continue };
                    for (key, counts) in day.hours.iter().copied() {
                        let start = self.calendar.hour_start(key);
                        if part.range.as_ref().is_none_or(|range| range.contains(&start)) {
                            self.add(plan, &[GroupValue::Hour(key)], day.date, first, counts, table);
                        }
                    }
                }
            }
            Rollup::Table(dimension) => {
                let days = self.days_with_hits(parts).await?;
                let reads: Vec<_> = days.into_iter().map(|date| self.table_of(*dimension, date)).collect();
                let mut reads = stream::iter(reads).buffer_unordered(DAYS_AT_ONCE);
                while let Some((date, rows)) = reads.try_next().await? {
                    for (value, counts) in rows {
                        self.add(plan, &[GroupValue::Text(value)], date, first, counts, table);
                    }
                }
            }
            Rollup::Value(dimension, value) => {
                for (date, counts) in self.row_of(*dimension, value, parts, dates).await? {
                    self.add(plan, &[], date, first, counts, table);
                }
            }
            Rollup::Pageviews(page) => {
                for (date, counts) in self.row_of(Dimension::Page, page, parts, dates).await? {
                    match counts.events == counts.pageviews {
                        true => self.add(plan, &[], date, first, without_engagement(counts), table),
                        false => open.push(date),
                    }
                }
            }
        }
        Ok(open)
    }

    /// Adds the rows of some values on whole days, over all of them.
    pub(super) async fn add_values(
        &self,
        dimension: Dimension,
        parts: &[Part],
        values: &[Arc<str>],
        table: &mut Table,
    ) -> Result<(), SourceError> {
        if values.is_empty() {
            return Ok(());
        }
        let days = self.days_with_hits(parts).await?;
        let reads: Vec<_> = days.into_iter().map(|date| self.values_of(dimension, date, values)).collect();
        let mut reads = stream::iter(reads).buffer_unordered(DAYS_AT_ONCE);
        while let Some((_, counts)) = reads.try_next().await? {
            for (value, counts) in values.iter().zip(counts) {
                *table.entry(vec![Key::Text(value.clone())]).or_default() += counts;
            }
        }
        Ok(())
    }

    fn add(&self, plan: &Plan, group: &[GroupValue], date: LocalDate, first: LocalDate, counts: Counts, table: &mut Table) {
        if !counts.is_zero() {
            let key = plan.key(group, date, first, self.calendar);
            if plan.wants(&key) {
                *table.entry(key).or_default() += counts;
            }
        }
    }

    /// Of these days, those that have hits: the others need no reading.
    async fn days_with_hits(&self, parts: &[Part]) -> Result<Vec<LocalDate>, SourceError> {
        let Some(dates) = dates(parts) else { return Ok(Vec::new()) };
        if parts.len() == 1 {
            return Ok(vec![*dates.start()]);
        }
        let asked: BTreeSet<_> = parts.iter().map(|part| part.date).collect();
        let totals = self.source.totals(self.view, dates).await?;
        Ok(totals.into_iter().map(|day| day.date).filter(|date| asked.contains(date)).collect())
    }

    /// The row of a value on those of these days that have hits.
    async fn row_of(
        &self,
        dimension: Dimension,
        value: &Arc<str>,
        parts: &[Part],
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<(LocalDate, Counts)>, SourceError> {
        let asked: BTreeSet<_> = parts.iter().map(|part| part.date).collect();
        let mut rows = self.source.row(self.view, dimension, dates, value).await?;
        rows.retain(|(date, _)| asked.contains(date));
        Ok(rows)
    }

    async fn table_of(&self, dimension: Dimension, date: LocalDate) -> Result<(LocalDate, Vec<(Arc<str>, Counts)>), SourceError> {
        Ok((date, self.source.rows(self.view, dimension, date).await?))
    }

    pub(super) async fn values_of(
        &self,
        dimension: Dimension,
        date: LocalDate,
        values: &[Arc<str>],
    ) -> Result<(LocalDate, Vec<Counts>), SourceError> {
        Ok((date, self.source.lookup(self.view, dimension, date, values).await?))
    }
}

/// Engagement is no pageview, so no goal of a page counts it.
fn without_engagement(counts: Counts) -> Counts {
    Counts { engaged_ms: 0, engaged_pairs: 0, scroll_sum: 0, scroll_pairs: 0, ..counts }
}
