//! Zone, parameters, the name, and the snippet.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, Trouble, html, html_with, see};
use super::super::form::Form;
use super::super::person::Person;
use super::super::{frame, notices};
use super::Place;
use crate::actions::{ActionError, Fault, sites};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, Retention, SiteSettings};
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
    let place = Place::of(app, person, domain, Role::Admin).await?;
    let mut model = model(app, person, &place.entry).await?;
    model.notice = notices::of(person, query);
    html(pages::settings(&model))
}

/// Zone and parameters.
pub(in crate::http::pages) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = save(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn save(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let (zone, parameters) = (form.field("timezone"), form.field("keep_parameters"));
    let mut model = model(app, &form.person, &place.entry).await?;
    (model.timezone, model.keep_parameters) = (Field::of(zone), Field::of(parameters));
    match sites::change(&app.house, &place.email, &place.entry.site, zone, parameters).await {
        Ok(_) => see(&notices::after(&routes::settings(domain), "saved")),
        Err(ActionError::Invalid(problem)) => {
            let about_parameters = matches!(problem, Fault::ManyParameters(_) | Fault::NoParameter(_));
            let field = if about_parameters { &mut model.keep_parameters } else { &mut model.timezone };
            field.problem = Some(problem.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::settings(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives the site another domain.
pub(in crate::http::pages) async fn rename(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = call(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn call(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Owner).await?;
    let written = form.field("domain");
    match sites::rename(&app.house, &place.email, place.entry.site.id, written).await {
        Ok(site) => see(&notices::after(&routes::settings(&site.domain), "renamed")),
        Err(ActionError::Invalid(fault) | ActionError::State(fault)) => {
            let mut model = model(app, &form.person, &place.entry).await?;
            model.new_domain = Field::wrong(written.chars().take(253).collect::<String>(), fault.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::settings(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page as things stand.
pub(super) async fn model(app: &App, person: &Person, entry: &SiteEntry) -> Result<SiteSettings, Trouble> {
    let (site, now) = (&entry.site, app.house.now());
    Ok(SiteSettings {
        frame: frame::at(app, person, site).await?,
        domain: site.domain.clone(),
        timezone: Field::of(site.zone()),
        timezone_from: site.zones.last().filter(|change| change.from > now).map(|change| entry.calendar.moment(change.from).date),
        keep_parameters: Field::of(site.rules.keep_parameters.join(" ")),
        origin: app.base_url.clone(),
        script: app.house.config.ingest.script_path.clone(),
        retention: Retention {
            site: site.first_id.to_string(),
            months: Field::of(site.retention_months.map(|months| months.to_string()).unwrap_or_default()),
        },
        ..SiteSettings::default()
    })
}
