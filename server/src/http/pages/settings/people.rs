//! Who has a role at a site.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, html, html_with, see};
use super::super::form::Form;
use super::super::gate::rights;
use super::super::person::Person;
use super::super::{frame, notices};
use super::{Place, new_link, people_list};
use crate::actions::{ActionError, Fault, people, teams};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, Notice, PeoplePage, TeamName};
use footfall_app::{pages, routes};
use footfall_domain::Role;
use http::StatusCode;
use std::sync::Arc;

/// The page.
pub(in crate::http::pages) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    RawQuery(query): RawQuery,
) -> Response {
    let page = show(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    let place = Place::of(app, person, domain, Role::Admin).await?;
    let mut model = model(app, person, &place).await?;
    model.notice = notices::of(person, query);
    html(pages::people(&model))
}

/// One of the forms of the page.
pub(in crate::http::pages) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = change(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn change(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let (house, site, doer) = (&app.house, place.entry.site.id, place.doer());
    let (email, sure) = (form.field("email"), form.field("sure") == "yes");
    let done = match form.address() {
        "role" => people::set_role(house, doer, site, email, form.choice("role", Role::from_name)?, sure).await.map(|_| "role-changed"),
        "remove" => people::remove(house, doer, site, email, sure).await.map(|_| "member-removed"),
        "withdraw" => people::withdraw(house, doer, site, form.number("id")?).await.map(|()| "withdrawn"),
        "team" => {
            let team = form.choice("team", |text| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) })?;
            teams::give(house, doer, site, team).await.map(|_| "saved")
        }
        "invite" => return invite(app, form, &place).await,
        _ => return Err(answer::Trouble::NotFound),
    };
    match done {
        Ok(done) => {
            // Who has left, or is no admin any more, does not see this page.
            let left = rights(app, &form.person).await?.role(&current(app, &place)?.site) < Some(Role::Admin);
            let (page, done) = if left { (routes::SITES.to_owned(), "left") } else { (routes::settings_form(domain, "people"), done) };
            see(&notices::after(&page, done))
        }
        Err(ActionError::Invalid(fault) | ActionError::State(fault)) => {
            let mut model = model(app, &form.person, &place).await?;
            model.notice = Some(Notice::Failed(fault.say(form.person.lang)));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::people(&model))
        }
        Err(error) => Err(error.into()),
    }
}

async fn invite(app: &App, form: &Form, place: &Place) -> Page {
    let role = form.choice("role", Role::from_name)?;
    let email = form.field("email");
    let made = people::invite(&app.house, place.doer(), place.entry.site.id, role, Some(email)).await;
    let place = Place { entry: current(app, place)?, role: place.role, email: place.email.clone() };
    let mut model = model(app, &form.person, &place).await?;
    match made {
        Ok((token, made)) => {
            model.people.new_link = Some(new_link(app, &token, &made));
            html(pages::people(&model))
        }
        Err(ActionError::Invalid(fault)) => {
            model.people.role = Some(role);
            let said = fault.say(form.person.lang);
            if matches!(fault, Fault::Email(_) | Fault::MemberExists(_)) {
                model.people.email = Field::wrong(email.chars().take(254).collect::<String>(), said);
            } else {
                model.notice = Some(Notice::Failed(said));
            }
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::people(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// The site as it is after a change.
fn current(app: &App, place: &Place) -> Result<Arc<footfall_processor::SiteEntry>, answer::Trouble> {
    app.house.engine.sites().by_id(place.entry.site.id).cloned().ok_or(answer::Trouble::NotFound)
}

/// The page as things stand.
async fn model(app: &App, person: &Person, place: &Place) -> Result<PeoplePage, answer::Trouble> {
    let (entry, rights) = (&place.entry, rights(app, person).await?);
    let sharing = &entry.site.sharing;
    let name = |team: &footfall_domain::Team| TeamName { id: team.id, name: team.name.clone() };
    let all = app.house.people.teams().await?;
    let team = sharing.team.and_then(|id| all.get(&id)).map(name);
    let mut teams: Vec<TeamName> = rights.teams().filter(|team| rights.role_in(team.id) >= Some(Role::Admin)).map(name).collect();
    // The one it has stays a choice, whoever it belongs to.
    teams.extend(team.clone().filter(|team| !teams.contains(team)));
    Ok(PeoplePage {
        frame: frame::at(app, person, &entry.site).await?,
        notice: None,
        domain: entry.site.domain.clone(),
        people: people_list(place.doer(), &sharing.members, &sharing.invitations, app.house.now(), |at| entry.calendar.moment(at).date),
        team,
        teams,
    })
}
