//! The protocol as pure code: no I/O, no clock.

pub mod attributes;
pub mod auth;
pub mod cbor;
pub mod error;
pub mod error_frame;
pub mod expr;
pub mod key;
pub mod lexdecimal;
pub mod method;
pub mod model;
pub mod names;
pub mod number;
mod number_codec;
pub mod requests;
pub mod responses;
pub mod value;
mod value_codec;

pub use error::{DynamoError, WireError};
pub use method::Method;
pub use names::{KnownNames, Names, list_id_of};
pub use number_codec::{read_number, write_number};
pub use value_codec::{read_value, write_value};
