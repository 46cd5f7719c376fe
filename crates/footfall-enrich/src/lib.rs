//! What hits mean: a [`Hit`](footfall_domain::Hit) becomes an [`Event`](footfall_domain::Event), or is not counted, for a
//! [reason](footfall_domain::DropReason).
//!
//! Pure: no clock, no chance, no I/O. The lists (browsers, systems, machines, sources, spam) are inside the binary and are
//! made ready when the first hit needs them. The definitions 19 to 25 of `docs/definitions.md` are the law here; where
//! they are silent, `docs/decisions/03xx` says what was chosen.
//!
//! ```text
//! user agent ─▶ agent     a machine with class and name, or browser, system, device
//! url        ─▶ address   hostname, page ─▶ campaign   tags, source as tagged
//! referrer   ─▶ referrer  host and path, spam, source by name
//!                └─▶ channel
//! site's rules ─▶ left_out  by address (the numbers it matched), hostname, page, country
//! ```

mod address;
mod agent;
mod batch;
mod campaign;
mod channel;
mod decode;
mod enricher;
mod language;
mod left_out;
mod lists;
mod referrer;
mod screen;
mod source;
mod spam;

pub use enricher::Enricher;
pub use lists::lists_fingerprint;

/// Raised whenever the code here would turn the same hit into another event. Part of the logic, beside [`lists_fingerprint`].
pub const ENRICH_VERSION: u32 = 1;
