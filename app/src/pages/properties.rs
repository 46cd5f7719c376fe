//! Which custom properties are shown.

use super::named::{SettingsTab, settings_tabs};
use crate::components::{Input, csrf, document, notice, plain_bar, text_field};
use crate::models::PropertiesPage;
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The choice of properties.
pub fn properties(page: &PropertiesPage) -> String {
    render(|| {
        let words = page.frame.words();
        provide_context(page.frame.lang);
        let said = &words.goals;
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title">
                    <h1>{page.domain.clone()}</h1>
                    <a class="button" href=routes::site(&page.domain)>{words.common.see_numbers}</a>
                </div>
                {settings_tabs(&page.frame, &page.domain, SettingsTab::Properties)}
                <section class="card">{form(page).into_any()}</section>
            </main>
        };
        document(&page.frame, (said.properties_title)(&page.domain), "", body)
    })
}

fn form(page: &PropertiesPage) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().goals);
    let boxes = page.seen.iter().map(|(name, chosen)| {
        let (name, chosen) = (name.clone(), *chosen);
        view! { <label><input type="checkbox" name="property" value=name.clone() checked=chosen/>{plain(&name)}</label> }
    });
    let boxes = boxes.collect_view();
    let nothing = page.seen.is_empty().then(|| view! { <p class="quiet">{said.no_properties}</p> });
    let others = Input {
        name: "others",
        label: said.more_properties,
        hint: said.more_properties_hint,
        kind: "text",
        placeholder: "author, plan",
        autocomplete: "off",
        ..Input::default()
    };
    view! {
        <form class="stack" method="post" action=routes::settings_form(&page.domain, "properties")>
            <h2>{said.properties}</h2>
            {csrf(&page.frame.csrf)}
            <p class="quiet">{said.properties_why}</p>
            <fieldset class="field choices" aria-label=said.properties>
                <label><input type="radio" name="show" value="all" checked=page.all/>{said.show_all}</label>
                <label><input type="radio" name="show" value="these" checked=!page.all/>{said.show_these}</label>
            </fieldset>
            {nothing}
            <fieldset class="field choices" aria-label=said.show_these>
                {boxes}
            </fieldset>
            {text_field(others, &page.others)}
            <div class="actions"><button class="button button--main" type="submit">{words.common.save}</button></div>
        </form>
    }
}
