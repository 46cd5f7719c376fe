//! From an address to an answer that caches may carry.

use super::encoding::{Encoding, has};
use super::made::Body;
use super::stamp::Stamp;
use super::{Lasts, Made, lasts};
use crate::http::App;
use crate::http::headers::Frames;
use crate::http::pages::{Guest, Seat, Trouble};
use crate::purge;
use axum::body::Body as Sent;
use axum::response::{IntoResponse, Redirect, Response};
use footfall_domain::{LocalDate, Site};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderName, HeaderValue, VARY};
use http::{HeaderMap, StatusCode};
use std::future::Future;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};

/// A public answer, before it is made.
pub(in crate::http) struct Piece<'a> {
    /// To whom: the site at one moment.
    pub seat: &'a Seat,
    /// Path and query in their one spelling.
    pub address: &'a str,
    /// The days it is about, compared ones included.
    pub days: RangeInclusive<LocalDate>,
    /// For how long it is good.
    pub lasts: Lasts,
    /// Who may frame it; none: it is no page.
    pub frames: Option<Frames>,
    /// Whether search engines may list it.
    pub indexed: bool,
    /// Whether other people's pages may read it: counters, pictures.
    pub for_everybody: bool,
}

/// What a purge names: everything public of a site has it.
pub(in crate::http) const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const UNKEPT: HeaderValue = HeaderValue::from_static("private, no-store");
const ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

/// Answers with what was made before, or makes it; with 304 to who has it. What strangers may see is asked once more when
/// it is there: caches that were told of a change while it was made must not keep it after.
///
/// # Errors
/// The days cannot be read, or those of `make`.
pub(in crate::http) async fn answer<F>(
    app: &App,
    headers: &HeaderMap,
    piece: Piece<'_>,
    make: impl FnOnce() -> F,
) -> Result<Response, Trouble>
where
    F: Future<Output = Result<Made, Trouble>>,
{
    let edition = app.house.engine.edition(&piece.seat.view, &piece.days).await?;
    let stamp = Stamp::of(app, piece.seat, piece.address, &edition);
    let taken = Encoding::taken(headers);
    // A tag without anything behind the stamp was only ever given to what was made while nothing changed.
    let kept = app.bodies.kept(stamp);
    let known = kept.as_ref().map_or_else(|| stamp.text(), |body| body.tag.clone());
    let expected = [kept.map_or(taken, |body| body.chosen(taken)), Encoding::Plain].map(|encoding| encoding.tag(&known));
    // The numbers of today change while they are read; days that are over change where something was taken out of them.
    let is_whole = |tag: &str| !piece.lasts.is_over() || tag == stamp.text();
    let tag = expected.iter().find(|tag| has(headers, tag)).filter(|_| is_whole(&known));
    if let Some(tag) = tag
        && still_shown(app, piece.seat).await
    {
        app.instruments.page_not_modified();
        return Ok(piece.finish(app, StatusCode::NOT_MODIFIED.into_response(), tag));
    }
    let made = app.bodies.get(stamp, async {
        app.instruments.page_rendered();
        let made = make().await?;
        let after = app.house.engine.edition(&piece.seat.view, &piece.days).await?;
        let unchanged = after == edition && is_as_it_was(app, &piece.seat.entry.site);
        let tag = if unchanged { stamp.text() } else { once(app, stamp) };
        Ok::<_, Trouble>(Body::new(made, tag))
    });
    let body = made.await?;
    let encoding = body.chosen(taken);
    let mut response = Response::new(Sent::from(body.encoded(encoding, &app.instruments).await?));
    response.headers_mut().extend(body.headers.clone());
    if let Some(name) = encoding.name() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    if is_whole(&body.tag) && still_shown(app, piece.seat).await {
        return Ok(piece.finish(app, response, &encoding.tag(&body.tag)));
    }
    Ok(piece.unkept(response))
}

/// Whether strangers are still shown what a seat was taken for: by the site's settings, and by what its people have named.
async fn still_shown(app: &App, seat: &Seat) -> bool {
    let site = &seat.entry.site;
    is_as_it_was(app, site) && app.house.lexicons.of(site.id).await.is_ok_and(|named| seat.has_names(&named))
}

/// Whether the settings a render began with still hold.
fn is_as_it_was(app: &App, site: &Site) -> bool {
    app.house.engine.sites().by_id(site.id).is_some_and(|entry| entry.site.version == site.version)
}

/// A tag that nothing else ever has: what changed while it was rendered may be in it or not.
fn once(app: &App, stamp: Stamp) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [0; 8];
    app.house.outside.entropy.fill(&mut bytes);
    format!("{}.{:016x}.{}", stamp.text(), u64::from_ne_bytes(bytes), COUNT.fetch_add(1, Ordering::Relaxed))
}

impl Piece<'_> {
    /// Adds what is the same on an answer and on its 304.
    fn finish(&self, app: &App, response: Response, tag: &str) -> Response {
        let mut response = self.dressed(response);
        let headers = response.headers_mut();
        headers.insert(ETAG, HeaderValue::from_str(tag).unwrap_or(HeaderValue::from_static("\"\"")));
        headers.insert(CACHE_CONTROL, self.lasts.header(app.house.config.cdn.fresh_seconds, app.house.now()));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        tagged(headers, &self.seat.entry.site);
        response
    }

    /// For who asked, and nobody after.
    fn unkept(&self, response: Response) -> Response {
        let mut response = self.dressed(response);
        response.headers_mut().insert(CACHE_CONTROL, UNKEPT);
        response
    }

    /// Adds who may do what with it.
    fn dressed(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if !self.indexed {
            headers.insert(ROBOTS_TAG, HeaderValue::from_static("noindex, nofollow"));
        }
        if self.for_everybody {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(crate::http::headers::RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        }
        if let Some(frames) = &self.frames {
            response.extensions_mut().insert(frames.clone());
        }
        response
    }
}

/// Names the site for purges.
fn tagged(headers: &mut HeaderMap, site: &Site) {
    if let Ok(value) = HeaderValue::from_str(&purge::tag(site.first_id)) {
        headers.insert(SURROGATE_KEY, value);
    }
}

/// Says how long a number that counts seconds is good, which a guest was told.
pub(in crate::http) fn live(app: &App, guest: &Guest, headers: &mut HeaderMap) {
    if guest.is_private || !is_as_it_was(app, guest.site()) {
        headers.insert(CACHE_CONTROL, UNKEPT);
        return;
    }
    headers.insert(CACHE_CONTROL, lasts::live(guest.ends, app.house.now()));
    tagged(headers, guest.site());
}

/// The way to the one spelling of a public address. Short-lived: what an address means may change with the site.
pub(in crate::http) fn leads_to(place: &str, site: &Site) -> Response {
    let mut response = (StatusCode::MOVED_PERMANENTLY, Redirect::to(place)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=30, s-maxage=60"));
    tagged(headers, site);
    response
}
