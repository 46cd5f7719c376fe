//! A person's own keys: programs that may what the person may.

use crate::components::{Input, csrf, hidden_input, text_field};
use crate::format;
use crate::models::{Account, KeyRow};
use crate::panels::plain;
use crate::routes;
use leptos::prelude::*;

/// The keys, a new one, and the form for the next.
pub(super) fn account_keys(page: &Account) -> impl IntoView + use<> {
    let (words, said) = (&page.frame.words().account, &page.frame.words().settings);
    let name = Input {
        name: "name",
        label: said.new_key_name,
        kind: "text",
        placeholder: said.new_key_example,
        required: true,
        autocomplete: "off",
        ..Input::default()
    };
    let shown = page.new_key.as_ref().map(|shown| {
        let (said_once, key) = ((said.key_shown_once)(&plain(&shown.name)), shown.key.clone());
        view! {
            <div class="notice notice--good" role="status">
                <p>{said_once}</p>
                <pre class="new-key" tabindex="0" aria-label=said.new_key><code>{key}</code></pre>
            </div>
        }
    });
    view! {
        <section class="card stack" id="keys">
            <h2>{words.keys}</h2>
            <p class="quiet">{words.keys_hint}</p>
            {shown}
            {table(page)}
            <form class="stack" method="post" action=routes::ACCOUNT_KEYS>
                {csrf(&page.frame.csrf)}
                {text_field(name, &page.key_name)}
                <fieldset class="field choices">
                    <legend>{said.it_may}</legend>
                    <label><input type="radio" name="scope" value="stats" checked=true/>{said.may_read}</label>
                    <label><input type="radio" name="scope" value="sites"/>{words.may_sites}</label>
                </fieldset>
                <div class="actions"><button class="button" type="submit">{said.make_key}</button></div>
            </form>
        </section>
    }
}

fn table(page: &Account) -> Option<impl IntoView + use<>> {
    let (words, said) = (page.frame.words(), &page.frame.words().settings);
    let rows = page.keys.iter().map(|key| row(page, key)).collect_view();
    (!page.keys.is_empty()).then(|| {
        view! {
            <table class="table">
                <caption class="unseen">{page.frame.words().account.keys}</caption>
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
    })
}

fn row(page: &Account, key: &KeyRow) -> impl IntoView + use<> {
    let words = page.frame.words();
    let may = if key.scope == "sites" { words.account.may_sites } else { words.settings.may_read };
    let name = plain(&key.name);
    view! {
        <tr>
            <th class="wrap-anywhere" scope="row">{name.clone()}</th>
            <td>{may}</td>
            <td>{format::day_short(key.created, page.frame.lang)}</td>
            <td class="table__end">
                <form method="post" action=routes::ACCOUNT_KEYS_REMOVE>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("id", &key.id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(words.settings.remove_key)(&name)>{words.common.remove}</button>
                </form>
            </td>
        </tr>
    }
}
