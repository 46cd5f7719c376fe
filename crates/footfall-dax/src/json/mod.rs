//! The JSON of DynamoDB's HTTP API, both ways: requests, answers and errors.
//!
//! Reading a request is strict where it matters to a cache: what is not understood entirely is [`JsonError`], and the
//! server sends the request on as it came, so that DynamoDB answers (and words its own refusals). Reading an answer is
//! lenient: fields it does not know are none of its business.

mod answer;
mod capacity;
mod error;
mod fields;
mod read_request;
mod read_response;
mod value;
mod write_request;
mod write_response;

pub use error::{read_error, write_error};
pub use read_request::read_request;
pub use read_response::read_response;
pub use value::{read_item, read_value, write_item, write_value};
pub use write_request::{operation, write_request};
pub use write_response::{response_text, write_response};

use crate::wire::error::DynamoError;

/// Why JSON is not taken.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum JsonError {
    /// A parameter from before expressions, such as `AttributesToGet`: it means something, but not to this library.
    #[error("{0} is a parameter of the old style")]
    Legacy(String),
    /// DynamoDB would refuse it, most likely in these words; ask it, it checks other things first.
    #[error(transparent)]
    Dynamo(#[from] DynamoError),
    /// Not as expected: a parameter that is missing, unknown here, or of another type.
    #[error("{0}")]
    Unsure(String),
}

impl JsonError {
    pub(crate) fn unsure(words: impl Into<String>) -> Self {
        Self::Unsure(words.into())
    }
}
