//! Colours that an address chooses, as a style sheet.

use crate::http::cors;
use crate::http::problem::problem;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Response};
use footfall_app::colours::Colours;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

/// The sheet. It follows from its address, so nobody need ask again.
pub(super) async fn get(RawQuery(query): RawQuery) -> Response {
    let Some(colours) = Colours::parse(query.as_deref().unwrap_or("")) else {
        return problem(StatusCode::NOT_FOUND, "there is no style sheet of these colours");
    };
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    // A frame in a sandbox is of no origin.
    cors::open((headers, colours.sheet()).into_response())
}
