//! Goals nobody reached: the query has no row of them, people look for one.

use super::{Column, PanelRow};
use footfall_domain::Metric;
use footfall_query::Goal;

/// The goals that are no row yet, in the order they were made.
pub(crate) fn unreached(goals: &[Goal], rows: &[PanelRow], columns: &[Column]) -> Vec<PanelRow> {
    goals.iter().filter(|goal| rows.iter().all(|row| row.value != goal.name)).map(|goal| nobody(goal, columns)).collect()
}

/// Nothing was paid where something is to be paid; there is no mean of nothing.
fn nobody(goal: &Goal, columns: &[Column]) -> PanelRow {
    let number = |column: &Column| match column {
        Column::Of(Metric::TotalRevenue) => goal.currency.map(|_| 0.0),
        Column::Of(Metric::AverageRevenue) => None,
        _ => Some(0.0),
    };
    PanelRow { value: goal.name.clone(), numbers: columns.iter().map(number).collect(), currency: goal.currency, ..PanelRow::default() }
}
