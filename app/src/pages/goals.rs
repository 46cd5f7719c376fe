//! A site's goals.

use super::named::offered;
use super::settings::{SettingsTab, settings_page};
use crate::components::{Input, csrf, hidden_input, problem, text_field};
use crate::models::{GoalForm, GoalKindName, GoalsPage};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::GoalWords;
use footfall_query::{Goal, GoalKind};
use leptos::prelude::*;

/// The list of goals, and the forms that make and change one.
pub fn goals(page: &GoalsPage) -> String {
    let said = &page.frame.words().goals;
    let title = (said.page_title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Goals, title, || {
            view! {
                {offered("events", &page.events)}
                {offered("pages", &page.pages)}
                {offered("properties", &page.properties)}
                {page.form.id.map(|_| change(page).into_any())}
                <section class="card stack">
                    <h2>{said.title}</h2>
                    <p class="quiet">{said.why}</p>
                    {list(page).into_any()}
                </section>
                {page.form.id.is_none().then(|| make(page).into_any())}
            }
        })
    })
}

fn list(page: &GoalsPage) -> impl IntoView + use<> {
    let said = &page.frame.words().goals;
    if page.goals.is_empty() {
        return view! { <p>{said.none}</p> }.into_any();
    }
    let rows = page.goals.iter().map(|(id, goal)| row(page, *id, goal).into_any()).collect_view();
    view! { <ul class="segment-list">{rows}</ul> }.into_any()
}

fn row(page: &GoalsPage, id: u64, goal: &Goal) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().goals);
    let name = plain(&goal.name);
    let edit = format!("{}?edit={id}", routes::settings_form(&page.domain, "goals"));
    view! {
        <li class="segment">
            <div class="segment__head">
                <b class="segment__name">{name.clone()}</b>
                <span class="quiet">{goal.currency.map(|currency| currency.code().to_owned())}</span>
            </div>
            <p class="quiet wrap-anywhere">{plain(&asks(&goal.kind, said))}</p>
            <div class="row-ways">
                <a class="link" href=edit aria-label=(said.edit_one)(&name)>{said.edit}</a>
                <form method="post" action=routes::settings_form(&page.domain, "goals/remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("id", &id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(said.remove_one)(&name)>{words.common.remove}</button>
                </form>
            </div>
        </li>
    }
}

/// What has to be done, in words.
fn asks(kind: &GoalKind, said: &GoalWords) -> String {
    match kind {
        GoalKind::Event { name, props } => {
            let props: Vec<String> = props.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            let props = if props.is_empty() { String::new() } else { format!(" ({})", props.join(", ")) };
            format!("{}: {name}{props}", said.event)
        }
        GoalKind::Page { pattern, scroll: None } => (said.of_page)(pattern),
        GoalKind::Page { pattern, scroll: Some(percent) } => (said.of_scroll)(*percent, pattern),
    }
}

/// The form that changes a goal.
fn change(page: &GoalsPage) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().goals);
    let back = routes::settings_form(&page.domain, "goals");
    view! {
        <section class="card stack" id="form">
            <h2>{said.change}</h2>
            {form(page, page.form.kind, &page.form, words.common.save).into_any()}
            <p><a class="way" href=back>{words.common.cancel}</a></p>
        </section>
    }
}

/// The forms that make one: one a kind, as each asks something else.
fn make(page: &GoalsPage) -> impl IntoView + use<> {
    let said = &page.frame.words().goals;
    let kinds = GoalKindName::ALL.map(|kind| {
        let is_open = kind == page.form.kind;
        let empty = GoalForm { kind, ..GoalForm::default() };
        let shown = if is_open { &page.form } else { &empty };
        let label = match kind {
            GoalKindName::Event => said.event,
            GoalKindName::Page => said.page,
            GoalKindName::Scroll => said.scroll,
        };
        view! {
            <details name="goal" open=is_open>
                <summary>{label}</summary>
                {form(page, kind, shown, said.make).into_any()}
            </details>
        }
    });
    view! {
        <section class="card stack choice" id="form">
            <h2>{said.new}</h2>
            {kinds.collect_view()}
        </section>
    }
}

fn form(page: &GoalsPage, kind: GoalKindName, form: &GoalForm, button: &'static str) -> impl IntoView + use<> {
    let said = &page.frame.words().goals;
    let suffix = match kind {
        GoalKindName::Event => "-event",
        GoalKindName::Page => "-page",
        GoalKindName::Scroll => "-scroll",
    };
    let input = Input { kind: "text", autocomplete: "off", id_suffix: suffix, ..Input::default() };
    let own = match kind {
        GoalKindName::Event => event_fields(said, form, input).into_any(),
        GoalKindName::Page => page_field(said, form, input).into_any(),
        GoalKindName::Scroll => {
            let percent = Input { name: "scroll", label: said.percent, placeholder: "75", required: true, ..input };
            view! { {page_field(said, form, input)} {text_field(percent, &form.scroll)} }.into_any()
        }
    };
    let name = Input { name: "name", label: said.display_name, hint: said.display_name_hint, ..input };
    let currency = Input { name: "currency", label: said.currency, hint: said.currency_hint, placeholder: "EUR", ..input };
    view! {
        <form class="stack" method="post" action=routes::settings_form(&page.domain, "goals")>
            {csrf(&page.frame.csrf)}
            {hidden_input("kind", kind.name())}
            {form.id.map(|id| hidden_input("id", &id.to_string()))}
            {problem(form.problem.as_deref(), format!("problem{suffix}"))}
            {own}
            {text_field(name, &form.name)}
            {(kind == GoalKindName::Event).then(|| text_field(currency, &form.currency))}
            <div class="actions"><button class="button button--main" type="submit">{button}</button></div>
        </form>
    }
}

fn page_field(said: &GoalWords, form: &GoalForm, input: Input) -> impl IntoView + use<> {
    text_field(
        Input { name: "page", label: said.path, hint: said.path_hint, placeholder: "/thanks", required: true, list: "pages", ..input },
        &form.page,
    )
}

fn event_fields(said: &'static GoalWords, form: &GoalForm, input: Input) -> impl IntoView + use<> {
    let event = Input { name: "event", label: said.event_name, hint: said.event_why, required: true, list: "events", ..input };
    let pairs = form.props.iter().enumerate().map(|(at, (key, value))| {
        let (key, value, at) = (key.clone(), value.clone(), at + 1);
        view! {
            <div class="pair">
                <input type="text" name=format!("key{at}") value=key aria-label=(said.prop_key)(at) list="properties" autocomplete="off" spellcheck="false"/>
                <span aria-hidden="true">"="</span>
                <input type="text" name=format!("value{at}") value=value aria-label=(said.prop_value)(at) autocomplete="off" spellcheck="false"/>
            </div>
        }
    });
    let pairs = pairs.collect_view();
    view! {
        {text_field(event, &form.event)}
        <fieldset class="field pairs" class:field--wrong=form.props_problem.is_some()>
            <legend>{said.props}</legend>
            {pairs}
            <p class="hint">{said.props_hint}</p>
            {problem(form.props_problem.as_deref(), "props-problem".to_owned())}
        </fieldset>
    }
}
