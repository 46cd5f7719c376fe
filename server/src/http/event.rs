//! `POST /api/event`: hits of trackers and programs, as Plausible takes them.

use super::body::{self, NoBody};
use super::intake::{self, Outcome};
use super::openapi::{Doc, schemas};
use super::{App, cors};
use crate::metrics::Route;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use footfall_domain::DropReason;
use footfall_ingest::{Invalid, MAX_BODY_BYTES, MAX_NAME_CHARS, MAX_URL_BYTES, parse_event};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many of a request's hits will not be counted, as far as one can tell now.
pub(super) const DROPPED: HeaderName = HeaderName::from_static("x-footfall-dropped");
/// The same under the name that clients of Plausible know.
const PLAUSIBLE_DROPPED: HeaderName = HeaderName::from_static("x-plausible-dropped");

/// Asks which address a hit would be counted under.
const DEBUG: HeaderName = HeaderName::from_static("x-debug-request");

/// What is said about it.
pub(super) fn doc() -> Doc {
    let errors = || schemas::named("Errors");
    let example = json!({"n": "pageview", "u": "https://example.com/blog?utm_source=news", "d": "example.com", "r": "https://www.google.com/", "p": {"author": "Ada"}, "w": 1280});
    Doc::new("Trackers", "Takes a hit; 202 once it is durable. As Plausible's Events API")
        .takes("application/json", sent(), example)
        .answer(
            200,
            "The address a hit would be counted under, with `x-debug-request`",
            "application/json",
            schemas::object(&[("client_address", schemas::text())]),
        )
        .answer(202, "It is kept", "text/plain", schemas::text())
        .answer(400, "It makes no sense; nothing was kept", "application/json", errors())
        .answer(401, "A key is needed to state an address", "application/json", errors())
        .answer(408, "It did not arrive in time", "application/json", errors())
        .answer(413, "It is too large", "application/json", errors())
        .answer(503, "Send it again later", "application/json", errors())
}

/// The fields of a hit, by their short names; the long ones are understood too, and what is beside them is left alone.
fn sent() -> Value {
    let text = |meaning: &str, most: usize| json!({"type": "string", "description": meaning, "pattern": "\\S", "maxLength": most});
    let any = |meaning: &str| json!({"description": meaning});
    let mut sent = schemas::optional(&[
        ("n", json!({"anyOf": [text("`pageview`, or the name of a custom event", MAX_NAME_CHARS), {"type": "integer"}]})),
        ("u", text("The page's whole URL", MAX_URL_BYTES)),
        (
            "d",
            json!({"anyOf": [{"type": "string", "description": "The site's domain, or several with commas between; else the URL's", "pattern": "\\S"}, {"enum": [null, false]}]}),
        ),
        ("r", any("Where the visitor came from; cut to 2,000 bytes")),
        ("p", any("Properties: an object of texts and numbers, or the same written into a text")),
        ("$", any("Revenue: an object of amount and currency, or the same written into a text")),
        ("w", any("How wide the window is, CSS pixels")),
        ("i", any("Whether a custom event ends a bounce")),
        ("h", any("Whether the fragment is part of the page")),
        ("id", any("The client's own id of this hit: the same counts once")),
    ]);
    sent["required"] = json!(["n", "u"]);
    sent
}

/// Takes hits: 202 once they are durable, 400, 401, 413 or 503 and nothing was kept.
pub(super) async fn post(State(app): State<Arc<App>>, ConnectInfo(peer): ConnectInfo<SocketAddr>, request: Request) -> Response {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let response = match body::read(&parts.headers, body, MAX_BODY_BYTES).await {
        Ok(_) if asks_for_address(&parts.headers) => debug_answer(intake::seen_address(&app, peer.ip(), &parts.headers).await),
        Ok(body) => match parse_event(&body) {
            Ok(sent) => answer(intake::take(&app, peer.ip(), &parts.headers, &sent).await),
            Err(invalid) => {
                intake::refused_for(&app, &invalid.domains, app.house.now(), DropReason::Invalid);
                bad_request(&invalid)
            }
        },
        Err(no_body) => unread(&app, no_body),
    };
    app.instruments.took(Route::Event, started.elapsed().as_secs_f64());
    cors::open(response)
}

/// Whether somebody wants to know how the server sees him, and to be counted nowhere (decision 0809).
fn asks_for_address(headers: &HeaderMap) -> bool {
    headers.get(DEBUG).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"))
}

/// The requester's own address, said to nobody else.
fn debug_answer(address: Result<IpAddr, Outcome>) -> Response {
    match address {
        Ok(address) => {
            let body = json!({"client_address": address}).to_string();
            text(StatusCode::OK, "application/json", Body::from(body))
        }
        Err(outcome) => answer(outcome),
    }
}

/// The answer to a body that could not be read.
fn unread(app: &App, no_body: NoBody) -> Response {
    let now = app.house.now();
    match no_body {
        NoBody::TooLarge => {
            intake::refused(app, None, now, DropReason::TooLarge, 1);
            error(StatusCode::PAYLOAD_TOO_LARGE, "body", "is larger than 1,000,000 bytes")
        }
        NoBody::TooSlow => {
            intake::refused(app, None, now, DropReason::Invalid, 1);
            error(StatusCode::REQUEST_TIMEOUT, "body", "did not arrive within 10 seconds")
        }
        NoBody::Broken => {
            intake::refused(app, None, now, DropReason::Invalid, 1);
            error(StatusCode::BAD_REQUEST, "body", "did not arrive whole")
        }
    }
}

pub(super) fn answer(outcome: Outcome) -> Response {
    match outcome {
        Outcome::Kept { dropped } => {
            let mut response = text(StatusCode::ACCEPTED, "text/plain; charset=utf-8", Body::from("ok"));
            note_dropped(&mut response, dropped);
            response
        }
        Outcome::NotAllowed(message) => {
            let mut refusal = error(StatusCode::UNAUTHORIZED, "authorization", message);
            refusal.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            refusal
        }
        Outcome::Invalid { field, message } => error(StatusCode::BAD_REQUEST, field, &message),
        Outcome::Later(wait) => later(wait),
    }
}

/// Says how many hits were dropped, where there are any.
pub(super) fn note_dropped(response: &mut Response, dropped: u64) {
    if dropped > 0 {
        let count = HeaderValue::from(dropped);
        response.headers_mut().insert(DROPPED, count.clone());
        response.headers_mut().insert(PLAUSIBLE_DROPPED, count);
    }
}

pub(super) fn later(wait: Duration) -> Response {
    let mut response = error(StatusCode::SERVICE_UNAVAILABLE, "server", "cannot keep hits at the moment; send it again later");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    response
}

/// What is wrong, field by field.
pub(super) fn bad_request(invalid: &Invalid) -> Response {
    let body = serde_json::to_vec(invalid).unwrap_or_else(|_| b"{\"errors\":{}}".to_vec());
    let mut response = text(StatusCode::BAD_REQUEST, "application/json", Body::from(body));
    note_dropped(&mut response, 1);
    response
}

/// `{"errors": {field: [message]}}`
fn error(status: StatusCode, field: &str, message: &str) -> Response {
    let body = json!({"errors": {field: [message]}}).to_string();
    let mut response = text(status, "application/json", Body::from(body));
    note_dropped(&mut response, 1);
    response
}

fn text(status: StatusCode, content_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
