//! Visitors made up from a seed: ordinary ones, and ones that do everything a fold could stumble over.
//!
//! One seed and one [`Plan`] give the same people either as enriched events ([`Traffic::of`]), for the fold and everything after
//! it, or as raw hits ([`raw_hits`]), for everything from the log on.

mod events;
mod people;
mod plan;
mod raw;
mod words;

pub use events::{DayBatch, Traffic};
pub use plan::Plan;
pub use raw::raw_hits;
