//! The list of sites, and adding one.

use super::super::App;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::gate::{self, admit};
use super::person::Person;
use super::sign_in::safe_next;
use super::{frame, notices};
use crate::actions::{ActionError, Fault, sites};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{AddSite, Field, SITES_A_PAGE, SiteCard, Sites};
use footfall_app::site_page::card;
use footfall_app::{pages, routes};
use footfall_domain::Role;
use footfall_processor::SiteEntry;
use footfall_query::{Context, Source};
use futures::{StreamExt, stream};
use http::StatusCode;
use std::sync::Arc;

/// Cards made at the same time: a store that is not on this machine answers each of its questions after a while.
const CARDS_AT_ONCE: usize = 16;

/// More sites than these nobody keeps first.
const MOST_PINS: usize = 100;

/// All sites, each with its last day, page by page; with `q` those that have it in their name.
pub(super) async fn list(State(app): State<Arc<App>>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = all(&app, &person, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn all(app: &App, person: &Person, query: Option<&str>) -> Page {
    let member = person.member()?;
    let asked = Asked::of(query);
    let pins = app.house.pins.of(&member.sign_in.email).await?;
    let rights = gate::rights(app, person).await?;
    let book = app.house.engine.sites();
    let theirs = || book.iter().filter(|entry| rights.may(&entry.site, Role::Viewer));
    let total = theirs().count();
    let wanted = asked.search.to_lowercase();
    let mut entries: Vec<&Arc<SiteEntry>> = theirs().filter(|entry| entry.site.domain.contains(&wanted)).collect();
    let found = entries.len();
    let page = asked.page.filter(|page| (1..=found.div_ceil(SITES_A_PAGE).max(1)).contains(page));
    let mut ignored = asked.ignored;
    ignored.extend(asked.page.filter(|_| page.is_none()).map(|page| format!("page={page}")));
    let page = page.unwrap_or(1);
    let pinned = frame::places(&pins);
    frame::first(&mut entries, page * SITES_A_PAGE, |entry| frame::order(&pinned, &entry.site.domain));
    // Only what is seen is asked for.
    let entries: Vec<Arc<SiteEntry>> = entries.into_iter().skip((page - 1) * SITES_A_PAGE).cloned().collect();
    let cards = stream::iter(entries).map(|entry| async move { shown(app, &entry).await });
    let mut cards: Vec<SiteCard> = cards.buffered(CARDS_AT_ONCE).collect().await;
    for card in &mut cards {
        card.pinned = pins.contains(&card.domain);
    }
    let (frame, notice) = (frame::of(app, person).await?, notices::of(person, query));
    html(pages::sites(&Sites { frame, notice, sites: cards, search: asked.search, total, found, page, ignored }))
}

/// The card of a site; without numbers where they cannot be had now: one site's trouble is not that of all.
async fn shown(app: &App, entry: &SiteEntry) -> SiteCard {
    let made = made(app, entry).await;
    made.unwrap_or_else(|error| {
        tracing::error!(site.id = entry.site.id.0, error = format!("{error:#}"), "a site's card could not be made");
        SiteCard { domain: entry.site.domain.clone(), received: true, ..SiteCard::default() }
    })
}

async fn made(app: &App, entry: &SiteEntry) -> anyhow::Result<SiteCard> {
    let engine = &app.house.engine;
    let current = engine.current_visitors(entry.site.id).await.visitors;
    let view = engine.view(entry.site.id).await?;
    let context = Context { site: &entry.site, calendar: &entry.calendar, now: app.house.now() };
    Ok(card(&**engine, &view, &context, current).await?)
}

/// What an address asks of the list.
struct Asked {
    search: String,
    /// Which page, if it says one.
    page: Option<usize>,
    /// What cannot be understood.
    ignored: Vec<String>,
}

impl Asked {
    fn of(query: Option<&str>) -> Self {
        let pairs: Vec<_> = url::form_urlencoded::parse(query.unwrap_or("").as_bytes()).collect();
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
        let page = get("page");
        let number = page.and_then(|text| text.parse().ok());
        Self {
            search: get("q").unwrap_or_default().chars().take(253).collect(),
            page: number,
            ignored: page.filter(|_| number.is_none()).map(|text| format!("page={text}")).into_iter().collect(),
        }
    }
}

/// Puts a site first, or no longer.
pub(super) async fn pin(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = set_pin(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn set_pin(app: &App, form: &Form) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let domain = form.field("domain");
    let pinned = form.choice("pinned", |pinned| pinned.parse::<bool>().ok())?;
    if pinned {
        admit(app, &form.person, domain, Role::Viewer).await?;
    }
    let before = app.house.registry.preferences(email).await?;
    let mut preferences = before.clone();
    // Those that are gone take no place: nobody sees them, so nobody could take them away.
    let book = app.house.engine.sites();
    preferences.pins.retain(|pin| pin != domain && book.by_domain(pin).is_some());
    if pinned {
        if preferences.pins.len() >= MOST_PINS {
            return Err(Trouble::Refused((form.person.lang.words().sites.many_pins)(MOST_PINS)));
        }
        preferences.pins.push(domain.to_owned());
    }
    if preferences != before {
        app.house.registry.put_preferences(email, &preferences).await?;
        app.house.pins.forget();
    }
    see(&safe_next(form.field("next")))
}

/// The form for a new site.
pub(super) async fn new(State(app): State<Arc<App>>, person: Person) -> Response {
    let page = empty_form(&app, &person).await;
    answer::of(&app, &person, page).await
}

async fn empty_form(app: &App, person: &Person) -> Page {
    person.member()?;
    html(pages::add_site(&AddSite { frame: frame::of(app, person).await?, ..AddSite::default() }))
}

/// Adds a site and shows what to put into its pages.
pub(super) async fn add(State(app): State<Arc<App>>, form: Form) -> Response {
    let page = create(&app, &form).await;
    answer::of(&app, &form.person, page).await
}

async fn create(app: &App, form: &Form) -> Page {
    let owner = form.person.member()?.sign_in.email.as_str();
    let (domain, zone) = (form.field("domain"), form.field("timezone"));
    match sites::add(&app.house, owner, domain, zone, Some(owner)).await {
        Ok(site) => see(&notices::after(&routes::install(&site.domain), "added")),
        Err(ActionError::Invalid(problem) | ActionError::State(problem)) => {
            let about_zone = matches!(problem, Fault::NoZone(_));
            let problem = problem.say(form.person.lang);
            let field = |value: &str, wrong: bool| Field { value: value.to_owned(), problem: wrong.then(|| problem.clone()) };
            let model = AddSite {
                frame: frame::of(app, &form.person).await?,
                domain: field(domain, !about_zone),
                timezone: field(zone, about_zone),
            };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::add_site(&model))
        }
        Err(error) => Err(error.into()),
    }
}
