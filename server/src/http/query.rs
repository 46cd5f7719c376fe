//! `POST /api/v2/query`: reports for programs, as Plausible's Stats API v2.

use super::App;
use super::body::{self, NoBody};
use super::key::{self, Purpose, error, unauthorized};
use crate::actions::query::{QueryFailure, answer};
use crate::metrics::Route;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use footfall_store::ApiKey;
use http::StatusCode;
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;

/// Queries are short; long lists of values fit too.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Answers a query: 200, 400 with the path of the field, 401 without a key that may ask this, 429 when it asks too much, 503.
pub(super) async fn post(State(app): State<Arc<App>>, request: Request) -> Response {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let response = match key::admit(&app, &parts.headers, Purpose::Reports).await {
        Ok(admitted) => {
            let response = match body::read(&parts.headers, body, MAX_BODY_BYTES).await {
                Ok(body) => run(&app, &admitted.key, &body).await,
                Err(no_body) => unread(no_body),
            };
            admitted.answered(response)
        }
        Err(refusal) => refusal,
    };
    app.instruments.took(Route::Query, started.elapsed().as_secs_f64());
    response
}

async fn run(app: &App, key: &ApiKey, body: &[u8]) -> Response {
    if let Err(behind) = key::caught_up(app) {
        return *behind;
    }
    let json: Value = match serde_json::from_slice(body) {
        Ok(json) => json,
        Err(failure) => return error(StatusCode::BAD_REQUEST, &format!("the body cannot be read as JSON: {failure}")),
    };
    match answer(&app.house, &json, Some(key)).await {
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
