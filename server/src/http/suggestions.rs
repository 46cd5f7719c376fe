//! `GET /api/stats/{domain}/suggestions/{filter_name}`: what may be typed into the form of a filter.

use super::App;
use super::key::{self, Admitted};
use super::pages::{Person, Seat};
use super::path::Path;
use super::problem::{behind, problem, unreadable};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use footfall_app::site_page::{PageState, Period, Suggested, suggestions};
use footfall_query::{RunError, SourceError};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::sync::Arc;

/// The most frequent values that have `q` in them, as `[{"value": …, "label": …}]`: to who is signed in, and to programs.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((domain, subject)): Path<(String, String)>,
    person: Person,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let (email, admitted) = match &person.signed_in {
        Some(signed_in) => (Some(signed_in.sign_in.email.as_str()), None),
        None => match key::admit(&app, &headers).await {
            Ok(admitted) => (None, Some(admitted)),
            Err(refusal) => return refusal,
        },
    };
    let answer = found(&app, &person, email, admitted.as_ref(), &domain, &subject, query.as_deref().unwrap_or("")).await;
    match admitted {
        Some(admitted) => admitted.answered(answer),
        None => answer,
    }
}

async fn found(
    app: &App,
    person: &Person,
    email: Option<&str>,
    admitted: Option<&Admitted>,
    domain: &str,
    subject: &str,
    query: &str,
) -> Response {
    let only = admitted.and_then(|admitted| admitted.key.site);
    let entry = app.house.engine.sites().by_domain(domain).filter(|entry| only.is_none_or(|only| only == entry.site.id)).cloned();
    let Some(entry) = entry else { return problem(StatusCode::NOT_FOUND, "there is no such site") };
    let Some(suggested) = Suggested::from_name(subject) else {
        return problem(
            StatusCode::NOT_FOUND,
            "there is no such filter; there are page, source, country, goal, segment, prop_key, props:NAME and more",
        );
    };
    if !app.readiness.has_caught_up() {
        return behind();
    }
    let seat = match Seat::of(app, entry, email, person.lang).await {
        Ok(seat) => seat,
        Err(error) => return unreadable(&SourceError::new(error)),
    };
    let parsed = PageState::parse_among(query, Period::default(), &["q"]);
    let (state, unknown) = parsed.state.known_at(&seat.site);
    // A page says what its address says in vain; a program would take the values for those it asked for.
    if let (Some(_), Some(wrong)) = (admitted, parsed.ignored.iter().chain(&unknown).next()) {
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
