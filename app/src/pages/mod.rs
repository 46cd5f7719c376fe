//! Pages that are no site page: each a function from its model to a complete document.

mod account;
mod add_site;
mod failure;
mod first_run;
mod install;
mod settings;
mod sign_in;
mod sites;

pub use account::account;
pub use add_site::add_site;
pub use failure::failure;
pub use first_run::first_run;
pub use install::install;
pub use settings::settings;
pub use sign_in::sign_in;
pub use sites::sites;
