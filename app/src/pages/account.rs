use super::account_keys::account_keys;
use super::settings::log_table;
use crate::components::{Input, csrf, document, hidden_input, language_choice, notice, plain_bar, text_field, theme_choice};
use crate::models::{Account, Field, InstallationLog};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The signed-in person's own page.
pub fn account(page: &Account) -> String {
    let words = page.frame.words();
    let current = Input {
        name: "current",
        label: words.account.present_password,
        kind: "password",
        autocomplete: "current-password",
        required: true,
        ..Input::default()
    };
    let password = Input {
        name: "password",
        label: words.account.new_password,
        kind: "password",
        autocomplete: "new-password",
        hint: words.account.new_password_hint,
        required: true,
        ..Input::default()
    };
    let wrong = |problem: &Option<String>| Field { value: String::new(), problem: problem.clone() };
    render(|| {
        let who = page.frame.user.clone().unwrap_or_default();
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title"><h1>{words.common.account}</h1></div>
                <section class="card stack">
                    <h2>{words.account.signed_in}</h2>
                    <p>{who.clone()}</p>
                    <form method="post" action=routes::SIGN_OUT>
                        {csrf(&page.frame.csrf)}
                        <button class="button" type="submit">{words.common.sign_out}</button>
                    </form>
                    <form class="stack" method="post" action=routes::SIGN_OUT_EVERYWHERE>
                        {csrf(&page.frame.csrf)}
                        <div class="actions"><button class="button" type="submit">{words.account.sign_out_everywhere}</button></div>
                        <p class="hint">{words.account.sign_out_everywhere_hint}</p>
                    </form>
                </section>
                {roles(page).into_any()}
                <section class="card stack">
                    <h2>{words.common.colours}</h2>
                    {theme_choice(&page.frame)}
                </section>
                <section class="card stack">
                    <h2>{words.common.language}</h2>
                    {language_choice(&page.frame, page.language)}
                    <p class="hint">{words.account.language_hint}</p>
                </section>
                <section class="card stack">
                    <h2>{words.common.password}</h2>
                    <form class="stack" method="post" action=routes::PASSWORD>
                        {csrf(&page.frame.csrf)}
                        <input type="email" autocomplete="username" value=who.clone() aria-label=words.common.email readonly=true hidden=true/>
                        {text_field(current, &wrong(&page.current_problem))}
                        {text_field(password, &wrong(&page.password_problem))}
                        <div class="actions"><button class="button button--main" type="submit">{words.account.change_password}</button></div>
                    </form>
                </section>
                {account_keys(page)}
                {page.log.as_ref().map(|log| installation_log(page, log).into_any())}
            </main>
        };
        document(&page.frame, words.common.account.to_owned(), "", body)
    })
}

/// Where the person has a role of their own, and the way out.
fn roles(page: &Account) -> impl IntoView + use<> {
    let said = &page.frame.words().people;
    let rows = page.roles.iter().map(|own| {
        let name = plain(&own.name);
        let hidden = match own.team {
            Some(team) => hidden_input("team", &team.to_string()).into_any(),
            None => hidden_input("site", own.site.as_deref().unwrap_or_default()).into_any(),
        };
        let way = own.team.map_or_else(|| routes::site(own.site.as_deref().unwrap_or_default()), routes::team);
        view! {
            <li class="segment">
                <div class="segment__head"><a class="segment__name" href=way>{name.clone()}</a><span>{(said.role)(own.role)}</span></div>
                <div class="row-ways">
                    <details>
                        <summary aria-label=(said.leave_one)(&name)>{said.leave}</summary>
                        <form class="stack" method="post" action=routes::LEAVE>
                            {csrf(&page.frame.csrf)}
                            {hidden}
                            <p>{said.leave_why}</p>
                            <div class="actions"><button class="button button--bad" type="submit">{(said.leave_one)(&name)}</button></div>
                        </form>
                    </details>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card stack">
            <h2>{said.own_roles}</h2>
            {(!page.roles.is_empty()).then(|| view! { <ul class="segment-list">{rows}</ul> })}
            <p><a class="way" href=routes::TEAMS>{said.teams}</a></p>
        </section>
    }
}

/// What was changed about accounts, teams and the installation.
fn installation_log(page: &Account, log: &InstallationLog) -> impl IntoView + use<> {
    let said = &page.frame.words().log;
    let older = log.before.map(|before| view! { <a class="way" rel="next" href=routes::log_before(before)>{said.older}</a> });
    let newest = (!log.newest).then(|| view! { <a class="way" href=routes::ACCOUNT>{said.newest}</a> });
    let ways = (log.before.is_some() || !log.newest).then(|| view! { <div class="actions">{newest}{older}</div> });
    let content = if log.rows.is_empty() {
        view! { <p>{said.none_here}</p> }.into_any()
    } else {
        log_table(&page.frame, said.installation, &log.rows).into_any()
    };
    view! {
        <section class="card stack" id="log">
            <h2>{said.installation}</h2>
            <p class="quiet">{said.installation_why}</p>
            {content}
            {ways}
        </section>
    }
}
