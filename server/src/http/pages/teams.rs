//! Teams: the list, and one with its people and sites.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::gate::rights;
use super::person::Person;
use super::settings::{new_link, people_list};
use super::{frame, notices};
use crate::actions::people::Doer;
use crate::actions::{ActionError, Fault, teams};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, Notice, TeamName, TeamPage, TeamRow, TeamsPage};
use footfall_app::{pages, routes};
use footfall_domain::{LocalDate, Role, Team, UnixMillis};
use http::StatusCode;
use std::sync::Arc;

/// The teams of who is signed in.
pub(super) async fn list(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = all(&app, &person, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn all(app: &App, person: &Person, query: Option<&str>) -> Page {
    let notice = notices::of(person, query);
    html(pages::teams(&TeamsPage { notice, ..list_model(app, person).await? }))
}

async fn list_model(app: &App, person: &Person) -> Result<TeamsPage, Trouble> {
    let rights = rights(app, person).await?;
    let row = |team: &Team| TeamRow { team: named(team), people: team.members.len(), sites: sites_of(app, team.id).len() };
    Ok(TeamsPage { frame: frame::of(app, person).await?, teams: rights.teams().map(row).collect(), ..TeamsPage::default() })
}

/// Makes one.
pub(super) async fn add(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = create(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn create(app: &App, form: &Form) -> Page {
    let email = form.person.member()?.sign_in.email.as_str();
    match teams::add(&app.house, email, form.field("name")).await {
        Ok(team) => see(&routes::team(team.id)),
        Err(ActionError::Invalid(fault)) => {
            let mut model = list_model(app, &form.person).await?;
            model.name = Field::wrong(form.field("name").chars().take(500).collect::<String>(), fault.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::teams(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// One team, for its people.
pub(super) async fn get(State(app): State<Arc<App>>, Path(id): Path<String>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, &id, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, id: &str, query: Option<&str>) -> Page {
    let seen = Seen::of(app, person, id, Role::Viewer).await?;
    let mut model = model(app, person, &seen).await?;
    model.notice = notices::of(person, query);
    html(pages::team(&model))
}

/// One of the forms of its page.
pub(super) async fn post(State(app): State<Arc<App>>, Path(id): Path<String>, form: Form) -> Response {
    let page = change(&app, &form, &id).await;
    answer::of(&app, &form.person, page).await
}

async fn change(app: &App, form: &Form, id: &str) -> Page {
    let seen = Seen::of(app, &form.person, id, Role::Admin).await?;
    let (house, doer, team) = (&app.house, seen.doer(), seen.team.id);
    let (email, sure) = (form.field("email"), form.field("sure") == "yes");
    let done = match form.address() {
        "rename" => teams::rename(house, doer, team, form.field("name")).await.map(|()| "saved"),
        "role" => {
            let role = form.choice("role", Role::from_name)?;
            teams::set_role(house, doer, team, email, Some(role), sure).await.map(|()| "role-changed")
        }
        "remove" => teams::set_role(house, doer, team, email, None, sure).await.map(|()| "member-removed"),
        "withdraw" => teams::withdraw(house, doer, team, form.number("id")?).await.map(|()| "withdrawn"),
        "dissolve" => {
            seen.doer_may(Role::Owner)?;
            teams::remove(house, doer, team).await.map(|()| "team-removed")
        }
        "invite" => return invite(app, form, &seen).await,
        _ => return Err(Trouble::NotFound),
    };
    match done {
        Ok(done) => {
            let stays = rights(app, &form.person).await?.role_in(team).is_some();
            let page = if stays { routes::team(team) } else { routes::TEAMS.to_owned() };
            see(&notices::after(&page, if stays || done == "team-removed" { done } else { "left" }))
        }
        Err(ActionError::Invalid(fault) | ActionError::State(fault)) => {
            let mut model = model(app, &form.person, &seen).await?;
            let said = fault.say(form.person.lang);
            if matches!(fault, Fault::TeamName) {
                model.name = Field::wrong(form.field("name").chars().take(500).collect::<String>(), said);
            } else {
                model.notice = Some(Notice::Failed(said));
            }
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::team(&model))
        }
        Err(error) => Err(error.into()),
    }
}

async fn invite(app: &App, form: &Form, seen: &Seen) -> Page {
    let role = form.choice("role", Role::from_name)?;
    let email = form.field("email");
    let made = teams::invite(&app.house, seen.doer(), seen.team.id, role, Some(email)).await;
    let seen = Seen::of(app, &form.person, &seen.team.id.to_string(), Role::Admin).await?;
    let mut model = model(app, &form.person, &seen).await?;
    match made {
        Ok((token, made)) => {
            model.people.new_link = Some(new_link(app, &token, &made));
            html(pages::team(&model))
        }
        Err(ActionError::Invalid(fault)) => {
            model.people.role = Some(role);
            let said = fault.say(form.person.lang);
            if matches!(fault, Fault::Email(_) | Fault::MemberExists(_)) {
                model.people.email = Field::wrong(email.chars().take(254).collect::<String>(), said);
            } else {
                model.notice = Some(Notice::Failed(said));
            }
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::team(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// A team, and what who asks may do in it.
struct Seen {
    team: Team,
    role: Role,
    email: String,
}

impl Seen {
    /// # Errors
    /// Nobody is signed in; or they may not, which looks as if there were no such team.
    async fn of(app: &App, person: &Person, id: &str, least: Role) -> Result<Self, Trouble> {
        let rights = rights(app, person).await?;
        let id: u64 = id.parse().map_err(|_| Trouble::NotFound)?;
        let team = rights.teams().find(|team| team.id == id).cloned().ok_or(Trouble::NotFound)?;
        let role = rights.role_in(id).filter(|role| *role >= least).ok_or(Trouble::NotFound)?;
        Ok(Self { team, role, email: person.member()?.sign_in.email.clone() })
    }

    fn doer(&self) -> Doer<'_> {
        Doer { who: &self.email, role: self.role }
    }

    fn doer_may(&self, least: Role) -> Result<(), Trouble> {
        if self.role >= least { Ok(()) } else { Err(Trouble::NotFound) }
    }
}

/// The page as things stand.
async fn model(app: &App, person: &Person, seen: &Seen) -> Result<TeamPage, Trouble> {
    let rights = rights(app, person).await?;
    let book = app.house.engine.sites();
    let mut sites: Vec<String> = sites_of(app, seen.team.id);
    sites.retain(|domain| book.by_domain(domain).is_some_and(|entry| rights.may(&entry.site, Role::Viewer)));
    Ok(TeamPage {
        frame: frame::of(app, person).await?,
        team: named(&seen.team),
        name: Field::of(seen.team.name.clone()),
        people: people_list(seen.doer(), &seen.team.members, &seen.team.invitations, app.house.now(), utc_day),
        sites,
        role: Some(seen.role),
        ..TeamPage::default()
    })
}

fn named(team: &Team) -> TeamName {
    TeamName { id: team.id, name: team.name.clone() }
}

/// The sites of a team, by domain.
fn sites_of(app: &App, team: u64) -> Vec<String> {
    let book = app.house.engine.sites();
    book.iter().filter(|entry| entry.site.sharing.team == Some(team)).map(|entry| entry.site.domain.clone()).collect()
}

/// A team is in no zone.
fn utc_day(at: UnixMillis) -> LocalDate {
    LocalDate(at.0.div_euclid(24 * 60 * 60 * 1_000) as i32)
}
