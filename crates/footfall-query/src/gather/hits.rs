//! Answers by folding hits, day by day.

use super::{DAYS_AT_ONCE, Ground, Table};
use crate::SourceError;
use crate::period::Part;
use crate::plan::Plan;
use footfall_domain::LocalDate;
use footfall_fold::{Answer, GroupValue, Question};
use futures::stream::{self, StreamExt, TryStreamExt};
use std::sync::Arc;

/// A part of a day, and the plans (by place) that need its hits.
type Job = (Part, Vec<usize>);

impl Ground<'_> {
    /// Adds the rows of these parts of days to the tables of their plans. A few days are folded at once.
    pub(super) async fn add_hits(
        &self,
        plans: &[Arc<Plan>],
        jobs: Vec<Job>,
        first: LocalDate,
        tables: &mut [Table],
    ) -> Result<(), SourceError> {
        let days: Vec<_> = jobs.into_iter().map(|job| self.ask_part(plans, job)).collect();
        let mut days = stream::iter(days).buffer_unordered(DAYS_AT_ONCE);
        while let Some((date, answers)) = days.try_next().await? {
            for (at, answer) in answers {
                self.add_answer(&plans[at], &answer, date, first, &mut tables[at]);
            }
        }
        Ok(())
    }

    async fn ask_part(&self, plans: &[Arc<Plan>], (part, asked): Job) -> Result<(LocalDate, Vec<(usize, Arc<Answer>)>), SourceError> {
        let question = |at: &usize| Question {
            group_by: plans[*at].groups.clone(),
            filter: plans[*at].filter.clone(),
            range: part.range.clone(),
            takings: plans[*at].takings,
        };
        let questions = asked.iter().map(question).collect();
        let answers = self.source.answers(self.view.site, part.date, questions).await?;
        Ok((part.date, asked.into_iter().zip(answers).collect()))
    }

    fn add_answer(&self, plan: &Plan, answer: &Answer, date: LocalDate, first: LocalDate, table: &mut Table) {
        let key = |group: &[GroupValue]| Some(plan.key(group, date, first, self.calendar)).filter(|key| plan.wants(key));
        for (group, counts) in &answer.groups {
            if let Some(key) = key(group) {
                *table.entry(key).or_default() += *counts;
            }
        }
        for (group, takings) in &answer.takings {
            if let Some(key) = key(group) {
                table.entry(key).or_default().takings += takings;
            }
        }
    }
}
