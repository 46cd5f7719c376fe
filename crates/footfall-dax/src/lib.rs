//! Amazon DynamoDB Accelerator (DAX): its wire protocol, a client, and a caching server in front of DynamoDB.
//!
//! [`wire`] is pure code: bytes to requests and answers, and back. The client speaks it in the types of
//! aws-sdk-dynamodb; the server answers it from its caches and from any DynamoDB endpoint.

#[cfg(feature = "client")]
pub mod client;
pub mod clock;
pub mod json;
#[cfg(feature = "server")]
pub mod server;
pub mod wire;
