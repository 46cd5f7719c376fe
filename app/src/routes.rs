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
//! | `/join?token=…` | GET, POST | `token`; who is not signed in also `email`, `password` |
//! | `/teams` | GET | |
//! | `/teams/new` | POST | `name` |
//! | `/teams/{id}` | GET | |
//! | `/teams/{id}/{form}` | POST | `rename`: `name`; `role`: `email`, `role`; `remove`: `email`, `sure`; `invite`: `role`, `email`; `withdraw`: `id`; `dissolve` |
//! | `/account?before=…` | GET | |
//! | `/account/sign-out-everywhere` | POST | |
//! | `/account/leave` | POST | `site` (a domain) or `team` (a number) |
//! | `/account/password` | POST | `current`, `password` |
//! | `/account/keys` | POST | `name`, `scope` = `stats` or `sites` |
//! | `/account/keys/remove` | POST | `id` |
//! | `/account/language` | POST | `language` = `en`, `de`, or empty: as the browser says |
//! | `/theme` | POST | `theme` = `system`, `light` or `dark`; `next` |
//! | `/{domain}` | GET | query string: see [`crate::site_page::PageState`] |
//! | `/{domain}/details/{panel}` | GET | the same, and `q`, `sort`, `page`, `property`, `machine`, `asked`: see [`crate::details::DetailsState`] |
//! | `/{domain}/export/{panel}.csv` | GET | the same; the list as a file; `time.csv`: the numbers over time |
//! | `/{domain}/export.zip` | GET | query string of the page; every list as a file |
//! | `/{domain}/chart.svg`, `/{domain}/chart.png` | GET | the same; the chart as a picture |
//! | `/{domain}/realtime` | GET | the same; a piece of the page |
//! | `/{domain}/install` | GET | |
//! | `/share/{domain}` and below | GET | as `/{domain}` and below, and `auth`: see [`crate::door::Door`] |
//! | `/share/{domain}/authenticate` | POST | `auth`, `query`, `password` |
//! | `/{domain}/settings` | GET, POST | `timezone`, `keep_parameters` (names, separated by spaces or commas) |
//! | `/{domain}/settings/rename` | POST | `domain` |
//! | `/{domain}/settings/people` | GET | |
//! | `/{domain}/settings/people/{form}` | POST | `role`: `email`, `role`, `sure`; `remove`: `email`, `sure`; `invite`: `role`, `email`; `withdraw`: `id`; `team`: `team` (a number, or empty) |
//! | `/{domain}/settings/sharing` | GET | |
//! | `/{domain}/settings/sharing/{form}` | POST | `public`: `public` = `true` or `false`; `link`: `id` (to change one), `name`, `password`, `no_password`, `segment`, `last_day`; `remove`: `id`; `hosts`: `hosts` |
//! | `/{domain}/settings/not-counted` | GET | |
//! | `/{domain}/settings/log?before=…` | GET | |
//! | `/{domain}/settings/exclusions` | GET, POST | `kind`, `text`, `step` = `exclude` or `look` |
//! | `/{domain}/settings/exclusions/remove` | POST | `number` |
//! | `/{domain}/settings/retention` | POST | `months`, `sure` = `yes` |
//! | `/{domain}/settings/danger` | GET | |
//! | `/{domain}/settings/transfer` | POST | `email`, `stay` = `yes` |
//! | `/{domain}/settings/keys` | GET, POST | `name`, `scope` = `stats` or `events` |
//! | `/{domain}/settings/keys/remove` | POST | `id` |
//! | `/{domain}/settings/goals` | GET, POST | `kind` = `event`, `page` or `scroll`, `event`, `key1` … `value3`, `page`, `scroll`, `name`, `currency`; `id` to change one |
//! | `/{domain}/settings/goals/remove` | POST | `id` |
//! | `/{domain}/settings/properties` | GET, POST | `show` = `all` or `these`, `property` (repeatable), `others` |
//! | `/{domain}/settings/segments` | GET, POST | `name`, `for` = `site` or `me`, `f` (repeatable) |
//! | `/{domain}/settings/segments/replace` | POST | `id`, `f` (repeatable) |
//! | `/{domain}/settings/segments/rename` | POST | `id`, `name`, `for` |
//! | `/{domain}/settings/segments/remove` | POST | `id` |
//! | `/{domain}/settings/reset` | POST | `site` (from the page), `confirm` (the domain, typed again) |
//! | `/{domain}/settings/remove` | POST | `site` (from the page), `confirm` (the domain, typed again) |
//! | `/{domain}/settings/embed` | GET | what a widget's address says, and `widget`, `link`, `width`, `height` |
//! | `/embed/{domain}/{widget}` | GET | see [`crate::widgets::WidgetState`] |
//! | `/embed/style.css` | GET | see [`crate::colours::Colours`] |
//! | `/api/sites/{domain}/current` | GET | answers `{"visitors": n}` |
//! | `/api/sites/{domain}/first-hit` | GET | answers `{"received": true}` once a hit was counted or dropped |
//!
//! Every form also sends `csrf`, the token of [`crate::models::Frame`].

/// Creates the owner; reached by the link printed at the first start.
pub const SETUP: &str = "/setup";
/// Makes a key of the person's own.
pub const ACCOUNT_KEYS: &str = "/account/keys";
/// Removes one.
pub const ACCOUNT_KEYS_REMOVE: &str = "/account/keys/remove";
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
/// Gives a role of one's own back (POST).
pub const LEAVE: &str = "/account/leave";
/// Ends all sign-ins of who is signed in (POST).
pub const SIGN_OUT_EVERYWHERE: &str = "/account/sign-out-everywhere";
/// Accepts an invitation; reached by its link.
pub const JOIN: &str = "/join";
/// The teams of who is signed in.
pub const TEAMS: &str = "/teams";
/// Makes a team (POST).
pub const NEW_TEAM: &str = "/teams/new";
/// Chooses the language of the pages (POST).
pub const LANGUAGE: &str = "/account/language";
/// Puts a site first in the list, or no longer (POST).
pub const PIN: &str = "/sites/pin";
/// Chooses light, dark, or as the system says (POST).
pub const THEME: &str = "/theme";

/// The style sheet of chosen colours; takes the query string of [`crate::colours::Colours`].
pub const COLOURS: &str = "/embed/style.css";
/// The script that gives frames the height of what is in them.
pub const FRAME_HEIGHT: &str = "/embed/height.js";

/// A widget of a site.
pub fn widget(domain: &str, name: &str) -> String {
    format!("/embed/{domain}/{name}")
}

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

/// A page or form of the settings: `people`, `keys/remove`, `reset`.
pub fn settings_form(domain: &str, form: &str) -> String {
    format!("/{domain}/settings/{form}")
}

/// The log of the installation on the account's page, before a change of it.
pub fn log_before(number: u64) -> String {
    format!("{ACCOUNT}?before={number}#log")
}

/// A team.
pub fn team(id: u64) -> String {
    format!("/teams/{id}")
}

/// A form of a team's page.
pub fn team_form(id: u64, form: &str) -> String {
    format!("/teams/{id}/{form}")
}

/// The link of an invitation, below the address of this server.
pub fn join(origin: &str, token: &str) -> String {
    format!("{origin}{JOIN}?token={token}")
}

/// The address of a shared link, below the address of this server.
pub fn shared_link(origin: &str, domain: &str, slug: &str) -> String {
    format!("{origin}/share/{domain}?auth={slug}")
}

/// Takes the password of a shared link (POST).
pub fn authenticate(domain: &str) -> String {
    format!("/share/{domain}/authenticate")
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
