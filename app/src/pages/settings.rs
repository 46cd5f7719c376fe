use crate::components::{Input, csrf, document, hidden_input, notice, plain_bar, snippet, text_field, zone_select};
use crate::format;
use crate::models::{DropRow, Field, KeyRow, NewKeyShown, SiteSettings};
use crate::render::render;
use crate::routes;
use footfall_domain::DropReason;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A site's settings.
pub fn settings(page: &SiteSettings) -> String {
    render(|| {
        let domain = page.domain.clone();
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title">
                    <h1>{domain.clone()}</h1>
                    <a class="button" href=routes::site(&domain)>"See the numbers"</a>
                </div>
                {general(page).into_any()}
                {snippet_part(page).into_any()}
                {keys(page).into_any()}
                {drops(&page.drops).into_any()}
                {ends(page).into_any()}
            </main>
        };
        document(&page.frame, format!("Settings of {domain}"), "", body)
    })
}

fn general(page: &SiteSettings) -> impl IntoView + use<> {
    let keep = Input {
        name: "keep_parameters",
        label: "Query parameters to keep",
        kind: "text",
        placeholder: "product lang",
        hint: "Beside utm_*, ref and source. All others are cut off before a hit is stored.",
        ..Input::default()
    };
    let waits = page.timezone_from.map(|date| {
        let text = format!("The change takes effect on {}; until then days end where they did.", format::day_long(date));
        view! { <p class="notice">{text}</p> }
    });
    view! {
        <section class="card">
            <form class="stack" method="post" action=routes::settings(&page.domain)>
                <h2>"General"</h2>
                {csrf(&page.frame.csrf)}
                {waits}
                {zone_select(&page.timezone, "A change takes effect at the next midnight. Past days keep their zone.")}
                {text_field(keep, &page.keep_parameters)}
                <div class="actions"><button class="button button--main" type="submit">"Save"</button></div>
            </form>
        </section>
    }
}

fn snippet_part(page: &SiteSettings) -> impl IntoView + use<> {
    view! {
        <section class="card stack">
            <h2>"Snippet"</h2>
            {snippet(&page.origin, &page.script, &page.domain)}
            <p><a class="way" href=routes::install(&page.domain)>"Check whether it works"</a></p>
        </section>
    }
}

fn keys(page: &SiteSettings) -> impl IntoView + use<> {
    let name = Input {
        name: "name",
        label: "Name of a new key",
        kind: "text",
        placeholder: "What it is for",
        required: true,
        autocomplete: "off",
        ..Input::default()
    };
    let rows = page.keys.iter().map(|key| key_row(page, key)).collect_view();
    let table = (!page.keys.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead><tr><th scope="col">"Name"</th><th scope="col">"May"</th><th scope="col">"Made"</th><th><span class="unseen">"Remove"</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="card stack" id="keys">
            <h2>"Keys"</h2>
            <p class="quiet">"For programs: "<code>"stats"</code>" reads reports, "<code>"events"</code>" sends hits on behalf of visitors."</p>
            {page.new_key.clone().map(new_key)}
            {table}
            <form class="stack" method="post" action=routes::settings_form(&page.domain, "keys")>
                {csrf(&page.frame.csrf)}
                {text_field(name, &page.key_name)}
                <fieldset class="field choices">
                    <legend>"It may"</legend>
                    <label><input type="radio" name="scope" value="stats" checked=true/>"read reports"</label>
                    <label><input type="radio" name="scope" value="events"/>"send hits"</label>
                </fieldset>
                <div class="actions"><button class="button" type="submit">"Make a key"</button></div>
            </form>
        </section>
    }
}

fn new_key(shown: NewKeyShown) -> impl IntoView {
    view! {
        <div class="notice notice--good" role="status">
            <p>"The key “"{shown.name}"”. It is shown this once; only its hash is kept."</p>
            <pre class="new-key" tabindex="0" aria-label="New key"><code>{shown.key}</code></pre>
        </div>
    }
}

fn key_row(page: &SiteSettings, key: &KeyRow) -> impl IntoView + use<> {
    let may = match key.scope.as_str() {
        "stats" => "read reports",
        "events" => "send hits",
        _ => "do everything",
    };
    view! {
        <tr>
            <th scope="row">{key.name.clone()}</th>
            <td>{may}</td>
            <td>{format::day_short(key.created)}</td>
            <td class="table__end">
                <form method="post" action=routes::settings_form(&page.domain, "keys/remove")>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("id", &key.id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=format!("Remove the key {}", key.name)>"Remove"</button>
                </form>
            </td>
        </tr>
    }
}

fn drops(rows: &[DropRow]) -> impl IntoView + use<> {
    let mut totals: BTreeMap<DropReason, i64> = BTreeMap::new();
    for (reason, n) in rows.iter().flat_map(|row| &row.reasons) {
        *totals.entry(*reason).or_default() += n;
    }
    let mut reasons: Vec<(DropReason, i64)> = totals.into_iter().collect();
    reasons.sort_by_key(|(reason, n)| (-n, *reason));
    let content = if reasons.is_empty() {
        view! { <p class="quiet">"Nothing was left out so far."</p> }.into_any()
    } else {
        drop_table(rows, &reasons).into_any()
    };
    view! {
        <section class="card stack" id="not-counted">
            <h2>"Not counted"</h2>
            <p class="quiet">"Every hit that is in no report, by reason and day: the last 30 days that have any."</p>
            {content}
        </section>
    }
}

fn drop_table(rows: &[DropRow], reasons: &[(DropReason, i64)]) -> impl IntoView + use<> {
    let heads =
        reasons.iter().map(|(reason, _)| view! { <th scope="col" class="num" title=words(*reason)>{name(*reason)}</th> }).collect_view();
    let sums = reasons.iter().map(|(_, n)| view! { <td class="num">{format::count(*n)}</td> }).collect_view();
    let days = rows.iter().map(|row| {
        let cells = reasons.iter().map(|(reason, _)| {
            let n = row.reasons.iter().find(|(known, _)| known == reason).map_or(0, |(_, n)| *n);
            view! { <td class="num" class:zero=n == 0>{format::count(n)}</td> }
        });
        view! { <tr><th scope="row">{format::day_short(row.date)}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="scroll" role="region" aria-label="Not counted, by day" tabindex="0">
            <table class="table">
                <thead><tr><th scope="col">"Day"</th>{heads}</tr></thead>
                <tbody>{days.collect_view()}</tbody>
                <tfoot><tr><th scope="row">"All"</th>{sums}</tr></tfoot>
            </table>
        </div>
    }
}

fn ends(page: &SiteSettings) -> impl IntoView + use<> {
    let confirm = |id_suffix| Input {
        name: "confirm",
        label: "Type the domain to confirm",
        kind: "text",
        autocomplete: "off",
        required: true,
        id_suffix,
        ..Input::default()
    };
    let wrong = |problem: &Option<String>| Field { value: String::new(), problem: problem.clone() };
    view! {
        <section class="card stack danger">
            <h2>"Begin again, or end"</h2>
            <details open=page.reset_problem.is_some()>
                <summary>"Reset: forget all hits, keep the site"</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "reset")>
                    {csrf(&page.frame.csrf)}
                    <p>"All hits and numbers of this site are erased for good. Its name, keys and settings stay."</p>
                    {text_field(confirm("-reset"), &wrong(&page.reset_problem))}
                    <div class="actions"><button class="button button--bad" type="submit">"Erase all hits"</button></div>
                </form>
            </details>
            <details open=page.remove_problem.is_some()>
                <summary>"Remove the site"</summary>
                <form class="stack" method="post" action=routes::settings_form(&page.domain, "remove")>
                    {csrf(&page.frame.csrf)}
                    <p>"The site, its keys and all its hits are erased for good. Hits that still come are counted as “unknown site”."</p>
                    {text_field(confirm("-remove"), &wrong(&page.remove_problem))}
                    <div class="actions"><button class="button button--bad" type="submit">"Remove this site"</button></div>
                </form>
            </details>
        </section>
    }
}

/// A reason in few words, for the head of a column.
fn name(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Invalid => "Invalid",
        DropReason::TooLarge => "Too large",
        DropReason::Overloaded => "Overloaded",
        DropReason::UnknownSite => "Unknown site",
        DropReason::Unreadable => "Unreadable",
        DropReason::NotGet => "Not GET",
        DropReason::Redirect => "Redirect",
        DropReason::ErrorStatus => "Error",
        DropReason::Asset => "Asset",
        DropReason::Feed => "Feed",
        DropReason::HealthCheck => "Health check",
        DropReason::Bot => "Bot",
        DropReason::SpamReferrer => "Spam",
        DropReason::Duplicate => "Duplicate",
        DropReason::NoVisit => "No visit",
        DropReason::OtherFeed => "Other feed",
    }
}

/// A reason in a sentence.
fn words(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Invalid => "The request made no sense",
        DropReason::TooLarge => "The request was too large",
        DropReason::Overloaded => "The log was behind; the client was told to come again",
        DropReason::UnknownSite => "No site has this domain",
        DropReason::Unreadable => "A line of an access log that could not be read",
        DropReason::NotGet => "A request of an access log that was no GET",
        DropReason::Redirect => "An answer of an access log that redirected",
        DropReason::ErrorStatus => "An answer of an access log that failed",
        DropReason::Asset => "A picture, script, style sheet, font or download",
        DropReason::Feed => "A feed",
        DropReason::HealthCheck => "A health check",
        DropReason::Bot => "A machine, by its user agent",
        DropReason::SpamReferrer => "A referrer known for spam",
        DropReason::Duplicate => "An id that was counted already",
        DropReason::NoVisit => "Engagement without an open visit",
        DropReason::OtherFeed => "From an access log, on a day that a tracker counts",
    }
}
