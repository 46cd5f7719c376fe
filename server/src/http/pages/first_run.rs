//! The first sign-in: the link printed at start, and the owner it creates.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::frame;
use super::person::Person;
use super::sign_in::begin;
use crate::actions::{ActionError, users};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, FirstRun};
use footfall_app::{pages, routes};
use http::StatusCode;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// Who makes the first account, as the log of changes has it.
const FIRST: &str = "first-run";

/// The form, for who has the link.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let token = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "token")
        .map(|(_, token)| token.into_owned());
    let page = show(&app, &person, &token.unwrap_or_default()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, token: &str) -> Page {
    may(app, token).await?;
    html(pages::first_run(&FirstRun {
        frame: frame::plain(app, person),
        token: token.to_owned(),
        email: Field::default(),
        password_problem: None,
    }))
}

/// Creates the owner and signs them in.
pub(super) async fn post(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = create(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn create(app: &App, form: &Form) -> Page {
    // Two forms sent at the same time must not make two owners.
    let _one = app.first_run.lock().await;
    may(app, form.field("token")).await?;
    match users::add(&app.house, FIRST, form.field("email"), form.field("password"), true).await {
        Ok(user) => {
            let cookie = begin(app, &user.email).await?;
            tracing::info!("the first account was created");
            let mut response = see(routes::SITES)?;
            response.headers_mut().append(SET_COOKIE, cookie);
            Ok(response)
        }
        Err(ActionError::Invalid(problem) | ActionError::State(problem)) => {
            let problem = problem.say(form.person.lang);
            let about_password = crate::accounts::normal_email(form.field("email")).is_ok();
            let email = Field { value: form.field("email").to_owned(), problem: (!about_password).then(|| problem.clone()) };
            let model = FirstRun {
                frame: frame::plain(app, &form.person),
                token: form.field("token").to_owned(),
                email,
                password_problem: about_password.then_some(problem),
            };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::first_run(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Only with the printed link, and only as long as nobody has an account.
async fn may(app: &App, token: &str) -> Result<(), Trouble> {
    let ours = app.house.setup.is(token);
    if ours && app.house.registry.users().await?.is_empty() { Ok(()) } else { Err(Trouble::WrongLink) }
}
