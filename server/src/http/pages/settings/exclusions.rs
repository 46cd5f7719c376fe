//! What a site leaves out of its numbers.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, Trouble, html, html_with, see};
use super::super::form::Form;
use super::super::person::Person;
use super::super::{frame, notices};
use super::Place;
use crate::actions::{ActionError, exclusions};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{ExclusionRow, ExclusionsPage, Field, Looked};
use footfall_app::{pages, routes};
use footfall_domain::exclusion::{EVER, Network};
use footfall_domain::{ExclusionKind, Role};
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
    let notice = notices::of(person, query);
    html(pages::exclusions(&ExclusionsPage { notice, ..model(app, person, &place.entry).await? }))
}

/// Adds a rule, or shows what it would have done.
pub(in crate::http::pages) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = add(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn add(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let kind = form.choice("kind", ExclusionKind::from_name)?;
    let only_look = form.choice("step", |step| ["exclude", "look"].contains(&step).then_some(step == "look"))?;
    let (id, text) = (place.entry.site.id, form.field("text"));
    let done = match exclusions::read(kind, text) {
        Ok(what) if only_look => {
            let mut model = model(app, &form.person, &place.entry).await?;
            model.sent = Some((kind, Field::of(text)));
            model.looked = Some(match exclusions::look_back(&app.house, id, &what).await? {
                Some((pageviews, of, days)) => Looked::Found { pageviews, of, days },
                None => Looked::NotKept,
            });
            return html(pages::exclusions(&model));
        }
        Ok(what) => exclusions::add(&app.house, &place.email, id, what).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => see(&notices::after(&routes::settings_form(domain, "exclusions"), "rule-added")),
        Err(ActionError::Invalid(fault)) => {
            let mut model = model(app, &form.person, &place.entry).await?;
            let written: String = text.chars().take(1_000).collect();
            model.sent = Some((kind, Field::wrong(written, fault.say(form.person.lang))));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::exclusions(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a rule back.
pub(in crate::http::pages) async fn remove(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = take_back(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn take_back(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let number = form.choice("number", |text| text.parse().ok())?;
    // Where it is gone, somebody else was faster.
    exclusions::remove(&app.house, &place.email, place.entry.site.id, number).await?;
    see(&notices::after(&routes::settings_form(domain, "exclusions"), "rule-removed"))
}

/// The page as things stand.
async fn model(app: &App, person: &Person, entry: &SiteEntry) -> Result<ExclusionsPage, Trouble> {
    let row = |rule: &footfall_domain::Exclusion| ExclusionRow {
        number: rule.number,
        what: rule.what.clone(),
        from: (rule.from > EVER).then_some(rule.from),
    };
    Ok(ExclusionsPage {
        frame: frame::at(app, person, &entry.site).await?,
        domain: entry.site.domain.clone(),
        rules: entry.site.rules.exclusions.in_force().map(row).collect(),
        own_address: Network::household(person.address).written(),
        ..ExclusionsPage::default()
    })
}
