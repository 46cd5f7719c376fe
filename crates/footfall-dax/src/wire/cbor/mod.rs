//! The dialect of CBOR (RFC 7049) that the protocol speaks: reading, writing, and finding where a message ends.

mod reader;
mod scanner;
mod writer;

pub use reader::{Reader, Sequence, Token};
pub use scanner::Scanner;
pub use writer::Writer;

/// How deep items may nest. DynamoDB's documents go 32 deep; the rest is for what is around them.
pub const MAX_DEPTH: usize = 64;

/// The longest message: a batch of 16 MB as DynamoDB counts it, and what the encoding adds.
pub const MAX_MESSAGE: usize = 32 << 20;

/// The kinds of items.
pub(crate) mod major {
    pub const UNSIGNED: u8 = 0;
    pub const NEGATIVE: u8 = 1;
    pub const BYTES: u8 = 2;
    pub const TEXT: u8 = 3;
    pub const ARRAY: u8 = 4;
    pub const MAP: u8 = 5;
    pub const TAG: u8 = 6;
}

pub(crate) const BREAK: u8 = 0xff;
pub(crate) const NULL: u8 = 0xf6;

/// The numbers of the tags in use.
pub(crate) mod tag {
    pub const POSITIVE_BIGNUM: u64 = 2;
    pub const NEGATIVE_BIGNUM: u64 = 3;
    pub const DECIMAL: u64 = 4;
    pub const STRING_SET: u64 = 3321;
    pub const NUMBER_SET: u64 = 3322;
    pub const BINARY_SET: u64 = 3323;
    /// A place in a list, in a document path.
    pub const PATH_INDEX: u64 = 3324;
}
