//! The program with its store in a table of DynamoDB: several instances, DAX in front, moving from one store to another.

#[path = "../common/mod.rs"]
mod common;

mod cluster;
mod copying;
mod creating;
mod ending;
mod fixture;
mod neighbours;
