//! Answers by folding hits, day by day.

use super::{DAYS_AT_ONCE, Ground, Table};
use crate::SourceError;
use crate::period::Part;
use crate::plan::Plan;
use crate::source::DayHits;
use footfall_domain::{LocalDate, SiteCalendar};
use footfall_fold::Question;
use futures::stream::{self, StreamExt, TryStreamExt};
use std::sync::Arc;

impl Ground<'_> {
    /// Adds the rows of these parts of days. A few days are folded at once, each on a blocking thread of the runtime:
    /// the fold is CPU-bound.
    pub(super) async fn add_hits(&self, plan: &Plan, parts: Vec<Part>, first: LocalDate, table: &mut Table) -> Result<(), SourceError> {
        let plan = Arc::new(plan.clone());
        let days: Vec<_> = parts.into_iter().map(|part| self.fold_part(plan.clone(), part, first)).collect();
        let mut days = stream::iter(days).buffer_unordered(DAYS_AT_ONCE);
        while let Some(day) = days.try_next().await? {
            merge(table, day);
        }
        Ok(())
    }

    async fn fold_part(&self, plan: Arc<Plan>, part: Part, first: LocalDate) -> Result<Table, SourceError> {
        let hits = self.source.hits(self.view.site, part.date).await?;
        let calendar = self.calendar.clone();
        let folded = tokio::task::spawn_blocking(move || fold(&*hits, &plan, &part, first, &calendar)).await;
        folded.map_err(SourceError::new)
    }
}

fn fold(hits: &dyn DayHits, plan: &Plan, part: &Part, first: LocalDate, calendar: &SiteCalendar) -> Table {
    let question = Question { group_by: plan.groups.clone(), filter: plan.filter.clone(), range: part.range.clone(), takings: false };
    let people = hits.people();
    let mut table = Table::default();
    hits.scan(&mut |shard| {
        for (group, counts) in shard.ask(people, &question).groups {
            *table.entry(plan.key(&group, part.date, first, calendar)).or_default() += counts;
        }
    });
    table
}

fn merge(table: &mut Table, other: Table) {
    if table.is_empty() {
        *table = other;
        return;
    }
    for (key, counts) in other {
        *table.entry(key).or_default() += counts;
    }
}
