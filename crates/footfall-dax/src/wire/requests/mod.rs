//! Requests on the wire, both ways.
//!
//! A frame has no length in front: `1`, the method's number, then the method's arguments, each an item that ends itself.
//! Reading takes three steps, so that nobody waits in the middle of one:
//!
//! 1. [`RequestScanner`] finds where the frame ends, looking at each byte once however it was cut.
//! 2. [`read_request`] takes it apart into a [`RawRequest`]. Keys, attributes and expressions are still bytes: they mean
//!    something only to who knows the tables' key schemas and the attribute lists ([`RawData::tables`], [`RawData::lists`]).
//! 3. [`RawData::resolve`] makes them a [`Request`](super::model::Request).
//!
//! The client's way is [`encode_request`], and [`Control`] for what is not about items.

mod control;
mod encode;
mod options;
mod preamble;
mod raw;
mod read;
mod resolve;
mod scan;

pub use control::{Authorize, Control};
pub use encode::encode_request;
pub use preamble::{Preamble, encode_preamble, read_preamble};
pub use raw::{Raw, RawData, RawKeys, RawOptions, RawRequest, RawWrite, RawWrites};
pub use read::read_request;
pub use scan::{RequestScanner, frame_limit};

/// The number every request begins with.
const SERVICE: i64 = 1;

/// The longest table name taken: names have 255 characters at most, their ARNs some more.
const MAX_TABLE_NAME: usize = 2048;

/// The longest key: 2,048 bytes of a partition key and 1,024 of a sort key, as DynamoDB allows, and their encoding;
/// longer ones are let through far enough for DynamoDB to refuse them in its own words.
const MAX_KEY: usize = 16 << 10;

/// The largest item: DynamoDB takes 400 KB, and refuses what is larger in its own words.
const MAX_ITEM: usize = 1 << 20;

/// The largest expression with its values: DynamoDB takes 2 MB of values.
const MAX_EXPRESSION: usize = 4 << 20;
