//! The site page: one site's numbers over one period.
//!
//! The server does three things: [`PageState::parse_or`] the query string (and redirect where it was not canonical),
//! [`load`] the report, [`render`] the page.

mod address;
mod card;
mod chart_of;
mod compare;
mod filter;
mod interval;
mod left_out;
mod load;
mod metric;
mod model;
mod names;
mod of_query;
mod parts;
mod period;
mod query_string;
mod said;
mod sheet;
mod state;
mod subject;
mod suggest;
mod surroundings;
mod table;
mod view;

pub use crate::panels::{Panel, PanelReport, PanelRow, Tab};
pub use address::{Parsed, Sheet};
pub use card::card;
use chart_of::chart_of;
pub use compare::{Against, Compare};
pub use filter::{Filter, Operator};
pub use interval::Interval;
pub use left_out::LeftOut;
pub(crate) use load::known_from;
pub use load::{Asker, freshness, load};
pub use metric::PageMetric;
pub use model::{Chart, ChartPoint, Freshness, Headline, Names, SitePage, SiteReport, Surroundings};
pub use parts::{chart_alone, headline_and_chart, headlines_alone, list_alone, numbers_over_time};
pub use period::{Period, Span};
pub(crate) use query_string::encode;
pub use query_string::{pairs, spell};
pub use said::{asked_words, filter_words};
pub use sheet::SheetReport;
pub use state::{MOST_FILTERS, PageState};
pub use subject::Subject;
pub use suggest::{Suggested, Suggestion, suggestions};
pub use surroundings::surroundings;
pub(crate) use table::heading as chart_heading;
pub use view::named_shortly;
pub use view::render;
pub(crate) use view::{KeysOf, Top, bar, change, foot, ignored, keys, late, picture, provide_start, sheet as filter_form};
