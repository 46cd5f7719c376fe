//! For machines that watch: `/healthz`, `/readyz`, `/api/health`, `/metrics`.

use super::App;
use super::bearer::{self, Bearer};
use super::problem::problem;
use crate::metrics::{PrometheusMetrics, TableInstruments};
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use footfall_ingest::{TrustedProxies, client_address};
use footfall_store::KeyScope;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;

const NO_STORE: (http::HeaderName, &str) = (CACHE_CONTROL, "no-store");

/// The process lives.
pub(super) async fn alive() -> Response {
    ([NO_STORE], "ok").into_response()
}

/// Send traffic here, or not yet, or no more.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    let (status, words) = match (app.readiness.is_ready(), app.readiness.is_draining()) {
        // What works on crutches takes traffic all the same: taking it out would leave the others with more.
        (true, _) => {
            (StatusCode::OK, app.house.outage().map_or_else(|| "ready".to_owned(), |outage| format!("ready\n{}\n", outage.words())))
        }
        (false, true) => (StatusCode::SERVICE_UNAVAILABLE, "draining".to_owned()),
        (false, false) => (StatusCode::SERVICE_UNAVAILABLE, "catching up".to_owned()),
    };
    (status, [NO_STORE], words).into_response()
}

/// The same for programs that know Plausible's.
pub(super) async fn api(State(app): State<Arc<App>>) -> Response {
    let ready = app.readiness.is_ready();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [NO_STORE], Json(json!({"status": if ready { "ok" } else { "not ready" }}))).into_response()
}

/// What monitors of Plausible ask for: the process lives. `/api/error` is asked as well as `/api/system/health/live`.
pub(super) async fn api_alive() -> Response {
    ([NO_STORE], Json(json!({"status": "ok"}))).into_response()
}

/// The server's numbers, for Prometheus: to who asks from the house itself, or with a key of scope `admin`.
pub(super) async fn metrics(State(app): State<Arc<App>>, ConnectInfo(peer): ConnectInfo<SocketAddr>, headers: HeaderMap) -> Response {
    let from_inside = TrustedProxies::default().contains(client_address(peer.ip(), &headers, &app.house.trusted));
    if !from_inside {
        match bearer::of(&app.house, &headers).await {
            Ok(Bearer::Key(key)) if key.scope == KeyScope::Admin && key.site.is_none() && key.owner.is_none() => {}
            Ok(_) => {
                let wanted = (WWW_AUTHENTICATE, "Bearer");
                return (StatusCode::UNAUTHORIZED, [NO_STORE, wanted], "send a key of scope admin as Authorization: Bearer KEY\n")
                    .into_response();
            }
            Err(_) => return problem(StatusCode::SERVICE_UNAVAILABLE, "the keys cannot be read at the moment"),
        }
    }
    app.instruments.import_dropped(&app.house.import_drops());
    app.instruments.sample(app.readiness.is_ready(), &app.house.engine.stats(), &app.house.log_stats());
    app.purge_instruments.sample(&app.house.purge);
    if let Some(stats) = app.house.table_stats() {
        app.table_instruments.get_or_init(|| TableInstruments::new(&app.metrics)).sample(&stats);
    }
    ([(CONTENT_TYPE, PrometheusMetrics::CONTENT_TYPE), NO_STORE], app.metrics.text()).into_response()
}
