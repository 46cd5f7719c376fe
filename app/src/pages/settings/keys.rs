//! Keys of programs.

use super::{SettingsTab, settings_page};
use crate::components::{Input, csrf, hidden_input, text_field};
use crate::format;
use crate::models::{KeyRow, KeysPage, NewKeyShown};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::SettingsWords;
use leptos::prelude::*;

/// The site's keys.
pub fn keys(page: &KeysPage) -> String {
    let title = (page.frame.words().settings.keys_title)(&page.domain);
    render(|| settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Keys, title, || part(page)))
}

fn part(page: &KeysPage) -> impl IntoView + use<> {
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
                <caption class="unseen">{said.keys}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said.key_name}</th>
                        <th scope="col">{said.key_may}</th>
                        <th scope="col">{said.key_made}</th>
                        <th scope="col"><span class="unseen">{words.common.remove}</span></th>
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

fn key_row(page: &KeysPage, key: &KeyRow) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().settings);
    let may = match key.scope.as_str() {
        "stats" => said.may_read,
        "events" => said.may_send,
        "sites" => said.may_sites,
        _ => said.may_all,
    };
    let name = plain(&key.name);
    view! {
        <tr>
            <th class="wrap-anywhere" scope="row">{name.clone()}</th>
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
