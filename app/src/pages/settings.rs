use super::named::{SettingsTab, settings_tabs};
use crate::components::{Input, csrf, document, hidden_input, notice, plain_bar, snippet, text_field, zone_select};
use crate::format;
use crate::models::{DropRow, Field, KeyRow, NewKeyShown, SiteSettings};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::{Lang, SettingsWords};
use footfall_domain::DropReason;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A site's settings.
pub fn settings(page: &SiteSettings) -> String {
    render(|| {
        let words = page.frame.words();
        provide_context(page.frame.lang);
        let domain = page.domain.clone();
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title">
                    <h1>{domain.clone()}</h1>
                    <a class="button" href=routes::site(&domain)>{words.common.see_numbers}</a>
                </div>
                {settings_tabs(&page.frame, &domain, SettingsTab::General)}
                {general(page).into_any()}
                {snippet_part(page).into_any()}
                {keys(page).into_any()}
                {drops(page).into_any()}
                {ends(page).into_any()}
            </main>
        };
        document(&page.frame, (words.settings.title)(&domain), "", body)
    })
}

fn general(page: &SiteSettings) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().settings);
    let keep = Input {
        name: "keep_parameters",
        label: said.keep_parameters,
        kind: "text",
        placeholder: "product lang",
        hint: said.keep_parameters_hint,
        ..Input::default()
    };
    let waits = page.timezone_from.map(|date| {
        let text = (said.zone_waits)(&format::day_long(date, page.frame.lang));
        view! { <p class="notice">{text}</p> }
    });
    view! {
        <section class="card">
            <form class="stack" method="post" action=routes::settings(&page.domain)>
                <h2>{said.general}</h2>
                {csrf(&page.frame.csrf)}
                {waits}
                {zone_select(words, &page.timezone, said.zone_hint)}
                {text_field(keep, &page.keep_parameters)}
                <div class="actions"><button class="button button--main" type="submit">{words.common.save}</button></div>
            </form>
        </section>
    }
}

fn snippet_part(page: &SiteSettings) -> impl IntoView + use<> {
    let words = page.frame.words();
    view! {
        <section class="card stack">
            <h2>{words.common.snippet}</h2>
            {snippet(words, &page.origin, &page.script, &page.domain)}
            <p><a class="way" href=routes::install(&page.domain)>{words.settings.check}</a></p>
        </section>
    }
}

fn keys(page: &SiteSettings) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().settings);
    let name = Input {
        name: "name",
        label: said.new_key_name,
        kind: "text",
        placeholder: said.new_key_example,
        required: true,
        autocomplete: "off",
        ..Input::default()
    };
    let rows = page.keys.iter().map(|key| key_row(page, key)).collect_view();
    let table = (!page.keys.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{said.key_name}</th>
                        <th scope="col">{said.key_may}</th>
                        <th scope="col">{said.key_made}</th>
                        <th><span class="unseen">{words.common.remove}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="card stack" id="keys">
            <h2>{said.keys}</h2>
            <p class="quiet">{said.keys_before}<code>"stats"</code>{said.keys_between}<code>"events"</code>{said.keys_after}</p>
            {page.new_key.as_ref().map(|shown| new_key(said, shown))}
            {table}
            <form class="stack" method="post" action=routes::settings_form(&page.domain, "keys")>
                {csrf(&page.frame.csrf)}
                {text_field(name, &page.key_name)}
                <fieldset class="field choices">
                    <legend>{said.it_may}</legend>
                    <label><input type="radio" name="scope" value="stats" checked=true/>{said.may_read}</label>
                    <label><input type="radio" name="scope" value="events"/>{said.may_send}</label>
                </fieldset>
                <div class="actions"><button class="button" type="submit">{said.make_key}</button></div>
            </form>
        </section>
    }
}

fn new_key(said: &SettingsWords, shown: &NewKeyShown) -> impl IntoView + use<> {
    let (words, key, label) = ((said.key_shown_once)(&plain(&shown.name)), shown.key.clone(), said.new_key);
    view! {
        <div class="notice notice--good" role="status">
            <p>{words}</p>
            <pre class="new-key" tabindex="0" aria-label=label><code>{key}</code></pre>
        </div>
    }
}

fn key_row(page: &SiteSettings, key: &KeyRow) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().settings);
    let may = match key.scope.as_str() {
        "stats" => said.may_read,
        "events" => said.may_send,
        _ => said.may_all,
    };
    let name = plain(&key.name);
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td>{may}</td>
            <td>{format::day_short(key.created, page.frame.lang)}</td>
            <td class="table__end">
                <form method="post" action=routes::settings_form(&page.domain, "keys/remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("id", &key.id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(said.remove_key)(&name)>{words.common.remove}</button>
                </form>
            </td>
        </tr>
    }
}

fn drops(page: &SiteSettings) -> impl IntoView + use<> {
    let (rows, said) = (&page.drops, &page.frame.words().settings);
    let mut totals: BTreeMap<DropReason, i64> = BTreeMap::new();
    for (reason, n) in rows.iter().flat_map(|row| &row.reasons) {
        *totals.entry(*reason).or_default() += n;
    }
    let mut reasons: Vec<(DropReason, i64)> = totals.into_iter().collect();
    reasons.sort_by_key(|(reason, n)| (-n, *reason));
    let content = if reasons.is_empty() {
        view! { <p class="quiet">{said.nothing_left_out}</p> }.into_any()
    } else {
        drop_table(page.frame.lang, rows, &reasons).into_any()
    };
    view! {
        <section class="card stack" id="not-counted">
            <h2>{said.not_counted}</h2>
            <p class="quiet">{said.not_counted_why}</p>
            {content}
        </section>
    }
}

fn drop_table(lang: Lang, rows: &[DropRow], reasons: &[(DropReason, i64)]) -> impl IntoView + use<> {
    let said = &lang.words().settings;
    let head = |(reason, _): &(DropReason, i64)| {
        view! { <th scope="col" class="num" title=(said.reason_why)(*reason)>{(said.reason)(*reason)}</th> }
    };
    let heads = reasons.iter().map(head).collect_view();
    let sums = reasons.iter().map(|(_, n)| view! { <td class="num">{format::count(*n, lang)}</td> }).collect_view();
    let days = rows.iter().map(|row| {
        let cells = reasons.iter().map(|(reason, _)| {
            let n = row.reasons.iter().find(|(known, _)| known == reason).map_or(0, |(_, n)| *n);
            view! { <td class="num" class:zero=n == 0>{format::count(n, lang)}</td> }
        });
        view! { <tr><th scope="row">{format::day_short(row.date, lang)}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="scroll" role="region" aria-label=said.not_counted_by_day tabindex="0">
            <table class="table">
                <thead><tr><th scope="col">{said.day}</th>{heads}</tr></thead>
                <tbody>{days.collect_view()}</tbody>
                <tfoot><tr><th scope="row">{said.all}</th>{sums}</tr></tfoot>
            </table>
        </div>
    }
}

fn ends(page: &SiteSettings) -> impl IntoView + use<> {
    let said = &page.frame.words().settings;
    let confirm = |id_suffix| Input {
        name: "confirm",
        label: said.confirm,
        kind: "text",
        autocomplete: "off",
        required: true,
        id_suffix,
        ..Input::default()
    };
    let wrong = |problem: &Option<String>| Field { value: String::new(), problem: problem.clone() };
    view! {
        <section class="card stack danger">
            <h2>{said.ends}</h2>
            <details open=page.reset_problem.is_some()>
                <summary>{said.reset}</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "reset")>
                    {csrf(&page.frame.csrf)}
                    <p>{said.reset_why}</p>
                    {text_field(confirm("-reset"), &wrong(&page.reset_problem))}
                    <div class="actions"><button class="button button--bad" type="submit">{said.reset_do}</button></div>
                </form>
            </details>
            <details open=page.remove_problem.is_some()>
                <summary>{said.remove}</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "remove")>
                    {csrf(&page.frame.csrf)}
                    <p>{said.remove_why}</p>
                    {text_field(confirm("-remove"), &wrong(&page.remove_problem))}
                    <div class="actions"><button class="button button--bad" type="submit">{said.remove_do}</button></div>
                </form>
            </details>
        </section>
    }
}
