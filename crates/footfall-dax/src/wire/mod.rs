//! The protocol as pure code: no I/O, no clock.

pub mod cbor;
pub mod error;
pub mod expr;
pub mod method;
pub mod model;
pub mod names;
pub mod number;
pub mod value;

pub use error::{DynamoError, WireError};
pub use method::Method;
pub use names::{KnownNames, Names, list_id_of};
