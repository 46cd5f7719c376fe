//! Expressions on the wire: `[1, tree]` for a projection, `[1, tree, [values…]]` for all others.
//!
//! Nodes of the tree are arrays that begin with a number, the node's kind; values are given by their place in the list
//! that follows the tree. Chains of AND and OR are always of two: the Python client nests them to the right, the
//! JavaScript client to the left. They are flattened here, so that both are one expression, and written to the right.

mod read;
mod write;

pub use read::{read_condition, read_projection, read_update};
pub use write::{write_condition, write_projection, write_update};

/// The version of the encoding.
const VERSION: i64 = 1;

/// The numbers of the nodes.
mod node {
    pub const EQ: i64 = 0;
    pub const NE: i64 = 1;
    pub const LT: i64 = 2;
    pub const GE: i64 = 3;
    pub const GT: i64 = 4;
    pub const LE: i64 = 5;
    pub const AND: i64 = 6;
    pub const OR: i64 = 7;
    pub const NOT: i64 = 8;
    pub const BETWEEN: i64 = 9;
    pub const IN: i64 = 10;
    pub const EXISTS: i64 = 11;
    pub const NOT_EXISTS: i64 = 12;
    pub const TYPE: i64 = 13;
    pub const BEGINS_WITH: i64 = 14;
    pub const CONTAINS: i64 = 15;
    pub const SIZE: i64 = 16;
    pub const VALUE: i64 = 17;
    pub const PATH: i64 = 18;
    pub const SET: i64 = 19;
    pub const ADD: i64 = 20;
    pub const DELETE: i64 = 21;
    pub const REMOVE: i64 = 22;
    pub const IF_NOT_EXISTS: i64 = 23;
    pub const LIST_APPEND: i64 = 24;
    pub const PLUS: i64 = 25;
    pub const MINUS: i64 = 26;
}
