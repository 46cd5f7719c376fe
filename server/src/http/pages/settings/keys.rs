//! Keys of programs for one site.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, Trouble, html, html_with, see};
use super::super::form::Form;
use super::super::person::Person;
use super::super::{frame, notices};
use super::Place;
use crate::actions::{ActionError, keys};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, KeyRow, KeysPage, NewKeyShown};
use footfall_app::{pages, routes};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
use footfall_store::KeyScope;
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
    html(pages::keys(&KeysPage { notice, ..model(app, person, &place.entry).await? }))
}

/// Makes a key and shows it, this once.
pub(in crate::http::pages) async fn add_key(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = new_key(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn new_key(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let entry = &place.entry;
    let name = form.field("name").trim();
    // A site's page makes keys of that site, for what is done at one site.
    let scope =
        form.choice("scope", |name| KeyScope::from_name(name).filter(|scope| matches!(scope, KeyScope::Stats | KeyScope::Events)))?;
    let made = if name.is_empty() {
        Err(ActionError::Invalid(form.person.lang.words().notices.nameless_key.to_owned().into()))
    } else {
        let who = &form.person.member()?.sign_in.email;
        keys::add(&app.house, who, keys::Wanted { site: Some(domain), scope, name, owner: None }).await
    };
    match made {
        Ok((token, key)) => {
            let mut model = model(app, &form.person, entry).await?;
            model.new_key = Some(NewKeyShown { name: key.name, key: token.text().to_owned() });
            html(pages::keys(&model))
        }
        Err(ActionError::Invalid(problem)) => {
            let mut model = model(app, &form.person, entry).await?;
            model.key_name = Field::wrong(name, problem.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::keys(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a key of the site.
pub(in crate::http::pages) async fn remove_key(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = drop_key(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_key(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let site = place.entry.site.id;
    let id = form.number("id")?;
    if let Some(key) = keys::list(&app.house).await?.into_iter().find(|key| key.id == id) {
        if key.site != Some(site) {
            return Err(Trouble::NotFound);
        }
        match keys::remove(&app.house, &form.person.member()?.sign_in.email, key.id).await {
            // Somebody else was faster.
            Ok(()) | Err(ActionError::State(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    see(&notices::after(&routes::settings_form(domain, "keys"), "key-removed"))
}

/// The page as things stand.
async fn model(app: &App, person: &Person, entry: &SiteEntry) -> Result<KeysPage, Trouble> {
    let site = &entry.site;
    let of_site = keys::list(&app.house).await?.into_iter().filter(|key| key.site == Some(site.id));
    let row = |key: footfall_store::ApiKey| KeyRow {
        id: key.id,
        name: key.name,
        scope: key.scope.name().to_owned(),
        created: entry.calendar.moment(key.created).date,
    };
    Ok(KeysPage {
        frame: frame::at(app, person, site).await?,
        domain: site.domain.clone(),
        keys: of_site.map(row).collect(),
        ..KeysPage::default()
    })
}
