//! An invitation: the page behind its link, and what becomes of it.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::sign_in::begin_anew;
use super::{frame, notices};
use crate::accounts::normal_email;
use crate::actions::invitations::{self, Into};
use crate::actions::{ActionError, Fault, users};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, JoinPage};
use footfall_app::{pages, routes};
use footfall_domain::Invitation;
use http::StatusCode;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// The page, for who has the link.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let pairs = url::form_urlencoded::parse(query.as_deref().unwrap_or("").as_bytes());
    let token = pairs.into_iter().find(|(name, _)| name == "token").map(|(_, token)| token.into_owned()).unwrap_or_default();
    let page = show(&app, &person, &token).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, token: &str) -> Page {
    let (into, invitation) = find(app, person, token).await?;
    html(pages::join(&model(app, person, token, &into, &invitation)))
}

/// Accepts it, as who is signed in or with a new account.
pub(super) async fn post(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = accept(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn accept(app: &App, form: &Form) -> Page {
    let (person, token) = (&form.person, form.field("token"));
    let (into, invitation) = find(app, person, token).await?;
    let email = match &person.signed_in {
        Some(signed_in) => signed_in.sign_in.email.clone(),
        None => match new_account(app, form, &invitation).await? {
            Ok(email) => email,
            Err(fault) => {
                let mut model = model(app, person, token, &into, &invitation);
                let (said, about_password) = (fault.say(person.lang), matches!(fault, Fault::Password(_)));
                let written = form.field("email").chars().take(254).collect::<String>();
                model.email = Field { value: written, problem: (!about_password).then(|| said.clone()) };
                model.password_problem = about_password.then_some(said);
                return html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::join(&model));
            }
        },
    };
    let accepted = invitations::accept(&app.house, token, &email).await;
    if accepted.is_err() && person.signed_in.is_none() {
        // Somebody else was faster: the account that was just made is for nothing.
        users::remove(&app.house, &invitation.by, &email).await?;
    }
    let place = match accepted {
        Ok(Into::Site { domain, .. }) => routes::site(&domain),
        Ok(Into::Team { id, .. }) => notices::after(&routes::team(id), "joined"),
        Err(ActionError::State(Fault::NoInvitation)) => return Err(Trouble::WrongInvitation),
        Err(ActionError::Invalid(fault)) => return Err(Trouble::Refused(fault.say(person.lang))),
        Err(error) => return Err(error.into()),
    };
    // They may more than before: the sign-in that somebody may have seen until now is none any more.
    let cookie = begin_anew(app, person, &email).await?;
    let mut response = see(&place)?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// Makes the account that the form asks for, under the address that the invitation names where it names one.
async fn new_account(app: &App, form: &Form, invitation: &Invitation) -> Result<Result<String, Fault>, Trouble> {
    let written = invitation.email.as_deref().unwrap_or(form.field("email"));
    if let Ok(email) = normal_email(written)
        && app.house.registry.user(&email).await?.is_some()
    {
        return Ok(Err(Fault::AccountExists));
    }
    match users::add(&app.house, &invitation.by, written, form.field("password"), false).await {
        Ok(user) => Ok(Ok(user.email)),
        Err(ActionError::State(Fault::UserExists(_))) => Ok(Err(Fault::AccountExists)),
        Err(ActionError::Invalid(fault) | ActionError::State(fault)) => Ok(Err(fault)),
        Err(error) => Err(error.into()),
    }
}

/// The invitation of a link. Who tries many waits, as with passwords; used, ended and unknown ones look the same.
async fn find(app: &App, person: &Person, token: &str) -> Result<(Into, Invitation), Trouble> {
    let (throttle, now) = (&app.house.throttle, app.house.now());
    let name = format!("invitations {}", person.address);
    throttle.attempt(&name, person.address, now).map_err(|wait| Trouble::TooMany((wait as u64).div_ceil(1_000)))?;
    let found = invitations::find(&app.house, token).await?.ok_or(Trouble::WrongInvitation)?;
    throttle.succeeded(&name, person.address);
    Ok(found)
}

fn model(app: &App, person: &Person, token: &str, into: &Into, invitation: &Invitation) -> JoinPage {
    JoinPage {
        frame: frame::plain(app, person),
        token: token.to_owned(),
        to: into.name().to_owned(),
        role: invitation.role,
        by: invitation.by.clone(),
        only: invitation.email.clone(),
        email: Field::default(),
        password_problem: None,
    }
}
