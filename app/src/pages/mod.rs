//! Pages that are no site page: each a function from its model to a complete document.

mod account;
mod account_keys;
mod add_site;
mod embed;
mod failure;
mod first_run;
mod goals;
mod install;
mod join;
mod named;
mod properties;
mod segments;
mod settings;
mod shared_password;
mod sign_in;
mod sites;
mod teams;

pub use account::account;
pub use add_site::add_site;
pub use embed::embed;
pub use failure::failure;
pub use first_run::first_run;
pub use goals::goals;
pub use install::install;
pub use join::join;
pub use properties::properties;
pub use segments::segments;
pub use settings::{SettingsTab, danger, exclusions, keys, log, not_counted, people, retention, settings, settings_page, sharing};
pub use shared_password::shared_password;
pub use sign_in::sign_in;
pub use sites::sites;
pub use teams::{team, teams};
