//! A site's settings: zone, parameters, keys, what was not counted, and the two ways to an end.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::site::entry;
use super::{frame, notices};
use crate::actions::{ActionError, Fault, keys, sites};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{DropRow, Field, KeyRow, NewKeyShown, SiteSettings};
use footfall_app::{pages, routes};
use footfall_domain::{LocalDate, SiteId};
use footfall_processor::SiteEntry;
use footfall_store::KeyScope;
use http::StatusCode;
use std::sync::Arc;

/// How many days of what was not counted are shown: the last ones that have any, be they of an old log.
const DAYS_SHOWN: usize = 30;
/// The first day an import believes, 1990-01-01 in UTC and a day earlier elsewhere.
const FIRST_DAY: LocalDate = LocalDate(7_304);

/// The page.
pub(super) async fn get(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    person.member()?;
    let mut model = model(app, person, &*entry(app, domain)?).await?;
    model.notice = notices::of(person, query);
    html(pages::settings(&model))
}

/// Zone and parameters.
pub(super) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = save(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn save(app: &App, form: &Form, domain: &str) -> Page {
    form.person.member()?;
    let entry = entry(app, domain)?;
    let (zone, parameters) = (form.field("timezone"), form.field("keep_parameters"));
    let mut model = model(app, &form.person, &entry).await?;
    (model.timezone, model.keep_parameters) = (Field::of(zone), Field::of(parameters));
    match sites::change(&app.house, &entry.site, zone, parameters).await {
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

/// Makes a key and shows it, this once.
pub(super) async fn add_key(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = new_key(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn new_key(app: &App, form: &Form, domain: &str) -> Page {
    form.person.member()?;
    let entry = entry(app, domain)?;
    let name = form.field("name").trim();
    // A site's page makes keys of that site; only the command line makes one of scope admin.
    let scope = form.choice("scope", |name| KeyScope::from_name(name).filter(|scope| *scope != KeyScope::Admin))?;
    let made = if name.is_empty() {
        Err(ActionError::Invalid(form.person.lang.words().notices.nameless_key.to_owned().into()))
    } else {
        keys::add(&app.house, Some(domain), scope, name).await
    };
    match made {
        Ok((token, key)) => {
            let mut model = model(app, &form.person, &entry).await?;
            model.new_key = Some(NewKeyShown { name: key.name, key: token.text().to_owned() });
            html(pages::settings(&model))
        }
        Err(ActionError::Invalid(problem)) => {
            let mut model = model(app, &form.person, &entry).await?;
            model.key_name = Field::wrong(name, problem.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::settings(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a key of the site.
pub(super) async fn remove_key(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = drop_key(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_key(app: &App, form: &Form, domain: &str) -> Page {
    form.person.member()?;
    let site = entry(app, domain)?.site.id;
    let id = form.number("id")?;
    if let Some(key) = keys::list(&app.house).await?.into_iter().find(|key| key.id == id) {
        if key.site != Some(site) {
            return Err(Trouble::NotFound);
        }
        match keys::remove(&app.house, key.id).await {
            // Somebody else was faster.
            Ok(()) | Err(ActionError::State(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    see(&notices::after(&routes::settings(domain), "key-removed"))
}

/// Erases hits and numbers.
pub(super) async fn reset(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = erase(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn erase(app: &App, form: &Form, domain: &str) -> Page {
    form.person.member()?;
    let entry = entry(app, domain)?;
    if form.field("confirm").trim() != domain {
        let mut model = model(app, &form.person, &entry).await?;
        model.reset_problem = Some((form.person.lang.words().notices.type_to_confirm)(domain));
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::settings(&model));
    }
    sites::reset(&app.house, domain, None).await?;
    see(&notices::after(&routes::settings(domain), "reset"))
}

/// Removes the site.
pub(super) async fn remove(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = drop_site(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_site(app: &App, form: &Form, domain: &str) -> Page {
    form.person.member()?;
    let entry = entry(app, domain)?;
    if form.field("confirm").trim() != domain {
        let mut model = model(app, &form.person, &entry).await?;
        model.remove_problem = Some((form.person.lang.words().notices.type_to_confirm)(domain));
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::settings(&model));
    }
    sites::remove(&app.house, domain).await?;
    see(&notices::after(routes::SITES, "removed"))
}

/// What was not counted on the last days that have any, the newest first. Looks back in steps that double, so that a
/// site with something every day reads a month, and one with an old import alone few ranges.
async fn last_drops(app: &App, site: SiteId, today: LocalDate) -> Result<Vec<DropRow>, ActionError> {
    let mut rows = Vec::new();
    let (mut last, mut days) = (today, 30);
    while rows.len() < DAYS_SHOWN && last >= FIRST_DAY {
        let first = last.plus(1 - days).max(FIRST_DAY);
        let drops = app.house.engine.drops(site, first..=last).await?;
        let found = drops.into_iter().rev().map(|(date, reasons)| DropRow { date, reasons: reasons.into_iter().collect() });
        rows.extend(found.filter(|row: &DropRow| !row.reasons.is_empty()));
        (last, days) = (first.plus(-1), days * 2);
    }
    rows.truncate(DAYS_SHOWN);
    Ok(rows)
}

/// The page as things stand.
async fn model(app: &App, person: &Person, entry: &SiteEntry) -> Result<SiteSettings, Trouble> {
    let (site, now) = (&entry.site, app.house.now());
    let today = entry.calendar.moment(now).date;
    let of_site = keys::list(&app.house).await?.into_iter().filter(|key| key.site == Some(site.id));
    Ok(SiteSettings {
        frame: frame::of(app, person).await?,
        domain: site.domain.clone(),
        timezone: Field::of(site.zone()),
        timezone_from: site.zones.last().filter(|change| change.from > now).map(|change| entry.calendar.moment(change.from).date),
        keep_parameters: Field::of(site.rules.keep_parameters.join(" ")),
        origin: app.base_url.clone(),
        script: app.house.config.ingest.script_path.clone(),
        drops: last_drops(app, site.id, today).await?,
        keys: of_site
            .map(|key| KeyRow {
                id: key.id,
                name: key.name,
                scope: key.scope.name().to_owned(),
                created: entry.calendar.moment(key.created).date,
            })
            .collect(),
        ..SiteSettings::default()
    })
}
