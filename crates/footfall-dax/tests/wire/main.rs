//! The protocol's bytes: those that were captured, and those of anything a test can think of.

mod arbitrary;
mod cbor;
mod codecs;
mod corpus;
mod feed;
mod golden;
mod messages;
mod projections;
mod responses;
mod truncated;
mod world;
