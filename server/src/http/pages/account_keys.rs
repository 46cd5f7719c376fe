//! A person's own keys: made, shown once, removed.

use super::super::App;
use super::account::model;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::notices;
use crate::actions::{ActionError, keys};
use axum::extract::State;
use axum::response::Response;
use footfall_app::models::{Field, KeyRow, NewKeyShown};
use footfall_app::{pages, routes};
use footfall_domain::SiteCalendar;
use footfall_store::KeyScope;
use http::StatusCode;
use std::sync::Arc;

/// The keys of somebody, by number.
///
/// # Errors
/// The registry cannot be read.
pub(super) async fn rows(app: &App, email: &str) -> Result<Vec<KeyRow>, Trouble> {
    let keys = keys::of_person(&app.house, Some(email)).await?;
    // They are no site's: their day is that of UTC.
    let calendar = SiteCalendar::of_zone("UTC").map_err(anyhow::Error::from)?;
    let row = |key: footfall_store::ApiKey| KeyRow {
        id: key.id,
        name: key.name,
        scope: key.scope.name().to_owned(),
        created: calendar.moment(key.created).date,
    };
    Ok(keys.into_iter().map(row).collect())
}

/// Makes a key and shows it, this once.
pub(super) async fn add(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = new_key(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn new_key(app: &App, form: &Form) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let name = form.field("name").trim();
    // What sends hits and administers the installation is nobody's own.
    let scope =
        form.choice("scope", |name| KeyScope::from_name(name).filter(|scope| matches!(scope, KeyScope::Stats | KeyScope::Sites)))?;
    let made = if name.is_empty() {
        Err(ActionError::Invalid(form.person.lang.words().notices.nameless_key.to_owned().into()))
    } else {
        keys::add(&app.house, email, keys::Wanted { site: None, scope, name, owner: Some(email) }).await
    };
    match made {
        Ok((token, key)) => {
            let mut model = model(app, &form.person).await?;
            model.new_key = Some(NewKeyShown { name: key.name, key: token.text().to_owned() });
            html(pages::account(&model))
        }
        Err(ActionError::Invalid(problem) | ActionError::State(problem)) => {
            let mut model = model(app, &form.person).await?;
            model.key_name = Field::wrong(name.chars().take(500).collect::<String>(), problem.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::account(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a key of the person's.
pub(super) async fn remove(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = drop_key(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_key(app: &App, form: &Form) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let id = form.number("id")?;
    let own = keys::of_person(&app.house, Some(email)).await?;
    if own.iter().any(|key| key.id == id) {
        match keys::remove(&app.house, email, id).await {
            // It was removed in another window meanwhile.
            Ok(()) | Err(ActionError::State(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    see(&notices::after(routes::ACCOUNT, "key-removed"))
}
