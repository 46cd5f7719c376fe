//! What went wrong, for programs: RFC 9457. Routes that answer as another system does keep that system's shape.

use super::pages::workshop::Crowded;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use serde_json::json;

/// The media type.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// A problem without a type of its own: the status says what kind it is, `detail` what to do about it.
pub(super) fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = json!({"type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail});
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

/// The days are still being folded after the start.
pub(super) fn behind() -> Response {
    let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, "the server has just started and is still folding the day's hits");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
    response
}

/// More is asked for than can be made.
pub(super) fn crowded() -> Response {
    let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, "more is asked for than can be made at the moment; ask again in a while");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(Crowded::WAIT_SECONDS));
    response
}

/// The numbers cannot be read; the log says why.
pub(super) fn unreadable(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "the numbers cannot be read");
    problem(StatusCode::SERVICE_UNAVAILABLE, "the numbers cannot be read at the moment")
}
