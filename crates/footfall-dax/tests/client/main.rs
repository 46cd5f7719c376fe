//! The client against nodes that do what a script tells them to, and against our own server.

mod answers;
#[cfg(feature = "server")]
mod dynamo;
#[cfg(feature = "server")]
mod house;
mod kit;
mod names;
mod retries;
mod routes;
mod scripted;
mod tls;
