//! The front that speaks DAX: frames in, frames out, one after the other.

mod admission;
mod answer;
mod frames;
mod key;

use super::Shared;
use super::accept::Ends;
use super::metrics::Front;
use super::stream::Stream;
use crate::wire::WireError;
use crate::wire::cbor::Writer;
use crate::wire::error::DynamoError;
use crate::wire::error_frame::encode_error_without_items;
use admission::Admission;
use answer::Answerer;
use frames::{Closed, Frames};
use std::sync::Arc;
use tokio::sync::watch;

/// An answer buffer that grew beyond this is not kept for the next answer.
const KEPT_BUFFER: usize = 64 << 10;

/// Serves one connection until either side ends it.
pub(super) async fn serve<S: Stream>(stream: S, ends: Ends, shared: &Arc<Shared>, stopping: watch::Receiver<bool>) {
    let mut frames = Frames::new(stream, shared, stopping);
    let counts = shared.metrics.front(Front::Dax);
    match converse(&mut frames, ends, shared).await {
        Ok(()) | Err(Closed::ByPeer | Closed::Stopping | Closed::Late) => {}
        Err(Closed::Malformed(error)) => {
            counts.malformed.add(1);
            part(&mut frames, &answer::refusal(&error)).await;
        }
        Err(Closed::Stranger) => part(&mut frames, &Admission::refuse(shared)).await,
    }
}

/// Tells the peer what ends the connection.
async fn part<S: Stream>(frames: &mut Frames<'_, S>, error: &DynamoError) {
    let mut last = Writer::new();
    encode_error_without_items(error, &mut last);
    frames.part(last.as_bytes()).await;
}

async fn converse<S: Stream>(frames: &mut Frames<'_, S>, ends: Ends, shared: &Arc<Shared>) -> Result<(), Closed> {
    let preamble = frames.preamble().await?;
    let mut answerer = Answerer::new(shared, ends, &preamble);
    let mut out = Writer::new();
    loop {
        let frame = frames.next(answerer.standing()).await?;
        answerer.answer(&frame, &mut out).await.map_err(Closed::Malformed)?;
        drop(frame);
        if !out.is_empty() {
            frames.write(out.as_bytes()).await?;
        }
        if out.len() > KEPT_BUFFER {
            out = Writer::new();
        }
        out.truncate(0);
    }
}

impl From<WireError> for Closed {
    fn from(error: WireError) -> Self {
        Self::Malformed(error)
    }
}
