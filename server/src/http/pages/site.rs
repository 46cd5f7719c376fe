//! A site's numbers, and the wait for its first hit.

use super::super::App;
use super::answer::{self, Page, Trouble, html};
use super::person::Person;
use super::{frame, notices};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use footfall_app::models::Install;
use footfall_app::site_page::{PageState, SitePage, load, render};
use footfall_app::{pages, routes};
use footfall_processor::SiteEntry;
use footfall_query::{Context, Source};
use std::sync::Arc;

/// The site page.
pub(super) async fn get(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = numbers(&app, &person, &domain, query.as_deref().unwrap_or("")).await;
    answer::of(&app, &person, page).await
}

async fn numbers(app: &App, person: &Person, domain: &str, query: &str) -> Page {
    person.member()?;
    let entry = entry(app, domain)?;
    let parsed = PageState::parse(query);
    if let Some(canonical) = parsed.redirect {
        let page = routes::site(domain);
        let place = if canonical.is_empty() { page } else { format!("{page}?{canonical}") };
        return Ok(Redirect::permanent(&place).into_response());
    }
    if !app.readiness.has_caught_up() {
        return Err(Trouble::Behind);
    }
    let engine = &app.house.engine;
    let view = engine.view(entry.site.id).await?;
    let context = Context { site: &entry.site, calendar: &entry.calendar, now: app.house.now() };
    let report = load(&**engine, &view, &context, &parsed.state).await?;
    let current = engine.current_visitors(entry.site.id).await.visitors;
    html(render(&SitePage {
        frame: frame::of(app, person),
        domain: entry.site.domain.clone(),
        zone: entry.site.zone().to_owned(),
        notice: None,
        state: parsed.state,
        current,
        may_change: true,
        report,
    }))
}

/// The snippet, and the wait for the first hit.
pub(super) async fn install(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    RawQuery(query): RawQuery,
) -> Response {
    let page = snippet(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn snippet(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    person.member()?;
    let entry = entry(app, domain)?;
    let received = app.house.engine.view(entry.site.id).await?.first_date.is_some();
    html(pages::install(&Install {
        frame: frame::of(app, person),
        domain: entry.site.domain.clone(),
        origin: app.base_url.clone(),
        script: app.house.config.ingest.script_path.clone(),
        received,
        notice: notices::of(person, query),
    }))
}

/// The site of an address.
pub(super) fn entry(app: &App, domain: &str) -> Result<Arc<SiteEntry>, Trouble> {
    app.house.engine.sites().by_domain(domain).cloned().ok_or(Trouble::NotFound)
}
