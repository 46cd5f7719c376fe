//! The lists below the chart: which there are, what they ask, and how they look.
//!
//! A [`Panel`] is a box with tabs; each [`Tab`] is a [`List`]. [`load()`] asks all of them at once, [`view::panel`] draws
//! one. The details page ([`crate::details`]) shows the same lists with more columns.

mod column;
mod drill;
mod flags;
mod goals;
mod list;
mod load;
mod machines;
mod meant;
mod model;
mod names;
mod numbers;
mod panel;
pub mod view;

pub use column::Column;
pub use drill::Shown;
pub use flags::flag;
pub(crate) use goals::unreached;
pub use list::{List, MachineList};
pub use load::{Asking, ROWS, load};
pub(crate) use load::{aside, grouped, row_in_full, says_nothing};
pub(crate) use machines::{machine_query, machine_rows};
pub use meant::goes_by_name;
pub(crate) use meant::{Meant, named_with, seen_with, value_called};
pub use model::{PanelReport, PanelRow, State};
pub(crate) use names::plain;
pub use names::{class_words, list_words, panel_label, subject_label, value_label};
pub(crate) use numbers::rate;
pub use panel::{Panel, READ_ALL, Tab};
