//! The pages: from a request to a view model, and the string that the `app` crate makes of it.
//!
//! Addresses and form fields are listed in `footfall_app::routes`. Every page is private (`private, no-store`): it shows
//! what belongs to who is signed in.

mod account;
mod account_keys;
mod answer;
mod cookies;
mod details;
mod export;
mod first_run;
mod form;
mod frame;
mod gate;
mod goals;
mod guest;
mod home;
mod join;
mod notices;
mod person;
pub(super) mod picture;
mod properties;
mod seat;
mod segments;
mod settings;
mod shared;
mod sign_in;
mod site;
mod sites;
mod teams;
mod theme;
pub(super) mod workshop;

pub(super) use answer::Trouble;
pub(super) use gate::admit;
pub(super) use guest::{Guest, guest_of};
pub(super) use home::{forms_only, not_found, nothing_at};
pub(super) use person::Person;
pub(super) use seat::Seat;

use super::carried::Carried;
use super::openapi::{Access, Doc, Routes, schemas};
use super::{App, assets, embed};
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
    let new_site = Doc::form("Adds a site", &[("domain", "wiki.example.com"), ("timezone", "Europe/Berlin")]);
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
        .get(
            "/account",
            account::get,
            Doc::page("One's own page").query("before", "Of the log, changes before the one of this number", schemas::like("1")).notice(),
        )
        .post("/account/keys", account_keys::add, Doc::form("Makes a key of one's own", &[("name", "report"), ("scope", "sites")]))
        .post("/account/keys/remove", account_keys::remove, Doc::form("Removes one", &[("id", "1")]))
        .post("/account/language", account::language, Doc::form("Chooses the language", &[("language", "de")]))
        .post("/account/password", account::password, new_password)
        .post("/account/leave", account::leave, Doc::form("Gives a role of one's own back", &[("site", "example.com"), ("team", "")]))
        .post("/account/sign-out-everywhere", account::sign_out_everywhere, Doc::form("Ends all sign-ins of one's own", &[]))
        .post("/theme", theme::post, anybodys(Doc::form("Chooses light or dark", &[("theme", "dark"), next])))
}

/// A file of a site's numbers, for who may see them.
fn download(summary: &'static str, media_type: &'static str, schema: serde_json::Value) -> Doc {
    Doc::download(summary, media_type, schema).page_state()
}

/// A page or file that anybody may read of a public site.
fn public(doc: Doc) -> Doc {
    doc.access(Access::Anybody).dress().empty(301, "The address in its one spelling").empty(304, "As it was").carried(Carried::Page)
}

/// The same behind a shared link.
fn behind_link(doc: Doc) -> Doc {
    let slug = ("auth", "The secret of the link", schemas::like("vGkQb4-3nAXmZ0dSp9RwY"));
    public(doc).needs(slug.0, slug.1, slug.2)
}

/// A site's numbers: to who may see them, to anybody where the site is public, and to who has a link.
fn site_pages() -> Routes {
    let any = || serde_json::json!({});
    let page = || Doc::page("A site's numbers").page_state().sheets();
    let rows = || Doc::page("All rows of a panel's list").panel().page_state().sheets().rows();
    let half_hour = || Doc::page("The last half hour, as a piece of the page").page_state();
    let list = || download("A list as CSV", "text/csv", schemas::text()).list_file().all_rows();
    let all = || download("All lists as CSV in a zip", "application/zip", any());
    let svg = || download("The chart as a picture", "image/svg+xml", any());
    let png = || download("The chart in pixels", "image/png", any());
    let password = Doc::form("Says the password of a shared link", &[("auth", "vGkQb4-3nAXmZ0dSp9RwY"), ("query", ""), ("password", "")]);
    Routes::new()
        .get("/{domain}", site::get, public(page()))
        .get("/{domain}/details/{panel}", details::get, public(rows()))
        .get("/{domain}/realtime", details::realtime, public(half_hour()))
        .get("/{domain}/export/{file}", export::list, public(list()))
        .get("/{domain}/export.zip", export::all, public(all()))
        .get("/{domain}/chart.svg", export::svg, public(svg()))
        .get("/{domain}/chart.png", export::png, public(png()))
        .get("/share/{domain}", shared::get, behind_link(page()))
        .get("/share/{domain}/details/{panel}", shared::details, behind_link(rows()))
        .get("/share/{domain}/realtime", shared::realtime, behind_link(half_hour()))
        .get("/share/{domain}/export/{file}", shared::list, behind_link(list()))
        .get("/share/{domain}/export.zip", shared::all, behind_link(all()))
        .get("/share/{domain}/chart.svg", shared::svg, behind_link(svg()))
        .get("/share/{domain}/chart.png", shared::png, behind_link(png()))
        .post("/share/{domain}/authenticate", guest::authenticate, password.access(Access::Anybody))
        .get("/{domain}/install", site::install, Doc::page("The snippet, and the wait for the first hit").notice())
}

/// The page that makes frames: a form that leads to itself.
fn embed_page() -> Doc {
    let names = footfall_app::widgets::Widget::all().into_iter().map(footfall_app::widgets::Widget::name);
    embed::state(Doc::page("Makes frames of widgets; what it makes is in its address, as a widget's is"))
        .query("widget", "Which widget", schemas::one_of(names))
        .query("link", "The shared link it is read by, by its number", schemas::like("1"))
        .query("width", "The width of the frame: pixels, or `100%`", schemas::like("100%"))
        .query("height", "Its height in pixels", schemas::like("320"))
        .query("usual", "The height that is usual for what was chosen before: where it is sent back, nobody wished it", schemas::text())
}

/// A site's settings.
fn settings_pages() -> Routes {
    let change = Doc::form("Changes zone and parameters", &[("timezone", "Europe/Berlin"), ("keep_parameters", "page, tag")]);
    let rename = Doc::form("Gives a site another domain", &[("domain", "news.example.com")]);
    let transfer = Doc::form("Hands a site over", &[("site", "1"), ("email", "bob@example.com"), ("stay", "yes")]);
    let log = Doc::page("Who changed what").query("before", "Only changes before the one of this number", schemas::like("1")).notice();
    let exclusion = Doc::form("Leaves hits out", &[("kind", "path"), ("text", "/admin/*"), ("step", "exclude")]);
    let retention = Doc::form("Says how long hits are kept", &[("site", "1"), ("months", "24"), ("sure", "")]);
    let new_key = Doc::form("Makes a key", &[("name", "report"), ("scope", "stats")]);
    Routes::new()
        .get("/{domain}/settings", settings::general::get, Doc::page("A site's settings").notice())
        .post("/{domain}/settings", settings::general::post, change)
        .post("/{domain}/settings/rename", settings::general::rename, rename)
        .get("/{domain}/settings/keys", settings::keys::get, Doc::page("A site's keys").notice())
        .post("/{domain}/settings/keys", settings::keys::add_key, new_key)
        .post("/{domain}/settings/keys/remove", settings::keys::remove_key, Doc::form("Removes a key", &[("id", "1")]))
        .get("/{domain}/settings/not-counted", settings::not_counted::get, Doc::page("What was not counted"))
        .get("/{domain}/settings/embed", settings::embed::get, embed_page())
        .get("/{domain}/settings/exclusions", settings::exclusions::get, Doc::page("What a site leaves out").notice())
        .post("/{domain}/settings/exclusions", settings::exclusions::post, exclusion)
        .post("/{domain}/settings/exclusions/remove", settings::exclusions::remove, Doc::form("Takes a rule back", &[("number", "1")]))
        .post("/{domain}/settings/retention", settings::retention::post, retention)
        .get("/{domain}/settings/log", settings::log::get, log)
        .get("/{domain}/settings/danger", settings::danger::get, Doc::page("The ways to an end").notice())
        .post("/{domain}/settings/transfer", settings::danger::transfer, transfer)
        .post("/{domain}/settings/reset", settings::danger::reset, Doc::form("Erases all hits of a site", &[("site", ""), ("confirm", "")]))
        .post("/{domain}/settings/remove", settings::danger::remove, Doc::form("Removes a site", &[("site", ""), ("confirm", "")]))
        .merge(people_pages())
        .merge(sharing_pages())
        .merge(lexicon_pages())
}

/// Who may see and change a site, and teams.
fn people_pages() -> Routes {
    let (id, email, sure) = (("id", "1"), ("email", "bob@example.com"), ("sure", "yes"));
    let role = ("role", "viewer");
    let (people, team) = (settings::people::post, teams::post);
    let change = || Doc::form("Gives somebody another role", &[email, role, sure]);
    let remove = || Doc::form("Takes somebody's role away", &[("email", "cleo@example.com"), sure]);
    let invite = || Doc::form("Makes an invitation", &[role, email]);
    let withdraw = || Doc::form("Withdraws an invitation", &[id]);
    let of_team = |doc: Doc| doc.part("id", "The team's number", schemas::like("1"));
    let invited = |doc: Doc| doc.access(Access::Anybody).html(400, "The link is not valid");
    let token = Doc::page("An invitation").query("token", "From its link", schemas::text());
    let accept = Doc::form("Accepts an invitation", &[("token", ""), email, ("password", "correct horse battery")]);
    Routes::new()
        .get("/{domain}/settings/people", settings::people::get, Doc::page("A site's people").notice())
        .post("/{domain}/settings/people/role", people, change())
        .post("/{domain}/settings/people/remove", people, remove())
        .post("/{domain}/settings/people/invite", people, invite())
        .post("/{domain}/settings/people/withdraw", people, withdraw())
        .post("/{domain}/settings/people/team", people, Doc::form("Gives the site to a team", &[("team", "1")]))
        .get("/join", join::get, invited(token.html(429, "Wait: too many wrong links")))
        .post("/join", join::post, invited(accept))
        .get("/teams", teams::list, Doc::page("One's teams").notice())
        .post("/teams/new", teams::add, Doc::form("Makes a team", &[("name", "Shop")]))
        .get("/teams/{id}", teams::get, of_team(Doc::page("A team").notice()))
        .post("/teams/{id}/rename", team, of_team(Doc::form("Renames a team", &[("name", "Shops")])))
        .post("/teams/{id}/role", team, of_team(change()))
        .post("/teams/{id}/remove", team, of_team(remove()))
        .post("/teams/{id}/invite", team, of_team(invite()))
        .post("/teams/{id}/withdraw", team, of_team(withdraw()))
        .post("/teams/{id}/dissolve", team, of_team(Doc::form("Dissolves a team", &[])))
}

/// Who may see a site without an account.
fn sharing_pages() -> Routes {
    let sharing = settings::sharing::post;
    let link = [("id", ""), ("name", "Board"), ("password", ""), ("no_password", ""), ("segment", ""), ("last_day", "2031-12-31")];
    Routes::new()
        .get("/{domain}/settings/sharing", settings::sharing::get, Doc::page("Who may see a site without an account").notice())
        .post("/{domain}/settings/sharing/public", sharing, Doc::form("Opens a site to anybody, or closes it", &[("public", "true")]))
        .post("/{domain}/settings/sharing/link", sharing, Doc::form("Makes or changes a shared link", &link))
        .post("/{domain}/settings/sharing/remove", sharing, Doc::form("Removes a shared link", &[("id", "1")]))
        .post("/{domain}/settings/sharing/hosts", sharing, Doc::form("Says who may frame", &[("hosts", "blog.example.com")]))
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
                .problem(404, "There is none")
                .carried(Carried::Immutable),
        )
        .get("/favicon.ico", assets::icon, file("The picture in the tab").empty(308, "It is there").problem(404, "There is none"))
        .get(
            "/robots.txt",
            assets::robots,
            file("What search engines may read").answer(200, "The file", "text/plain", schemas::text()).carried(Carried::Script),
        )
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
