//! The small JSON that islands poll.

use super::App;
use super::pages::Person;
use super::path::Path;
use super::problem;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use footfall_domain::SiteId;
use footfall_query::Source;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use serde_json::json;
use std::sync::Arc;

/// How many visitors are on the site: `{"visitors": n}`. As fresh as its ten-second slot.
pub(super) async fn current(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person) -> Response {
    match site(&app, &domain, &person) {
        Ok(site) => {
            let current = app.house.engine.current_visitors(site).await;
            ([(CACHE_CONTROL, "private, max-age=5")], Json(json!({"visitors": current.visitors}))).into_response()
        }
        Err(refused) => refusal(refused),
    }
}

/// Whether the site has had a hit: `{"received": true}`.
pub(super) async fn first_hit(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person) -> Response {
    let site = match site(&app, &domain, &person) {
        Ok(site) => site,
        Err(refused) => return refusal(refused),
    };
    match app.house.engine.view(site).await {
        Ok(view) => ([(CACHE_CONTROL, "private, no-store")], Json(json!({"received": view.first_date.is_some()}))).into_response(),
        Err(error) => problem::unreadable(&error),
    }
}

/// Why there is no answer.
type Refused = (StatusCode, &'static str);

/// The site, for who may see it. Somebody else does not learn whether there is one.
fn site(app: &App, domain: &str, person: &Person) -> Result<SiteId, Refused> {
    if person.signed_in.is_none() {
        return Err((StatusCode::UNAUTHORIZED, "sign in first"));
    }
    let book = app.house.engine.sites();
    book.by_domain(domain).map(|entry| entry.site.id).ok_or((StatusCode::NOT_FOUND, "there is no such site"))
}

fn refusal((status, words): Refused) -> Response {
    problem::problem(status, words)
}
