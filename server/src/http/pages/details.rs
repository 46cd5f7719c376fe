//! All rows of one list, and the last half hour.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html};
use super::guest::{self, Visit};
use super::person::Person;
use super::{Seat, cookies, frame};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::details::{self, DetailsPage, DetailsState, Understood};
use footfall_app::panels::Panel;
use footfall_app::panels::view::{Around, Place};
use footfall_app::realtime::{self, RealtimePart};
use footfall_app::routes;
use footfall_app::site_page::{PageState, Period, freshness, surroundings};
use http::HeaderMap;
use std::sync::Arc;

/// All rows of a panel's list.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((domain, panel)): Path<(String, String)>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = Visit { app: &app, person: &person, headers: &headers, query: query.as_deref().unwrap_or("") };
    if let Some(page) = guest::publicly(&visit, &domain, async |guest| guest::rows(guest, &visit, &panel).await).await {
        return guest::answered(&app, &person, page).await;
    }
    let recalled = cookies::get(&headers, cookies::PERIOD).and_then(Period::recalled);
    let page = rows(&app, &person, &domain, &panel, query.as_deref().unwrap_or(""), recalled).await;
    answer::of(&app, &person, page).await
}

async fn rows(app: &App, person: &Person, domain: &str, panel: &str, query: &str, recalled: Option<Period>) -> Page {
    let seat = Seat::take(app, person, domain).await?;
    let panel = Panel::from_name(panel).ok_or(Trouble::NotFound)?;
    let Understood { mut state, sheet, mut ignored, redirect } = DetailsState::understand(panel, query, recalled.unwrap_or_default());
    if let Some(canonical) = redirect {
        return answer::see(&format!("{}?{canonical}", routes::details(domain, panel.name())));
    }
    // Filters on what the site does not have, or no longer, are left out as on the site page.
    let (known, unknown) = state.state.known_at(&seat.site);
    let context = seat.context();
    let asker = seat.asker(&context);
    let (possible, impossible) = known.possible(&asker);
    state.state = possible;
    ignored.extend(unknown.into_iter().chain(impossible));
    let report = details::load(&asker, &state).await?;
    if let Some(unused) = report.unused(&state) {
        ignored.push(unused);
        // Links of the page, such as that of its file, say what is shown.
        state.sort = None;
    }
    let around = surroundings(&asker, &state.state, sheet.as_ref()).await?;
    let period = state.state.period;
    let response = html(details::render(&DetailsPage {
        frame: frame::at(app, person, &seat.entry.site).await?,
        domain: seat.entry.site.domain.clone(),
        may_change: true,
        state,
        ignored,
        current: app.house.engine.current_visitors(seat.entry.site.id).await.visitors,
        around,
        report,
    }))?;
    Ok(cookies::remembering(response, period, recalled, app.house.config.server.is_https()))
}

/// The inside of the page about the last half hour, for the island that refreshes it.
pub(super) async fn realtime(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let visit = Visit { app: &app, person: &person, headers: &headers, query: query.as_deref().unwrap_or("") };
    if let Some(page) = guest::publicly(&visit, &domain, async |guest| guest::half_hour(guest, &visit).await).await {
        return guest::answered(&app, &person, page).await;
    }
    let page = half_hour(&app, &person, &domain, query.as_deref().unwrap_or("")).await;
    answer::of(&app, &person, page).await
}

async fn half_hour(app: &App, person: &Person, domain: &str, query: &str) -> Page {
    let seat = Seat::take(app, person, domain).await?;
    let parsed = PageState::parse_or(query, Period::Realtime).state.with_period(Period::Realtime);
    let (state, _) = parsed.known_at(&seat.site);
    let context = seat.context();
    let report = realtime::load(&seat.asker(&context), &state).await?;
    let current = app.house.engine.current_visitors(seat.entry.site.id).await.visitors;
    let domain = &seat.entry.site.domain;
    let around = Around { lang: person.lang, domain, state: &state, may_change: true, place: Place::SitePage };
    let at = &freshness(&seat.view, &context).complete_until;
    html(realtime::fragment(&RealtimePart { around, current, at, report: &report }))
}
