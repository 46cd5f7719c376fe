//! What of a public site stands on other people's pages: counters, and the card a link to its page is shown with. Open to
//! anybody where the site is public; where it is not, there is nothing, for whoever asks. No cookie is read here.

mod card;
mod counter;

pub(super) use card::tags;

use super::carried::Carried;
use super::openapi::{Doc, Routes, schemas};
use super::pages::Trouble;
use super::pages::workshop::Crowded;
use super::problem::{behind, crowded, problem};
use super::{App, cors};
use axum::response::Response;
use footfall_app::words::Lang;
use http::StatusCode;
use serde_json::json;

/// All of it.
pub(super) fn routes() -> Routes {
    let lang = || schemas::one_of(Lang::ALL.into_iter().map(Lang::code));
    let carried = |doc: Doc| {
        doc.carried(Carried::Page)
            .query("lang", "The language; English without it", lang())
            .empty(301, "The address in its one spelling")
            .empty(304, "As it was")
            .problem(404, "There is none, or not for everybody")
            .problem(503, "Not at the moment")
    };
    let text = schemas::text;
    let start = json!({"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|week|month|year)$", "examples": ["week"]});
    let counter = Doc::new("Counters", "How many visitors a page has had; `TOTAL`: the whole site")
        .part("file", "The page's path, and `.json`, `.svg`, `.png` or `.html` behind it", schemas::like("blog.json"))
        .query("start", "The first day, or how long; all days without it", start)
        .query("end", "The last day; today without it", schemas::date())
        .query("no_branding", "`1`: without the line that says who counted", schemas::one_of(["1"]))
        .answer(200, "The counter", "application/json", schemas::object(&[("count", text()), ("count_unique", text())]))
        .answer(200, "The counter", "image/svg+xml", json!({}))
        .answer(200, "The counter", "image/png", json!({}))
        .html(200, "The counter")
        .problem(400, "A value makes no sense: it says which");
    let card =
        Doc::new("Counters", "The card a link to a public site's page is shown with").answer(200, "The card", "image/png", json!({}));
    Routes::new().get("/counter/{domain}/{*file}", counter::get, carried(counter)).get(
        "/{domain}/card.png",
        card::get,
        carried(card).empty(308, "The address in its one spelling"),
    )
}

/// Why there is none; the same for a site that is not there and for one that is nobody's business. Any page may read it.
fn refused(trouble: Trouble) -> Response {
    cors::open(match trouble {
        Trouble::Refused(what) => problem(StatusCode::BAD_REQUEST, &what),
        Trouble::Behind => behind(),
        Trouble::Broken(error) if error.is::<Crowded>() => crowded(),
        Trouble::Broken(error) => {
            tracing::error!(error = format!("{error:#}"), "a counter or card could not be made");
            problem(StatusCode::SERVICE_UNAVAILABLE, "the numbers cannot be read at the moment")
        }
        _ => problem(StatusCode::NOT_FOUND, "there is nothing for everybody at this address"),
    })
}

/// A parameter of a query string.
fn get<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// A query string of pairs in the order of their names; with its question mark, where there is any.
fn spelled(mut pairs: Vec<(&'static str, String)>) -> String {
    pairs.sort_unstable();
    let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if text.is_empty() { text } else { format!("?{text}") }
}

/// The language an address asks for, and what it says of that.
fn language(pairs: &[(String, String)]) -> (Lang, Vec<(&'static str, String)>) {
    let lang = get(pairs, "lang").and_then(Lang::from_code).unwrap_or_default();
    (lang, if lang == Lang::default() { Vec::new() } else { vec![("lang", lang.code().to_owned())] })
}

/// The address of the server, for addresses that are read elsewhere.
fn whole(app: &App, address: &str) -> String {
    format!("{}{address}", app.base_url)
}
