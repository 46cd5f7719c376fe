//! Rows that no query pages and orders: there are few of them.

use super::DetailsState;
use crate::panels::{self, Asking, Column, List, PanelRow, Shown, machine_query, machine_rows};
use crate::site_page::LeftOut;
use footfall_domain::Metric;
use footfall_query::{Direction, MachineOrder, MachineQuery, MachineTable, RunError, machine_report};

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
    /// What of the money is not in the rows.
    pub left_out: Option<LeftOut>,
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
    let order = state.sort_among(columns).map_or((MachineOrder::Views, Direction::Desc), |sort| {
        let by = if sort.by == "value" { MachineOrder::Value } else { MachineOrder::Views };
        (by, if sort.up { Direction::Asc } else { Direction::Desc })
    });
    let query = machine_query(list, at_most as usize);
    let query = MachineQuery {
        table: MachineTable {
            machine: state.machine.as_deref().map(Into::into),
            page: state.asked.as_deref().map(Into::into),
            ..query.table
        },
        search: state.search.clone(),
        order,
        offset: from(state, at_most),
        ..query
    };
    let report = machine_report(&query, lists.days.0..=lists.days.1, lists.asker.site, lists.asker.view, lists.asker.source).await?;
    Ok(Found { largest: report.largest, total: report.total_rows, rows: machine_rows(report), left_out: None })
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
    Ok(Found { total: rows.len() as u64, rows: one_page(rows, state, at_most), largest, left_out: LeftOut::of(&report) })
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
    rows.into_iter().skip(from(state, at_most)).take(at_most as usize).collect()
}

/// How many rows stand before the page.
fn from(state: &DetailsState, at_most: u32) -> usize {
    (state.page - 1) as usize * at_most as usize
}
