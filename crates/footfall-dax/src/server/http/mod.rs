//! The front that speaks HTTP: DynamoDB's JSON API, `/healthz` and `/metrics`.

mod admission;
mod api;
mod body;

use super::Shared;
use super::accept::{Ends, stopped};
use super::stream::{Impatient, Stream};
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::watch;

type Body = Full<Bytes>;

/// Serves one connection until either side ends it.
pub(super) async fn serve<S: Stream>(stream: S, ends: Ends, shared: &Arc<Shared>, mut stopping: watch::Receiver<bool>) {
    let service = service_fn(|request| async move { Ok::<_, Infallible>(answer(request, ends, shared).await) });
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(shared.config.limits.request).max_buf_size(64 << 10);
    let stream = Impatient::new(stream, shared.config.limits.write);
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ended = connection.as_mut() => return,
        () = stopped(&mut stopping) => connection.as_mut().graceful_shutdown(),
    }
    // How it ended is the peer's business.
    let _ended = connection.await;
}

async fn answer(request: Request<Incoming>, ends: Ends, shared: &Arc<Shared>) -> Response<Body> {
    match (request.method(), request.uri().path()) {
        (&Method::POST, "/") if is_of_a_page(&request, shared) => text(StatusCode::FORBIDDEN, "not for pages of a browser\n".into()),
        (&Method::POST, "/") => api::answer(request, shared).await,
        (&Method::GET, "/healthz") => text(StatusCode::OK, "ok\n".into()),
        (&Method::GET, "/metrics") if is_inside(ends) => text(StatusCode::OK, shared.metrics_text()),
        (&Method::GET, "/metrics") => text(StatusCode::FORBIDDEN, "not from there\n".into()),
        // What DynamoDB's own address says to who looks by.
        (&Method::GET, "/") => text(StatusCode::OK, "healthy: dynamodb\n".into()),
        _ => text(StatusCode::NOT_FOUND, "nothing here\n".into()),
    }
}

/// Whether a page in a browser asks, where nobody is asked for a key. The browser of this machine reaches a port of this
/// machine, and a name that points here makes any page's requests look like its own; but a browser always says whose
/// page it is. No SDK outside of browsers does.
fn is_of_a_page(request: &Request<Incoming>, shared: &Shared) -> bool {
    shared.config.keys.is_empty() && request.headers().contains_key(header::ORIGIN)
}

/// Whether the peer is of this machine or of a private network.
fn is_inside(ends: Ends) -> bool {
    match ends.peer.ip().to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

fn text(status: StatusCode, words: String) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::from(words)));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
