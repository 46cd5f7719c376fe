//! `GET /api/stats/{domain}/suggestions/{filter_name}`: what may be typed into the form of a filter.

use super::App;
use super::key::{self, Admitted, Purpose};
use super::pages::{Guest, Person, Seat, answered, guest_of};
use super::path::Path;
use super::problem::{behind, problem, unreadable};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use footfall_app::door::Door;
use footfall_app::site_page::{PageState, Period, Suggested, suggestions};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
use footfall_query::{RunError, SourceError};
use footfall_store::StoreError;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::sync::Arc;

/// Who asks.
enum Reader {
    /// Who is signed in, by email.
    Member(String),
    /// Who need not sign in.
    Guest(Guest),
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
    let reader = match reader(&app, &person, &headers, &domain, query).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    let answer = found(&app, &person, &reader, &domain, &subject, query).await;
    match reader {
        Reader::Program(admitted) => admitted.answered(answer),
        _ => answer,
    }
}

async fn reader(app: &App, person: &Person, headers: &HeaderMap, domain: &str, query: &str) -> Result<Reader, Response> {
    match guest_of(app, person, headers, domain, query).await {
        Ok(Some(guest)) => return Ok(Reader::Guest(guest)),
        Ok(None) => {}
        Err(trouble) => return Err(answered(app, person, Err(trouble)).await),
    }
    match &person.signed_in {
        Some(signed_in) => Ok(Reader::Member(signed_in.sign_in.email.clone())),
        None => key::admit(app, headers, Purpose::Reports).await.map(Reader::Program),
    }
}

/// The site, to who may read its numbers.
async fn entry(app: &App, reader: &Reader, domain: &str) -> Result<Option<Arc<SiteEntry>>, StoreError> {
    let Some(entry) = app.house.engine.sites().by_domain(domain).cloned() else { return Ok(None) };
    let people = &app.house.people;
    let may = match reader {
        Reader::Guest(_) => true,
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
    let Some(suggested) = Suggested::from_name(subject) else {
        return problem(
            StatusCode::NOT_FOUND,
            "there is no such filter; there are page, source, country, goal, segment, prop_key, props:NAME and more",
        );
    };
    if !app.readiness.has_caught_up() {
        return behind();
    }
    let seat = match reader {
        Reader::Guest(guest) => match Seat::of_guest(app, entry, guest.lang(), guest.segment).await {
            Ok(seat) => Ok(seat),
            Err(trouble) => return answered(app, person, Err(trouble)).await,
        },
        Reader::Member(email) => Seat::of(app, entry, Some(email), person.lang).await,
        Reader::Program(_) => Seat::of(app, entry, None, person.lang).await,
    };
    let seat = match seat {
        Ok(seat) => seat,
        Err(error) => return unreadable(&SourceError::new(error)),
    };
    let door = if let Reader::Guest(guest) = reader { guest.door.clone() } else { Door::Member };
    let parsed = PageState::parse_behind(&door, query, Period::default(), &["q"]);
    let (state, unknown) = parsed.state.known_at(&seat.site);
    // A page says what its address says in vain; a program would take the values for those it asked for.
    if let (Reader::Program(_), Some(wrong)) = (reader, parsed.ignored.iter().chain(&unknown).next()) {
        return problem(StatusCode::BAD_REQUEST, &format!("'{wrong}' makes no sense here; leave it out, or see the filters of pages"));
    }
    let typed = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q").map(|(_, typed)| typed.into_owned());
    let context = seat.context();
    match suggestions(&seat.asker(&context), &state, &suggested, &typed.unwrap_or_default()).await {
        Ok(found) => {
            let rows: Vec<_> = found.into_iter().map(|found| json!({"value": found.value, "label": found.label})).collect();
            ([(CACHE_CONTROL, "private, max-age=10")], Json(rows)).into_response()
        }
        Err(RunError::Query(fault)) => problem(StatusCode::BAD_REQUEST, &fault.to_string()),
        Err(RunError::Source(error)) => unreadable(&error),
    }
}
