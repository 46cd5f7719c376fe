//! Teams: the list, and one with its people and sites.

use super::settings::people_list;
use crate::components::{Input, csrf, document, notice, plain_bar, text_field};
use crate::models::{TeamPage, TeamRow, TeamsPage};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use footfall_domain::Role;
use leptos::prelude::*;

/// The teams the reader belongs to, and a new one.
pub fn teams(page: &TeamsPage) -> String {
    let said = &page.frame.words().people;
    let name = Input { name: "name", label: said.team_name, kind: "text", autocomplete: "off", required: true, ..Input::default() };
    render(|| {
        let rows = page.teams.iter().map(|row| team_row(page, row).into_any()).collect_view();
        let list = if page.teams.is_empty() {
            view! { <p>{said.teams_none}</p> }.into_any()
        } else {
            view! { <ul class="segment-list">{rows}</ul> }.into_any()
        };
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title"><h1>{said.teams}</h1></div>
                <section class="card stack">
                    <p class="quiet">{said.teams_why}</p>
                    {list}
                </section>
                <section class="card">
                    <form class="stack" method="post" action=routes::NEW_TEAM>
                        <h2>{said.team_new}</h2>
                        {csrf(&page.frame.csrf)}
                        {text_field(name, &page.name)}
                        <div class="actions"><button class="button" type="submit">{said.team_make}</button></div>
                    </form>
                </section>
            </main>
        };
        document(&page.frame, said.teams.to_owned(), "", body)
    })
}

fn team_row(page: &TeamsPage, row: &TeamRow) -> impl IntoView + use<> {
    let words = page.frame.words();
    let counted =
        format!("{} {} · {} {}", row.people, words.people.people.of(row.people as i64), row.sites, words.sites.sites.of(row.sites as i64));
    view! {
        <li class="segment">
            <div class="segment__head">
                <a class="segment__name" href=routes::team(row.team.id)>{plain(&row.team.name)}</a>
                <span class="quiet">{counted}</span>
            </div>
        </li>
    }
}

/// A team: people, invitations, sites.
pub fn team(page: &TeamPage) -> String {
    let said = &page.frame.words().people;
    let name = plain(&page.team.name);
    render(|| {
        provide_context(page.frame.lang);
        let forms = routes::team(page.team.id);
        let may = page.role >= Some(Role::Admin);
        let people = match may {
            true => people_list(&page.frame, &page.people, &forms, said.team_people_why).into_any(),
            false => members(page).into_any(),
        };
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title">
                    <h1>{name.clone()}</h1>
                    <a class="button" href=routes::TEAMS>{said.teams}</a>
                </div>
                {people}
                {sites(page).into_any()}
                {may.then(|| rename(page).into_any())}
                {(page.role >= Some(Role::Owner)).then(|| dissolve(page).into_any())}
            </main>
        };
        document(&page.frame, name.clone(), "", body)
    })
}

/// The people, for who may change none of them.
fn members(page: &TeamPage) -> impl IntoView + use<> {
    let said = &page.frame.words().people;
    let rows = page.people.members.iter().map(|row| {
        view! {
            <li class="segment">
                <div class="segment__head"><b class="segment__name">{plain(&row.email)}</b><span>{(said.role)(row.role)}</span></div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card stack">
            <h2>{said.title}</h2>
            <ul class="segment-list">{rows}</ul>
        </section>
    }
}

fn sites(page: &TeamPage) -> impl IntoView + use<> {
    let said = &page.frame.words().people;
    let rows = page
        .sites
        .iter()
        .map(|domain| view! { <li class="segment"><a class="segment__name" href=routes::site(domain)>{domain.clone()}</a></li> });
    let list = if page.sites.is_empty() {
        view! { <p class="quiet">{said.team_no_sites}</p> }.into_any()
    } else {
        view! { <ul class="segment-list">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <section class="card stack"><h2>{said.team_sites}</h2>{list}</section> }
}

fn rename(page: &TeamPage) -> impl IntoView + use<> {
    let (words, said) = (page.frame.words(), &page.frame.words().people);
    let name = Input { name: "name", label: said.team_name, kind: "text", autocomplete: "off", required: true, ..Input::default() };
    view! {
        <section class="card">
            <form class="stack" method="post" action=routes::team_form(page.team.id, "rename")>
                <h2>{said.team_rename}</h2>
                {csrf(&page.frame.csrf)}
                {text_field(name, &page.name)}
                <div class="actions"><button class="button" type="submit">{words.common.save}</button></div>
            </form>
        </section>
    }
}

fn dissolve(page: &TeamPage) -> impl IntoView + use<> {
    let said = &page.frame.words().people;
    view! {
        <section class="card stack danger">
            <details>
                <summary>{said.team_remove}</summary>
                <form class="stack" method="post" action=routes::team_form(page.team.id, "dissolve")>
                    {csrf(&page.frame.csrf)}
                    <p>{said.team_remove_why}</p>
                    <div class="actions"><button class="button button--bad" type="submit">{said.team_remove_do}</button></div>
                </form>
            </details>
        </section>
    }
}
