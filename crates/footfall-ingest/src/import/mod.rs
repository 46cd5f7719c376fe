//! Lines of files: access logs, and hits as JSON (`docs/import.md`).

mod access_log;
mod format;
mod hits;
mod line;
mod log_line;
mod log_time;
mod page_view;
mod redact;

pub use format::{Format, UnknownFormat, detect};
pub use line::{Line, is_whole, parse_line};
pub use redact::redact;
