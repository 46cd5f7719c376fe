//! `GET /pixel.gif`: hits of pages without scripts.

use super::event::{answer, bad_request, note_dropped};
use super::intake::{self, Outcome};
use super::openapi::{Doc, schemas};
use super::{App, cors};
use crate::metrics::Route;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use footfall_domain::DropReason;
use footfall_ingest::{PIXEL_GIF, parse_pixel};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, REFERER};
use http::{HeaderMap, HeaderValue, Method};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// What is said about it.
pub(super) fn doc() -> Doc {
    let errors = || schemas::named("Errors");
    Doc::new("Trackers", "Takes a page view of a page without scripts")
        .query("d", "The site's domain", schemas::like("example.com"))
        .query("u", "The address of the page; else the Referer is", schemas::like("https://example.com/blog"))
        .query("r", "Where the visitor came from", schemas::like("https://www.google.com/"))
        .answer(200, "A picture of one transparent point", "image/gif", serde_json::json!({}))
        .answer(400, "It makes no sense; nothing was kept", "application/json", errors())
        .answer(401, "A key is needed to state an address", "application/json", errors())
        .answer(503, "Send it again later", "application/json", errors())
}

/// Takes a page view and answers with a picture of one transparent point.
pub(super) async fn get(State(app): State<Arc<App>>, ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request) -> Response {
    let started = Instant::now();
    let referer = request.headers().get(REFERER).and_then(|value| value.to_str().ok());
    // Who asks for the head only, or in advance, has not seen the page.
    let response = if request.method() != Method::GET || is_prefetch(request.headers()) {
        picture(0)
    } else {
        match parse_pixel(request.uri().query().unwrap_or(""), referer) {
            Ok(sent) => match intake::take(&app, peer.ip(), request.headers(), &sent).await {
                Outcome::Kept { dropped } => picture(dropped),
                outcome => answer(outcome),
            },
            Err(invalid) => {
                intake::refused_for(&app, &invalid.domains, app.house.now(), DropReason::Invalid);
                bad_request(&invalid)
            }
        }
    };
    app.instruments.took(Route::Event, started.elapsed().as_secs_f64());
    cors::open(response)
}

fn picture(dropped: u64) -> Response {
    let mut response = Response::new(Body::from(&PIXEL_GIF[..]));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/gif"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    note_dropped(&mut response, dropped);
    response
}

fn is_prefetch(headers: &HeaderMap) -> bool {
    let says = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("prefetch") || value.contains("prerender"))
    };
    says("sec-purpose") || says("purpose") || says("x-moz")
}
