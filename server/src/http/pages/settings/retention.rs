//! How long a site keeps hits and numbers.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, html, html_with, see};
use super::super::form::Form;
use super::super::{frame, notices};
use super::{Place, general, same_site};
use crate::actions::{ActionError, retention};
use axum::extract::State;
use axum::response::Response;
use footfall_app::models::{Field, RetentionPage};
use footfall_app::{pages, routes};
use footfall_domain::Role;
use http::StatusCode;
use std::sync::Arc;

/// Says what would be erased; who has read that says so, and it is done.
pub(in crate::http::pages) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = keep(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn keep(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let (site, written) = (&place.entry.site, form.field("months"));
    let again = async |problem: String| {
        let mut model = general::model(app, &form.person, &place.entry).await?;
        let shown: String = written.chars().take(20).collect();
        model.retention.months = Field::wrong(shown, problem);
        html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::settings(&model))
    };
    if let Err(problem) = same_site(form, &place) {
        return again(problem).await;
    }
    let months = match retention::read(written) {
        Ok(months) => months,
        Err(ActionError::Invalid(fault)) => return again(fault.say(form.person.lang)).await,
        Err(error) => return Err(error.into()),
    };
    // Keeping longer than before erases nothing.
    let shorter = months.filter(|months| site.retention_months.is_none_or(|known| *months < known));
    if let Some(months) = shorter
        && form.field("sure") != "yes"
    {
        let erased = retention::erased_by(&app.house, site.id, months).await?;
        let frame = frame::at(app, &form.person, site).await?;
        return html(pages::retention(&RetentionPage {
            frame,
            domain: domain.to_owned(),
            site: site.first_id.to_string(),
            months,
            erased,
        }));
    }
    if months != site.retention_months {
        retention::set(&app.house, &place.email, site.id, months).await?;
        retention::begin_erasing(&app.house, site.id);
    }
    see(&notices::after(&routes::settings(domain), "saved"))
}
