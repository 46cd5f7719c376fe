//! Endpoints of other systems, refused in words: a client that was pointed here by mistake finds out at once.

use super::pages::{self, Person};
use super::problem::problem;
use super::{App, cors};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde_json::json;
use std::sync::Arc;

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

/// Anything else below `/api/`.
pub(super) async fn unknown_api() -> Response {
    problem(StatusCode::NOT_FOUND, "there is no such endpoint; /api/openapi.json lists all")
}

/// Another method than those of a route; `Allow` says which these are. A browser that reads the address of a form, such as
/// one that loads the answer to it again, gets a page.
pub(super) async fn method(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap, person: Person) -> Response {
    let reads = method == Method::GET && !uri.path().starts_with("/api/");
    if reads && headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|kinds| kinds.contains("text/html")) {
        return pages::forms_only(&app, &person).await;
    }
    problem(StatusCode::METHOD_NOT_ALLOWED, "this address does not answer this method; Allow says which it does")
}

fn refused(words: &str) -> Response {
    cors::open((StatusCode::NOT_IMPLEMENTED, Json(json!({"error": words}))).into_response())
}
