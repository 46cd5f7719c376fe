//! `/`, and pages that do not exist.

use super::super::App;
use super::answer::{self, Trouble, see};
use super::person::Person;
use axum::extract::{FromRequestParts, State};
use axum::response::Response;
use footfall_app::routes;
use std::sync::Arc;

/// The sites, or the way to sign in.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person) -> Response {
    let page = if person.signed_in.is_some() { see(routes::SITES) } else { see(routes::SIGN_IN) };
    answer::of(&app, &person, page).await
}

/// There is no such page.
pub(in crate::http) async fn not_found(State(app): State<Arc<App>>, person: Person) -> Response {
    answer::of(&app, &person, Err(Trouble::NotFound)).await
}

/// The same where the path itself cannot be read.
pub(in crate::http) async fn nothing_at(parts: &mut http::request::Parts, app: &Arc<App>) -> Response {
    match Person::from_request_parts(parts, app).await {
        Ok(person) => answer::of(app, &person, Err(Trouble::NotFound)).await,
        Err(refused) => refused,
    }
}

/// Where only forms are taken: after one, the address stands in the browser, and may be read again.
pub(in crate::http) async fn forms_only(app: &App, person: &Person) -> Response {
    answer::of(app, person, Err(Trouble::FormsOnly)).await
}
