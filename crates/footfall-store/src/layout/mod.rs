//! How a site-day is laid out as immutable pieces (`docs/decisions/0402-layout-of-rollups.md`). Knows no database.
//!
//! A small day is one *pack* with all its tables. A larger day has, for each table, a *head* (the top rows and the bound
//! of all others) and a *tail* sorted by value, cut into chunks. A piece is below [`MAX_PIECE_BYTES`] compressed, so that
//! it fits an item of DynamoDB. What is small and needed everywhere is the [`Summary`].

mod assembly;
mod codec;
mod pack;
mod pieces;
mod summary;
mod table;
mod totals;

pub use pieces::{Piece, PieceKind};
pub use summary::Summary;
pub use table::TableId;

pub(crate) use assembly::Assembly;
pub(crate) use codec::{damaged, plain, seal, unseal, value};
pub(crate) use pack::OpenPack;
pub(crate) use pieces::{Laid, lay_out};
pub(crate) use table::{HeadPiece, decode_head, decode_machines, decode_tail};
pub(crate) use totals::{decode_totals, encode_totals};

/// No piece is larger, compressed: an item of DynamoDB holds 400 KB, names and stamp included.
pub const MAX_PIECE_BYTES: usize = 350 << 10;
/// A piece is closed when it holds so much, not yet compressed. With its last row, and even where nothing compresses,
/// it stays below [`MAX_PIECE_BYTES`].
pub const PIECE_BYTES: usize = 256 << 10;
/// A day whose tables take no more than this together, not yet compressed, is one pack.
pub const PACK_BYTES: usize = 64 << 10;
