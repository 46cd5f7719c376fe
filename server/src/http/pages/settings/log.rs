//! Who changed what at a site.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, Trouble, html};
use super::super::person::Person;
use super::super::{frame, notices};
use super::Place;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{InstallationLog, LogPage, LogRow};
use footfall_app::{format, pages};
use footfall_domain::{Role, SiteCalendar};
use footfall_store::AuditEntry;
use serde_json::Value;
use std::sync::Arc;

/// So many changes a page.
const A_PAGE: usize = 50;

/// The page; `before=NUMBER` shows what came before.
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
    let before = before(query);
    // One more than is shown says whether there are older ones.
    let mut entries = app.house.registry.audit(Some(place.entry.site.first_id), before, A_PAGE + 1).await?;
    let more = entries.len() > A_PAGE;
    entries.truncate(A_PAGE);
    html(pages::log(&LogPage {
        frame: frame::at(app, person, &place.entry.site).await?,
        notice: notices::of(person, query),
        domain: place.entry.site.domain.clone(),
        before: entries.last().map(|(number, _)| *number).filter(|_| more),
        rows: entries.into_iter().map(|(_, entry)| row(&place.entry.calendar, entry)).collect(),
        newest: before.is_none(),
    }))
}

/// What was changed about accounts, teams and the installation; the newest, or those before a number.
pub(in crate::http::pages) async fn of_installation(app: &App, before: Option<u64>) -> Result<InstallationLog, Trouble> {
    let mut entries = app.house.registry.audit(None, before, A_PAGE + 1).await?;
    let more = entries.len() > A_PAGE;
    entries.truncate(A_PAGE);
    let calendar = SiteCalendar::of_zone("UTC").map_err(anyhow::Error::from)?;
    Ok(InstallationLog {
        before: entries.last().map(|(number, _)| *number).filter(|_| more),
        rows: entries.into_iter().map(|(_, entry)| row(&calendar, entry)).collect(),
        newest: before.is_none(),
    })
}

/// The number in an address before which changes are asked for.
pub(in crate::http::pages) fn before(query: Option<&str>) -> Option<u64> {
    let mut pairs = url::form_urlencoded::parse(query.unwrap_or("").as_bytes());
    pairs.find(|(name, _)| name == "before").and_then(|(_, text)| text.parse().ok())
}

fn row(calendar: &SiteCalendar, entry: AuditEntry) -> LogRow {
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let about = match entry.about {
        Value::Object(about) => about.into_iter().map(|(name, value)| (name, text(value))).collect(),
        _ => Vec::new(),
    };
    LogRow {
        date: calendar.moment(entry.at).date,
        time: format::hour_of(&calendar.label(entry.at)).to_owned(),
        who: entry.who,
        deed: entry.deed,
        about,
    }
}
