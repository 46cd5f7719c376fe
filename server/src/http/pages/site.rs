//! A site's numbers, and the wait for its first hit.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html};
use super::gate::{self, admit};
use super::guest::{self, Visit};
use super::person::Person;
use super::seat::Seat;
use super::{cookies, frame, notices};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::Install;
use footfall_app::site_page::{PageState, Parsed, Period, SitePage, SiteReport, load, render};
use footfall_app::words::Lang;
use footfall_app::{pages, routes};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
use footfall_query::{RunError, Source};
use http::HeaderMap;
use std::sync::Arc;

/// The site page.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = Visit { app: &app, person: &person, headers: &headers, query: query.as_deref().unwrap_or("") };
    if let Some(page) = guest::publicly(&visit, &domain, async |guest| guest::numbers(guest, &visit).await).await {
        return guest::answered(&app, &person, page).await;
    }
    let recalled = cookies::get(&headers, cookies::PERIOD).and_then(Period::recalled);
    let page = numbers(&app, &person, &domain, query.as_deref().unwrap_or(""), recalled).await;
    answer::of(&app, &person, page).await
}

async fn numbers(app: &App, person: &Person, domain: &str, query: &str, recalled: Option<Period>) -> Page {
    let entry = admit(app, person, domain, Role::Viewer).await?;
    let mut parsed = PageState::parse_or(query, recalled.unwrap_or_default());
    if let Some(canonical) = parsed.redirect {
        let page = routes::site(domain);
        let place = if canonical.is_empty() { page } else { format!("{page}?{canonical}") };
        return answer::see(&place);
    }
    let seat = Seat::take(app, person, domain).await?;
    let (known, unknown) = parsed.state.known_at(&seat.site);
    let (possible, impossible) = known.possible(&seat.asker(&seat.context()));
    parsed.state = possible;
    parsed.ignored.extend(unknown.into_iter().chain(impossible));
    let report = answered(&seat, &mut parsed, person.lang).await?;
    let period = parsed.state.period;
    let response = html(render(&SitePage {
        frame: frame::at(app, person, &entry.site).await?,
        domain: seat.entry.site.domain.clone(),
        zone: seat.entry.site.zone().to_owned(),
        notice: None,
        state: parsed.state,
        ignored: parsed.ignored,
        current: app.house.engine.current_visitors(seat.entry.site.id).await.visitors,
        may_change: gate::rights(app, person).await?.may(&entry.site, Role::Editor),
        report,
    }))?;
    Ok(cookies::remembering(response, period, recalled, app.house.config.server.is_https()))
}

/// The numbers. Where the filters make no sense together, such as too many patterns in several segments, those without
/// filters, and a word about it.
async fn answered(seat: &Seat, parsed: &mut Parsed, lang: Lang) -> Result<SiteReport, RunError> {
    let context = seat.context();
    match load(&seat.asker(&context), parsed).await {
        Err(RunError::Query(error)) => {
            answer::note_fault(&error);
            parsed.ignored.push(lang.words().site.all_filters.to_owned());
            parsed.state = parsed.state.without_filters();
            parsed.sheet = None;
            load(&seat.asker(&context), parsed).await
        }
        answer => answer,
    }
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
    let entry = admit(app, person, domain, Role::Viewer).await?;
    let received = app.house.engine.view(entry.site.id).await?.first_date.is_some();
    html(pages::install(&Install {
        frame: frame::at(app, person, &entry.site).await?,
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
