//! Bringing files in: access logs and hits as JSON lines (`docs/import.md`).
//!
//! A file is recognised by a keyed fingerprint of its beginning ([`fingerprint`]), and the registry remembers how far it
//! was read. So the same file twice adds nothing, a grown one adds what is new, and an interrupted import goes on. The
//! ids of the hits follow from (import, line): a batch that was appended but not noted is appended again under the same
//! ids, and a repeated id counts once.

pub mod display;
mod error;
mod files;
mod fingerprint;
mod lines;
mod reading;
mod runner;
mod running;
mod sort_out;
mod summary;
mod tools;
mod unpack;

#[cfg(test)]
mod tests;

pub use error::ImportError;
pub use files::{run, run_blocking};
pub use summary::{Progress, Sample, Summary};
pub use tools::Tools;

use footfall_ingest::import::Format;

/// What is to be brought in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportRequest {
    /// The site's domain, in any spelling.
    pub site: String,
    /// How the lines are written; `None`: found out from the first ones.
    pub format: Option<Format>,
}
