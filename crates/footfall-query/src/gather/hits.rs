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

/// A part of a day, and the plans (by place) that need its hits.
type Job = (Part, Vec<usize>);

impl Ground<'_> {
    /// Adds the rows of these parts of days to the tables of their plans. A few days are folded at once, each on a
    /// blocking thread of the runtime: the fold is CPU-bound.
    pub(super) async fn add_hits(
        &self,
        plans: &[Arc<Plan>],
        jobs: Vec<Job>,
        first: LocalDate,
        tables: &mut [Table],
    ) -> Result<(), SourceError> {
        let days: Vec<_> = jobs
            .into_iter()
            .map(|(part, asked)| {
                let plans = asked.into_iter().map(|at| (at, plans[at].clone())).collect();
                self.fold_part(plans, part, first)
            })
            .collect();
        let mut days = stream::iter(days).buffer_unordered(DAYS_AT_ONCE);
        while let Some(answers) = days.try_next().await? {
            for (at, answer) in answers {
                merge(&mut tables[at], answer);
            }
        }
        Ok(())
    }

    async fn fold_part(&self, plans: Vec<(usize, Arc<Plan>)>, part: Part, first: LocalDate) -> Result<Vec<(usize, Table)>, SourceError> {
        let hits = self.source.hits(self.view.site, part.date).await?;
        let calendar = self.calendar.clone();
        let folded = tokio::task::spawn_blocking(move || fold(&*hits, &plans, &part, first, &calendar)).await;
        folded.map_err(SourceError::new)
    }
}

fn fold(hits: &dyn DayHits, plans: &[(usize, Arc<Plan>)], part: &Part, first: LocalDate, calendar: &SiteCalendar) -> Vec<(usize, Table)> {
    let question = |plan: &Plan| Question {
        group_by: plan.groups.clone(),
        filter: plan.filter.clone(),
        range: part.range.clone(),
        takings: plan.takings,
    };
    let mut asked: Vec<_> = plans.iter().map(|(at, plan)| (*at, plan, question(plan), Table::default())).collect();
    let people = hits.people();
    hits.scan(&mut |shard| {
        for (_, plan, question, table) in &mut asked {
            let answer = shard.ask(people, question);
            for (group, counts) in answer.groups {
                *table.entry(plan.key(&group, part.date, first, calendar)).or_default() += counts;
            }
            for (group, takings) in answer.takings {
                table.entry(plan.key(&group, part.date, first, calendar)).or_default().takings += &takings;
            }
        }
    });
    asked.into_iter().map(|(at, _, _, table)| (at, table)).collect()
}

fn merge(table: &mut Table, other: Table) {
    if table.is_empty() {
        *table = other;
        return;
    }
    for (key, cell) in other {
        *table.entry(key).or_default() += &cell;
    }
}
