//! `GET /api/stats/{domain}/suggestions/{filter_name}`: what may be typed into the form of a filter.

use super::App;
use super::carried::Made;
use super::key::{self, Admitted, Purpose};
use super::pages::{Guest, Person, Seat, guest_of};
use super::path::Path;
use super::problem::{behind, problem, unreadable};
use super::site_facts::refused;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use footfall_app::routes;
use footfall_app::site_page::{PageState, Period, Suggested, Suggestion, suggestions};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
use footfall_query::{RunError, SourceError};
use footfall_store::StoreError;
use http::header::{AUTHORIZATION, CACHE_CONTROL};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;

/// Who asks, but for guests.
enum Reader {
    /// Who is signed in, by email.
    Member(String),
    /// A program.
    Program(Admitted),
}

/// The most frequent values that have `q` in them, as `[{"value": …, "label": …}]`: to who may see the site, and to
/// programs.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((domain, subject)): Path<(String, String)>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.as_deref().unwrap_or("");
    if !headers.contains_key(AUTHORIZATION) {
        match guest_of(&app, &person, &headers, &domain, query).await {
            Ok(Some(guest)) => return found_by(&app, &headers, &guest, &subject, query).await,
            Ok(None) => {}
            Err(trouble) => return refused(trouble),
        }
    }
    let reader = match &person.signed_in {
        Some(signed_in) => Reader::Member(signed_in.sign_in.email.clone()),
        None => match key::admit(&app, &headers, Purpose::Reports).await {
            Ok(admitted) => Reader::Program(admitted),
            Err(refusal) => return refusal,
        },
    };
    let answer = found(&app, &person, &reader, &domain, &subject, query).await;
    match reader {
        Reader::Program(admitted) => admitted.answered(answer),
        Reader::Member(_) => answer,
    }
}

/// The same to who need not sign in; caches carry it.
async fn found_by(app: &App, headers: &HeaderMap, guest: &Guest, subject: &str, query: &str) -> Response {
    let Some(suggested) = Suggested::from_name(subject) else { return no_such_filter() };
    let asked = PageState::parse_behind(&guest.door, query, Period::default(), &["q"]).state;
    let typed = typed(query);
    let answer = async {
        let mut sitting = guest.sit(app, &asked).await?;
        // What a guest may not filter by is left out, as on the page: what is suggested under it would be told of it.
        let state = sitting.possible(&asked);
        if state.period != asked.period {
            sitting = guest.sit(app, &state).await?;
        }
        let seat = &sitting.seat;
        let address = state.href_at(&routes::suggestions(guest.domain(), subject), [("q", typed.clone())]);
        let make = || async {
            let found = suggestions(&seat.asker(&seat.context()), &state, &suggested, &typed).await?;
            Ok(Made::text("application/json", json!(rows(found)).to_string()))
        };
        guest.answer(app, headers, sitting.file(&address), make).await
    };
    answer.await.unwrap_or_else(refused)
}

fn typed(query: &str) -> String {
    url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q").map(|(_, typed)| typed.into_owned()).unwrap_or_default()
}

fn rows(found: Vec<Suggestion>) -> Vec<Value> {
    found.into_iter().map(|found| json!({"value": found.value, "label": found.label})).collect()
}

fn no_such_filter() -> Response {
    problem(StatusCode::NOT_FOUND, "there is no such filter; there are page, source, country, goal, segment, prop_key, props:NAME and more")
}

/// The site, to who may read its numbers.
async fn entry(app: &App, reader: &Reader, domain: &str) -> Result<Option<Arc<SiteEntry>>, StoreError> {
    let Some(entry) = app.house.engine.sites().by_domain(domain).cloned() else { return Ok(None) };
    let people = &app.house.people;
    let may = match reader {
        Reader::Member(email) => people.rights(email).await?.may(&entry.site, Role::Viewer),
        Reader::Program(admitted) => people.opens(&admitted.key, &entry.site, Role::Viewer).await?,
    };
    Ok(may.then_some(entry))
}

async fn found(app: &App, person: &Person, reader: &Reader, domain: &str, subject: &str, query: &str) -> Response {
    let entry = match entry(app, reader, domain).await {
        Ok(Some(entry)) => entry,
        Ok(None) => return problem(StatusCode::NOT_FOUND, "there is no such site"),
        Err(error) => return unreadable(&SourceError::new(error)),
    };
    let Some(suggested) = Suggested::from_name(subject) else { return no_such_filter() };
    if !app.readiness.has_caught_up() {
        return behind();
    }
    let email = match reader {
        Reader::Member(email) => Some(email.as_str()),
        Reader::Program(_) => None,
    };
    let seat = match Seat::of(app, entry, email, person.lang).await {
        Ok(seat) => seat,
        Err(error) => return unreadable(&SourceError::new(error)),
    };
    let parsed = PageState::parse_among(query, Period::default(), &["q"]);
    let (state, unknown) = parsed.state.known_at(&seat.site);
    // A page says what its address says in vain; a program would take the values for those it asked for.
    if let (Reader::Program(_), Some(wrong)) = (reader, parsed.ignored.iter().chain(&unknown).next()) {
        return problem(StatusCode::BAD_REQUEST, &format!("'{wrong}' makes no sense here; leave it out, or see the filters of pages"));
    }
    let context = seat.context();
    match suggestions(&seat.asker(&context), &state, &suggested, &typed(query)).await {
        Ok(found) => ([(CACHE_CONTROL, "private, max-age=10")], Json(rows(found))).into_response(),
        Err(RunError::Query(fault)) => problem(StatusCode::BAD_REQUEST, &fault.to_string()),
        Err(RunError::Source(error)) => unreadable(&error),
    }
}
