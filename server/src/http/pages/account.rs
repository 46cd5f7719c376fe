//! The signed-in person's own page.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::sign_in::begin;
use super::{frame, notices};
use crate::actions::{ActionError, users};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::Account;
use footfall_app::{pages, routes};
use http::StatusCode;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// The page.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = person.member().and_then(|_| {
        let model = Account { frame: frame::of(&app, &person), notice: notices::of(query.as_deref()), ..Account::default() };
        html(pages::account(&model))
    });
    answer::of(&app, &person, page).await
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
    let again = |current: Option<String>, new: Option<String>| {
        let model = Account { frame: frame::of(app, &form.person), notice: None, current_problem: current, password_problem: new };
        html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::account(&model))
    };
    let user = house.registry.user(email).await?;
    if !house.passwords.matches(form.field("current"), user.as_ref().map(|user| user.password_hash.as_str())).await {
        return again(Some("This is not your present password.".into()), None);
    }
    house.throttle.succeeded(email, form.person.address);
    match users::set_password(house, email, form.field("password")).await {
        Ok(()) => {
            let cookie = begin(app, email).await?;
            let mut response = see(&notices::after(routes::ACCOUNT, "password"))?;
            response.headers_mut().append(SET_COOKIE, cookie);
            Ok(response)
        }
        Err(ActionError::Invalid(problem)) => again(None, Some(problem)),
        Err(error) => Err(error.into()),
    }
}
