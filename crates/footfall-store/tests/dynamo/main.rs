//! The store on DynamoDB, against a real server: `cargo xtask test Dynamo`.

mod billing;
mod conformance;
mod copies;
mod cuts;
mod damage;
mod dax;
mod faults;
mod key_change;
mod packs;
mod proxy;
mod races;
mod support;
mod tables;
mod upgrade;
