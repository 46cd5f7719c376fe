//! All rows of one list: searched, sorted by any of its columns, page by page.
//!
//! The address is that of the site page with a few words more ([`DetailsState`]); the list is the one the panel shows
//! there.

mod columns;
mod found;
mod load;
mod model;
mod state;
mod view;

pub use load::{load, load_rows, load_tab, seen_properties};
pub use model::{DetailsPage, DetailsReport};
pub use state::{DetailsState, ROWS, Sort, Understood};
pub use view::render;
