//! A site's settings: a page each, with a menu beside them.

mod danger;
mod exclusions;
mod general;
mod keys;
mod log;
mod not_counted;
mod people;
mod retention;
mod sharing;
mod shell;

pub use danger::danger;
pub use exclusions::exclusions;
pub use general::settings;
pub use keys::keys;
pub use log::log;
pub(super) use log::log_table;
pub use not_counted::not_counted;
pub use people::people;
pub(super) use people::people_list;
pub use retention::retention;
pub use sharing::sharing;
pub use shell::{SettingsTab, settings_page};
