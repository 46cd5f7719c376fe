//! Files: style sheet, islands, tracker. All of them are inside the program (crate `footfall-assets`).

use super::path::Path;
use super::problem::problem;
use super::{App, cors};
use crate::config::IngestConfig;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use footfall_app::models::AssetUrls;
use footfall_assets::Asset;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::borrow::Cow;
use std::sync::Arc;

/// The files, as the pages name them and as they are served.
pub struct Assets {
    urls: Arc<AssetUrls>,
    core: Option<Script>,
    full: Option<Script>,
}

/// A tracker script, pointed to where this server takes hits.
struct Script {
    asset: &'static Asset,
    /// The body with another path in it; `None`: as it was built.
    rewritten: Option<(String, String)>,
}

/// What the tracker is built to send to.
const USUAL_PATH: &str = "/api/event";
/// How long a browser keeps the tracker: a day, and a week more while it looks for a new one in the background.
const SCRIPT_CACHE: &str = "public, max-age=86400, stale-while-revalidate=604800";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Parts of a script's name that ask for more than page views: those of Plausible's variants, and ours.
const FULL_FEATURES: [&str; 8] =
    ["full", "404", "engagement", "file-downloads", "form-submissions", "outbound-links", "pageview-props", "tagged-events"];

impl Assets {
    /// The files that were built into this program.
    pub fn new(ingest: &IngestConfig) -> Self {
        let script = |name: &str| footfall_assets::named(name).map(|asset| Script::new(asset, &ingest.event_path));
        let urls = AssetUrls::named(|name| footfall_assets::named(name).map(|asset| asset.url.to_owned()));
        Self { urls: Arc::new(urls), core: script("script.js"), full: script("script.full.js") }
    }

    /// Where the pages' files are.
    pub fn urls(&self) -> Arc<AssetUrls> {
        self.urls.clone()
    }

    /// What is missing; `None` when everything is there.
    pub fn fault(&self) -> Option<&'static str> {
        let whole = footfall_assets::is_complete() && self.core.is_some() && self.full.is_some();
        (!whole).then_some("the browser's half was not built into this program: pages come without style and islands, and there may be no tracker; `cargo xtask build` builds both halves")
    }
}

impl Script {
    fn new(asset: &'static Asset, event_path: &str) -> Self {
        let rewritten = (event_path != USUAL_PATH).then(|| {
            let body = String::from_utf8_lossy(asset.body).replace(USUAL_PATH, event_path);
            let etag = format!("\"{}\"", &blake3::hash(body.as_bytes()).to_hex()[..20]);
            (body, etag)
        });
        Self { asset, rewritten }
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let response = match &self.rewritten {
            None => send(self.asset, headers, SCRIPT_CACHE),
            Some((body, etag)) => file(headers, body.clone().into_bytes().into(), None, etag, self.asset.content_type, SCRIPT_CACHE),
        };
        cors::open(response)
    }
}

/// The tracker for page views and custom events.
pub(super) async fn core_script(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    script(app.assets.core.as_ref(), &headers)
}

/// The tracker with engagement, links, downloads, forms and 404.
pub(super) async fn full_script(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    script(app.assets.full.as_ref(), &headers)
}

/// The names of Plausible's scripts (`script.hash.outbound-links.js`, `plausible.js`): the tracker reads its features
/// from its own name.
pub(super) async fn named_script(State(app): State<Arc<App>>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(features) = features_of(&name) else { return nothing("there is no script of this name") };
    let full = features.iter().any(|feature| FULL_FEATURES.contains(feature));
    script(if full { app.assets.full.as_ref() } else { app.assets.core.as_ref() }, &headers)
}

fn script(script: Option<&Script>, headers: &HeaderMap) -> Response {
    match script {
        Some(script) => script.answer(headers),
        None => nothing("the tracker was not built into this program"),
    }
}

fn features_of(name: &str) -> Option<Vec<&str>> {
    let mut parts = name.strip_suffix(".js")?.split('.');
    ["script", "plausible"].contains(&parts.next()?).then(|| parts.collect())
}

/// What widgets load: in a sandbox a frame is of no origin, and then everything it loads comes from another.
const OF_WIDGETS: [&str; 3] = ["embed.css", "frame.js", "figtree.woff2"];

/// A file under `/assets/`.
pub(super) async fn file_of_page(request: Request) -> Response {
    let Some(asset) = footfall_assets::at(request.uri().path()) else { return nothing("there is no such file") };
    let response = send(asset, request.headers(), if asset.immutable { FOR_EVER } else { SCRIPT_CACHE });
    if OF_WIDGETS.contains(&asset.name) { cors::open(response) } else { response }
}

/// The script that gives frames the height of what is in them.
pub(super) async fn frame_height(headers: HeaderMap) -> Response {
    match footfall_assets::named("height.js") {
        Some(asset) => cors::open(send(asset, &headers, SCRIPT_CACHE)),
        None => nothing("the script was not built into this program"),
    }
}

/// Browsers that ask for the icon by its old name.
pub(super) async fn icon(State(app): State<Arc<App>>) -> Response {
    if app.assets.urls.icon.is_empty() {
        nothing("the icon was not built into this program")
    } else {
        // Not for ever, as browsers would take it: the next build's icon has another name.
        ([(CACHE_CONTROL, "public, max-age=86400")], Redirect::permanent(&app.assets.urls.icon)).into_response()
    }
}

/// Search engines may read the page of a public site; what has a query string are its thousand views, and not worth a
/// visit. Whether a page may be listed it says itself. Who makes a picture and a line of a link that somebody has written
/// looks at that link alone, whichever view it is of, and at the card it names.
const ROBOTS: &str = "User-agent: Discordbot\nUser-agent: facebookexternalhit\nUser-agent: LinkedInBot\nUser-agent: Slackbot\n\
                      User-agent: Slackbot-LinkExpanding\nUser-agent: TelegramBot\nUser-agent: Twitterbot\nUser-agent: WhatsApp\n\
                      Disallow: /api/\nDisallow: /embed/\nDisallow: /share/\n\n\
                      User-agent: *\nAllow: /*/card.png\nDisallow: /*?\nDisallow: /api/\nDisallow: /counter/\nDisallow: /embed/\n\
                      Disallow: /share/\nDisallow: /*/details/\nDisallow: /*/export\nDisallow: /*/realtime\n";

/// What search engines may read.
pub(super) async fn robots() -> Response {
    ([(CACHE_CONTROL, "public, max-age=86400")], ROBOTS).into_response()
}

fn nothing(words: &str) -> Response {
    problem(StatusCode::NOT_FOUND, words)
}

fn send(asset: &'static Asset, headers: &HeaderMap, cache: &'static str) -> Response {
    let accept = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (body, encoding) = asset.encoded(accept);
    let mut response = file(headers, Cow::Borrowed(body), encoding, &asset.etag_of(encoding), asset.content_type, cache);
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// A file, or "you have it" (304).
fn file(
    headers: &HeaderMap,
    body: Cow<'static, [u8]>,
    encoding: Option<&'static str>,
    etag: &str,
    content_type: &'static str,
    cache: &'static str,
) -> Response {
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag));
    let mut response = match (same, body) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, Cow::Borrowed(body)) => Response::new(Body::from(body)),
        (false, Cow::Owned(body)) => Response::new(Body::from(body)),
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, HeaderValue::from_str(etag).expect("a hash in quotes"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if !same {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_plausibles_scripts_are_understood() {
        assert_eq!(features_of("script.js"), Some(vec![]));
        assert_eq!(features_of("script.hash.outbound-links.js"), Some(vec!["hash", "outbound-links"]));
        assert_eq!(features_of("plausible.js"), Some(vec![]));
        assert_eq!(features_of("jquery.js"), None);
        assert_eq!(features_of("script.map"), None);
    }
}
