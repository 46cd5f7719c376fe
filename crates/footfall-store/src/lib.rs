//! What is kept beside the log: rollups by generation ([`RollupStore`]), and sites, users, keys, secrets and settings
//! ([`Registry`]).
//!
//! A rollup is an optimisation: everything in it can be folded again from the log. What the registry holds cannot.
//! What every backend promises is written at the traits and checked by the `conformance` suites.

pub mod day;
pub mod error;
pub mod generation;
pub mod head;
pub mod memory;
pub mod people;
pub mod registry;
pub mod rollups;
pub mod secrets;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use day::{DayHead, DayKey, DayStamp, DayTotals, Put};
pub use error::StoreError;
pub use generation::{Activation, GenerationRow, Run};
pub use memory::MemoryStore;
pub use people::{ApiKey, KeyScope, NewKey, SignIn, User};
pub use registry::{ImportProgress, Refusals, Registry};
pub use rollups::RollupStore;
pub use secrets::{SecretRow, SecretUse};
