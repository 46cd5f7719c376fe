//! A request's body, with limits on its length, its time, and the room of all large bodies together.

use crate::server::Shared;
use crate::server::dax::ROOM_UNIT;
use crate::wire::error::DynamoError;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::sync::SemaphorePermit;

/// Bodies up to this length need no room.
const SMALL: usize = 64 << 10;

/// Reads a body to its end. The permit is to be kept as long as the body.
///
/// # Errors
/// It is too long, or does not come in time.
pub(super) async fn read(body: Incoming, shared: &Shared) -> Result<(Bytes, Option<SemaphorePermit<'_>>), DynamoError> {
    let late = || DynamoError { status: 408, ..DynamoError::client("RequestTimeoutException", "The request did not come in time.") };
    tokio::time::timeout(shared.config.limits.request, collect(body, shared)).await.unwrap_or_else(|_elapsed| Err(late()))
}

async fn collect(mut body: Incoming, shared: &Shared) -> Result<(Bytes, Option<SemaphorePermit<'_>>), DynamoError> {
    let too_long = || DynamoError { status: 413, ..DynamoError::client("RequestEntityTooLarge", "The request is too long.") };
    let broken = || DynamoError::client("SerializationException", "The request broke off.");
    let mut whole = BytesMut::new();
    let mut room: Option<SemaphorePermit<'_>> = None;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| broken())?.into_data() else { continue };
        if whole.len() + data.len() > shared.config.limits.request_bytes {
            return Err(too_long());
        }
        whole.extend_from_slice(&data);
        let held = room.as_ref().map_or(0, SemaphorePermit::num_permits) * ROOM_UNIT;
        if whole.len() > SMALL.max(held) {
            let more = u32::try_from(whole.len() / ROOM_UNIT).unwrap_or(u32::MAX);
            let permit = shared.room.acquire_many(more).await.map_err(|_closed| broken())?;
            match &mut room {
                Some(held) => held.merge(permit),
                None => room = Some(permit),
            }
        }
    }
    Ok((whole.freeze(), room))
}
