//! How long a site keeps hits and numbers.

use super::{SettingsTab, settings_page};
use crate::components::{Input, csrf, hidden_input, text_field};
use crate::format;
use crate::models::{Retention, RetentionPage, SiteSettings};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The part of the general settings.
pub(super) fn retention_part(page: &SiteSettings) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().exclusions);
    let Retention { site, months } = &page.retention;
    let input = Input {
        name: "months",
        label: said.months,
        kind: "text",
        hint: said.months_hint,
        autocomplete: "off",
        placeholder: "24",
        ..Input::default()
    };
    view! {
        <section class="card" id="retention">
            <form class="stack" method="post" action=routes::settings_form(&page.domain, "retention")>
                <h2>{said.retention}</h2>
                {csrf(&page.frame.csrf)}
                {hidden_input("site", site)}
                <p class="quiet">{said.retention_why}</p>
                {text_field(input, months)}
                <div class="actions"><button class="button" type="submit">{words.common.save}</button></div>
            </form>
        </section>
    }
}

/// What would be erased, and whether that is meant.
pub fn retention(page: &RetentionPage) -> String {
    let (words, lang) = (&page.frame.words().exclusions, page.frame.lang);
    let title = (words.confirm_title)(&page.domain);
    let erases = match page.erased {
        Some((date, days)) => (words.erases)(&format::count(days.into(), lang), &format::day_long(date, lang)),
        None => words.erases_nothing.to_owned(),
    };
    render(|| {
        settings_page(&page.frame, &None, &page.domain, SettingsTab::General, title, || {
            view! {
                <section class="card" id="retention">
                    <form class="stack" method="post" action=routes::settings_form(&page.domain, "retention")>
                        <h2>{words.retention}</h2>
                        {csrf(&page.frame.csrf)}
                        {hidden_input("site", &page.site)}
                        {hidden_input("months", &page.months.to_string())}
                        {hidden_input("sure", "yes")}
                        <p>{(words.keeps)(page.months)}</p>
                        <p class="notice notice--bad">{erases}" "{words.for_good}</p>
                        <div class="actions">
                            <button class="button button--bad" type="submit">{words.keep_so_long}</button>
                            <a class="way" href=routes::settings(&page.domain)>{words.leave}</a>
                        </div>
                    </form>
                </section>
            }
        })
    })
}
