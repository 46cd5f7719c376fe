//! The list of sites, and adding one.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::person::Person;
use super::{frame, notices};
use crate::actions::{ActionError, sites};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{AddSite, Field, Sites};
use footfall_app::site_page::card;
use footfall_app::{pages, routes};
use footfall_query::{Context, Source};
use futures::{StreamExt, TryStreamExt, stream};
use http::StatusCode;
use std::sync::Arc;

/// Cards made at the same time: a store that is not on this machine answers each of its questions after a while.
const CARDS_AT_ONCE: usize = 16;

/// All sites, each with its last four weeks.
pub(super) async fn list(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = all(&app, &person, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn all(app: &App, person: &Person, query: Option<&str>) -> Page {
    person.member()?;
    let engine = &app.house.engine;
    let book = engine.sites();
    let mut entries: Vec<_> = book.iter().cloned().collect();
    entries.sort_by(|a, b| a.site.domain.cmp(&b.site.domain));
    let cards = stream::iter(entries).map(|entry| async move {
        let current = engine.current_visitors(entry.site.id).await.visitors;
        let view = engine.view(entry.site.id).await?;
        let context = Context { site: &entry.site, calendar: &entry.calendar, now: app.house.now() };
        Ok::<_, Trouble>(card(&**engine, &view, &context, current).await?)
    });
    let cards = cards.buffered(CARDS_AT_ONCE).try_collect().await?;
    html(pages::sites(&Sites { frame: frame::of(app, person), notice: notices::of(query), sites: cards }))
}

/// The form for a new site.
pub(super) async fn new(State(app): State<Arc<App>>, person: Person) -> Response {
    let page = person.member().and_then(|_| html(pages::add_site(&AddSite { frame: frame::of(&app, &person), ..AddSite::default() })));
    answer::of(&app, &person, page).await
}

/// Adds a site and shows what to put into its pages.
pub(super) async fn add(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = create(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn create(app: &App, form: &Form) -> Page {
    form.person.member()?;
    let (domain, zone) = (form.field("domain"), form.field("timezone"));
    match sites::add(&app.house, domain, zone).await {
        Ok(site) => see(&notices::after(&routes::install(&site.domain), "added")),
        Err(ActionError::Invalid(problem) | ActionError::State(problem)) => {
            let about_zone = problem.contains("time zone");
            let field = |value: &str, wrong: bool| Field { value: value.to_owned(), problem: wrong.then(|| problem.clone()) };
            let model =
                AddSite { frame: frame::of(app, &form.person), domain: field(domain, !about_zone), timezone: field(zone, about_zone) };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::add_site(&model))
        }
        Err(error) => Err(error.into()),
    }
}
