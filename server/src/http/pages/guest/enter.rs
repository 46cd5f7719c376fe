//! In by a shared link.

use super::super::super::App;
use super::super::answer::{Page, Trouble, html, see};
use super::super::cookies;
use super::super::form::Form;
use super::super::person::Person;
use super::super::site::entry;
use super::Guest;
use super::password::{has_entered, ticket};
use axum::response::Response;
use footfall_app::door::Door;
use footfall_app::models::SharedPassword;
use footfall_app::pages;
use footfall_app::site_page::{PageState, Period};
use footfall_domain::{SharedLink, Site};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, HeaderValue, SET_COOKIE};

/// Who has a link.
pub(in crate::http) enum Linked {
    /// They are in.
    In(Guest),
    /// The link has a password, and this browser has not said it lately.
    Asked(Guest, SharedLink),
}

impl Guest {
    /// The guest of a link. Whatever is wrong with it (the site, the secret, its time), there is no such page.
    ///
    /// # Errors
    /// [`Trouble::NotFound`].
    pub(in crate::http) fn linked(app: &App, headers: &HeaderMap, domain: &str, query: &str) -> Result<Linked, Trouble> {
        let door = Door::shared(query).ok_or(Trouble::NotFound)?;
        let entry = entry(app, &domain.to_ascii_lowercase())?;
        let link = found(app, &entry.site, &door)?;
        let https = app.house.config.server.is_https();
        let entered = link.password_hash.as_ref().map(|hash| has_entered(headers, https, &entry.site, &link, hash, app.house.now()));
        let guest = Self { entry, door, segment: link.segment, is_private: link.password_hash.is_some(), ends: link.expires };
        Ok(match entered {
            Some(false) => Linked::Asked(guest, link),
            _ => Linked::In(guest),
        })
    }
}

fn found(app: &App, site: &Site, door: &Door) -> Result<SharedLink, Trouble> {
    door.slug().and_then(|slug| site.sharing.link(slug, app.house.now())).cloned().ok_or(Trouble::NotFound)
}

/// The form that asks for the password. Never framed, never kept.
pub(in crate::http::pages) fn ask(
    app: &App,
    person: &Person,
    guest: &Guest,
    link: &SharedLink,
    query: &str,
    problem: Option<&str>,
) -> Page {
    let mut frame = guest.frame(app, "", false);
    frame.csrf = person.csrf();
    let domain = guest.domain().to_owned();
    let model = SharedPassword { frame, domain, slug: link.slug.clone(), query: query.to_owned(), problem: problem.map(str::to_owned) };
    html(pages::shared_password(&model))
}

/// The password of a link, checked; slowed down where there were too many wrong ones.
pub(in crate::http::pages) async fn open(app: &App, domain: &str, form: &Form) -> Page {
    let house = &app.house;
    // As the address of the page says it: of two secrets the first counts.
    let query = format!("auth={}&{}", form.field("auth"), form.field("query"));
    let door = Door::shared(&query).ok_or(Trouble::NotFound)?;
    let entry = entry(app, &domain.to_ascii_lowercase())?;
    let link = found(app, &entry.site, &door)?;
    let hash = link.password_hash.clone().ok_or(Trouble::NotFound)?;
    let guest = Guest { entry, door, segment: link.segment, is_private: true, ends: link.expires };
    let (guessed, now) = (format!("link {}", link.slug), house.now());
    house.throttle.attempt(&guessed, form.person.address, now).map_err(|wait| Trouble::TooMany((wait as u64).div_ceil(1_000)))?;
    if !house.passwords.matches(form.field("password"), Some(&hash)).await {
        let wrong = guest.lang().words().outside.wrong;
        return ask(app, &form.person, &guest, &link, form.field("query"), Some(wrong)).map(|mut response| {
            *response.status_mut() = http::StatusCode::UNAUTHORIZED;
            response
        });
    }
    house.throttle.succeeded(&guessed, form.person.address);
    let state = PageState::parse_behind(&guest.door, &query, Period::default(), &[]).state;
    let mut response: Response = see(&state.href(guest.domain()))?;
    let https = house.config.server.is_https();
    let (value, seconds) = ticket(guest.site(), &link, &hash, now);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.append(SET_COOKIE, cookies::set(cookies::LINK, &value, seconds, https));
    Ok(response)
}
