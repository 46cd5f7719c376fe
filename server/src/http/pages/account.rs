//! The signed-in person's own page.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::settings::log;
use super::sign_in::begin;
use super::{account_keys, cookies, frame, gate, notices};
use crate::actions::people::{self, Doer};
use crate::actions::{ActionError, teams, users};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Account, Notice, OwnRole};
use footfall_app::words::Lang;
use footfall_app::{pages, routes};
use footfall_domain::Site;
use http::StatusCode;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// The page.
pub(super) async fn get(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, query: Option<&str>) -> Page {
    let log = match gate::rights(app, person).await?.is_administrator() {
        true => Some(log::of_installation(app, log::before(query)).await?),
        false => None,
    };
    let model = Account { notice: notices::of(person, query), log, ..model(app, person).await? };
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
        roles: roles(app, email).await?,
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

/// Gives a role of one's own at a site or in a team back.
pub(super) async fn leave(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = give_back(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn give_back(app: &App, form: &Form) -> Page {
    let who = form.person.member()?.sign_in.email.as_str();
    let doer = |role| Doer { who, role };
    let left = if form.field("team").is_empty() {
        let entry = app.house.engine.sites().by_domain(form.field("site")).cloned().ok_or(Trouble::NotFound)?;
        let role = entry.site.sharing.role_of(who).ok_or(Trouble::NotFound)?;
        people::remove(&app.house, doer(role), entry.site.id, who, true).await.map(|_| ())
    } else {
        let id = form.number("team")?;
        let teams = app.house.people.teams().await?;
        let member = teams.get(&id).and_then(|team| team.members.iter().find(|member| member.email == who)).ok_or(Trouble::NotFound)?;
        teams::set_role(&app.house, doer(member.role), id, who, None, true).await
    };
    match left {
        // Somebody else was faster.
        Ok(()) | Err(ActionError::State(_)) => see(&notices::after(routes::ACCOUNT, "left")),
        Err(ActionError::Invalid(fault)) => {
            let notice = Some(Notice::Failed(fault.say(form.person.lang)));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::account(&Account { notice, ..model(app, &form.person).await? }))
        }
        Err(error) => Err(error.into()),
    }
}

/// The roles somebody has of their own.
async fn roles(app: &App, email: &str) -> Result<Vec<OwnRole>, Trouble> {
    let book = app.house.engine.sites();
    let at_site = |site: &Site| {
        site.sharing.role_of(email).map(|role| OwnRole { site: Some(site.domain.clone()), team: None, name: site.domain.clone(), role })
    };
    let mut roles: Vec<OwnRole> = book.iter().filter_map(|entry| at_site(&entry.site)).collect();
    for team in app.house.people.teams().await?.values() {
        let member = team.members.iter().find(|member| member.email == email);
        roles.extend(member.map(|member| OwnRole { site: None, team: Some(team.id), name: team.name.clone(), role: member.role }));
    }
    Ok(roles)
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
    match users::set_password(house, email, email, form.field("password")).await {
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
