//! Frames on a stream: one byte of kind, four of length (big endian), the payload.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The largest payload: an order or an answer is far smaller, a file comes in pieces of [`PIECE`].
const LARGEST: u32 = 64 << 20;
/// How much of a file goes into one frame.
pub(super) const PIECE: usize = 256 << 10;

/// What a frame is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Command to owner: the order.
    Order,
    /// Command to owner: a piece of the file.
    Data,
    /// Command to owner: the file ends here.
    End,
    /// Owner to command: how far it is.
    Progress,
    /// Owner to command: how it ended.
    Answer,
}

const KINDS: [Kind; 5] = [Kind::Order, Kind::Data, Kind::End, Kind::Progress, Kind::Answer];

/// Reads the next frame; `None` when the other side has closed the stream between two frames.
pub(super) async fn read<R: AsyncRead + Unpin>(from: &mut R) -> io::Result<Option<(Kind, Vec<u8>)>> {
    let kind = match from.read_u8().await {
        Ok(byte) => KINDS.get(usize::from(byte)).copied().ok_or_else(|| invalid("an unknown kind of frame"))?,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = from.read_u32().await?;
    if length > LARGEST {
        return Err(invalid("a frame that is too large"));
    }
    let mut payload = vec![0; length as usize];
    from.read_exact(&mut payload).await?;
    Ok(Some((kind, payload)))
}

/// Writes a frame and sends it off.
pub(super) async fn write<W: AsyncWrite + Unpin>(to: &mut W, kind: Kind, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).ok().filter(|length| *length <= LARGEST).ok_or_else(|| invalid("more than fits a frame"))?;
    let place = KINDS.iter().position(|known| *known == kind).expect("every kind is in the list");
    to.write_u8(place as u8).await?;
    to.write_u32(length).await?;
    to.write_all(payload).await?;
    to.flush().await
}

/// Writes a frame of JSON.
pub(super) async fn write_json<W: AsyncWrite + Unpin>(to: &mut W, kind: Kind, value: &impl Serialize) -> io::Result<()> {
    write(to, kind, &serde_json::to_vec(value)?).await
}

/// The JSON of a frame.
pub(super) fn json<T: DeserializeOwned>(payload: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(payload)?)
}

fn invalid(words: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}
