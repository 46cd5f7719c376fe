//! A site's numbers, and the wait for its first hit.

use super::super::App;
use super::answer::{self, Page, Trouble, html};
use super::person::Person;
use super::{cookies, frame, notices};
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use footfall_app::models::Install;
use footfall_app::site_page::{Asker, PageState, Period, SitePage, load, render};
use footfall_app::{pages, routes};
use footfall_processor::SiteEntry;
use footfall_query::{Context, Source};
use http::HeaderMap;
use http::header::SET_COOKIE;
use std::sync::Arc;

/// The site page.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let recalled = cookies::get(&headers, cookies::PERIOD).and_then(Period::recalled);
    let page = numbers(&app, &person, &domain, query.as_deref().unwrap_or(""), recalled).await;
    answer::of(&app, &person, page).await
}

async fn numbers(app: &App, person: &Person, domain: &str, query: &str, recalled: Option<Period>) -> Page {
    person.member()?;
    let entry = entry(app, domain)?;
    let mut parsed = PageState::parse_or(query, recalled.unwrap_or_default());
    if let Some(canonical) = parsed.redirect {
        let page = routes::site(domain);
        let place = if canonical.is_empty() { page } else { format!("{page}?{canonical}") };
        return answer::see(&place);
    }
    if !app.readiness.has_caught_up() {
        return Err(Trouble::Behind);
    }
    let engine = &app.house.engine;
    let named = app.house.lexicons.of(entry.site.id).await?;
    let site = named.context(person.signed_in.as_ref().map(|signed_in| signed_in.sign_in.email.as_str()));
    let (state, unknown) = parsed.state.known_at(&site);
    parsed.state = state;
    parsed.ignored.extend(unknown);
    let view = engine.view(entry.site.id).await?;
    let context = Context { site: &entry.site, calendar: &entry.calendar, now: app.house.now() };
    let properties = named.properties.as_deref();
    let asker = Asker { source: &**engine, view: &view, context: &context, site: &site, properties, lang: person.lang };
    let report = load(&asker, &parsed).await?;
    let current = engine.current_visitors(entry.site.id).await.visitors;
    let period = parsed.state.period;
    let mut response = html(render(&SitePage {
        frame: frame::of(app, person),
        domain: entry.site.domain.clone(),
        zone: entry.site.zone().to_owned(),
        notice: None,
        state: parsed.state,
        ignored: parsed.ignored,
        current,
        may_change: true,
        report,
    }))?;
    if let Some(name) = period.remembered().filter(|_| period != recalled.unwrap_or_default()) {
        let https = app.house.config.server.is_https();
        response.headers_mut().append(SET_COOKIE, cookies::set_plain(cookies::PERIOD, name, cookies::A_YEAR_SECONDS, https));
    }
    Ok(response)
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
