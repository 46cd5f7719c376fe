//! Pages that are no site page: each a function from its model to a complete document.

mod account;
mod add_site;
mod failure;
mod first_run;
mod goals;
mod install;
mod named;
mod properties;
mod segments;
mod settings;
mod sign_in;
mod sites;

pub use account::account;
pub use add_site::add_site;
pub use failure::failure;
pub use first_run::first_run;
pub use goals::goals;
pub use install::install;
pub use named::{SettingsTab, settings_tabs};
pub use properties::properties;
pub use segments::segments;
pub use settings::settings;
pub use sign_in::sign_in;
pub use sites::sites;
