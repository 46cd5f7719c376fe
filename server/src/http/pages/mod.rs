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

pub(super) use home::{forms_only, not_found, nothing_at};
pub(super) use person::Person;
pub(super) use seat::Seat;

use super::openapi::{Access, Doc, Routes, schemas};
use super::{App, assets};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// The pages and the files they need.
pub(super) fn routes(app: &Arc<App>) -> Routes {
    let timed = from_fn_with_state(app.clone(), timed);
    let carried_out = from_fn(carried_out);
    doors().merge(site_pages()).merge(settings_pages()).around(|router| router.layer(carried_out).layer(timed)).merge(files())
}

/// Where people come in, and what is theirs.
fn doors() -> Routes {
    let anybodys = |doc: Doc| doc.access(Access::Anybody);
    let setup = |doc: Doc| anybodys(doc.html(400, "The link is not valid"));
    let next = ("next", "/sites");
    let (email, password) = (("email", "ada@example.com"), ("password", "correct horse battery"));
    let sites = Doc::page("All sites").query("q", "Only sites with this in their domain", schemas::like("shop"));
    let sites = sites.query("page", "Which of the pages, from 1", serde_json::json!({"type": "integer", "minimum": 1})).notice();
    let sign_in = Doc::page("Sign in").query("next", "Where to go then", schemas::like("/sites")).notice();
    let token = Doc::page("Creates the owner").query("token", "From the link printed at the start", schemas::text());
    let new_site = Doc::form("Adds a site", &[("domain", "blog.example.com"), ("timezone", "Europe/Berlin")]);
    let new_password = Doc::form("Changes the password", &[("current", "correct horse battery"), ("password", "correct horse battery")]);
    Routes::new()
        .get("/", home::get, anybodys(Doc::page("The sites, or the way to sign in")))
        .get("/setup", first_run::get, setup(token))
        .post("/setup", first_run::post, setup(Doc::form("Creates the owner", &[("token", ""), email, password])))
        .get("/login", sign_in::get, anybodys(sign_in))
        .post("/login", sign_in::post, anybodys(Doc::form("Signs in", &[next, email, password])))
        .post("/logout", sign_in::out, anybodys(Doc::form("Signs out", &[])))
        .get("/sites", sites::list, sites)
        .post("/sites/pin", sites::pin, Doc::form("Pins a site", &[("domain", "example.com"), ("pinned", "true"), next]))
        .get("/sites/new", sites::new, Doc::page("A new site"))
        .post("/sites/new", sites::add, new_site)
        .get("/account", account::get, Doc::page("One's own page").notice())
        .post("/account/language", account::language, Doc::form("Chooses the language", &[("language", "de")]))
        .post("/account/password", account::password, new_password)
        .post("/theme", theme::post, anybodys(Doc::form("Chooses light or dark", &[("theme", "dark"), next])))
}

/// A file of a site's numbers, for who may see them.
fn download(summary: &'static str, media_type: &'static str, schema: serde_json::Value) -> Doc {
    Doc::download(summary, media_type, schema).page_state()
}

/// A site's numbers.
fn site_pages() -> Routes {
    let any = || serde_json::json!({});
    let list = download("A list as CSV", "text/csv", schemas::text()).list_file().all_rows();
    Routes::new()
        .get("/{domain}", site::get, Doc::page("A site's numbers").page_state().sheets())
        .get("/{domain}/details/{panel}", details::get, Doc::page("All rows of a panel's list").panel().page_state().sheets().rows())
        .get("/{domain}/realtime", details::realtime, Doc::page("The last half hour, as a piece of the page").page_state())
        .get("/{domain}/export/{file}", export::list, list)
        .get("/{domain}/export.zip", export::all, download("All lists as CSV in a zip", "application/zip", any()))
        .get("/{domain}/chart.svg", export::svg, download("The chart as a picture", "image/svg+xml", any()))
        .get("/{domain}/chart.png", export::png, download("The chart in pixels", "image/png", any()))
        .get("/{domain}/install", site::install, Doc::page("The snippet, and the wait for the first hit").notice())
}

/// A site's settings.
fn settings_pages() -> Routes {
    let change = Doc::form("Changes zone and parameters", &[("timezone", "Europe/Berlin"), ("keep_parameters", "page, tag")]);
    Routes::new()
        .get("/{domain}/settings", settings::get, Doc::page("A site's settings").notice())
        .post("/{domain}/settings", settings::post, change)
        .post("/{domain}/settings/keys", settings::add_key, Doc::form("Makes a key", &[("name", "report"), ("scope", "stats")]))
        .post("/{domain}/settings/keys/remove", settings::remove_key, Doc::form("Removes a key", &[("id", "1")]))
        .post("/{domain}/settings/reset", settings::reset, Doc::form("Erases all hits of a site", &[("confirm", "")]))
        .post("/{domain}/settings/remove", settings::remove, Doc::form("Removes a site", &[("confirm", "")]))
        .merge(lexicon_pages())
}

/// What a site's people have named.
fn lexicon_pages() -> Routes {
    let (id, whose) = (("id", "1"), ("for", "site"));
    let goal = [
        ("id", ""),
        ("kind", "event"),
        ("event", "Signup"),
        ("key1", "plan"),
        ("value1", "gold"),
        ("key2", ""),
        ("value2", ""),
        ("key3", ""),
        ("value3", ""),
        ("page", ""),
        ("scroll", ""),
        ("name", "Golden signups"),
        ("currency", "EUR"),
    ];
    let goals = Doc::page("A site's goals").query("edit", "The goal whose form is open, by its number", schemas::like("1")).notice();
    let shown = [("show", "these"), ("property", "author"), ("others", "plan, tier")];
    let segment = [("name", "Blog"), whose, ("f", "contains,page,/blog")];
    Routes::new()
        .get("/{domain}/settings/goals", goals::get, goals)
        .post("/{domain}/settings/goals", goals::post, Doc::form("Makes or changes a goal", &goal))
        .post("/{domain}/settings/goals/remove", goals::remove, Doc::form("Removes a goal", &[id]))
        .get("/{domain}/settings/properties", properties::get, Doc::page("Which custom properties are shown").notice())
        .post("/{domain}/settings/properties", properties::post, Doc::form("Chooses them", &shown))
        .get("/{domain}/settings/segments", segments::get, Doc::page("A site's segments").page_state().notice())
        .post("/{domain}/settings/segments", segments::post, Doc::form("Keeps filters as a segment", &segment))
        .post(
            "/{domain}/settings/segments/replace",
            segments::replace,
            Doc::form("Puts filters in a segment's place", &[id, ("f", "contains,page,/docs")]),
        )
        .post("/{domain}/settings/segments/rename", segments::rename, Doc::form("Renames a segment", &[id, ("name", "Writing"), whose]))
        .post("/{domain}/settings/segments/remove", segments::remove, Doc::form("Removes a segment", &[("id", "2")]))
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
                .problem(404, "There is none"),
        )
        .get("/favicon.ico", assets::icon, file("The picture in the tab").empty(308, "It is there").problem(404, "There is none"))
        .get("/robots.txt", assets::robots, file("Nothing for search engines").answer(200, "The file", "text/plain", schemas::text()))
}

/// Carries out a form that was begun, though whoever sent it hangs up (presses twice, goes on): what was written must also be
/// made known to all that remembers how things were.
async fn carried_out(request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

async fn timed(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    app.instruments.took(crate::metrics::Route::Page, started.elapsed().as_secs_f64());
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::post;
    use std::future::Future;
    use std::task::{Context, Waker};
    use tokio::sync::{mpsc, oneshot};
    use tower::ServiceExt;

    /// Once a key that was removed by a double click went on working: the first request was dropped between its two steps.
    #[tokio::test]
    async fn a_form_is_carried_out_though_nobody_waits_for_the_answer() {
        let (go_on, wait) = oneshot::channel::<()>();
        let (done, mut is_done) = mpsc::channel(1);
        let wait = Arc::new(std::sync::Mutex::new(Some(wait)));
        let slow = move || async move {
            let wait = wait.lock().expect("no panic").take().expect("once");
            wait.await.expect("told to go on");
            done.send(()).await.expect("somebody listens");
        };
        let router = Router::new().route("/form", post(slow)).layer(from_fn(carried_out));
        let request = Request::post("/form").body(axum::body::Body::empty()).expect("a request");
        let mut answer = Box::pin(router.oneshot(request));
        assert!(answer.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(answer);
        go_on.send(()).expect("the form still waits");
        assert_eq!(is_done.recv().await, Some(()));
    }
}
