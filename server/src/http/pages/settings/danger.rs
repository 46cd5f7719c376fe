//! The ways to an end: hand over, empty, remove.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, Trouble, html, html_with, see};
use super::super::form::Form;
use super::super::gate::rights;
use super::super::person::Person;
use super::super::{frame, notices};
use super::{Place, same_site};
use crate::actions::{ActionError, people, sites};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{DangerPage, Field};
use footfall_app::{pages, routes};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
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
    let place = Place::of(app, person, domain, Role::Owner).await?;
    let notice = notices::of(person, query);
    html(pages::danger(&DangerPage { notice, ..model(app, person, &place.entry).await? }))
}

/// Hands the site over.
pub(in crate::http::pages) async fn transfer(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = hand_over(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn hand_over(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Owner).await?;
    let email = form.field("email");
    let again = async |problem: String| {
        let mut model = model(app, &form.person, &place.entry).await?;
        model.new_owner = Field::wrong(email.chars().take(254).collect::<String>(), problem);
        model.transfer_open = true;
        html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::danger(&model))
    };
    if let Err(problem) = same_site(form, &place) {
        return again(problem).await;
    }
    match people::transfer(&app.house, place.doer(), place.entry.site.id, email, form.field("stay") == "yes").await {
        Ok(site) => {
            let stays = rights(app, &form.person).await?.may(&site, Role::Admin);
            let page = if stays { routes::settings_form(domain, "people") } else { routes::SITES.to_owned() };
            see(&notices::after(&page, "transferred"))
        }
        Err(ActionError::Invalid(fault)) => again(fault.say(form.person.lang)).await,
        Err(error) => Err(error.into()),
    }
}

/// Erases hits and numbers.
pub(in crate::http::pages) async fn reset(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = erase(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn erase(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Owner).await?;
    if let Err(problem) = confirmed(form, &place) {
        let mut model = model(app, &form.person, &place.entry).await?;
        model.reset_problem = Some(problem);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::danger(&model));
    }
    sites::reset(&app.house, &place.email, domain, Some(place.entry.site.id), None).await.map_err(gone)?;
    see(&notices::after(&routes::settings_form(domain, "danger"), "reset"))
}

/// Removes the site.
pub(in crate::http::pages) async fn remove(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = drop_site(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_site(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Owner).await?;
    if let Err(problem) = confirmed(form, &place) {
        let mut model = model(app, &form.person, &place.entry).await?;
        model.remove_problem = Some(problem);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::danger(&model));
    }
    sites::remove(&app.house, &place.email, domain, Some(place.entry.site.id)).await.map_err(gone)?;
    see(&notices::after(routes::SITES, "removed"))
}

/// Somebody else was faster: the site is another one, or none.
fn gone(error: ActionError) -> Trouble {
    match error {
        ActionError::State(_) => Trouble::NotFound,
        error => error.into(),
    }
}

/// Whether the form is about this very site, and its domain was typed again; otherwise what is wrong.
fn confirmed(form: &Form, place: &Place) -> Result<(), String> {
    let (site, said) = (&place.entry.site, &form.person.lang.words().notices);
    same_site(form, place)?;
    if form.field("confirm").trim() == site.domain { Ok(()) } else { Err((said.type_to_confirm)(&site.domain)) }
}

/// The page as things stand.
async fn model(app: &App, person: &Person, entry: &SiteEntry) -> Result<DangerPage, Trouble> {
    let frame = frame::at(app, person, &entry.site).await?;
    Ok(DangerPage { frame, domain: entry.site.domain.clone(), site: entry.site.first_id.to_string(), ..DangerPage::default() })
}
