//! What a site leaves out of its numbers.

use super::{SettingsTab, settings_page};
use crate::components::{Input, csrf, hidden_input, problem, text_field};
use crate::format;
use crate::models::{ExclusionRow, ExclusionsPage, Field, Looked};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::Lang;
use footfall_domain::{Excluded, ExclusionKind};
use leptos::prelude::*;

/// The rules, and a form for each kind of them.
pub fn exclusions(page: &ExclusionsPage) -> String {
    let title = (page.frame.words().exclusions.page_title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Exclusions, title, || {
            view! {
                {rules(page).into_any()}
                {new_rules(page)}
            }
        })
    })
}

fn rules(page: &ExclusionsPage) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().exclusions);
    let table = if page.rules.is_empty() {
        view! { <p class="quiet">{said.none}</p> }.into_any()
    } else {
        let rows = page.rules.iter().map(|rule| rule_row(page, rule)).collect_view();
        view! {
            <table class="table">
                <caption class="unseen">{words.settings.exclusions}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said.what}</th>
                        <th scope="col">{said.since}</th>
                        <th scope="col"><span class="unseen">{words.common.remove}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="card stack" id="exclusions">
            <h2>{words.settings.exclusions}</h2>
            <p class="quiet">{said.why}</p>
            <p class="quiet">{said.from_today}</p>
            {table}
        </section>
    }
}

fn rule_row(page: &ExclusionsPage, rule: &ExclusionRow) -> impl IntoView + use<> {
    let (words, said, lang) = (page.frame.words(), &page.frame.words().exclusions, page.frame.lang);
    let what = in_words(&rule.what, lang);
    let since = rule.from.map_or_else(|| said.always.to_owned(), |from| format::day_short(from, lang));
    view! {
        <tr>
            <th class="wrap-anywhere" scope="row">{what.clone()}</th>
            <td>{since}</td>
            <td class="table__end">
                <form method="post" action=routes::settings_form(&page.domain, "exclusions/remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("number", &rule.number.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(said.remove)(&what)>{words.common.remove}</button>
                </form>
            </td>
        </tr>
    }
}

fn in_words(what: &Excluded, lang: Lang) -> String {
    let text = match what {
        Excluded::Country(code) => format::country(code, lang),
        what => plain(&what.text()),
    };
    (lang.words().exclusions.rule)(what.kind(), &text)
}

fn new_rules(page: &ExclusionsPage) -> impl IntoView + use<> {
    let said = &page.frame.words().exclusions;
    let forms = ExclusionKind::ALL.into_iter().map(|kind| new_rule(page, kind)).collect_view();
    view! {
        <section class="card stack" id="new-exclusion">
            <h2>{said.add}</h2>
            {forms}
        </section>
    }
}

fn new_rule(page: &ExclusionsPage, kind: ExclusionKind) -> impl IntoView + use<> {
    let said = &page.frame.words().exclusions;
    let sent = page.sent.as_ref().filter(|(of, _)| *of == kind).map(|(_, field)| field.clone());
    let looked = sent.as_ref().and(page.looked).map(|looked| {
        let text = looked_in_words(looked, page.frame.lang);
        view! { <p class="notice" role="status">{text}</p> }
    });
    let field = match kind {
        ExclusionKind::Country => countries(page.frame.lang, &sent.unwrap_or_default()).into_any(),
        kind => {
            let own = if kind == ExclusionKind::Address { page.own_address.clone() } else { String::new() };
            text_field(input(kind, page.frame.lang), &sent.unwrap_or_else(|| Field::of(own))).into_any()
        }
    };
    // Of an address nobody could say.
    let look = (kind != ExclusionKind::Address)
        .then(|| view! { <button class="button button--plain" type="submit" name="step" value="look">{said.look}</button> });
    view! {
        <form class="stack" method="post" action=routes::settings_form(&page.domain, "exclusions") id=format!("exclude-{}", kind.name())>
            {csrf(&page.frame.csrf)}
            {hidden_input("kind", kind.name())}
            {field}
            {looked}
            <div class="actions">
                <button class="button" type="submit" name="step" value="exclude">{said.exclude}</button>
                {look}
            </div>
        </form>
    }
}

fn input(kind: ExclusionKind, lang: Lang) -> Input {
    let said = &lang.words().exclusions;
    let (id_suffix, placeholder) = match kind {
        ExclusionKind::Path => ("-path", "/admin/*"),
        ExclusionKind::Hostname => ("-hostname", "staging.example.com"),
        ExclusionKind::OnlyHostname => ("-only-hostname", "example.com"),
        ExclusionKind::Country => ("-country", ""),
        ExclusionKind::Address => ("-address", "192.0.2.7"),
    };
    Input {
        name: "text",
        label: (said.label)(kind),
        kind: "text",
        hint: (said.hint)(kind),
        autocomplete: "off",
        placeholder,
        required: true,
        id_suffix,
        ..Input::default()
    }
}

/// All countries, by their names.
fn countries(lang: Lang, field: &Field) -> impl IntoView + use<> {
    let said = &lang.words().exclusions;
    let mut named: Vec<(String, &str)> =
        footfall_query::country::NAMES.iter().map(|(code, _)| (format::country(code, lang), *code)).collect();
    named.sort_by_key(|(name, _)| name.to_lowercase());
    let chosen = field.value.clone();
    let options = named.into_iter().map(|(name, code)| view! { <option value=code selected=code == chosen>{name}</option> });
    let options = options.collect_view();
    let described = if field.problem.is_some() { "text-country-hint text-country-problem" } else { "text-country-hint" };
    view! {
        <div class="field" class:field--wrong=field.problem.is_some()>
            <label for="text-country">{(said.label)(ExclusionKind::Country)}</label>
            <select id="text-country" name="text" required aria-describedby=described aria-invalid=field.problem.is_some().then_some("true")>
                <option value="">{said.choose}</option>
                {options}
            </select>
            <p class="hint" id="text-country-hint">{(said.hint)(ExclusionKind::Country)}</p>
            {problem(field.problem.as_deref(), "text-country-problem".to_owned())}
        </div>
    }
}

fn looked_in_words(looked: Looked, lang: Lang) -> String {
    let said = &lang.words().exclusions;
    match looked {
        Looked::Found { pageviews, of, days } => {
            (said.found)(&format::count(pageviews, lang), &format::count(of, lang), &format::count(days.into(), lang))
        }
        Looked::NotKept => said.not_kept.to_owned(),
    }
}
