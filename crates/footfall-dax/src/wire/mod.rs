//! The protocol as pure code: no I/O, no clock.

pub mod error;
pub mod expr;
pub mod model;
pub mod number;
pub mod value;

pub use error::{DynamoError, WireError};
