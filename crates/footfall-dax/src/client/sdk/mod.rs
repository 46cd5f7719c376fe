//! The SDK's types to this crate's model of requests and answers, and back.

pub(crate) mod error;
pub(crate) mod expression;
pub(crate) mod input;
mod legacy;
pub(crate) mod output;
pub mod value;
