//! `GET /api/v1/stats/…`: reports as Plausible's first Stats API, which many integrations still ask.

use super::App;
use super::key::{self, Purpose, error, error_body, unauthorized};
use crate::metrics::Route;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use footfall_domain::Role;
use footfall_ingest::normal_domain;
use footfall_processor::SiteEntry;
use footfall_query::v1::{self, Endpoint};
use footfall_query::{Context, QueryError, RunError, Source, SourceError, run_in};
use footfall_store::ApiKey;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;

/// Totals of a period.
pub(super) async fn aggregate(State(app): State<Arc<App>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    answer(&app, &headers, query.as_deref(), Question::Report(Endpoint::Aggregate)).await
}

/// A period over time.
pub(super) async fn timeseries(State(app): State<Arc<App>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    answer(&app, &headers, query.as_deref(), Question::Report(Endpoint::Timeseries)).await
}

/// A period by the values of a property.
pub(super) async fn breakdown(State(app): State<Arc<App>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    answer(&app, &headers, query.as_deref(), Question::Report(Endpoint::Breakdown)).await
}

/// How many visitors there are at present: a bare number.
pub(super) async fn realtime_visitors(State(app): State<Arc<App>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    answer(&app, &headers, query.as_deref(), Question::Present).await
}

#[derive(Clone, Copy)]
enum Question {
    Present,
    Report(Endpoint),
}

async fn answer(app: &App, headers: &HeaderMap, query: Option<&str>, question: Question) -> Response {
    let started = Instant::now();
    let response = match key::admit(app, headers, Purpose::Reports).await {
        Ok(admitted) => {
            let answered = report(app, &admitted.key, query.unwrap_or(""), question).await;
            admitted.answered(answered.map_or_else(|refusal| *refusal, |body| Json(body).into_response()))
        }
        Err(refusal) => refusal,
    };
    app.instruments.took(Route::Query, started.elapsed().as_secs_f64());
    response
}

async fn report(app: &App, key: &ApiKey, query: &str, question: Question) -> Result<Value, Box<Response>> {
    key::caught_up(app)?;
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let entry = site(app, key, v1::site_id(&pairs).map_err(|fault| wrong(&fault))?).await?;
    let endpoint = match question {
        Question::Present => return Ok(app.house.engine.current_visitors(entry.site.id).await.visitors.into()),
        Question::Report(endpoint) => endpoint,
    };
    let context = Context { site: &entry.site, calendar: &entry.calendar, now: app.house.now() };
    let today = entry.calendar.moment(context.now).date;
    let asked = v1::parse(endpoint, &pairs, today).map_err(|fault| wrong(&fault))?;
    let named = app.house.lexicons.of(entry.site.id).await.map_err(|error| broken(&SourceError::new(error)))?;
    let engine = &*app.house.engine;
    let view = engine.view(entry.site.id).await.map_err(|error| broken(&error))?;
    match run_in(&asked.query, &context, &named.context(None), &view, engine).await {
        Ok(report) => Ok(asked.answer(&report)),
        Err(RunError::Query(fault)) => Err(wrong(&fault)),
        Err(RunError::Source(error)) => Err(broken(&error)),
    }
}

/// The site, if the key is for it.
async fn site(app: &App, key: &ApiKey, domain: &str) -> Result<Arc<SiteEntry>, Box<Response>> {
    let unknown = || Box::new(unauthorized("there is no such site, or the key is not for it"));
    let entry = app.house.engine.sites().by_domain(&normal_domain(domain)).cloned().ok_or_else(unknown)?;
    let opens = app.house.people.opens(key, &entry.site, Role::Viewer).await;
    if opens.map_err(|error| broken(&SourceError::new(error)))? { Ok(entry) } else { Err(unknown()) }
}

fn wrong(fault: &QueryError) -> Box<Response> {
    Box::new(error_body(StatusCode::BAD_REQUEST, &v1::error(fault)))
}

fn broken(failure: &SourceError) -> Box<Response> {
    tracing::error!(error = failure as &dyn std::error::Error, "a query could not be answered");
    Box::new(error(StatusCode::SERVICE_UNAVAILABLE, "the numbers cannot be read at the moment"))
}
