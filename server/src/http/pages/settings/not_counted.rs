//! What was not counted.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, html};
use super::super::frame;
use super::super::person::Person;
use super::Place;
use crate::actions::ActionError;
use axum::extract::State;
use axum::response::Response;
use footfall_app::models::{DropRow, NotCountedPage};
use footfall_app::pages;
use footfall_domain::{LocalDate, Role, SiteId};
use std::sync::Arc;

/// How many days of what was not counted are shown: the last ones that have any, be they of an old log.
const DAYS_SHOWN: usize = 30;
/// The first day an import believes, 1990-01-01 in UTC and a day earlier elsewhere.
const FIRST_DAY: LocalDate = LocalDate(7_304);

/// The page.
pub(in crate::http::pages) async fn get(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person) -> Response {
    let page = show(&app, &person, &domain).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str) -> Page {
    let place = Place::of(app, person, domain, Role::Admin).await?;
    let site = &place.entry.site;
    let today = place.entry.calendar.moment(app.house.now()).date;
    html(pages::not_counted(&NotCountedPage {
        frame: frame::at(app, person, site).await?,
        domain: site.domain.clone(),
        drops: last_drops(app, site.id, today).await?,
    }))
}

/// What was not counted on the last days that have any, the newest first. Looks back in steps that double, so that a
/// site with something every day reads a month, and one with an old import alone few ranges.
async fn last_drops(app: &App, site: SiteId, today: LocalDate) -> Result<Vec<DropRow>, ActionError> {
    let mut rows = Vec::new();
    let (mut last, mut days) = (today, 30);
    while rows.len() < DAYS_SHOWN && last >= FIRST_DAY {
        let first = last.plus(1 - days).max(FIRST_DAY);
        let drops = app.house.engine.drops(site, first..=last).await?;
        let found = drops.into_iter().rev().map(|(date, reasons)| DropRow { date, reasons: reasons.into_iter().collect() });
        rows.extend(found.filter(|row: &DropRow| !row.reasons.is_empty()));
        (last, days) = (first.plus(-1), days * 2);
    }
    rows.truncate(DAYS_SHOWN);
    Ok(rows)
}
