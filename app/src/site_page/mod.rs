//! The site page: one site's numbers over one period.
//!
//! The server does three things: [`PageState::parse`] the query string (and redirect where it was not canonical),
//! [`load`] the report, [`render`] the page.

mod card;
mod filter;
mod load;
mod metric;
mod model;
mod panel;
mod period;
mod query_string;
mod state;
mod table;
mod view;

pub use card::card;
pub use filter::{Filter, Operator};
pub use load::load;
pub use metric::PageMetric;
pub use model::{Chart, ChartPoint, Freshness, Headline, PanelReport, PanelRow, SitePage, SiteReport};
pub use panel::{Panel, Tab};
pub use period::{Interval, Period, Span};
pub use state::{Compare, PageState, Parsed};
pub use view::render;
