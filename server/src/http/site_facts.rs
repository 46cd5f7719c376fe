//! The small JSON that islands poll.

use super::App;
use super::carried::live;
use super::pages::workshop::Crowded;
use super::pages::{Guest, Person, Trouble, admit, guest_of};
use super::path::Path;
use super::problem;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use footfall_domain::{Role, SiteId};
use footfall_query::Source;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::sync::Arc;

/// How many visitors are on the site: `{"visitors": n}`. As fresh as its ten-second slot.
pub(super) async fn current(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    match guest_of(&app, &person, &headers, &domain, query.as_deref().unwrap_or("")).await {
        Ok(Some(guest)) => return current_to(&app, &guest).await,
        Ok(None) => {}
        Err(trouble) => return refused(trouble),
    }
    match site(&app, &domain, &person).await {
        Ok(site) => {
            let current = app.house.engine.current_visitors(site).await;
            ([(CACHE_CONTROL, "private, max-age=5")], Json(json!({"visitors": current.visitors}))).into_response()
        }
        Err(refused) => refused,
    }
}

/// The same to who need not sign in. Behind a segment, those that pass it.
async fn current_to(app: &App, guest: &Guest) -> Response {
    let visitors = match guest.segment {
        None => Ok(app.house.engine.current_visitors(guest.site().id).await.visitors),
        Some(_) => guest.current(app).await,
    };
    match visitors {
        Ok(visitors) => {
            let mut response = Json(json!({"visitors": visitors})).into_response();
            live(app, guest, response.headers_mut());
            response
        }
        Err(trouble) => refused(trouble),
    }
}

/// Whether the site has had a hit: `{"received": true}`.
pub(super) async fn first_hit(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person) -> Response {
    let site = match site(&app, &domain, &person).await {
        Ok(site) => site,
        Err(refused) => return refused,
    };
    match app.house.engine.view(site).await {
        Ok(view) => ([(CACHE_CONTROL, "private, no-store")], Json(json!({"received": view.first_date.is_some()}))).into_response(),
        Err(error) => problem::unreadable(&error),
    }
}

/// The site, for who may see it. Somebody else does not learn whether there is one.
async fn site(app: &App, domain: &str, person: &Person) -> Result<SiteId, Response> {
    admit(app, person, domain, Role::Viewer).await.map(|entry| entry.site.id).map_err(refused)
}

/// Why there is no answer, for programs and islands.
pub(super) fn refused(trouble: Trouble) -> Response {
    match trouble {
        Trouble::SignInFirst(_) => problem::problem(StatusCode::UNAUTHORIZED, "sign in first"),
        Trouble::NotFound => problem::problem(StatusCode::NOT_FOUND, "there is no such site"),
        Trouble::Behind => problem::behind(),
        // Whoever writes the address makes it wrong, and mends it: nothing of ours has failed.
        Trouble::Senseless(fault) => problem::problem(StatusCode::BAD_REQUEST, &fault.to_string()),
        Trouble::Refused(why) => problem::problem(StatusCode::BAD_REQUEST, &why),
        Trouble::Broken(error) if error.is::<Crowded>() => problem::crowded(),
        other => {
            tracing::error!(error = ?other, "a small fact cannot be told");
            problem::problem(StatusCode::SERVICE_UNAVAILABLE, "not at the moment")
        }
    }
}
