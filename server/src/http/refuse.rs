//! Endpoints of other systems, refused in words: a client that was pointed here by mistake finds out at once.

use super::cors;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::json;

/// Umami's trackers and its Node client: `/api/send`, `/api/batch`, `/api/record`.
pub(super) async fn umami() -> Response {
    refused(
        "this is not Umami: nothing was counted. Send events to POST /api/event, or put Footfall's own script (/js/script.js) on the page",
    )
}

/// GoatCounter's `/count` and `/api/v0/…`.
pub(super) async fn goatcounter() -> Response {
    let words = "this is not GoatCounter: nothing was counted. Send events to POST /api/event, or put Footfall's own script (/js/script.js) or /pixel.gif on the page";
    let mut response = refused(words);
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-goatcounter"), HeaderValue::from_static("refused: this is not GoatCounter; use /api/event"));
    response
}

/// Matomo's `matomo.php` and `piwik.php`.
pub(super) async fn matomo() -> Response {
    refused(
        "this is not Matomo: nothing was counted. Send events to POST /api/event, or put Footfall's own script (/js/script.js) on the page",
    )
}

/// Plausible's first Stats API.
pub(super) async fn stats_v1() -> Response {
    refused("the Stats API v1 is not answered here; POST /api/v2/query answers the same questions")
}

/// Anything else below `/api/`.
pub(super) async fn unknown_api() -> Response {
    (StatusCode::NOT_FOUND, Json(json!({"error": "there is no such endpoint; docs/query-api.md lists all"}))).into_response()
}

fn refused(words: &str) -> Response {
    cors::open((StatusCode::NOT_IMPLEMENTED, Json(json!({"error": words}))).into_response())
}
