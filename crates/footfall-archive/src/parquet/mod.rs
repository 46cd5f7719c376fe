//! Records as Parquet, and back.
//!
//! The columns are for people first: plain names, times as timestamps, properties as JSON. Site and day are in the
//! folder's name and nowhere else, so that tools see them once.

mod columns;
mod props;
mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;

/// Rows that are written and read at a time; bounds the memory.
const GROUP_ROWS: usize = 1 << 16;
