//! Light or dark: a form, so that it works without scripts.

use super::super::App;
use super::answer::{self, Page, see};
use super::cookies;
use super::form::Form;
use super::sign_in::safe_next;
use axum::extract::State;
use axum::response::Response;
use footfall_app::models::Theme;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// Remembers the choice and goes back.
pub(super) async fn post(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = choose(&app, &form);
    answer::of(&app, &form.person, page).await
}

fn choose(app: &App, form: &Form) -> Page {
    let https = app.house.config.server.is_https();
    // The plain name, whatever the scheme: the cookie is no secret, and a change to https must not forget it.
    let cookie = match form.choice("theme", Theme::from_name)? {
        Theme::System => cookies::set_plain(cookies::THEME, "", 0, https),
        theme => cookies::set_plain(cookies::THEME, theme.name(), cookies::A_YEAR_SECONDS, https),
    };
    let mut response = see(&safe_next(form.field("next")))?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}
