//! The front that speaks DAX.

use super::Shared;
use super::accept::Ends;
use super::stream::Stream;
use std::sync::Arc;
use tokio::sync::watch;

/// Serves one connection until either side ends it.
pub(super) async fn serve<S: Stream>(_stream: S, _ends: Ends, shared: &Arc<Shared>, _stopping: watch::Receiver<bool>) {
    // Until the codec of requests stands, no request can be understood.
    shared.metrics.front(super::metrics::Front::Dax).malformed.add(1);
}
