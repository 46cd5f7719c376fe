//! A site's numbers behind a shared link: the same pages as of a public site, below `/share/{domain}`.

use super::super::App;
use super::super::path::Path;
use super::answer::{Page, see};
use super::export::Part;
use super::guest::{self, Guest, Linked, Visit};
use super::person::Person;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::site_page::{PageState, Period};
use http::HeaderMap;
use std::sync::Arc;

/// The page; or the form that asks for the link's password.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = Visit { app: &app, person: &person, headers: &headers, query: query.as_deref().unwrap_or("") };
    let page = match Guest::linked(&app, &headers, &domain, visit.query) {
        Ok(Linked::In(guest)) => guest::numbers(&guest, &visit).await,
        Ok(Linked::Asked(guest, link)) => {
            // The form has a token, and its cookie comes with it.
            let page = guest::ask(&app, &person, &guest, &link, visit.query, None);
            return super::answer::of(&app, &person, page).await;
        }
        Err(trouble) => Err(trouble),
    };
    guest::answered(&app, &person, page).await
}

/// All rows of a panel's list.
pub(super) async fn details(
    State(app): State<Arc<App>>,
    Path((domain, panel)): Path<(String, String)>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = Visit { app: &app, person: &person, headers: &headers, query: query.as_deref().unwrap_or("") };
    behind(&visit, &domain, async |guest| guest::rows(guest, &visit, &panel).await).await
}

/// The inside of the page about the last half hour.
pub(super) async fn realtime(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = Visit { app: &app, person: &person, headers: &headers, query: query.as_deref().unwrap_or("") };
    behind(&visit, &domain, async |guest| guest::half_hour(guest, &visit).await).await
}

/// A list as a file.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Path((domain, file)): Path<(String, String)>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    taken(&app, &person, &headers, &domain, query.as_deref(), Part::File(file)).await
}

/// Every list in one file.
pub(super) async fn all(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    taken(&app, &person, &headers, &domain, query.as_deref(), Part::All).await
}

/// The chart.
pub(super) async fn svg(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    taken(&app, &person, &headers, &domain, query.as_deref(), Part::Svg).await
}

/// The chart in pixels.
pub(super) async fn png(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    taken(&app, &person, &headers, &domain, query.as_deref(), Part::Png).await
}

async fn taken(app: &App, person: &Person, headers: &HeaderMap, domain: &str, query: Option<&str>, part: Part) -> Response {
    let visit = Visit { app, person, headers, query: query.unwrap_or("") };
    behind(&visit, domain, async |guest| guest::file(guest, &visit, part).await).await
}

/// What lies below the page: without the password, the way to the form that asks for it.
async fn behind(visit: &Visit<'_>, domain: &str, answer: impl AsyncFnOnce(&Guest) -> Page) -> Response {
    let page = match Guest::linked(visit.app, visit.headers, domain, visit.query) {
        Ok(Linked::In(guest)) => answer(&guest).await,
        Ok(Linked::Asked(guest, _)) => {
            let state = PageState::parse_behind(&guest.door, visit.query, Period::default(), &[]).state;
            let page = see(&state.href(guest.domain()));
            return super::answer::of(visit.app, visit.person, page).await;
        }
        Err(trouble) => Err(trouble),
    };
    guest::answered(visit.app, visit.person, page).await
}
