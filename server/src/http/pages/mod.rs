//! The pages: from a request to a view model, and the string that the `app` crate makes of it.
//!
//! Addresses and form fields are listed in `footfall_app::routes`. Every page is private (`private, no-store`): it shows
//! what belongs to who is signed in.

mod account;
mod answer;
mod cookies;
mod first_run;
mod form;
mod frame;
mod home;
mod notices;
mod person;
mod settings;
mod sign_in;
mod site;
mod sites;
mod theme;

pub(super) use person::Person;

use super::{App, assets};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Instant;

/// The pages and the files they need.
pub(super) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let pages = Router::new()
        .route("/", get(home::get))
        .route("/setup", get(first_run::get).post(first_run::post))
        .route("/login", get(sign_in::get).post(sign_in::post))
        .route("/logout", post(sign_in::out))
        .route("/sites", get(sites::list))
        .route("/sites/pin", post(sites::pin))
        .route("/sites/new", get(sites::new).post(sites::add))
        .route("/account", get(account::get))
        .route("/account/language", post(account::language))
        .route("/account/password", post(account::password))
        .route("/theme", post(theme::post))
        .route("/{domain}", get(site::get))
        .route("/{domain}/install", get(site::install))
        .route("/{domain}/settings", get(settings::get).post(settings::post))
        .route("/{domain}/settings/keys", post(settings::add_key))
        .route("/{domain}/settings/keys/remove", post(settings::remove_key))
        .route("/{domain}/settings/reset", post(settings::reset))
        .route("/{domain}/settings/remove", post(settings::remove))
        .fallback(home::not_found)
        .layer(from_fn_with_state(app.clone(), timed));
    pages
        .route("/assets/{*file}", get(assets::file_of_page))
        .route("/favicon.ico", get(assets::icon))
        .route("/robots.txt", get(assets::robots))
}

async fn timed(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    app.instruments.took(crate::metrics::Route::Page, started.elapsed().as_secs_f64());
    response
}
