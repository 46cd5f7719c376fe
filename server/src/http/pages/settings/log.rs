//! Who changed what at a site.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, html};
use super::super::person::Person;
use super::super::{frame, notices};
use super::Place;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{LogPage, LogRow};
use footfall_app::{format, pages};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
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
    let pairs = url::form_urlencoded::parse(query.unwrap_or("").as_bytes());
    let before: Option<u64> = pairs.into_iter().find(|(name, _)| name == "before").and_then(|(_, text)| text.parse().ok());
    // One more than is shown says whether there are older ones.
    let mut entries = app.house.registry.audit(Some(place.entry.site.first_id), before, A_PAGE + 1).await?;
    let more = entries.len() > A_PAGE;
    entries.truncate(A_PAGE);
    html(pages::log(&LogPage {
        frame: frame::at(app, person, &place.entry.site).await?,
        notice: notices::of(person, query),
        domain: place.entry.site.domain.clone(),
        before: entries.last().map(|(number, _)| *number).filter(|_| more),
        rows: entries.into_iter().map(|(_, entry)| row(&place.entry, entry)).collect(),
        newest: before.is_none(),
    }))
}

fn row(site: &SiteEntry, entry: AuditEntry) -> LogRow {
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
        date: site.calendar.moment(entry.at).date,
        time: format::hour_of(&site.calendar.label(entry.at)).to_owned(),
        who: entry.who,
        deed: entry.deed,
        about,
    }
}
