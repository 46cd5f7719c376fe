//! The store on DynamoDB, against a real server: `cargo xtask test Dynamo`.

mod conformance;
mod support;
