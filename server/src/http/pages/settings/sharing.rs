//! Who may see a site without an account.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer::{self, Page, Trouble, html, html_with, see};
use super::super::form::Form;
use super::super::person::Person;
use super::super::{frame, notices};
use super::Place;
use crate::actions::sharing::{self, LinkChange, Password};
use crate::actions::{ActionError, Fault};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, LinkForm, LinkRow, Notice, SharingPage};
use footfall_app::{pages, routes};
use footfall_domain::{LocalDate, Role, SharedLink};
use footfall_processor::SiteEntry;
use http::StatusCode;
use std::sync::Arc;

/// The page.
pub(in crate::http::pages) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    RawQuery(query): RawQuery,
) -> Response {
    let page = show(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    let place = Place::of(app, person, domain, Role::Admin).await?;
    let mut model = model(app, person, &place.entry).await?;
    model.notice = notices::of(person, query);
    html(pages::sharing(&model))
}

/// One of the forms of the page.
pub(in crate::http::pages) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = change(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn change(app: &App, form: &Form, domain: &str) -> Page {
    let place = Place::of(app, &form.person, domain, Role::Admin).await?;
    let (house, who, site) = (&app.house, place.email.as_str(), place.entry.site.id);
    let done = match form.address() {
        "public" => {
            let public = form.choice("public", |public| public.parse::<bool>().ok())?;
            sharing::set_public(house, who, site, public).await?;
            if public { "public-on" } else { "public-off" }
        }
        "remove" => {
            sharing::remove_link(house, who, site, form.number("id")?).await?;
            "link-removed"
        }
        "hosts" => return hosts(app, form, &place).await,
        "link" => return link(app, form, &place).await,
        _ => return Err(Trouble::NotFound),
    };
    see(&notices::after(&routes::settings_form(domain, "sharing"), done))
}

async fn hosts(app: &App, form: &Form, place: &Place) -> Page {
    let written = form.field("hosts");
    match sharing::set_hosts(&app.house, &place.email, place.entry.site.id, written).await {
        Ok(site) => see(&notices::after(&routes::settings_form(&site.domain, "sharing"), "saved")),
        Err(ActionError::Invalid(fault)) => {
            let mut model = model(app, &form.person, &place.entry).await?;
            model.hosts = Field::wrong(written.chars().take(20_000).collect::<String>(), fault.say(form.person.lang));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::sharing(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes a link, or changes the one whose number the form says.
async fn link(app: &App, form: &Form, place: &Place) -> Page {
    let (house, site) = (&app.house, &place.entry.site);
    let id = if form.field("id").is_empty() { None } else { Some(form.number("id")?) };
    let done = match wanted(form, id)? {
        Err(fault) => Err(ActionError::Invalid(fault)),
        Ok(wanted) => match id {
            Some(id) => sharing::change_link(house, &place.email, site.id, id, wanted).await.map(|()| "saved"),
            None => sharing::add_link(house, &place.email, site.id, wanted).await.map(|_| "link-made"),
        },
    };
    match done {
        Ok(done) => see(&notices::after(&routes::settings_form(&site.domain, "sharing"), done)),
        Err(ActionError::Invalid(fault) | ActionError::State(fault)) => {
            let mut model = model(app, &form.person, &place.entry).await?;
            let shown = shown_again(form, &fault);
            match id {
                _ if matches!(fault, Fault::LinkGone | Fault::ManyLinks(_) | Fault::LinkSegment) => {
                    model.notice = Some(Notice::Failed(fault.say(form.person.lang)));
                    model.new = shown;
                }
                Some(id) => model.changed = Some((id, shown)),
                None => model.new = shown,
            }
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::sharing(&model))
        }
        Err(error) => Err(error.into()),
    }
}

/// The link a form asks for.
fn wanted(form: &Form, id: Option<u64>) -> Result<Result<LinkChange, Fault>, Trouble> {
    let password = match form.field("password") {
        _ if form.field("no_password") == "yes" => Password::None,
        "" if id.is_some() => Password::Keep,
        "" => Password::None,
        plain => Password::Set(plain.to_owned()),
    };
    let segment = match form.field("segment") {
        "" => None,
        _ => Some(form.number("segment")?),
    };
    let last_day = match form.field("last_day").trim() {
        "" => None,
        text => match LocalDate::parse(text) {
            Some(day) => Some(day),
            None => return Ok(Err(Fault::LinkDay)),
        },
    };
    Ok(Ok(LinkChange { name: form.field("name").to_owned(), password, segment, last_day }))
}

/// The form as it was sent, and what is wrong with it.
fn shown_again(form: &Form, fault: &Fault) -> LinkForm {
    let said = fault.say(form.person.lang);
    let field =
        |name: &str, wrong: bool| Field { value: form.field(name).chars().take(500).collect(), problem: wrong.then(|| said.clone()) };
    LinkForm {
        name: field("name", matches!(fault, Fault::LinkName(_) | Fault::LinkExists)),
        password_problem: matches!(fault, Fault::Password(_)).then(|| said.clone()),
        segment: form.field("segment").parse().ok(),
        last_day: field("last_day", matches!(fault, Fault::LinkDay)),
    }
}

/// The page as things stand.
async fn model(app: &App, person: &Person, entry: &SiteEntry) -> Result<SharingPage, Trouble> {
    let (site, now) = (&entry.site, app.house.now());
    let named = app.house.lexicons.of(site.id).await?;
    let of_site = named.segments.iter().filter(|known| known.is_open_to(None)).map(|known| &known.segment);
    let row = |link: &SharedLink| LinkRow {
        id: link.id,
        address: routes::shared_link(&app.base_url, &site.domain, &link.slug),
        name: link.name.clone(),
        has_password: link.password_hash.is_some(),
        segment: link.segment,
        last_day: link.expires.map(|end| entry.calendar.moment(end.plus(-1)).date),
        ended: link.expires.is_some_and(|end| end <= now),
    };
    Ok(SharingPage {
        frame: frame::at(app, person, site).await?,
        domain: site.domain.clone(),
        origin: app.base_url.clone(),
        public: site.sharing.public,
        purges: !app.house.config.cdn.purge.is_empty(),
        links: site.sharing.links.iter().map(row).collect(),
        segments: of_site.map(|segment| (segment.id, segment.name.clone())).collect(),
        hosts: Field::of(site.sharing.frame_hosts.join("\n")),
        ..SharingPage::default()
    })
}
