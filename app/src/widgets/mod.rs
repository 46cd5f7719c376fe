//! Widgets: one number, one chart, one list of a site as a small document that stands in a frame of another page.
//!
//! A [`Widget`] and a [`WidgetState`] are an address; [`load()`] asks what that widget shows and nothing else, [`render`]
//! makes the document: a style sheet of its own, nothing it needs a script for, links that open the site's page in a new
//! tab where there is one for everybody. What there is, and what addresses may say: docs/embed.md.

mod load;
mod model;
mod parse;
mod state;
mod view;
mod widget;

pub use load::load;
pub use model::{Shown, WidgetPage};
pub use parse::Parsed;
pub use state::{DEFAULT_LIMIT, MOST_ROWS, WidgetState};
pub use view::{Absence, absent, render};
pub use widget::Widget;
