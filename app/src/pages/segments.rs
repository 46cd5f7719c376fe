//! A site's segments.

use super::settings::{SettingsTab, settings_page};
use crate::components::{Input, csrf, hidden_input, problem, text_field};
use crate::models::{Field, SegmentForm, SegmentRow, SegmentsPage};
use crate::panels::{plain, subject_label, value_label};
use crate::render::render;
use crate::routes;
use crate::site_page::{Filter, PageState, Subject};
use leptos::prelude::*;

/// The list of segments, and the form that keeps the filters of the page one comes from.
pub fn segments(page: &SegmentsPage) -> String {
    let said = &page.frame.words().segments;
    let title = (said.page_title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Segments, title, || {
            view! {
                {page.save.as_ref().map(|form| save(page, form).into_any())}
                <section class="card stack">
                    <h2>{said.title}</h2>
                    <p class="quiet">{said.why}</p>
                    {list(page).into_any()}
                </section>
            }
        })
    })
}

fn save(page: &SegmentsPage, form: &SegmentForm) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().segments);
    let filters = form.state.filters.iter().map(|filter| view! { <li>{text(page, filter)}</li> }).collect_view();
    let hidden = form.state.filters.iter().map(|filter| hidden_input("f", &filter.spell())).collect_view();
    let name = Input { name: "name", label: said.name, kind: "text", autocomplete: "off", required: true, first: true, ..Input::default() };
    view! {
        <section class="card stack" id="form">
            <h2>{said.save}</h2>
            <form class="stack" method="post" action=routes::settings_form(&page.domain, "segments")>
                {csrf(&page.frame.csrf)}
                {hidden}
                <p>{said.these}</p>
                <ul class="said">{filters}</ul>
                {text_field(name, &form.name)}
                {whose(page, form.personal)}
                <div class="actions">
                    <button class="button button--main" type="submit">{words.common.save}</button>
                    <a class="way" href=form.state.href(&page.domain)>{said.back}</a>
                </div>
            </form>
            {replace(page, form)}
        </section>
    }
}

/// The same filters in the place of those of a segment there is.
fn replace(page: &SegmentsPage, form: &SegmentForm) -> Option<impl IntoView + use<>> {
    let said = &page.frame.words().segments;
    let wrong = form.problem.is_some();
    let changeable = || page.segments.iter().filter(|row| may_change(page, row));
    changeable().next().is_some().then(|| {
        let options = changeable().map(|row| view! { <option value=row.id.to_string()>{plain(&row.name)}</option> }).collect_view();
        let hidden = form.state.filters.iter().map(|filter| hidden_input("f", &filter.spell())).collect_view();
        view! {
            <form class="stack segment__replace" method="post" action=routes::settings_form(&page.domain, "segments/replace")>
                {csrf(&page.frame.csrf)}
                {hidden}
                <p>{said.or_instead}</p>
                <div class="field" class:field--wrong=wrong>
                    <label for="instead">{said.instead}</label>
                    <select id="instead" name="id" aria-invalid=wrong.then_some("true") aria-describedby=wrong.then_some("instead-problem")>{options}</select>
                    {problem(form.problem.as_deref(), "instead-problem".to_owned())}
                </div>
                <div class="actions"><button class="button" type="submit">{said.replace}</button></div>
            </form>
        }
    })
}

fn whose(page: &SegmentsPage, personal: bool) -> impl IntoView + use<> {
    let said = &page.frame.words().segments;
    view! {
        <fieldset class="field choices">
            <legend>{said.for_whom}</legend>
            <label><input type="radio" name="for" value="me" checked=personal/>{said.for_me}</label>
            {page.may_name.then(|| view! { <label><input type="radio" name="for" value="site" checked=!personal/>{said.for_all}</label> })}
        </fieldset>
    }
}

/// Whether the reader may change a segment: their own, or the site's where they may name things.
fn may_change(page: &SegmentsPage, row: &SegmentRow) -> bool {
    row.personal || page.may_name
}

fn list(page: &SegmentsPage) -> impl IntoView + use<> {
    let said = &page.frame.words().segments;
    if page.segments.is_empty() {
        return view! { <p>{said.none}</p> }.into_any();
    }
    let rows = page.segments.iter().map(|row| segment(page, row).into_any()).collect_view();
    view! { <ul class="segment-list">{rows}</ul> }.into_any()
}

fn segment(page: &SegmentsPage, row: &SegmentRow) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().segments);
    let only = Filter::is(Subject::Segment, &row.id.to_string());
    let open = PageState::default().with_filter(only).href(&page.domain);
    let renamed = page.renamed.as_ref().filter(|(id, _)| *id == row.id).map(|(_, field)| field.clone());
    let (is_open, name) = (renamed.is_some(), plain(&row.name));
    let field = renamed.unwrap_or_else(|| Field::of(row.name.clone()));
    view! {
        <li class="segment">
            <div class="segment__head">
                <a class="segment__name" href=open aria-label=(said.open)(&name)>{name.clone()}</a>
                <span class="quiet">{said.whose}" "{if row.personal { said.personal } else { said.of_site }}</span>
            </div>
            <p class="quiet wrap-anywhere">{row.asks.join(" · ")}</p>
            {may_change(page, row).then(|| view! { <div class="row-ways">
                <details open=is_open>
                    <summary aria-label=(said.rename_one)(&name)>{said.rename}</summary>
                    <form class="stack" method="post" action=routes::settings_form(&page.domain, "segments/rename")>
                        {csrf(&page.frame.csrf)}
                        {hidden_input("id", &row.id.to_string())}
                        {name_field(page, row.id, &field)}
                        {if row.personal { whose(page, true).into_any() } else { hidden_input("for", "site").into_any() }}
                        <div class="actions"><button class="button" type="submit">{words.common.save}</button></div>
                    </form>
                </details>
                <form method="post" action=routes::settings_form(&page.domain, "segments/remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("id", &row.id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(said.remove_one)(&name)>{words.common.remove}</button>
                </form>
            </div> })}
        </li>
    }
}

/// The field of one of several forms: its id has the segment's number.
fn name_field(page: &SegmentsPage, id: u64, field: &Field) -> impl IntoView + use<> {
    let (field_id, problem_id) = (format!("name-{id}"), format!("name-{id}-problem"));
    let wrong = field.problem.is_some();
    view! {
        <div class="field" class:field--wrong=wrong>
            <label for=field_id.clone()>{page.frame.words().segments.name}</label>
            <input
                id=field_id
                name="name"
                type="text"
                value=field.value.clone()
                required=true
                autocomplete="off"
                aria-invalid=wrong.then_some("true")
                aria-describedby=wrong.then(|| problem_id.clone())
            />
            {problem(field.problem.as_deref(), problem_id)}
        </div>
    }
}

/// A filter in words.
fn text(page: &SegmentsPage, filter: &Filter) -> String {
    let (words, lang) = (&page.frame.words().filter, page.frame.lang);
    let value = |value: &String| match filter.subject {
        Subject::Segment => {
            page.segments.iter().find(|row| row.id.to_string() == *value).map_or_else(|| value.clone(), |row| plain(&row.name))
        }
        _ => value_label(&filter.subject, value, lang),
    };
    let values: Vec<String> = filter.values.iter().map(value).collect();
    let operator = filter.operator.words(&words.operators);
    format!("{} {operator} {}", subject_label(&filter.subject, lang), values.join(&format!(" {} ", words.or)))
}
