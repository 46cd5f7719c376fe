//! What bar, menus, chips and foot are made from: the same around a site's numbers and around one list of them.

use super::super::{Freshness, Names, PageState, Sheet, SheetReport, SitePage, Span};
use crate::models::Frame;
use crate::words::Words;
use footfall_domain::LocalDate;

/// A page with days and filters, as far as everything around its numbers is concerned.
pub struct Top<'a> {
    /// Around the page.
    pub frame: &'a Frame,
    /// The site's domain.
    pub domain: &'a str,
    /// Its time zone.
    pub zone: &'a str,
    /// Whether the reader may change the site.
    pub may_change: bool,
    /// What the address says.
    pub state: &'a PageState,
    /// Where the page is.
    pub path: String,
    /// What its address says besides the state, and what stays when period or filters change.
    pub more: Vec<(&'static str, String)>,
    /// Today at the site.
    pub today: LocalDate,
    /// The days shown.
    pub span: Span,
    /// Whether the site ever had a hit.
    pub seen: bool,
    /// What filters may name.
    pub names: &'a Names,
    /// How fresh the numbers are.
    pub freshness: &'a Freshness,
    /// The form that is open.
    pub sheet: Option<&'a SheetReport>,
    /// What of the address was not understood.
    pub ignored: &'a [String],
    /// Visitors at this moment.
    pub current: i64,
}

impl<'a> Top<'a> {
    /// What is around a site's numbers.
    pub fn of(page: &'a SitePage) -> Self {
        Self {
            frame: &page.frame,
            domain: &page.domain,
            zone: &page.zone,
            may_change: page.may_change,
            state: &page.state,
            path: page.state.door.site(&page.domain),
            more: Vec::new(),
            today: page.report.today,
            span: page.report.span,
            seen: page.report.first_date.is_some(),
            names: &page.report.names,
            freshness: &page.report.freshness,
            sheet: page.report.sheet.as_ref(),
            ignored: &page.ignored,
            current: page.current,
        }
    }

    /// The same page of another state.
    pub fn href(&self, state: &PageState) -> String {
        state.href_at(&self.path, self.more.clone())
    }

    /// The page with a form open.
    pub fn href_of(&self, sheet: &Sheet) -> String {
        self.state.href_at(&self.path, self.more.iter().cloned().chain([sheet.pair()]))
    }

    /// What a form sends along so that nothing else changes but the state.
    pub fn pairs(&self, state: &PageState) -> Vec<(&'static str, String)> {
        state.pairs().into_iter().chain(self.more.iter().cloned()).collect()
    }

    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        self.frame.words()
    }
}
