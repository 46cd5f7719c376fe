//! What the tests of Footfall share. Never part of the product: slow, simple, and written to be read.
//!
//! * [`recount`]: the answer to a v2 query by brute force, straight from `docs/definitions.md`, sharing no code with the
//!   fold or the query.
//! * [`dice`]: the one source of chance of tests.
//! * [`folder`]: a data folder that goes away by itself.

pub mod dice;
pub mod folder;
pub mod recount;

pub use dice::Dice;
pub use folder::TestFolder;
pub use recount::{PlainHit, Recount, Recounted};
