//! Who changed what at a site.

use super::{SettingsTab, settings_page};
use crate::format;
use crate::models::{Frame, LogPage, LogRow};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::LogWords;
use leptos::prelude::*;

/// Who changed what, the newest first.
pub fn log(page: &LogPage) -> String {
    let title = (page.frame.words().log.page_title)(&page.domain);
    render(|| settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::Log, title, || part(page)))
}

fn part(page: &LogPage) -> impl IntoView + use<> {
    let said = &page.frame.words().log;
    let here = routes::settings_form(&page.domain, "log");
    let older = page.before.map(|before| view! { <a class="way" rel="next" href=format!("{here}?before={before}")>{said.older}</a> });
    let newest = (!page.newest).then(|| view! { <a class="way" href=here.clone()>{said.newest}</a> });
    let ways = (page.before.is_some() || !page.newest).then(|| view! { <div class="actions">{newest}{older}</div> });
    let content = if page.rows.is_empty() {
        view! { <p>{said.none}</p> }.into_any()
    } else {
        log_table(&page.frame, said.title, &page.rows).into_any()
    };
    view! {
        <section class="card stack">
            <h2>{said.title}</h2>
            <p class="quiet">{said.why}</p>
            {content}
            {ways}
        </section>
    }
}

/// Changes, a row each; what they are about is heard before.
pub(in crate::pages) fn log_table(frame: &Frame, caption: &'static str, rows: &[LogRow]) -> impl IntoView + use<> {
    let (said, lang) = (&frame.words().log, frame.lang);
    let rows = rows.iter().map(|row| {
        let day = format!("{} {}", format::day_short(row.date, lang), row.time);
        view! {
            <tr>
                <td class="log__when">{day}</td>
                <td class="log__who">{breakable(&who(said, row))}</td>
                <td class="log__what">{breakable(&what(said, row))}</td>
            </tr>
        }
    });
    view! {
        <table class="table log">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr><th scope="col">{said.when}</th><th scope="col">{said.who}</th><th scope="col">{said.what}</th></tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// Text with places where an address in it may go on in the next line: after `@` and before a dot.
fn breakable(text: &str) -> impl IntoView + use<> {
    let mut parts = vec![String::new()];
    for letter in text.chars() {
        if letter == '.' {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        if letter == '@' {
            parts.push(String::new());
        }
    }
    let parts = parts.into_iter().enumerate().map(|(at, part)| view! { {(at > 0).then(|| view! { <wbr/> })}{part} });
    parts.collect_view()
}

fn who(said: &LogWords, row: &LogRow) -> String {
    match row.who.strip_prefix("key:") {
        Some(name) => (said.key)(&plain(name)),
        None if row.who == "command" => said.command.to_owned(),
        None => plain(&row.who),
    }
}

/// In words; a deed of another version by its name.
fn what(said: &LogWords, row: &LogRow) -> String {
    plain(&(said.deed)(row).unwrap_or_else(|| row.deed.clone()))
}
