//! What a widget shows.

use super::{Widget, WidgetState};
use crate::models::AssetUrls;
use crate::panels::PanelReport;
use crate::site_page::{Chart, Headline, PageState, Span};
use footfall_domain::LocalDate;
use std::sync::Arc;

/// A widget.
#[derive(Clone, PartialEq, Debug)]
pub struct WidgetPage {
    /// Where the built files are.
    pub assets: Arc<AssetUrls>,
    /// The site.
    pub domain: String,
    /// Which widget.
    pub widget: Widget,
    /// What its address says.
    pub state: WidgetState,
    /// Whether everybody may see the site's page: then the widget leads there.
    pub linked: bool,
    /// Today at the site.
    pub today: LocalDate,
    /// The numbers.
    pub shown: Shown,
}

/// The numbers of a widget.
#[derive(Clone, PartialEq, Debug)]
pub enum Shown {
    /// One number, and it over time; nothing where the site has no such number.
    Number(Option<Headline>, Chart),
    /// All of them.
    Numbers(Vec<Headline>),
    /// One over time, and the days.
    Chart(Option<Headline>, Chart, Span),
    /// A list; the map is one of countries.
    List(PanelReport),
    /// Visitors at this moment.
    Live(i64),
}

impl WidgetPage {
    /// What the site's page says of the same numbers, in the language of the widget.
    pub fn page_state(&self) -> PageState {
        self.state.page_state(self.widget)
    }
}
