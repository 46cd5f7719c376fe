//! Who may see a site without an account.

use super::{SettingsTab, settings_page};
use crate::components::{csrf, hidden_input, problem, to_copy};
use crate::format;
use crate::models::{LinkForm, LinkRow, SharingPage};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The public switch, shared links, hosts that may frame.
pub fn sharing(page: &SharingPage) -> String {
    let title = (page.frame.words().sharing.page_title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Sharing, title, || {
            view! {
                {public(page).into_any()}
                {links(page).into_any()}
                {frames(page).into_any()}
            }
        })
    })
}

fn public(page: &SharingPage) -> impl IntoView + use<> {
    let said = &page.frame.words().sharing;
    let place = routes::site(&page.domain);
    let shown = format!("{}{place}", page.origin);
    let state = if page.public {
        view! { <p><b>{said.is_public}</b>" "<a class="way wrap-anywhere" href=place>{shown}</a></p> }.into_any()
    } else {
        view! { <p><b>{said.is_private}</b></p> }.into_any()
    };
    let means = match (page.public, page.purges) {
        (false, _) => said.public_why,
        (true, true) => said.private_purged,
        (true, false) => said.private_later,
    };
    let label = if page.public { said.make_private } else { said.make_public };
    let wanted = if page.public { "false" } else { "true" };
    view! {
        <section class="card stack">
            <h2>{said.public}</h2>
            {state}
            <p class="quiet">{means}</p>
            <form class="actions" method="post" action=routes::settings_form(&page.domain, "sharing/public")>
                {csrf(&page.frame.csrf)}
                {hidden_input("public", wanted)}
                <button class="button" class:button--main=!page.public type="submit">{label}</button>
            </form>
        </section>
    }
}

fn links(page: &SharingPage) -> impl IntoView + use<> {
    let said = &page.frame.words().sharing;
    let rows = page.links.iter().map(|row| link(page, row).into_any()).collect_view();
    let list = if page.links.is_empty() {
        view! { <p>{said.no_links}</p> }.into_any()
    } else {
        view! { <ul class="segment-list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card stack" id="links">
            <h2>{said.links}</h2>
            <p class="quiet">{said.links_why}</p>
            {list}
            <h3>{said.new}</h3>
            {form(page, None, &page.new, false).into_any()}
        </section>
    }
}

fn link(page: &SharingPage, row: &LinkRow) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().sharing);
    let name = plain(&row.name);
    let sent = page.changed.as_ref().filter(|(id, _)| *id == row.id).map(|(_, form)| form.clone());
    let is_open = sent.is_some();
    let shown = sent.unwrap_or_else(|| as_form(row));
    view! {
        <li class="segment">
            <div class="segment__head">
                <b class="segment__name">{name.clone()}</b>
                <span class="quiet">{facts(page, row)}</span>
            </div>
            {to_copy((said.address_of)(&name), row.address.clone())}
            <div class="row-ways">
                <details open=is_open>
                    <summary aria-label=(said.change_one)(&name)>{said.change}</summary>
                    {form(page, Some(row.id), &shown, row.has_password).into_any()}
                </details>
                <form method="post" action=routes::settings_form(&page.domain, "sharing/remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("id", &row.id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(said.remove_one)(&name)>{words.common.remove}</button>
                </form>
            </div>
        </li>
    }
}

/// The link as its form shows it first.
fn as_form(row: &LinkRow) -> LinkForm {
    LinkForm {
        name: crate::models::Field::of(row.name.clone()),
        password_problem: None,
        segment: row.segment,
        last_day: crate::models::Field::of(row.last_day.map(|day| day.to_string()).unwrap_or_default()),
    }
}

/// What is said about a link in its row.
fn facts(page: &SharingPage, row: &LinkRow) -> String {
    let said = &page.frame.words().sharing;
    let segment = row.segment.map(|id| {
        let name = page.segments.iter().find(|(known, _)| *known == id).map_or_else(|| id.to_string(), |(_, name)| plain(name));
        (said.with_segment)(&name)
    });
    let end = row.last_day.map(|day| {
        let day = format::day_short(day, page.frame.lang);
        if row.ended { (said.ended)(&day) } else { (said.until)(&day) }
    });
    let password = row.has_password.then(|| said.with_password.to_owned());
    [password, segment, end].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One of the fields of a link's form; there are as many forms as links, and an id is one's own.
struct Part<'a> {
    name: &'static str,
    kind: &'static str,
    label: &'static str,
    hint: &'static str,
    placeholder: &'static str,
    value: Option<&'a str>,
    problem: Option<&'a str>,
    required: bool,
}

fn part(form: Option<u64>, part: &Part<'_>) -> impl IntoView + use<> {
    let id = format!("{}-{}", part.name, form.map_or_else(|| "new".to_owned(), |id| id.to_string()));
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let wrong = part.problem.is_some();
    let described = [(!part.hint.is_empty()).then(|| hint_id.clone()), wrong.then(|| problem_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (label, hint) = (part.label, part.hint);
    view! {
        <div class="field" class:field--wrong=wrong>
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name=part.name
                type=part.kind
                value=part.value.map(str::to_owned)
                placeholder=(!part.placeholder.is_empty()).then_some(part.placeholder)
                autocomplete=if part.kind == "password" { "new-password" } else { "off" }
                required=part.required
                aria-invalid=wrong.then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
            />
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {problem(part.problem, problem_id)}
        </div>
    }
}

fn form(page: &SharingPage, id: Option<u64>, shown: &LinkForm, has_password: bool) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().sharing);
    let field = |name, kind, label, hint| Part { name, kind, label, hint, placeholder: "", value: None, problem: None, required: false };
    let name = Part {
        placeholder: said.name_example,
        value: Some(&shown.name.value),
        problem: shown.name.problem.as_deref(),
        required: true,
        ..field("name", "text", said.name, "")
    };
    let hint = if has_password { said.password_kept } else { said.password_hint };
    let password = Part { problem: shown.password_problem.as_deref(), ..field("password", "password", said.password, hint) };
    let last_day = Part {
        value: Some(&shown.last_day.value),
        problem: shown.last_day.problem.as_deref(),
        ..field("last_day", "date", said.last_day, said.last_day_hint)
    };
    let no_password = has_password.then(|| {
        let label = said.password_none;
        view! { <div class="field choices"><label><input type="checkbox" name="no_password" value="yes"/>{label}</label></div> }
    });
    view! {
        <form class="stack" method="post" action=routes::settings_form(&page.domain, "sharing/link")>
            {csrf(&page.frame.csrf)}
            {id.map(|id| hidden_input("id", &id.to_string()))}
            {part(id, &name)}
            {part(id, &password)}
            {no_password}
            {segment(page, id, shown.segment).into_any()}
            {part(id, &last_day)}
            <div class="actions">
                <button class="button" type="submit">{if id.is_some() { words.common.save } else { said.make }}</button>
            </div>
        </form>
    }
}

fn segment(page: &SharingPage, form: Option<u64>, chosen: Option<u64>) -> impl IntoView + use<> {
    let said = &page.frame.words().sharing;
    let id = format!("segment-{}", form.map_or_else(|| "new".to_owned(), |id| id.to_string()));
    let hint_id = format!("{id}-hint");
    let options = page.segments.iter().map(|(number, name)| {
        view! { <option value=number.to_string() selected=Some(*number) == chosen>{plain(name)}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{said.segment}</label>
            <select id=id name="segment" aria-describedby=hint_id.clone()>
                <option value="">{said.segment_none}</option>
                {options}
            </select>
            <p class="hint" id=hint_id>{said.segment_hint}</p>
        </div>
    }
}

fn frames(page: &SharingPage) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().sharing);
    let wrong = page.hosts.problem.is_some();
    let described = if wrong { "hosts-hint hosts-problem" } else { "hosts-hint" };
    let hosts = page.hosts.value.lines().map(plain).collect::<Vec<_>>().join("\n");
    // What stands in a text area is written as it is.
    let hosts = hosts.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <section class="card" id="frames">
            <form class="stack" method="post" action=routes::settings_form(&page.domain, "sharing/hosts")>
                <h2>{said.frames}</h2>
                {csrf(&page.frame.csrf)}
                <p class="quiet">{said.frames_why}</p>
                <div class="field" class:field--wrong=wrong>
                    <label for="hosts">{said.hosts}</label>
                    <textarea
                        id="hosts"
                        name="hosts"
                        rows="3"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=described
                    >{hosts}</textarea>
                    <p class="hint" id="hosts-hint">{said.hosts_hint}</p>
                    {problem(page.hosts.problem.as_deref(), "hosts-problem".to_owned())}
                </div>
                <div class="actions"><button class="button" type="submit">{words.common.save}</button></div>
            </form>
        </section>
    }
}
