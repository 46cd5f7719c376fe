//! Public answers, made to be carried by caches: `docs/formats/cdn.md` is the contract.
//!
//! What an answer says follows from its *stamp*: the address in its one spelling, the days it is about as they are now,
//! the site's settings, and the build. So the stamp is its tag, a reader who has it already is told so before anything is
//! read or rendered, and of many who ask at once one is answered and the others get the same.

mod bodies;
#[cfg(test)]
mod changed;
mod class;
mod encoding;
mod lasts;
mod made;
mod piece;
mod stamp;

pub(in crate::http) use bodies::Bodies;
pub(in crate::http) use class::Carried;
pub(in crate::http) use lasts::Lasts;
pub(in crate::http) use made::Made;
pub(in crate::http) use piece::{Piece, SURROGATE_KEY, answer, leads_to, live};
