//! Which path leads where.

use super::{App, assets, cors, event, headers, health, pages, pixel, query, refuse, site_facts};
use axum::Router;
use axum::routing::{any, get, post};
use std::sync::Arc;
use tower::util::MapResponseLayer;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Everything the server answers.
pub fn router(app: Arc<App>) -> Router {
    let https = app.house.config.server.is_https();
    Router::new()
        .merge(intake(&app))
        .merge(machines().layer(compressed()))
        .merge(others())
        .merge(pages::router(&app).layer(compressed()))
        .layer(MapResponseLayer::new(move |response| headers::secure(response, https)))
        .with_state(app)
}

/// Compression on the fly: brotli or gzip at level 4, where a page costs as much again as rendering it and the next
/// levels cost ten times that. Files come compressed beforehand and are left alone.
fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

/// What trackers use. `/api/event` works also where it was renamed: programs know it.
fn intake(app: &App) -> Router<Arc<App>> {
    let paths = &app.house.config.ingest;
    let event = || post(event::post).options(cors::preflight);
    let mut router = Router::new()
        .route("/api/event", event())
        .route(&paths.pixel_path, get(pixel::get).options(cors::preflight))
        .route(&paths.script_path, get(assets::core_script))
        .route(&paths.full_script_path, get(assets::full_script))
        .route("/js/{name}", get(assets::named_script));
    if paths.event_path != "/api/event" {
        router = router.route(&paths.event_path, event());
    }
    router
}

/// What programs ask.
fn machines() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v2/query", post(query::post))
        .route("/api/sites/{domain}/current", get(site_facts::current))
        .route("/api/sites/{domain}/first-hit", get(site_facts::first_hit))
        .route("/api/health", get(health::api))
        .route("/api/error", get(health::api_alive))
        .route("/api/system/health/live", get(health::api_alive))
        .route("/api/system/health/ready", get(health::api))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
}

/// What belongs to other systems.
fn others() -> Router<Arc<App>> {
    let umami = || any(refuse::umami).options(cors::preflight);
    let goatcounter = || any(refuse::goatcounter).options(cors::preflight);
    let matomo = || any(refuse::matomo).options(cors::preflight);
    Router::new()
        .route("/api/send", umami())
        .route("/api/batch", umami())
        .route("/api/record", umami())
        .route("/count", goatcounter())
        .route("/api/v0/{*rest}", goatcounter())
        .route("/matomo.php", matomo())
        .route("/piwik.php", matomo())
        .route("/api/v1/{*rest}", any(refuse::stats_v1))
        .route("/api/{*rest}", any(refuse::unknown_api))
}
