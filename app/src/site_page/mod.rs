//! The site page: one site's numbers over one period.
//!
//! The server does three things: [`PageState::parse`] the query string (and redirect where it was not canonical),
//! [`load`] the report, [`render`] the page.

mod address;
mod card;
mod compare;
mod filter;
mod load;
mod metric;
mod model;
mod panel;
mod period;
mod query_string;
mod state;
mod subject;
mod table;
mod view;

pub use address::{Parsed, Sheet};
pub use card::card;
pub use compare::{Against, Compare};
pub use filter::{Filter, Operator};
pub use load::load;
pub use metric::PageMetric;
pub use model::{Chart, ChartPoint, Freshness, Headline, PanelReport, PanelRow, SitePage, SiteReport};
pub use panel::{Panel, Tab};
pub use period::{Interval, Period, Span};
pub use state::{MOST_FILTERS, PageState};
pub use subject::Subject;
pub use view::render;
