//! Signing in and out.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::{cookies, frame, notices};
use crate::accounts::{Token, normal_email};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Notice, SignIn};
use footfall_app::words::Lang;
use footfall_app::{pages, routes};
use footfall_store::StoreError;
use http::StatusCode;
use http::header::{HeaderValue, SET_COOKIE};
use std::sync::Arc;

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// The form.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = form(&app, &person, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn form(app: &App, person: &Person, query: Option<&str>) -> Page {
    let next =
        url::form_urlencoded::parse(query.unwrap_or("").as_bytes()).find(|(name, _)| name == "next").map(|(_, next)| safe_next(&next));
    if person.signed_in.is_some() {
        return see(next.as_deref().unwrap_or(routes::SITES));
    }
    let nobody = app.house.registry.users().await?.is_empty();
    let first = nobody.then(|| Notice::Failed(person.lang.words().notices.nobody_yet.to_owned()));
    let notice = first.or_else(|| notices::of(person, query));
    html(pages::sign_in(&SignIn { frame: frame::plain(app, person), next: next.unwrap_or_default(), email: String::new(), notice }))
}

/// The password, checked; slowed down where there were too many wrong ones.
pub(super) async fn post(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = check(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn check(app: &App, form: &Form) -> Page {
    let (house, now, written) = (&app.house, app.house.now(), form.field("email"));
    // What is no address is nobody's, and takes as long to find out.
    let email = normal_email(written).unwrap_or_default();
    house.throttle.attempt(&email, form.person.address, now).map_err(|wait| Trouble::TooMany((wait as u64).div_ceil(1_000)))?;
    let user = house.registry.user(&email).await?;
    if !house.passwords.matches(form.field("password"), user.as_ref().map(|user| user.password_hash.as_str())).await {
        let notice = Some(Notice::Failed(form.person.lang.words().notices.no_match.to_owned()));
        let model = SignIn {
            frame: frame::plain(app, &form.person),
            next: safe_next(form.field("next")),
            email: written.chars().take(254).collect(),
            notice,
        };
        return html_with(StatusCode::UNAUTHORIZED, pages::sign_in(&model));
    }
    house.throttle.succeeded(&email, form.person.address);
    let cookie = begin_anew(app, &form.person, &email).await?;
    let mut response = see(&safe_next(form.field("next")))?;
    response.headers_mut().append(SET_COOKIE, cookie);
    let language = house.registry.preferences(&email).await?.language.as_deref().and_then(Lang::from_code);
    if language.is_some() {
        response.headers_mut().append(SET_COOKIE, cookies::language(language, house.config.server.is_https()));
    }
    Ok(response)
}

/// Ends the sign-in of this browser.
pub(super) async fn out(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = end(&app, &form.person).await;
    answer::of(&app, &form.person, page).await
}

async fn end(app: &App, person: &Person) -> Page {
    if let Some(signed_in) = &person.signed_in {
        app.house.registry.remove_sign_in(&signed_in.token.hash()).await?;
    }
    let mut response = see(&notices::after(routes::SIGN_IN, "signed-out"))?;
    response.headers_mut().append(SET_COOKIE, cookies::clear(cookies::SIGN_IN, app.house.config.server.is_https()));
    Ok(response)
}

/// Begins a sign-in; the cookie that carries it.
pub(super) async fn begin(app: &App, email: &str) -> Result<HeaderValue, StoreError> {
    let house = &app.house;
    let seconds = u64::from(house.config.accounts.sign_in_days) * DAY_SECONDS;
    let token = Token::new("", &*house.outside.entropy);
    let mut csrf = [0; 32];
    house.outside.entropy.fill(&mut csrf);
    house.registry.add_sign_in(token.hash(), email, csrf, house.now().plus(seconds as i64 * 1_000)).await?;
    Ok(cookies::set(cookies::SIGN_IN, token.text(), seconds, house.config.server.is_https()))
}

/// Begins a sign-in in the place of the one this browser has: what somebody knew of that is worth nothing any more.
pub(super) async fn begin_anew(app: &App, person: &Person, email: &str) -> Result<HeaderValue, StoreError> {
    if let Some(before) = &person.signed_in {
        app.house.registry.remove_sign_in(&before.token.hash()).await?;
    }
    begin(app, email).await
}

/// Where to go next: a page of ours, whatever was asked for.
pub(super) fn safe_next(next: &str) -> String {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && next.len() <= 4_000
        && next.is_ascii();
    if ours { next.to_owned() } else { routes::SITES.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(safe_next("/example.com?period=7d"), "/example.com?period=7d");
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", "/ä"]
        {
            assert_eq!(safe_next(elsewhere), "/sites", "{elsewhere}");
        }
    }
}
