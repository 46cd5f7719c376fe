//! A request's body, with limits on its length, its time, and the room of all large bodies together.

use crate::server::Shared;
use crate::server::room::Place;
use crate::wire::error::DynamoError;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

/// Reads a body to its end. The place is to be kept as long as the body.
///
/// # Errors
/// It is too long, or does not come in time.
pub(super) async fn read(body: Incoming, shared: &Shared) -> Result<(Bytes, Place), DynamoError> {
    let late = || DynamoError { status: 408, ..DynamoError::client("RequestTimeoutException", "The request did not come in time.") };
    tokio::time::timeout(shared.config.limits.request, collect(body, shared)).await.unwrap_or_else(|_elapsed| Err(late()))
}

async fn collect(mut body: Incoming, shared: &Shared) -> Result<(Bytes, Place), DynamoError> {
    let too_long = || DynamoError { status: 413, ..DynamoError::client("RequestEntityTooLarge", "The request is too long.") };
    let broken = || DynamoError::client("SerializationException", "The request broke off.");
    let mut whole = BytesMut::new();
    let mut place = shared.room.enter();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| broken())?.into_data() else { continue };
        if whole.len() + data.len() > shared.config.limits.request_bytes {
            return Err(too_long());
        }
        place.grow(whole.len() + data.len()).await;
        whole.extend_from_slice(&data);
    }
    Ok((whole.freeze(), place))
}
