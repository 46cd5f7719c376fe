//! The signed-in person's own page.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::sign_in::begin;
use super::{account_keys, cookies, frame, notices};
use crate::actions::{ActionError, users};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::Account;
use footfall_app::words::Lang;
use footfall_app::{pages, routes};
use http::StatusCode;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// The page.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, query: Option<&str>) -> Page {
    let model = Account { notice: notices::of(person, query), ..model(app, person).await? };
    html(pages::account(&model))
}

/// The page as things stand.
///
/// # Errors
/// Nobody is signed in, or the registry cannot be read.
pub(super) async fn model(app: &App, person: &Person) -> Result<Account, Trouble> {
    let email = &person.member()?.sign_in.email;
    let language = app.house.registry.preferences(email).await?.language;
    Ok(Account {
        frame: frame::of(app, person).await?,
        language: language.as_deref().and_then(Lang::from_code),
        keys: account_keys::rows(app, email).await?,
        ..Account::default()
    })
}

/// Chooses the language: of the account, and in this browser at once.
pub(super) async fn language(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = speak(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn speak(app: &App, form: &Form) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let chosen = form.choice("language", |code| if code.is_empty() { Some(None) } else { Lang::from_code(code).map(Some) })?;
    let mut preferences = app.house.registry.preferences(email).await?;
    preferences.language = chosen.map(|lang| lang.code().to_owned());
    app.house.registry.put_preferences(email, &preferences).await?;
    let mut response = see(routes::ACCOUNT)?;
    response.headers_mut().append(SET_COOKIE, cookies::language(chosen, app.house.config.server.is_https()));
    Ok(response)
}

/// Ends all sign-ins of the account, this one included.
pub(super) async fn sign_out_everywhere(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = end_all(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn end_all(app: &App, form: &Form) -> Page {
    users::sign_out_everywhere(&app.house, &form.person.member()?.sign_in.email).await?;
    let mut response = see(&notices::after(routes::SIGN_IN, "signed-out-everywhere"))?;
    response.headers_mut().append(SET_COOKIE, cookies::clear(cookies::SIGN_IN, app.house.config.server.is_https()));
    Ok(response)
}

/// Changes the password and ends all other sign-ins.
pub(super) async fn password(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = change(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn change(app: &App, form: &Form) -> Page {
    let (house, now) = (&app.house, app.house.now());
    let email = &form.person.member()?.sign_in.email;
    house.throttle.attempt(email, form.person.address, now).map_err(|wait| Trouble::TooMany((wait as u64).div_ceil(1_000)))?;
    let again = async |current: Option<String>, new: Option<String>| {
        let model = Account { current_problem: current, password_problem: new, ..model(app, &form.person).await? };
        html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::account(&model))
    };
    let user = house.registry.user(email).await?;
    if !house.passwords.matches(form.field("current"), user.as_ref().map(|user| user.password_hash.as_str())).await {
        return again(Some(form.person.lang.words().notices.not_present_password.to_owned()), None).await;
    }
    house.throttle.succeeded(email, form.person.address);
    match users::set_password(house, email, form.field("password")).await {
        Ok(()) => {
            let cookie = begin(app, email).await?;
            let mut response = see(&notices::after(routes::ACCOUNT, "password"))?;
            response.headers_mut().append(SET_COOKIE, cookie);
            Ok(response)
        }
        Err(ActionError::Invalid(problem)) => again(None, Some(problem.say(form.person.lang))).await,
        Err(error) => Err(error.into()),
    }
}
