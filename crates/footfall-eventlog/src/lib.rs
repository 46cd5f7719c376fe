//! Keeps hits durably, and reads them from a position.
//!
//! *Law 1: answered means kept.* [`EventLog::append`] returns only after the log's own commit. What every backend
//! promises is written at the trait and checked by the `conformance` suite.

pub mod error;
pub mod log;
pub mod memory;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use error::LogError;
pub use log::{EventLog, LoggedDay};
pub use memory::MemoryLog;
