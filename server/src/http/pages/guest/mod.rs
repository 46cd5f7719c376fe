//! Who reads a site's numbers without signing in: anybody, where the site is public, and who has a link.

mod details;
mod enter;
mod files;
mod numbers;
mod password;
mod sitting;

pub(super) use details::{half_hour, rows};
pub(super) use enter::{Linked, ask};
pub(super) use files::file;
pub(super) use numbers::numbers;
pub(super) use password::authenticate;
use sitting::Sitting;

use super::super::App;
use super::super::carried::{SURROGATE_KEY, leads_to};
use super::answer::{self, Page, Trouble};
use super::gate;
use super::person::Person;
use super::seat::Seat;
use super::site::entry;
use axum::response::Response;
use footfall_app::door::Door;
use footfall_app::models::{Frame, Outside};
use footfall_app::words::Lang;
use footfall_domain::{Metric, Role, Site, UnixMillis};
use footfall_processor::SiteEntry;
use footfall_query::{DateRange, Query, current_visitors};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderValue};
use std::sync::Arc;

/// Somebody who reads a site's numbers without signing in.
pub(in crate::http) struct Guest {
    /// The site.
    pub entry: Arc<SiteEntry>,
    /// The door, dressed as the address says.
    pub door: Door,
    /// The segment that is all they see.
    pub segment: Option<u64>,
    /// Whether it took a password: then nothing is carried by caches.
    pub is_private: bool,
    /// When the link ends they came by.
    pub ends: Option<UnixMillis>,
}

impl Guest {
    /// The guest of a public site; `None`: the site is none, or the person may see it as who they are. Capitals in the
    /// domain are taken for small letters.
    ///
    /// # Errors
    /// Who may see what cannot be read.
    pub(in crate::http) async fn public(app: &App, person: &Person, domain: &str, query: &str) -> Result<Option<Self>, Trouble> {
        let entry = app.house.engine.sites().by_domain(&domain.to_ascii_lowercase()).cloned();
        let Some(entry) = entry.filter(|entry| entry.site.sharing.public) else { return Ok(None) };
        if person.signed_in.is_some() && gate::rights(app, person).await?.may(&entry.site, Role::Viewer) {
            return Ok(None);
        }
        Ok(Some(Self { entry, door: Door::public(query), segment: None, is_private: false, ends: None }))
    }

    /// The guest of a widget: of a public site without a link, of any with one that asks for no password.
    ///
    /// # Errors
    /// There is no such site for them, or no such link.
    pub(in crate::http) fn embedded(app: &App, domain: &str, query: &str) -> Result<Self, Trouble> {
        let door = Door::embedded(query);
        let entry = entry(app, &domain.to_ascii_lowercase())?;
        let Some(slug) = door.slug() else {
            return if entry.site.sharing.public {
                Ok(Self { entry, door, segment: None, is_private: false, ends: None })
            } else {
                Err(Trouble::NotFound)
            };
        };
        let link = entry.site.sharing.link(slug, app.house.now()).filter(|link| link.password_hash.is_none()).ok_or(Trouble::NotFound)?;
        let (segment, ends) = (link.segment, link.expires);
        Ok(Self { entry, door, segment, is_private: false, ends })
    }

    /// Visitors at this moment whose hits they may see.
    ///
    /// # Errors
    /// As [`Seat::of_guest`].
    pub(in crate::http) async fn current(&self, app: &App) -> Result<i64, Trouble> {
        let seat = Seat::of_guest(app, self.entry.clone(), self.lang(), self.segment).await?;
        let query = Query::new(self.domain().to_owned(), DateRange::Hours24, vec![Metric::Visitors]);
        let context = seat.context();
        let asker = seat.asker(&context);
        Ok(current_visitors(&query, asker.context, asker.site, asker.view, asker.source).await?)
    }

    /// The site.
    pub(in crate::http) fn site(&self) -> &Site {
        &self.entry.site
    }

    /// Its domain.
    pub(in crate::http) fn domain(&self) -> &str {
        &self.entry.site.domain
    }

    /// The language, which the address says.
    pub(in crate::http) fn lang(&self) -> Lang {
        self.door.dress().lang
    }

    /// The way to the one spelling of an address of theirs: kept by caches, unless a password was asked for.
    pub(in crate::http) fn leads_to(&self, place: &str) -> Response {
        let mut response = leads_to(place, self.site());
        if self.is_private {
            let headers = response.headers_mut();
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            headers.remove(SURROGATE_KEY);
        }
        response
    }

    /// What a page of theirs at an address has around it: nothing of anybody's. `indexed`: whether search engines may
    /// list it.
    pub(in crate::http) fn frame(&self, app: &App, address: &str, indexed: bool) -> Frame {
        let dress = self.door.dress();
        let outside = Outside { indexed, embed: dress.embed, wide: dress.width_manual, sheet: dress.sheet(), social: None };
        Frame {
            assets: app.assets.urls(),
            theme: dress.theme,
            lang: dress.lang,
            here: address.to_owned(),
            outside: Some(outside),
            ..Frame::default()
        }
    }
}

/// Answers a guest. What was carried out is as it is: no cookie is set on it.
pub(in crate::http) async fn answered(app: &App, person: &Person, page: Page) -> Response {
    match page {
        Ok(response) => response,
        Err(trouble) => answer::of(app, person, Err(trouble)).await,
    }
}

/// Who asks for a small fact beside a page: with the secret of a link in the address, who has it; else a public site's
/// guest. `None`: nobody of these.
///
/// # Errors
/// There is no such link, or its password was not said.
pub(in crate::http) async fn guest_of(
    app: &App,
    person: &Person,
    headers: &HeaderMap,
    domain: &str,
    query: &str,
) -> Result<Option<Guest>, Trouble> {
    if Door::shared(query).is_none() {
        return Guest::public(app, person, domain, query).await;
    }
    match Guest::linked(app, headers, domain, query)? {
        Linked::In(guest) => Ok(Some(guest)),
        Linked::Asked(..) => Err(Trouble::NotFound),
    }
}

/// What a public site answers to a guest; `None`: it is none, or the person may see it as who they are.
pub(super) async fn publicly(visit: &Visit<'_>, domain: &str, answer: impl AsyncFnOnce(&Guest) -> Page) -> Option<Page> {
    match Guest::public(visit.app, visit.person, domain, visit.query).await {
        Ok(Some(guest)) => Some(answer(&guest).await),
        Ok(None) => None,
        Err(trouble) => Some(Err(trouble)),
    }
}

/// What a request of a guest brings.
pub(super) struct Visit<'a> {
    pub app: &'a App,
    pub person: &'a Person,
    pub headers: &'a HeaderMap,
    pub query: &'a str,
}
