//! What the tests of Footfall share. Never part of the product: slow, simple, and written to be read.
//!
//! * [`recount`]: the answer to a v2 query by brute force, straight from `docs/definitions.md`, sharing no code with the
//!   fold or the query.
//! * [`traffic`]: visitors made up from a seed, ordinary and nasty, as enriched events and as raw hits.
//! * [`questions`]: v2 queries chosen by a seed.
//! * [`dice`]: the one source of chance.
//! * [`shard_source`]: site-days in memory, as shards, for the query to read.
//! * [`when`]: instants, dates and clocks by their text.
//! * [`folder`]: a data folder that goes away by itself.

pub mod dice;
pub mod folder;
pub mod questions;
pub mod recount;
pub mod shard_source;
pub mod traffic;
pub mod when;

pub use dice::Dice;
pub use folder::TestFolder;
pub use recount::{PlainHit, Recount, Recounted};
pub use shard_source::ShardSource;
