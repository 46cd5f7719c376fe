//! The addresses of the pages, and what their forms send.
//!
//! | address | methods | form fields (all `application/x-www-form-urlencoded`) |
//! |---|---|---|
//! | `/setup?token=…` | GET, POST | `token`, `email`, `password` |
//! | `/login?next=…` | GET, POST | `next`, `email`, `password` |
//! | `/logout` | POST | |
//! | `/sites?q=…` | GET | |
//! | `/sites/pin` | POST | `domain`, `pinned` = `true` or `false`, `next` |
//! | `/sites/new` | GET, POST | `domain`, `timezone` |
//! | `/account` | GET | |
//! | `/account/password` | POST | `current`, `password` |
//! | `/account/language` | POST | `language` = `en`, `de`, or empty: as the browser says |
//! | `/theme` | POST | `theme` = `system`, `light` or `dark`; `next` |
//! | `/{domain}` | GET | query string: see [`crate::site_page::PageState`] |
//! | `/{domain}/details/{panel}` | GET | the same, and `q`, `sort`, `page`, `property`, `machine`, `asked`: see [`crate::details::DetailsState`] |
//! | `/{domain}/export/{panel}.csv` | GET | the same; the list as a file; `time.csv`: the numbers over time |
//! | `/{domain}/export.zip` | GET | query string of the page; every list as a file |
//! | `/{domain}/chart.svg`, `/{domain}/chart.png` | GET | the same; the chart as a picture |
//! | `/{domain}/realtime` | GET | the same; a piece of the page |
//! | `/{domain}/install` | GET | |
//! | `/{domain}/settings` | GET, POST | `timezone`, `keep_parameters` (names, separated by spaces or commas) |
//! | `/{domain}/settings/keys` | POST | `name`, `scope` = `stats` or `events` |
//! | `/{domain}/settings/keys/remove` | POST | `id` |
//! | `/{domain}/settings/goals` | GET, POST | `kind` = `event`, `page` or `scroll`, `event`, `key1` … `value3`, `page`, `scroll`, `name`, `currency`; `id` to change one |
//! | `/{domain}/settings/goals/remove` | POST | `id` |
//! | `/{domain}/settings/properties` | GET, POST | `show` = `all` or `these`, `property` (repeatable), `others` |
//! | `/{domain}/settings/segments` | GET, POST | `name`, `for` = `site` or `me`, `f` (repeatable) |
//! | `/{domain}/settings/segments/replace` | POST | `id`, `f` (repeatable) |
//! | `/{domain}/settings/segments/rename` | POST | `id`, `name`, `for` |
//! | `/{domain}/settings/segments/remove` | POST | `id` |
//! | `/{domain}/settings/reset` | POST | `confirm` (the domain, typed again) |
//! | `/{domain}/settings/remove` | POST | `confirm` (the domain, typed again) |
//! | `/api/sites/{domain}/current` | GET | answers `{"visitors": n}` |
//! | `/api/sites/{domain}/first-hit` | GET | answers `{"received": true}` once a hit was counted or dropped |
//!
//! Every form also sends `csrf`, the token of [`crate::models::Frame`].

/// Creates the owner; reached by the link printed at the first start.
pub const SETUP: &str = "/setup";
/// Sign in.
pub const SIGN_IN: &str = "/login";
/// Sign out (POST).
pub const SIGN_OUT: &str = "/logout";
/// All sites.
pub const SITES: &str = "/sites";
/// Add a site.
pub const ADD_SITE: &str = "/sites/new";
/// The signed-in person's own page.
pub const ACCOUNT: &str = "/account";
/// Changes the password (POST).
pub const PASSWORD: &str = "/account/password";
/// Chooses the language of the pages (POST).
pub const LANGUAGE: &str = "/account/language";
/// Puts a site first in the list, or no longer (POST).
pub const PIN: &str = "/sites/pin";
/// Chooses light, dark, or as the system says (POST).
pub const THEME: &str = "/theme";

/// A site's numbers. Domains hold nothing that would need escaping in a path.
pub fn site(domain: &str) -> String {
    format!("/{domain}")
}

/// The snippet, and the wait for the first hit.
pub fn install(domain: &str) -> String {
    format!("/{domain}/install")
}

/// A site's settings.
pub fn settings(domain: &str) -> String {
    format!("/{domain}/settings")
}

/// A form of the settings page: `keys`, `keys/remove`, `reset`, `remove`.
pub fn settings_form(domain: &str, form: &str) -> String {
    format!("/{domain}/settings/{form}")
}

/// How many visitors are on the site now, as JSON.
pub fn current(domain: &str) -> String {
    format!("/api/sites/{domain}/current")
}

/// The most frequent values of what a filter may be about, as JSON; takes the page's query string and `q`.
pub fn suggestions(domain: &str, subject: &str) -> String {
    let mut name = String::new();
    crate::site_page::encode(subject, &mut name);
    format!("/api/stats/{domain}/suggestions/{}", name.replace('/', "%2F"))
}

/// Whether the site has had a hit, as JSON.
pub fn first_hit(domain: &str) -> String {
    format!("/api/sites/{domain}/first-hit")
}

/// All rows of one panel's list; takes the query string of the site page.
pub fn details(domain: &str, panel: &str) -> String {
    format!("/{domain}/details/{panel}")
}

/// The same rows as a file.
pub fn list_file(domain: &str, panel: &str) -> String {
    format!("/{domain}/export/{panel}.csv")
}

/// The last half hour as a piece of HTML, which the page asks for again and again.
pub fn realtime(domain: &str) -> String {
    format!("/{domain}/realtime")
}
