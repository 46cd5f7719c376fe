//! Which custom properties are shown.

use super::settings::{SettingsTab, settings_page};
use crate::components::{Input, csrf, text_field};
use crate::models::PropertiesPage;
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The choice of properties.
pub fn properties(page: &PropertiesPage) -> String {
    let title = (page.frame.words().goals.properties_title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Properties, title, || {
            view! { <section class="card">{form(page).into_any()}</section> }
        })
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
