//! A site's segments: the list, and the forms that keep the filters of a page, rename and remove.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::gate::{self, admit};
use super::person::Person;
use super::{frame, notices};
use crate::actions::lexicon::{self, LexiconError, MAX_NAME_CHARS};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, Notice, SegmentForm, SegmentRow, SegmentsPage};
use footfall_app::site_page::{Filter, Names, PageState, Parsed, Period, asked_words, named_shortly};
use footfall_app::words::Words;
use footfall_app::{pages, routes};
use footfall_domain::Role;
use footfall_query::{self as query, SiteContext};
use http::StatusCode;
use std::sync::Arc;

/// The page; filters in the address are about to be kept.
pub(super) async fn get(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    let mut model = model(app, person, domain).await?;
    model.notice = notices::of(person, query);
    let Parsed { state, ignored, .. } = PageState::parse_among(query.unwrap_or(""), Period::default(), &[notices::NAME]);
    if !ignored.is_empty() {
        // What is about to be kept is less than what was asked for.
        model.notice = Some(Notice::Failed((person.lang.words().site.ignored)(&named_shortly(&ignored))));
    }
    model.save = (!state.filters.is_empty()).then(|| SegmentForm { state, personal: true, ..SegmentForm::default() });
    html(pages::segments(&model))
}

/// Keeps filters, and shows the numbers under them.
pub(super) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = save(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn save(app: &App, form: &Form, domain: &str) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let site = admit(app, &form.person, domain, Role::Viewer).await?.site.id;
    let sent = sent(form, &app.house.lexicons.of(site).await?.context(Some(email)));
    let personal = is_personal(form)?;
    may_keep(app, form, domain, personal).await?;
    let owner = personal.then_some(email.as_str());
    let name = match sent.problem(&form.person) {
        Some(problem) => Field::wrong(written_name(form), problem),
        None => match lexicon::add_segment(&app.house, email, site, owner, form.field("name"), &sent.asked).await {
            Ok(id) => return see(&under(id).href(domain)),
            Err(LexiconError::Broken(error)) => return Err(error.into()),
            Err(error) => wrong(form, &error),
        },
    };
    let mut model = model(app, &form.person, domain).await?;
    model.save = Some(SegmentForm { state: state_of(sent.filters), name, personal, problem: None });
    html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::segments(&model))
}

/// Puts filters in the place of those of a segment, and shows the numbers under it.
pub(super) async fn replace(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = exchange(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn exchange(app: &App, form: &Form, domain: &str) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let site = admit(app, &form.person, domain, Role::Viewer).await?.site.id;
    let id = form.number("id")?;
    may_change(app, form, domain, id).await?;
    may_take(app, form, domain, id).await?;
    let sent = sent(form, &app.house.lexicons.of(site).await?.context(Some(email)));
    let problem = match sent.problem(&form.person) {
        Some(problem) => Some(problem),
        None => match lexicon::replace_segment(&app.house, site, email, id, &sent.asked).await {
            Ok(()) => return see(&under(id).href(domain)),
            Err(LexiconError::Gone) => return Err(Trouble::NotFound),
            Err(LexiconError::Broken(error)) => return Err(error.into()),
            Err(error) => wrong(form, &error).problem,
        },
    };
    let mut model = model(app, &form.person, domain).await?;
    model.save = Some(SegmentForm { state: state_of(sent.filters), personal: true, problem, ..SegmentForm::default() });
    html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::segments(&model))
}

/// So many filters that are not known are named, and so much of each.
const MOST_NAMED: usize = 3;
const MOST_CHARACTERS: usize = 120;

/// The filters of a form.
#[derive(Default)]
struct Sent {
    /// As the page says them.
    filters: Vec<Filter>,
    /// As a segment keeps them.
    asked: Vec<query::Filter>,
    /// What is no filter, or names a goal or segment that this reader does not have. A segment kept without it would be
    /// wider than what was asked for.
    unknown: Vec<String>,
}

impl Sent {
    /// Why nothing of it can be kept.
    fn problem(&self, person: &Person) -> Option<String> {
        let short = |text: &String| text.chars().take(MOST_CHARACTERS).collect::<String>();
        let named: Vec<String> = self.unknown.iter().take(MOST_NAMED).map(short).collect();
        (!named.is_empty()).then(|| (person.lang.words().segments.unknown_filters)(&named.join(" · ")))
    }
}

fn sent(form: &Form, site: &SiteContext) -> Sent {
    let known = |filter: &Filter| state_of(vec![filter.clone()]).known_at(site).1.is_empty();
    let mut sent = Sent::default();
    for text in form.all("f") {
        let read = Filter::parse_whole(text).filter(known);
        match read.and_then(|filter| Some((without_segments(filter.query_filter(), site)?, filter))) {
            Some((asked, filter)) => {
                sent.asked.extend(asked);
                sent.filters.push(filter);
            }
            None => sent.unknown.push(text.to_owned()),
        }
    }
    sent
}

/// The page of filters; of all of them, even where they are more than fit.
fn state_of(mut filters: Vec<Filter>) -> PageState {
    filters.sort_unstable();
    filters.dedup();
    PageState { filters, ..PageState::default() }
}

/// The numbers under one segment.
fn under(id: u64) -> PageState {
    state_of(Filter::parse(&format!("is,segment,{id}")).into_iter().collect())
}

/// Another name, or another owner.
pub(super) async fn rename(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = call(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn call(app: &App, form: &Form, domain: &str) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let site = admit(app, &form.person, domain, Role::Viewer).await?.site.id;
    let here = notices::after(&routes::settings_form(domain, "segments"), "saved");
    let id = form.number("id")?;
    let personal = is_personal(form)?;
    may_change(app, form, domain, id).await?;
    // Strangers read its name.
    may_take(app, form, domain, id).await?;
    may_keep(app, form, domain, personal).await?;
    let owner = personal.then_some(email.as_str());
    match lexicon::rename_segment(&app.house, site, email, id, form.field("name"), owner).await {
        Ok(()) => see(&here),
        Err(LexiconError::Gone) => Err(Trouble::NotFound),
        Err(LexiconError::Broken(error)) => Err(error.into()),
        Err(error) => {
            let mut model = model(app, &form.person, domain).await?;
            model.renamed = Some((id, wrong(form, &error)));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::segments(&model))
        }
    }
}

/// Removes a segment.
pub(super) async fn remove(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = drop_segment(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_segment(app: &App, form: &Form, domain: &str) -> Page {
    let email = &form.person.member()?.sign_in.email;
    let site = admit(app, &form.person, domain, Role::Viewer).await?.site.id;
    let id = form.number("id")?;
    may_change(app, form, domain, id).await?;
    may_take(app, form, domain, id).await?;
    match lexicon::remove_segment(&app.house, email, site, email, id).await {
        // Somebody else was faster, or it is somebody else's.
        Ok(()) | Err(LexiconError::Gone) => {}
        Err(LexiconError::Broken(error)) => return Err(error.into()),
        Err(LexiconError::Linked(link)) => return Err(Trouble::Refused((form.person.lang.words().segments.linked)(&link))),
        Err(error) => return Err(anyhow::Error::from(error).into()),
    }
    see(&notices::after(&routes::settings_form(domain, "segments"), "saved"))
}

/// A segment cannot name segments: what they ask is put in their place. `None`: one of them is gone.
fn without_segments(filter: query::Filter, site: &SiteContext) -> Option<Vec<query::Filter>> {
    let of = |id: &u64| site.segments.iter().find(|segment| segment.id == *id).map(|segment| segment.filters.clone());
    Some(match filter {
        query::Filter::Segment(ids) => match &ids[..] {
            [id] => of(id)?,
            ids => vec![query::Filter::Or(ids.iter().map(|id| of(id).map(query::Filter::And)).collect::<Option<_>>()?)],
        },
        query::Filter::Not(inner) => vec![query::Filter::Not(Box::new(query::Filter::And(without_segments(*inner, site)?)))],
        other => vec![other],
    })
}

/// Whether who sends a form may keep a segment for everybody, where it is to be that.
async fn may_keep(app: &App, form: &Form, domain: &str, personal: bool) -> Result<(), Trouble> {
    let least = if personal { Role::Viewer } else { Role::Editor };
    admit(app, &form.person, domain, least).await.map(|_| ())
}

/// Whether who sends a form may change a segment: their own, or the site's if they may name things. One that is not there
/// is what the action says.
async fn may_change(app: &App, form: &Form, domain: &str, id: u64) -> Result<(), Trouble> {
    let entry = admit(app, &form.person, domain, Role::Viewer).await?;
    let named = app.house.lexicons.of(entry.site.id).await?;
    let personal = named.segments.iter().find(|known| known.segment.id == id).is_none_or(|known| known.owner.is_some());
    may_keep(app, form, domain, personal).await
}

/// What a shared link shows is for those to change who share: other filters in its segment would show more to all who have
/// the link.
async fn may_take(app: &App, form: &Form, domain: &str, id: u64) -> Result<(), Trouble> {
    let entry = admit(app, &form.person, domain, Role::Viewer).await?;
    match lexicon::link_on(&app.house, entry.site.id, id) {
        Some(link) if !gate::rights(app, &form.person).await?.may(&entry.site, Role::Admin) => {
            Err(Trouble::Refused((form.person.lang.words().segments.of_link)(&link)))
        }
        _ => Ok(()),
    }
}

/// Whose a form says a segment is to be.
fn is_personal(form: &Form) -> Result<bool, Trouble> {
    form.choice("for", |whose| match whose {
        "me" => Some(true),
        "site" => Some(false),
        _ => None,
    })
}

/// As much of it as a field has room for.
fn written_name(form: &Form) -> String {
    form.field("name").chars().take(500).collect()
}

/// The name as it was sent, and what kept the segment from being kept.
fn wrong(form: &Form, error: &LexiconError) -> Field {
    let words: &Words = form.person.lang.words();
    let said = &words.segments;
    let problem = match error {
        LexiconError::Wrong(fault) if fault.path == "name" => (said.wrong_name)(MAX_NAME_CHARS),
        LexiconError::Wrong(_) => said.wrong_filters.to_owned(),
        LexiconError::Full(most) => (said.full)(*most),
        LexiconError::NoRoom(kilobytes) => (said.no_room)(*kilobytes),
        LexiconError::Gone => said.gone.to_owned(),
        LexiconError::OfSite => said.stays.to_owned(),
        LexiconError::Linked(link) | LexiconError::OfLink(link) => (said.linked)(link),
        LexiconError::Exists | LexiconError::Broken(_) => said.exists.to_owned(),
    };
    Field::wrong(written_name(form), problem)
}

/// The page as things stand.
async fn model(app: &App, person: &Person, domain: &str) -> Result<SegmentsPage, Trouble> {
    let email = person.member()?.sign_in.email.as_str();
    let entry = admit(app, person, domain, Role::Viewer).await?;
    let named = app.house.lexicons.of(entry.site.id).await?;
    let open = named.segments.iter().filter(|known| known.is_open_to(Some(email)));
    let names = Names::of(&named.context(Some(email)));
    let row = |known: &crate::house::NamedSegment| SegmentRow {
        id: known.segment.id,
        name: known.segment.name.clone(),
        personal: known.owner.is_some(),
        asks: known.segment.filters.iter().map(|asked| asked_words(asked, &names, person.lang)).collect(),
    };
    Ok(SegmentsPage {
        frame: frame::at(app, person, &entry.site).await?,
        domain: domain.to_owned(),
        segments: open.map(row).collect(),
        may_name: gate::rights(app, person).await?.may(&entry.site, Role::Editor),
        ..SegmentsPage::default()
    })
}
