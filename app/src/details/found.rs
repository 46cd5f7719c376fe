//! Rows that no query pages and orders: there are few of them.

use super::DetailsState;
use crate::panels::{self, Asking, Column, List, MachineQuestion, PanelRow, Shown, machine_rows};
use footfall_domain::{LocalDate, Metric};
use footfall_query::{RunError, machine_views};

/// More than a site can have.
const GOALS: u32 = 10_000;

/// What is found of a list.
#[derive(Default)]
pub(super) struct Found {
    /// The rows of one page.
    pub rows: Vec<PanelRow>,
    /// What the longest bar stands for.
    pub largest: i64,
    /// How many rows there are on all pages.
    pub total: u64,
}

/// Machines have no query: they are counted by day.
pub(super) async fn machines(
    lists: &Asking<'_>,
    state: &DetailsState,
    shown: &Shown,
    columns: &[Column],
    at_most: u32,
) -> Result<Found, RunError> {
    let List::Machines(list) = shown.list else { return Ok(Found::default()) };
    let days: (LocalDate, LocalDate) = lists.days;
    let seen = machine_views(days.0..=days.1, lists.asker.view, lists.asker.source).await?;
    let question = MachineQuestion { list, machine: state.machine.as_deref(), page: state.asked.as_deref(), search: &state.search };
    let mut rows = machine_rows(&seen, &question);
    let (largest, total) = (rows.first().map_or(0, PanelRow::size), rows.len() as u64);
    if let Some(sort) = state.sort_among(columns) {
        if sort.by == "value" {
            rows.sort_by(|a, b| a.value.cmp(&b.value));
            if !sort.up {
                rows.reverse();
            }
        } else if sort.up {
            rows.reverse();
        }
    }
    Ok(Found { rows: one_page(rows, state, at_most), largest, total })
}

/// Goals are few, and those nobody reached are rows too: all are asked for, searched and ordered here.
pub(super) async fn goals(
    lists: &Asking<'_>,
    state: &DetailsState,
    shown: &Shown,
    columns: &[Column],
    at_most: u32,
) -> Result<Found, RunError> {
    let metrics: Vec<Metric> = columns.iter().filter_map(|column| column.metric()).collect();
    let report = lists.run(&panels::grouped(lists.query(metrics), shown).page(GOALS, 0)).await?;
    let mut rows: Vec<PanelRow> = report.rows.iter().map(|row| panels::row_in_full(row, shown, columns)).collect();
    if !lists.is_about_goals() {
        rows.extend(panels::unreached(&lists.asker.site.goals, &rows, columns));
    }
    let largest = rows.iter().map(PanelRow::size).max().unwrap_or(0);
    let search = state.search.to_lowercase();
    rows.retain(|row| row.value.to_lowercase().contains(&search));
    order(&mut rows, state, columns);
    Ok(Found { total: rows.len() as u64, rows: one_page(rows, state, at_most), largest })
}

fn order(rows: &mut [PanelRow], state: &DetailsState, columns: &[Column]) {
    let Some(sort) = state.sort_among(columns) else { return };
    match columns.iter().position(|column| column.name() == sort.by) {
        Some(at) => rows.sort_by(|a, b| b.number(at).total_cmp(&a.number(at))),
        None if sort.by == "value" => rows.sort_by(|a, b| b.value.cmp(&a.value)),
        None => return,
    }
    if sort.up {
        rows.reverse();
    }
}

fn one_page(rows: Vec<PanelRow>, state: &DetailsState, at_most: u32) -> Vec<PanelRow> {
    let from = (state.page - 1) as usize * at_most as usize;
    rows.into_iter().skip(from).take(at_most as usize).collect()
}
