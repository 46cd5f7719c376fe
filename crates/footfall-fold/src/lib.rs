//! From the events of one site-day to its counts.
//!
//! A day is the sum, over its visitors, of a pure function of each visitor's events in canonical order (time,
//! engagement last, hit id). [`Shard`] keeps that sum up to date while events arrive in any order and any batches;
//! [`Shard::ask`] answers what no table holds, by folding the hits. No clock, no chance, no I/O.
//!
//! The meaning of every number is fixed in `docs/definitions.md`; what it leaves to the fold in
//! `docs/decisions/0101-what-the-fold-counts.md`.

mod ask;
mod carrier;
mod depth;
mod feed;
mod names;
mod packed;
mod people;
mod place;
mod question;
mod shard;
mod sink;
mod small_map;
mod tables;
mod view;
mod visit;
mod walk;

pub use people::People;
pub use question::{Answer, Filter, Group, GroupValue, Question, Target, TextTest};
pub use shard::{Applied, Shard};

/// Raised by whatever changes a number: part of every logic.
pub const FOLD_VERSION: u32 = 1;
