//! The last half hour, minute by minute.
//!
//! A page of its own under `period=realtime`; a small island asks for its inside again every ten seconds
//! ([`fragment`]). Without scripts a link does.

mod load;
mod view;

pub use load::{RealtimeReport, half_hour, load};
pub(crate) use view::realtime;
pub use view::{RealtimePart, fragment};
