//! The server, asked over its own port, in front of a DynamoDB whose every answer the test writes.

#![allow(missing_docs)]

mod admission;
mod backend;
mod batches;
mod cache;
mod client;
mod dynamo;
mod faults;
mod handed_on;
mod lists;
mod races;
mod tables;
mod truth;
mod upstream;
mod world;
mod writes;
