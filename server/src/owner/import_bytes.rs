//! A file on its way from the command to the owner, read as an ordinary stream.

use bytes::{Buf, Bytes};
use std::io::{self, Read};
use tokio::sync::mpsc;

/// How many pieces wait between the socket and the reader: enough to keep both busy, little enough to hold in memory.
const WAITING: usize = 8;

/// The bytes of the file, in order. Reading waits for the next piece, so it belongs on a blocking thread.
///
/// Ends with an error when the command went away before the end of its file: half a line must not be taken for a line.
#[derive(Debug)]
pub struct ImportBytes {
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
    ended: bool,
}

/// Where the pieces come in. Sending `Ok` of no bytes says that the file ends.
pub(super) type Pieces = mpsc::Sender<io::Result<Bytes>>;

impl ImportBytes {
    /// A stream and the end that feeds it.
    pub(super) fn new() -> (Pieces, Self) {
        let (sender, pieces) = mpsc::channel(WAITING);
        (sender, Self { pieces, piece: Bytes::new(), ended: false })
    }
}

impl Read for ImportBytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Ok(piece)) if piece.is_empty() => self.ended = true,
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Err(error),
                None => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the command went away in the middle of its file")),
            }
        }
        let n = self.piece.len().min(into.len());
        self.piece.copy_to_slice(&mut into[..n]);
        Ok(n)
    }
}
