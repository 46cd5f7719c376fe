//! The ways to an end: hand over, empty, remove.

use super::{SettingsTab, settings_page};
use crate::components::{Input, csrf, hidden_input, text_field};
use crate::models::{DangerPage, Field};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// Hand the site over, empty it, remove it.
pub fn danger(page: &DangerPage) -> String {
    let title = (page.frame.words().settings.danger_title)(&page.domain);
    render(|| settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Danger, title, || part(page)))
}

fn part(page: &DangerPage) -> impl IntoView + use<> {
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
    let to = Input { name: "email", label: said.transfer_to, kind: "email", autocomplete: "off", required: true, ..Input::default() };
    let wrong = |problem: &Option<String>| Field { value: String::new(), problem: problem.clone() };
    view! {
        <section class="card stack danger">
            <h2>{said.ends}</h2>
            <details open=page.transfer_open>
                <summary>{said.transfer}</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "transfer")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("site", &page.site)}
                    <p>{said.transfer_why}</p>
                    {text_field(to, &page.new_owner)}
                    <div class="field choices">
                        <label><input type="checkbox" name="stay" value="yes" checked=true/>{said.transfer_stay}</label>
                    </div>
                    <div class="actions"><button class="button button--bad" type="submit">{said.transfer_do}</button></div>
                </form>
            </details>
            <details open=page.reset_problem.is_some()>
                <summary>{said.reset}</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "reset")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("site", &page.site)}
                    <p>{said.reset_why}</p>
                    {text_field(confirm("-reset"), &wrong(&page.reset_problem))}
                    <div class="actions"><button class="button button--bad" type="submit">{said.reset_do}</button></div>
                </form>
            </details>
            <details open=page.remove_problem.is_some()>
                <summary>{said.remove}</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("site", &page.site)}
                    <p>{said.remove_why}</p>
                    {text_field(confirm("-remove"), &wrong(&page.remove_problem))}
                    <div class="actions"><button class="button button--bad" type="submit">{said.remove_do}</button></div>
                </form>
            </details>
        </section>
    }
}
