//! Plain bytes of a file that may be gzip.

use flate2::write::MultiGzDecoder;
use std::io::{self, Write};

/// What a gzip file begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// How much is unpacked at a time: a small piece of a hostile file may unpack to a thousand times its size.
const PIECE: usize = 8 * 1024;

/// Unpacks what is gzip and passes on what is not. Gzip is known by its first bytes, not by the file's name.
pub(super) enum Unpack {
    /// Fewer bytes than it takes to know.
    Unknown(Vec<u8>),
    /// Not packed.
    Plain,
    /// Packed.
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

impl Unpack {
    pub(super) fn new() -> Self {
        Self::Unknown(Vec::new())
    }

    /// Takes bytes of the file and gives what they hold, piece by piece.
    ///
    /// # Errors
    /// The gzip is damaged.
    pub(super) fn take<'a>(&mut self, bytes: &'a [u8]) -> Pieces<'_, 'a> {
        let mut first = Vec::new();
        if let Self::Unknown(known) = self {
            known.extend_from_slice(bytes);
            if known.len() < GZIP.len() {
                return Pieces { unpack: self, first, rest: &[] };
            }
            first = std::mem::take(known);
            *self = if first.starts_with(&GZIP) { Self::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))) } else { Self::Plain };
            return Pieces { unpack: self, first, rest: &[] };
        }
        Pieces { unpack: self, first, rest: bytes }
    }

    /// The rest, when the file has ended.
    ///
    /// # Errors
    /// The gzip ends too early.
    pub(super) fn end(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Unknown(known) => Ok(known),
            Self::Plain => Ok(Vec::new()),
            Self::Gzip(decoder) => decoder.finish(),
        }
    }
}

/// See [`Unpack::take`].
pub(super) struct Pieces<'u, 'a> {
    unpack: &'u mut Unpack,
    /// What was held back until it was known what the file is.
    first: Vec<u8>,
    rest: &'a [u8],
}

impl Pieces<'_, '_> {
    /// The next plain bytes; `None` when all is unpacked.
    pub(super) fn next(&mut self) -> Option<io::Result<Vec<u8>>> {
        let packed = if self.first.is_empty() {
            let (piece, rest) = self.rest.split_at(self.rest.len().min(PIECE));
            self.rest = rest;
            piece.to_vec()
        } else {
            let later = self.first.split_off(self.first.len().min(PIECE));
            std::mem::replace(&mut self.first, later)
        };
        if packed.is_empty() {
            return None;
        }
        match self.unpack {
            Unpack::Gzip(decoder) => Some(unpacked(decoder, &packed)),
            _ => Some(Ok(packed)),
        }
    }
}

fn unpacked(decoder: &mut MultiGzDecoder<Vec<u8>>, packed: &[u8]) -> io::Result<Vec<u8>> {
    decoder.write_all(packed)?;
    Ok(std::mem::take(decoder.get_mut()))
}
