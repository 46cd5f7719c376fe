//! Zone, parameters, the name, and the snippet.

use super::retention::retention_part;
use super::{SettingsTab, settings_page};
use crate::components::{Input, csrf, snippet, text_field, zone_select};
use crate::format;
use crate::models::SiteSettings;
use crate::render::render;
use crate::routes;
use footfall_domain::Role;
use leptos::prelude::*;

/// Zone, parameters, the name, and the snippet.
pub fn settings(page: &SiteSettings) -> String {
    let title = (page.frame.words().settings.title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::General, title, || {
            view! {
                {general(page).into_any()}
                {snippet_part(page).into_any()}
                {retention_part(page).into_any()}
                {rename(page)}
            }
        })
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

/// Another domain, for who owns the site.
fn rename(page: &SiteSettings) -> Option<impl IntoView + use<>> {
    let said = &page.frame.words().settings;
    let input = Input {
        name: "domain",
        label: said.new_domain,
        kind: "text",
        autocomplete: "off",
        placeholder: "example.com",
        required: true,
        ..Input::default()
    };
    (page.frame.role >= Some(Role::Owner)).then(|| {
        view! {
            <section class="card">
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "rename")>
                    <h2>{said.rename}</h2>
                    {csrf(&page.frame.csrf)}
                    <p class="quiet">{said.rename_why}</p>
                    {text_field(input, &page.new_domain)}
                    <div class="actions"><button class="button" type="submit">{said.rename_do}</button></div>
                </form>
            </section>
        }
    })
}
