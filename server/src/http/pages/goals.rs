//! A site's goals: the list, and the forms that make, change and remove one.

use super::super::App;
use super::super::path::Path;
use super::answer::{self, Page, Trouble, html, html_with, see};
use super::form::Form;
use super::gate::{admit, rights};
use super::person::Person;
use super::seat::Seat;
use super::{frame, notices};
use crate::actions::lexicon::{self, LexiconError};
use crate::actions::people::Doer;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{Field, GoalForm, GoalKindName, GoalsPage, Notice};
use footfall_app::{pages, routes};
use footfall_domain::{Currency, Dimension, Metric, Role, SiteId};
use footfall_query::{By, DateRange, Goal, GoalKind, Query, QueryError, property_keys, run_in};
use http::StatusCode;
use std::sync::Arc;

/// How many values seen lately are offered.
const MOST_OFFERED: u32 = 50;

/// The page; `edit=NUMBER` opens the form of a goal.
pub(super) async fn get(State(app): State<Arc<App>>, Path(domain): Path<String>, person: Person, RawQuery(query): RawQuery) -> Response {
    let page = show(&app, &person, &domain, query.as_deref()).await;
    answer::of(&app, &person, page).await
}

async fn show(app: &App, person: &Person, domain: &str, query: Option<&str>) -> Page {
    let mut model = model(app, person, domain).await?;
    model.notice = notices::of(person, query);
    let asked = url::form_urlencoded::parse(query.unwrap_or("").as_bytes()).find(|(name, _)| name == "edit");
    if let Some((_, id)) = asked {
        match model.goals.iter().find(|(known, _)| Some(*known) == id.parse::<u64>().ok()) {
            Some((id, goal)) => model.form = filled(*id, goal),
            None => model.notice = Some(Notice::Failed(person.lang.words().segments.gone.to_owned())),
        }
    }
    html(pages::goals(&model))
}

/// Makes a goal, or changes the one whose number the form says.
pub(super) async fn post(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = save(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn save(app: &App, form: &Form, domain: &str) -> Page {
    let (site, doer) = admitted(app, form, domain).await?;
    let id = if form.field("id").is_empty() { None } else { Some(form.number("id")?) };
    let kind = form.choice("kind", GoalKindName::from_name)?;
    let saved = match goal(form, kind) {
        Ok(goal) => lexicon::put_goal(&app.house, doer, site, id, &goal).await,
        Err(fault) => Err(fault.into()),
    };
    match saved {
        Ok(_) => see(&notices::after(&routes::settings_form(domain, "goals"), "saved")),
        // Somebody has removed it meanwhile: what was written is not lost, it becomes a new one.
        Err(LexiconError::Gone) if id.is_some() => again(app, form, domain, (None, kind), &LexiconError::Gone).await,
        Err(LexiconError::Broken(error)) => Err(error.into()),
        Err(error) => again(app, form, domain, (id, kind), &error).await,
    }
}

/// The page with the form as it was sent, and what is wrong with it.
async fn again(app: &App, form: &Form, domain: &str, which: (Option<u64>, GoalKindName), error: &LexiconError) -> Page {
    let words = form.person.lang.words();
    let mut model = model(app, &form.person, domain).await?;
    let mut shown = sent(form, which);
    let said = &words.goals.wrong;
    let field = match error {
        LexiconError::Wrong(fault) => fault.path.split(['.', '[']).next().unwrap_or_default(),
        _ => "",
    };
    match field {
        "event" => shown.event.problem = Some(said.event.to_owned()),
        "props" => shown.props_problem = Some(said.props.to_owned()),
        "page" => shown.page.problem = Some(said.page.to_owned()),
        "scroll" => shown.scroll.problem = Some(said.scroll.to_owned()),
        "currency" => shown.currency.problem = Some(said.currency.to_owned()),
        "name" => shown.name.problem = Some(said.name.to_owned()),
        _ => {
            shown.problem = Some(match error {
                LexiconError::Full(most) => (said.full)(*most),
                LexiconError::OfLink(link) => (said.of_link)(link),
                LexiconError::NoRoom(kilobytes) => (words.segments.no_room)(*kilobytes),
                LexiconError::Gone => words.segments.gone.to_owned(),
                _ => said.exists.to_owned(),
            });
        }
    }
    model.form = shown;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::goals(&model))
}

/// Removes a goal.
pub(super) async fn remove(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = drop_goal(&app, &form, &domain).await;
    answer::of(&app, &form.person, page).await
}

async fn drop_goal(app: &App, form: &Form, domain: &str) -> Page {
    let (site, doer) = admitted(app, form, domain).await?;
    match lexicon::remove_goal(&app.house, doer, site, form.number("id")?).await {
        // Somebody else was faster.
        Ok(()) | Err(LexiconError::Gone) => see(&notices::after(&routes::settings_form(domain, "goals"), "saved")),
        Err(LexiconError::Broken(error)) => Err(error.into()),
        Err(LexiconError::OfLink(link)) => Err(Trouble::Refused((form.person.lang.words().goals.wrong.of_link)(&link))),
        Err(error) => Err(anyhow::Error::from(error).into()),
    }
}

/// The site, for who may name things there, and who that is.
async fn admitted<'a>(app: &App, form: &'a Form, domain: &str) -> Result<(SiteId, Doer<'a>), Trouble> {
    let entry = admit(app, &form.person, domain, Role::Editor).await?;
    let role = rights(app, &form.person).await?.role(&entry.site).ok_or(Trouble::NotFound)?;
    Ok((entry.site.id, Doer { who: &form.person.member()?.sign_in.email, role }))
}

/// The goal a form asks for.
fn goal(form: &Form, kind: GoalKindName) -> Result<Goal, QueryError> {
    let trimmed = |name: &str| form.field(name).trim().to_owned();
    let kind = match kind {
        GoalKindName::Event => GoalKind::Event { name: trimmed("event"), props: props(form)? },
        GoalKindName::Page => GoalKind::Page { pattern: trimmed("page"), scroll: None },
        GoalKindName::Scroll => {
            let percent = trimmed("scroll").trim_end_matches('%').trim().parse().map_err(|_| QueryError::new("scroll", "no percentage"))?;
            GoalKind::Page { pattern: trimmed("page"), scroll: Some(percent) }
        }
    };
    let currency = match trimmed("currency") {
        none if none.is_empty() => None,
        code => Some(Currency::parse(&code.to_uppercase()).ok_or_else(|| QueryError::new("currency", "no currency"))?),
    };
    let goal = Goal { currency, ..Goal::new(kind) };
    let name = trimmed("name");
    Ok(if name.is_empty() { goal } else { goal.called(name) })
}

/// Pairs of which neither half is empty; half a pair is a mistake.
fn props(form: &Form) -> Result<Vec<(String, String)>, QueryError> {
    let mut props = Vec::new();
    for (key, value) in pairs(form) {
        match (key.is_empty(), value.is_empty()) {
            (true, true) => {}
            (false, false) => props.push((key, value)),
            _ => return Err(QueryError::new("props", "half a property")),
        }
    }
    Ok(props)
}

fn pairs(form: &Form) -> [(String, String); 3] {
    let field = |name: String| form.field(&name).trim().to_owned();
    [1, 2, 3].map(|at| (field(format!("key{at}")), field(format!("value{at}"))))
}

/// The form as it was sent.
fn sent(form: &Form, (id, kind): (Option<u64>, GoalKindName)) -> GoalForm {
    let field = |name: &str| Field::of(form.field(name).chars().take(2_000).collect::<String>());
    GoalForm {
        id,
        kind,
        event: field("event"),
        props: pairs(form),
        page: field("page"),
        scroll: field("scroll"),
        name: field("name"),
        currency: field("currency"),
        ..GoalForm::default()
    }
}

/// The form of a goal that is there.
fn filled(id: u64, goal: &Goal) -> GoalForm {
    let mut form = GoalForm { id: Some(id), ..GoalForm::default() };
    if goal.name != goal.kind.usual_name() {
        form.name = Field::of(goal.name.clone());
    }
    form.currency = Field::of(goal.currency.map(|currency| currency.code().to_owned()).unwrap_or_default());
    match &goal.kind {
        GoalKind::Event { name, props } => {
            form.event = Field::of(name.clone());
            for (shown, pair) in form.props.iter_mut().zip(props) {
                shown.clone_from(pair);
            }
        }
        GoalKind::Page { pattern, scroll } => {
            form.kind = if scroll.is_some() { GoalKindName::Scroll } else { GoalKindName::Page };
            form.page = Field::of(pattern.clone());
            form.scroll = Field::of(scroll.map(|percent| percent.to_string()).unwrap_or_default());
        }
    }
    form
}

/// The page as things stand, with what was seen in the last four weeks.
async fn model(app: &App, person: &Person, domain: &str) -> Result<GoalsPage, Trouble> {
    admit(app, person, domain, Role::Editor).await?;
    let seat = Seat::take(app, person, domain).await?;
    let named = app.house.lexicons.of(seat.entry.site.id).await?;
    let today = seat.today();
    // Today too: an event that was tried out a moment ago is the one looked for.
    let asked = |days: i32| Query::new(domain, DateRange::Dates(today.plus(1 - days), today), vec![Metric::Visitors]);
    let values = async |dimension| {
        let query = asked(28).by(By::Value(dimension)).page(MOST_OFFERED, 0);
        let report = run_in(&query, &seat.context(), &seat.site, &seat.view, &*app.house.engine).await?;
        Ok::<Vec<String>, Trouble>(report.rows.into_iter().filter_map(|row| row.dimensions.into_iter().next()).collect())
    };
    let mut events = values(Dimension::Name).await?;
    events.retain(|name| name != "pageview");
    // Properties are found in hits alone: the last week's are read, where there are events that may have some.
    let keys = match events.is_empty() {
        true => Vec::new(),
        false => property_keys(&asked(7), &seat.context(), &seat.site, &seat.view, &*app.house.engine).await?,
    };
    Ok(GoalsPage {
        frame: frame::at(app, person, &seat.entry.site).await?,
        domain: domain.to_owned(),
        goals: named.goals.clone(),
        pages: values(Dimension::Page).await?,
        events,
        properties: keys.into_iter().take(MOST_OFFERED as usize).map(|key| key.name).collect(),
        ..GoalsPage::default()
    })
}
