//! Which path leads where.

use super::carried::Carried;
use super::openapi::{Access, Doc, Routes, document, old_api, question, schemas};
use super::{
    App, assets, cors, embed, event, headers, health, pages, pixel, query, refuse, site_facts, sites_api, social, spelling, stats_v1,
    suggestions,
};
use axum::Router;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use http::{Extensions, HeaderMap, StatusCode, Version};
use std::sync::Arc;
use tower::util::MapResponseLayer;
use tower_http::CompressionLevel;
use tower_http::compression::{CompressionLayer, DefaultPredicate, Predicate};

/// Everything the server answers.
pub fn router(app: Arc<App>) -> Router {
    let https = app.house.config.server.is_https();
    let answers =
        machines().merge(reports()).merge(sites_api::routes()).merge(pages::routes(&app)).around(|router| router.layer(compressed()));
    let routes = described(intake(&app).merge(answers).merge(embed::routes()).merge(social::routes()).merge(others()));
    let router = routes.into_router().fallback(pages::not_found).method_not_allowed_fallback(refuse::method);
    let router = router.layer(from_fn(spelling::canonical));
    router.layer(MapResponseLayer::new(move |response| headers::secure(response, https))).with_state(app)
}

/// With the description of all of them, and of itself.
fn described(routes: Routes) -> Routes {
    let doc = Doc::json("This document: OpenAPI 3.1", serde_json::json!({"type": "object"})).carried(Carried::Script);
    let mut operations = routes.operations().to_vec();
    operations.extend_from_slice(Routes::new().get("/api/openapi.json", async || "", doc.clone()).operations());
    let body: bytes::Bytes = document(&operations).to_string().into();
    let answer =
        async move || -> Response { ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")], body).into_response() };
    routes.get("/api/openapi.json", answer, doc)
}

/// Compression on the fly: brotli or gzip at level 4, where a page costs as much again as rendering it and the next
/// levels cost ten times that. What has a tag comes compressed beforehand, or is sent as it is: files, public answers.
fn compressed() -> CompressionLayer<impl Predicate> {
    let untagged = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| !headers.contains_key(ETAG);
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(DefaultPredicate::new().and(untagged))
}

/// What trackers use. `/api/event` works also where it was renamed: programs know it.
fn intake(app: &App) -> Routes {
    let paths = &app.house.config.ingest;
    let event =
        |routes: Routes, path: &str| routes.post(path, event::post, event::doc().carried(Carried::Never)).options(path, cors::preflight);
    let script = |summary| {
        Doc::new("Trackers", summary)
            .answer(200, "The script", "text/javascript", schemas::text())
            .empty(304, "As it was")
            .problem(404, "It was not built")
            .carried(Carried::Script)
    };
    let routes = event(Routes::new(), "/api/event")
        .get(&paths.pixel_path, pixel::get, pixel::doc().carried(Carried::Never))
        .options(&paths.pixel_path, cors::preflight)
        .get(&paths.script_path, assets::core_script, script("The tracker"))
        .get(&paths.full_script_path, assets::full_script, script("The tracker with engagement and clicks"))
        .get(
            "/js/{name}",
            assets::named_script,
            script("The tracker, by the names Plausible gave it").part("name", "Such as `script.hash.js`", schemas::like("script.js")),
        );
    if paths.event_path == "/api/event" { routes } else { event(routes, &paths.event_path) }
}

/// What programs that watch ask, and the small things pages ask for.
fn machines() -> Routes {
    let status = || schemas::object(&[("status", schemas::text())]);
    let json = |summary| Doc::json(summary, status()).answer(503, "Not ready", "application/json", status());
    let text = |summary| Doc::new("Watching", summary).answer(200, "Yes", "text/plain", schemas::text());
    let fact = |summary, name, schema| {
        let doc = Doc::json(summary, schemas::object(&[(name, schema)])).access(Access::SignIn);
        doc.problem(401, "Nobody is signed in").problem(404, "There is no such site").problem(503, "Not at the moment")
    };
    let current = fact("How many visitors there are now", "visitors", schemas::number()).access(Access::Anybody);
    let auth = || schemas::like("vGkQb4-3nAXmZ0dSp9RwY");
    let current = current.query("auth", "The secret of a shared link", auth()).carried(Carried::Live);
    let yes = serde_json::json!({"type": "boolean"});
    Routes::new()
        .get("/api/sites/{domain}/current", site_facts::current, current)
        .get("/api/sites/{domain}/first-hit", site_facts::first_hit, fact("Whether the site has had a hit", "received", yes))
        .get("/api/health", health::api, json("Whether requests are answered"))
        .get("/api/error", health::api_alive, json("Whether the process lives"))
        .get("/api/system/health/live", health::api_alive, json("Whether the process lives"))
        .get("/api/system/health/ready", health::api, json("Whether requests are answered"))
        .get("/healthz", health::alive, text("Whether the process lives"))
        .get("/readyz", health::ready, text("Whether to send traffic here").answer(503, "No", "text/plain", schemas::text()))
        .get(
            "/metrics",
            health::metrics,
            Doc::new("Watching", "The server's numbers, for Prometheus")
                .answer(200, "The numbers", "application/openmetrics-text", schemas::text())
                .access(Access::InsideOrKey)
                .answer(401, "A key of scope admin is needed", "text/plain", schemas::text())
                .problem(503, "Not at the moment"),
        )
}

/// What programs ask about sites.
fn reports() -> Routes {
    let query = Doc::json("A report: Plausible's Stats API v2", schemas::named("Report"));
    let query = query.takes("application/json", schemas::named("Query"), question::example()).report();
    let suggestion = schemas::object(&[("value", schemas::text()), ("label", schemas::text())]);
    let suggested = Doc::json("What may be typed into the form of a filter", schemas::list(suggestion))
        .part("filter_name", "What the filter is about", schemas::like("page"))
        .query("q", "What is typed already", schemas::like("blo"))
        .page_state();
    let suggested = suggested
        .report()
        .access(Access::AnybodyOrKey)
        .empty(304, "As it was")
        .carried(Carried::Page)
        .problem(400, "The question makes no sense");
    let suggested = suggested.problem(404, "There is no such site or filter").problem(503, "Not at the moment");
    let visitors = Doc::old("How many visitors there are now", schemas::number());
    let aggregate = Doc::old("Totals of a period", old_api::totals()).old_period().old_comparison();
    let timeseries = Doc::old("A period over time", old_api::rows()).old_period().old_interval();
    let breakdown = Doc::old("A period by the values of a property", old_api::rows()).old_period().old_property();
    Routes::new()
        .get("/api/stats/{domain}/suggestions/{filter_name}", suggestions::get, suggested)
        .post("/api/v2/query", query::post, query.error(408, "The query did not arrive in time").error(413, "The query is too large"))
        .get("/api/v1/stats/realtime/visitors", stats_v1::realtime_visitors, visitors)
        .get("/api/v1/stats/aggregate", stats_v1::aggregate, aggregate)
        .get("/api/v1/stats/timeseries", stats_v1::timeseries, timeseries)
        .get("/api/v1/stats/breakdown", stats_v1::breakdown, breakdown)
}

/// What belongs to other systems.
fn others() -> Routes {
    let refused = || Doc::new("Other systems", "Not answered here; says what is").error(501, "This is another system");
    Routes::new()
        .any("/api/send", refuse::umami, refused())
        .any("/api/batch", refuse::umami, refused())
        .any("/api/record", refuse::umami, refused())
        .any("/count", refuse::goatcounter, refused())
        .any("/api/v0/{*rest}", refuse::goatcounter, refused())
        .any("/matomo.php", refuse::matomo, refused())
        .any("/piwik.php", refuse::matomo, refused())
        .any("/api/{*rest}", refuse::unknown_api, Doc::new("API", "Anything else").problem(404, "There is no such endpoint"))
}
