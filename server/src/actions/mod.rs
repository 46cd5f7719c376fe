//! What can be done with sites, what is named at them, users and keys, whoever asks: a command, a page or a program.

pub mod audit;
mod error;
pub mod exclusions;
mod fault;
mod import;
pub mod invitations;
pub mod keys;
pub mod lexicon;
mod named;
mod orders;
pub mod people;
pub mod query;
pub mod retention;
pub mod sharing;
mod site_rules;
pub mod sites;
pub mod teams;
pub mod users;

pub use error::ActionError;
pub use fault::Fault;
pub use orders::HouseOrders;
