//! `POST /api/v2/query`: reports for programs, as Plausible's Stats API v2.

use super::App;
use super::bearer::{self, Bearer};
use super::body::{self, NoBody};
use crate::actions::query::{QueryFailure, answer};
use crate::metrics::Route;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use footfall_store::{ApiKey, KeyScope};
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;

/// Queries are short; long lists of values fit too.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Answers a query: 200, 400 with the path of the field, 401 without a key that may ask this, 503.
pub(super) async fn post(State(app): State<Arc<App>>, request: Request) -> Response {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let mut response = match key(&app, &parts.headers).await {
        Ok(key) => match body::read(&parts.headers, body, MAX_BODY_BYTES).await {
            Ok(body) => run(&app, &key, &body).await,
            Err(no_body) => unread(no_body),
        },
        Err(refusal) => refusal,
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    app.instruments.took(Route::Query, started.elapsed().as_secs_f64());
    response
}

/// The key, if it may ask for reports.
async fn key(app: &App, headers: &HeaderMap) -> Result<ApiKey, Response> {
    match bearer::of(&app.house, headers).await {
        Ok(Bearer::Key(key)) if key.scope != KeyScope::Events => Ok(key),
        Ok(Bearer::Key(_)) => Err(unauthorized("this key may send hits only; make one with --scope stats")),
        Ok(Bearer::Nobody) => Err(unauthorized("send a key as Authorization: Bearer KEY; `footfall key add --scope stats` makes one")),
        Ok(Bearer::Unknown) => Err(unauthorized("there is no such key")),
        Err(failure) => {
            tracing::error!(error = %failure, "the keys cannot be read");
            Err(error(StatusCode::SERVICE_UNAVAILABLE, "the keys cannot be read at the moment"))
        }
    }
}

async fn run(app: &App, key: &ApiKey, body: &[u8]) -> Response {
    if !app.readiness.has_caught_up() {
        let mut response = error(
            StatusCode::SERVICE_UNAVAILABLE,
            "the server has just started and is still folding the day's hits; ask again in a moment",
        );
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
        return response;
    }
    let json: Value = match serde_json::from_slice(body) {
        Ok(json) => json,
        Err(failure) => return error(StatusCode::BAD_REQUEST, &format!("the body is no JSON: {failure}")),
    };
    match answer(&app.house, &json, key.site).await {
        Ok(report) => Json(report).into_response(),
        Err(QueryFailure::Query(failure)) => (StatusCode::BAD_REQUEST, Json(failure.to_json())).into_response(),
        // As Plausible does: who may not ask about a site does not learn whether there is one.
        Err(QueryFailure::UnknownSite(_)) => unauthorized("there is no such site, or the key is not for it"),
        Err(QueryFailure::Source(failure)) => {
            tracing::error!(error = &failure as &dyn std::error::Error, "a query could not be answered");
            error(StatusCode::SERVICE_UNAVAILABLE, "the numbers cannot be read at the moment")
        }
    }
}

fn unread(no_body: NoBody) -> Response {
    match no_body {
        NoBody::TooLarge => error(StatusCode::PAYLOAD_TOO_LARGE, "a query has at most 262,144 bytes"),
        NoBody::TooSlow => error(StatusCode::REQUEST_TIMEOUT, "the query did not arrive within 10 seconds"),
        NoBody::Broken => error(StatusCode::BAD_REQUEST, "the query did not arrive whole"),
    }
}

fn unauthorized(message: &str) -> Response {
    let mut response = error(StatusCode::UNAUTHORIZED, message);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn error(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({"error": message}))).into_response()
}
