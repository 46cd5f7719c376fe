//! Reading what was sent: no more than allowed, not for longer than allowed.

use axum::body::Body;
use bytes::Bytes;
use futures::StreamExt;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use std::time::Duration;

/// The longest a client may take to send a body.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of a body that is too large is still read, so that the client hears the answer instead of a broken
/// connection: a closed socket with unread data resets it.
const LEFTOVER: usize = 8_000_000;
const LEFTOVER_PATIENCE: Duration = Duration::from_secs(2);

/// Why there is no body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NoBody {
    /// It is larger than allowed.
    TooLarge,
    /// The client took too long.
    TooSlow,
    /// The client went away.
    Broken,
}

/// Reads a body of at most `limit` bytes.
pub(super) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, NoBody> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|value| value.parse::<usize>().ok());
    let mut pieces = body.into_data_stream();
    let reading = async {
        if announced.is_some_and(|announced| announced > limit) {
            return Err(NoBody::TooLarge);
        }
        // Nearly every body comes in one piece, which is then used as it is.
        let mut whole = Bytes::new();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| NoBody::Broken)?;
            if whole.len() + piece.len() > limit {
                return Err(NoBody::TooLarge);
            }
            whole = if whole.is_empty() { piece } else { [whole, piece].concat().into() };
        }
        Ok(whole)
    };
    let outcome = tokio::time::timeout(PATIENCE, reading).await.unwrap_or(Err(NoBody::TooSlow));
    if outcome == Err(NoBody::TooLarge) && announced.is_none_or(|announced| announced <= LEFTOVER) {
        let leftover = async {
            let mut read = 0;
            while let Some(Ok(piece)) = pieces.next().await {
                read += piece.len();
                if read > LEFTOVER {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(LEFTOVER_PATIENCE, leftover).await;
    }
    outcome
}
