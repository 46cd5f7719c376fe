//! The store on DynamoDB, against a real server: `cargo xtask test Dynamo`.

mod billing;
mod conformance;
mod copies;
mod cuts;
mod damage;
mod dax;
mod faults;
mod packs;
mod proxy;
mod support;
mod tables;
