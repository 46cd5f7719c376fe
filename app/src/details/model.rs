//! What a details page shows.

use super::DetailsState;
use crate::models::Frame;
use crate::panels::{Column, PanelRow, Shown};
use crate::site_page::{LeftOut, Span, Surroundings};
use footfall_domain::LocalDate;

/// A details page.
#[derive(Clone, PartialEq, Debug)]
pub struct DetailsPage {
    /// Around the page.
    pub frame: Frame,
    /// The site's domain.
    pub domain: String,
    /// Whether the reader may change the site.
    pub may_change: bool,
    /// What the address says.
    pub state: DetailsState,
    /// What of it was not understood, or named what the site does not have: left out.
    pub ignored: Vec<String>,
    /// Visitors at this moment.
    pub current: i64,
    /// What stands around the rows.
    pub around: Surroundings,
    /// The rows.
    pub report: DetailsReport,
}

/// The rows of a details page. [`super::load()`] makes it.
#[derive(Clone, PartialEq, Debug)]
pub struct DetailsReport {
    /// Today at the site.
    pub today: LocalDate,
    /// The days shown.
    pub span: Span,
    /// Which list.
    pub shown: Shown,
    /// The properties seen, where the list is of one of them.
    pub properties: Vec<String>,
    /// What the rows say.
    pub columns: Vec<Column>,
    /// The rows of this page.
    pub rows: Vec<PanelRow>,
    /// What the longest bar stands for.
    pub largest: i64,
    /// How many rows there are on all pages.
    pub total: u64,
    /// What of the money is not in the rows.
    pub left_out: Option<LeftOut>,
}

impl DetailsReport {
    /// What the address asks and this list has not: its order by a column that stands in other lists.
    pub fn unused(&self, state: &DetailsState) -> Option<String> {
        state.sort.as_ref().filter(|_| state.sort_among(&self.columns).is_none()).map(|sort| format!("sort={}", sort.spell()))
    }
}
