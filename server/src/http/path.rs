//! The parts of a path that stand for something.

use super::App;
use super::pages;
use super::problem::problem;
use axum::extract::FromRequestParts;
use axum::response::Response;
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The parts of a path. Where they are no text, there is nothing: a page says so to people, a problem to programs.
pub(super) struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<App>> for Path<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        if let Ok(axum::extract::Path(found)) = axum::extract::Path::from_request_parts(parts, app).await {
            return Ok(Self(found));
        }
        let of_programs = ["/api/", "/js/", "/assets/", "/counter/"].iter().any(|beginning| parts.uri.path().starts_with(beginning));
        if of_programs {
            return Err(problem(StatusCode::NOT_FOUND, "a part of the path is no text"));
        }
        Err(pages::nothing_at(parts, app).await)
    }
}
