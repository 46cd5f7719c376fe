//! What machines asked for: pageviews that are counted of nobody, a question of the pages.
//!
//! A day's pageviews of machines are summed by what is asked ([`MachineSum`]); tables of several days are merged in order
//! of their values, and only the rows of one page are kept ([`machine_report`]).

mod merge;
mod sum;

pub use sum::MachineSum;

use crate::{Direction, RunError, SiteContext, Source, View};
use footfall_domain::{LocalDate, MachineClass};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A table of machines' pageviews.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct MachineTable {
    /// What a row is.
    pub by: MachineBy,
    /// Only what this machine asked for.
    pub machine: Option<Arc<str>>,
    /// Only who asked for this page.
    pub page: Option<Arc<str>>,
}

/// What a row about machines is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MachineBy {
    /// A machine, by name and class.
    Name,
    /// A page.
    Page,
}

/// How often a machine asked, or how often a page was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MachineRow {
    /// The machine's name, or the page.
    pub value: Arc<str>,
    /// The machine's class; none of a page.
    pub class: Option<MachineClass>,
    /// How often.
    pub views: i64,
}

/// A question about machines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MachineQuery {
    /// Of which table.
    pub table: MachineTable,
    /// Only machines of this class.
    pub class: Option<MachineClass>,
    /// Only rows with this in their value, whatever the case.
    pub search: String,
    /// In which order.
    pub order: (MachineOrder, Direction),
    /// How many rows.
    pub limit: usize,
    /// How many to leave out before them.
    pub offset: usize,
}

/// What rows about machines are ordered by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MachineOrder {
    /// How often.
    Views,
    /// The value, in byte order.
    Value,
}

/// The answer to a question about machines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MachineReport {
    /// The rows asked for, in order.
    pub rows: Vec<MachineRow>,
    /// How many rows there are before pagination.
    pub total_rows: u64,
    /// The most views of any of them.
    pub largest: i64,
    /// The views of all the question is about, whatever is searched for.
    pub views: i64,
}

impl MachineTable {
    /// Everything, by this.
    pub fn of(by: MachineBy) -> Self {
        Self { by, machine: None, page: None }
    }

    /// Bytes that its texts take.
    pub fn bytes(&self) -> usize {
        [&self.machine, &self.page].into_iter().flatten().map(|text| text.len() + 16).sum()
    }
}

impl MachineQuery {
    /// The first rows of a table, most views first.
    pub fn new(table: MachineTable, limit: usize) -> Self {
        Self { table, class: None, search: String::new(), order: (MachineOrder::Views, Direction::Desc), limit, offset: 0 }
    }
}

impl MachineRow {
    /// What it is called, and how rows of a table are sorted.
    fn name(&self) -> (&str, Option<MachineClass>) {
        (&self.value, self.class)
    }
}

/// The pageviews of machines on some days, of all feeds; nothing to who sees only some hits of the site.
///
/// # Errors
/// The numbers could not be read.
pub async fn machine_report(
    query: &MachineQuery,
    dates: RangeInclusive<LocalDate>,
    site: &SiteContext,
    view: &View,
    source: &dyn Source,
) -> Result<MachineReport, RunError> {
    let parts = if dates.is_empty() || !site.only.is_empty() { Vec::new() } else { source.machines(view, &query.table, dates).await? };
    Ok(merge::report(query, &parts))
}
