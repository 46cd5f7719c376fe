//! The pages: from a request to a view model, and the string that the `app` crate makes of it.
//!
//! Addresses and form fields are listed in `footfall_app::routes`. Every page is private (`private, no-store`): it shows
//! what belongs to who is signed in.

mod account;
mod answer;
mod cookies;
mod details;
mod export;
mod first_run;
mod form;
mod frame;
mod goals;
mod home;
mod notices;
mod person;
mod picture;
mod properties;
mod seat;
mod segments;
mod settings;
mod sign_in;
mod site;
mod sites;
mod theme;

pub(super) use home::not_found;
pub(super) use person::Person;
pub(super) use seat::Seat;

use super::openapi::{Access, Doc, Routes, schemas};
use super::{App, assets};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// The pages and the files they need.
pub(super) fn routes(app: &Arc<App>) -> Routes {
    let timed = from_fn_with_state(app.clone(), timed);
    doors().merge(site_pages()).merge(settings_pages()).around(|router| router.layer(timed)).merge(files())
}

/// Where people come in, and what is theirs.
fn doors() -> Routes {
    let anybodys = |doc: Doc| doc.access(Access::Open);
    let setup = |doc: Doc| anybodys(doc.html(400, "The link is not valid"));
    Routes::new()
        .get("/", home::get, anybodys(Doc::page("The sites, or the way to sign in")))
        .get(
            "/setup",
            first_run::get,
            setup(Doc::page("Creates the owner").query("token", "From the link printed at the start", schemas::text())),
        )
        .post("/setup", first_run::post, setup(Doc::form("Creates the owner", &["token", "email", "password"])))
        .get("/login", sign_in::get, anybodys(Doc::page("Sign in").query("next", "Where to go then", schemas::text())))
        .post("/login", sign_in::post, anybodys(Doc::form("Signs in", &["next", "email", "password"])))
        .post("/logout", sign_in::out, anybodys(Doc::form("Signs out", &[])))
        .get("/sites", sites::list, Doc::page("All sites"))
        .post("/sites/pin", sites::pin, Doc::form("Pins a site", &["domain", "pinned"]))
        .get("/sites/new", sites::new, Doc::page("A new site"))
        .post("/sites/new", sites::add, Doc::form("Adds a site", &["domain", "timezone"]))
        .get("/account", account::get, Doc::page("One's own page"))
        .post("/account/language", account::language, anybodys(Doc::form("Chooses the language", &["language", "next"])))
        .post("/account/password", account::password, Doc::form("Changes the password", &["current", "password"]))
        .post("/theme", theme::post, anybodys(Doc::form("Chooses light or dark", &["theme", "next"])))
}

/// A file of a site's numbers, for who may see them.
fn download(summary: &'static str, media_type: &'static str, schema: serde_json::Value) -> Doc {
    Doc::download(summary, media_type, schema).page_state()
}

/// A site's numbers.
fn site_pages() -> Routes {
    let rows = Doc::page("All rows of a panel's list")
        .page_state()
        .query("q", "Only rows with this in them", schemas::text())
        .query("sort", "A column's name, or `value`; `,asc` behind it: smallest first", schemas::text())
        .query("page", "Which hundred rows, from 1", schemas::number());
    Routes::new()
        .get("/{domain}", site::get, Doc::page("A site's numbers").page_state())
        .get("/{domain}/details/{panel}", details::get, rows)
        .get("/{domain}/realtime", details::realtime, Doc::page("The last half hour, as a piece of the page").page_state())
        .get(
            "/{domain}/export/{file}",
            export::list,
            download("A list as CSV: sources.csv, pages.csv …, or time.csv", "text/csv", serde_json::json!({"type": "string"})),
        )
        .get("/{domain}/export.zip", export::all, download("All lists as CSV in a zip", "application/zip", serde_json::json!({})))
        .get("/{domain}/chart.svg", export::svg, download("The chart as a picture", "image/svg+xml", serde_json::json!({})))
        .get("/{domain}/chart.png", export::png, download("The chart in pixels", "image/png", serde_json::json!({})))
        .get("/{domain}/install", site::install, Doc::page("The snippet, and the wait for the first hit"))
}

/// A site's settings.
fn settings_pages() -> Routes {
    Routes::new()
        .get("/{domain}/settings", settings::get, Doc::page("A site's settings"))
        .post("/{domain}/settings", settings::post, Doc::form("Changes zone and parameters", &["timezone", "keep_parameters"]))
        .post("/{domain}/settings/keys", settings::add_key, Doc::form("Makes a key", &["name", "scope"]))
        .post("/{domain}/settings/keys/remove", settings::remove_key, Doc::form("Removes a key", &["id"]))
        .post("/{domain}/settings/reset", settings::reset, Doc::form("Erases all hits of a site", &["confirm"]))
        .post("/{domain}/settings/remove", settings::remove, Doc::form("Removes a site", &["confirm"]))
        .get(
            "/{domain}/settings/goals",
            goals::get,
            Doc::page("A site's goals").query("edit", "The goal whose form is open", schemas::number()),
        )
        .post(
            "/{domain}/settings/goals",
            goals::post,
            Doc::form(
                "Makes or changes a goal",
                &["id", "kind", "event", "key1", "value1", "key2", "value2", "key3", "value3", "page", "scroll", "name", "currency"],
            ),
        )
        .post("/{domain}/settings/goals/remove", goals::remove, Doc::form("Removes a goal", &["id"]))
        .get("/{domain}/settings/properties", properties::get, Doc::page("Which custom properties are shown"))
        .post("/{domain}/settings/properties", properties::post, Doc::form("Chooses them", &["show", "property", "others"]))
        .get("/{domain}/settings/segments", segments::get, Doc::page("A site's segments").page_state())
        .post("/{domain}/settings/segments", segments::post, Doc::form("Keeps filters as a segment", &["name", "for", "f"]))
        .post("/{domain}/settings/segments/rename", segments::rename, Doc::form("Renames a segment", &["id", "name", "for"]))
        .post("/{domain}/settings/segments/remove", segments::remove, Doc::form("Removes a segment", &["id"]))
}

/// What pages load.
fn files() -> Routes {
    let file = |summary| Doc::new("Files", summary);
    Routes::new()
        .get(
            "/assets/{*file}",
            assets::file_of_page,
            file("A file of the pages")
                .answer(200, "The file", "*/*", serde_json::json!({}))
                .empty(304, "As it was")
                .empty(404, "There is none"),
        )
        .get("/favicon.ico", assets::icon, file("The picture in the tab").empty(308, "It is there").empty(404, "There is none"))
        .get("/robots.txt", assets::robots, file("Nothing for search engines").answer(200, "The file", "text/plain", schemas::text()))
}

async fn timed(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    app.instruments.took(crate::metrics::Route::Page, started.elapsed().as_secs_f64());
    response
}
