//! Which custom properties are shown.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::gate::admit;
use super::person::Person;
use super::seat::Seat;
use super::{frame, notices};
use crate::actions::lexicon::{self, LexiconError};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, PropertiesPage};
use footfall_app::{pages, routes};
use footfall_domain::{Metric, Role};
use footfall_query::{DateRange, Query, property_keys};
use http::StatusCode;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The page.
pub(super) async fn get(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    admit(app, person, domain, Role::Editor).await?;
    let seat = Seat::take(app, person, domain).await?;
    let named = app.house.lexicons.of(seat.entry.site.id).await?;
    let mut model = model(app, person, &seat, named.properties.as_deref()).await?;
    model.notice = notices::of(person, query);
    html(pages::properties(&model))
}

/// Chooses.
pub(super) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = save(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn save(app: &App, form: &Form, domain: &str) -> Page {
    let site = admit(app, &form.person, domain, Role::Editor).await?.site.id;
    let who = &form.person.member()?.sign_in.email;
    let others = form.field("others").split(',').map(str::trim).filter(|name| !name.is_empty());
    let chosen: Vec<String> = form.all("property").chain(others).map(str::to_owned).collect();
    let names = form.choice("show", |show| match show {
        "all" => Some(None),
        "these" => Some(Some(chosen.clone())),
        _ => None,
    })?;
    match lexicon::show_properties(&app.house, who, site, names).await {
        Ok(()) => see(&notices::after(&routes::settings_form(domain, "properties"), "saved")),
        Err(LexiconError::Broken(error)) => Err(error.into()),
        Err(error) => {
            let words = form.person.lang.words();
            let problem = match error {
                LexiconError::NoRoom(kilobytes) => (words.segments.no_room)(kilobytes),
                _ => words.goals.wrong_property.to_owned(),
            };
            let seat = Seat::take(app, &form.person, domain).await?;
            let mut model = model(app, &form.person, &seat, Some(&chosen)).await?;
            let written = form.field("others").chars().take(2_000).collect::<String>();
            model.others = Field::wrong(written, problem);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::properties(&model))
        }
    }
}

/// The page with those seen in the last 28 days, and those chosen.
async fn model(app: &App, person: &Person, seat: &Seat, chosen: Option<&[String]>) -> Result<PropertiesPage, Trouble> {
    let today = seat.today();
    let days = DateRange::Dates(today.plus(-27), today);
    let query = Query::new(seat.entry.site.domain.clone(), days, vec![Metric::Visitors]);
    let keys = property_keys(&query, &seat.context(), &seat.site, &seat.view, &*app.house.engine).await?;
    let chosen_names: BTreeSet<&str> = chosen.unwrap_or_default().iter().map(String::as_str).collect();
    let seen: Vec<(String, bool)> =
        keys.into_iter().map(|key| (chosen_names.contains(key.name.as_str()), key.name)).map(|(chosen, name)| (name, chosen)).collect();
    let others: Vec<&str> = chosen_names.into_iter().filter(|name| seen.iter().all(|(known, _)| known != name)).collect();
    Ok(PropertiesPage {
        frame: frame::at(app, person, &seat.entry.site).await?,
        domain: seat.entry.site.domain.clone(),
        all: chosen.is_none(),
        others: Field::of(others.join(", ")),
        seen,
        ..PropertiesPage::default()
    })
}
