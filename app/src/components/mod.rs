//! What pages are put together from. One thing a file; the style sheet of the same name says how it looks.

mod bar;
mod brand;
mod document;
mod form;
mod language;
mod menu;
mod notice;
mod snippet;
mod theme;
mod zones;

pub use bar::plain_bar;
pub use brand::{footsteps, mark};
pub use document::document;
pub use form::{Input, csrf, hidden_input, problem, text_field};
pub use language::language_choice;
pub use menu::{SITE_KEYS, site_menu, site_sign};
pub use notice::notice;
pub use snippet::{snippet, to_copy};
pub use theme::theme_choice;
pub use zones::zone_select;
