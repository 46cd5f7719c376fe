//! Who has a role at a site; and the same list for teams.

use super::{SettingsTab, settings_page};
use crate::components::{csrf, hidden_input, problem, to_copy};
use crate::format;
use crate::models::{Frame, InvitationRow, MemberRow, NewLink, PeopleList, PeoplePage};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::PeopleWords;
use footfall_domain::Role;
use leptos::prelude::*;

/// The people of a site.
pub fn people(page: &PeoplePage) -> String {
    let said = &page.frame.words().people;
    let title = (said.page_title)(&page.domain);
    render(|| {
        settings_page(&page.frame, &page.notice, &page.domain, SettingsTab::People, title, || {
            let forms = routes::settings_form(&page.domain, "people");
            view! {
                {people_list(&page.frame, &page.people, &forms, said.why)}
                {team(page)}
            }
        })
    })
}

/// Members, invitations, and the form of a new one. The forms are below `forms`.
pub(in crate::pages) fn people_list(frame: &Frame, people: &PeopleList, forms: &str, why: &'static str) -> impl IntoView + use<> {
    let said = &frame.words().people;
    let rows = people.members.iter().map(|row| member(frame, people, forms, row).into_any()).collect_view();
    let members = match people.members.is_empty() {
        true => view! { <p>{said.nobody}</p> }.into_any(),
        false => view! { <ul class="segment-list">{rows}</ul> }.into_any(),
    };
    view! {
        <section class="card stack">
            <h2>{said.title}</h2>
            <p class="quiet">{why}</p>
            {members}
        </section>
        <section class="card stack" id="invite">
            <h2>{said.invite}</h2>
            {people.new_link.as_ref().map(|link| new_link(said, link).into_any())}
            {invite(frame, people, forms).into_any()}
            {open_invitations(frame, people, forms)}
        </section>
    }
}

fn member(frame: &Frame, people: &PeopleList, forms: &str, row: &MemberRow) -> impl IntoView + use<> {
    let said = &frame.words().people;
    let email = plain(&row.email);
    let ways = row.may_change.then(|| {
        view! {
            <div class="row-ways">
                {role_form(frame, people, forms, row).into_any()}
                {remove_form(frame, forms, row).into_any()}
            </div>
        }
    });
    view! {
        <li class="segment">
            <div class="segment__head">
                <b class="segment__name">{email}{row.is_reader.then(|| view! { <span class="quiet">" ("{said.you}")"</span> })}</b>
                <span>{(said.role)(row.role)}</span>
            </div>
            <p class="quiet">{(said.may)(row.role)}</p>
            {ways}
        </li>
    }
}

fn role_form(frame: &Frame, people: &PeopleList, forms: &str, row: &MemberRow) -> impl IntoView + use<> {
    let said = &frame.words().people;
    let email = plain(&row.email);
    let options = options(said, &people.may_give, Some(row.role));
    view! {
        <details>
            <summary aria-label=(said.change_one)(&email)>{said.change}</summary>
            <form class="stack" method="post" action=format!("{forms}/role")>
                {csrf(&frame.csrf)}
                {hidden_input("email", &row.email)}
                <div class="field"><select name="role" aria-label=(said.role_of)(&email)>{options}</select></div>
                {row.is_reader.then(|| sure(said))}
                <div class="actions"><button class="button" type="submit">{frame.words().common.save}</button></div>
            </form>
        </details>
    }
}

fn remove_form(frame: &Frame, forms: &str, row: &MemberRow) -> impl IntoView + use<> {
    let words = frame.words();
    let email = plain(&row.email);
    let action = format!("{forms}/remove");
    if row.is_reader {
        return view! {
            <details>
                <summary>{words.people.leave}</summary>
                <form class="stack" method="post" action=action>
                    {csrf(&frame.csrf)}
                    {hidden_input("email", &row.email)}
                    {sure(&words.people)}
                    <div class="actions"><button class="button button--bad" type="submit">{words.people.leave}</button></div>
                </form>
            </details>
        }
        .into_any();
    }
    view! {
        <form method="post" action=action>
            {csrf(&frame.csrf)}
            {hidden_input("email", &row.email)}
            <button class="link link--bad" type="submit" aria-label=(words.people.remove_one)(&email)>{words.common.remove}</button>
        </form>
    }
    .into_any()
}

/// Who takes something from themselves says that they mean it.
fn sure(said: &PeopleWords) -> impl IntoView + use<> {
    let label = said.sure;
    view! { <div class="field choices"><label><input type="checkbox" name="sure" value="yes"/>{label}</label></div> }
}

fn options(said: &PeopleWords, roles: &[Role], chosen: Option<Role>) -> impl IntoView + use<> {
    let option = |role: &Role| {
        let text = format!("{}: {}", (said.role)(*role), (said.may)(*role));
        view! { <option value=role.name() selected=Some(*role) == chosen>{text}</option> }
    };
    roles.iter().map(option).collect_view()
}

fn invite(frame: &Frame, people: &PeopleList, forms: &str) -> impl IntoView + use<> {
    let said = &frame.words().people;
    let wrong = people.email.problem.is_some();
    let described = if wrong { "email-hint email-problem" } else { "email-hint" };
    view! {
        <form class="stack" method="post" action=format!("{forms}/invite")>
            {csrf(&frame.csrf)}
            <p class="quiet">{said.invite_why}</p>
            <div class="field">
                <label for="role">{said.role_label}</label>
                <select id="role" name="role">{options(said, &people.may_give, people.role.or(Some(Role::Viewer)))}</select>
            </div>
            <div class="field" class:field--wrong=wrong>
                <label for="email">{said.invite_email}</label>
                <input
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="off"
                    value=people.email.value.clone()
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=described
                />
                <p class="hint" id="email-hint">{said.invite_email_hint}</p>
                {problem(people.email.problem.as_deref(), "email-problem".to_owned())}
            </div>
            <div class="actions"><button class="button button--main" type="submit">{said.invite_do}</button></div>
        </form>
    }
}

fn new_link(said: &PeopleWords, link: &NewLink) -> impl IntoView + use<> {
    let words = (said.link_shown_once)((said.role)(link.role));
    let whom = link.email.as_deref().map(plain);
    view! {
        <div class="notice notice--good stack" role="status">
            <p>{words}</p>
            {whom.map(|whom| view! { <p>{whom}</p> })}
            {to_copy(said.new_link.to_owned(), link.address.clone())}
        </div>
    }
}

fn open_invitations(frame: &Frame, people: &PeopleList, forms: &str) -> Option<impl IntoView + use<>> {
    let said = &frame.words().people;
    let rows = people.invitations.iter().map(|row| invitation(frame, forms, row).into_any()).collect_view();
    (!people.invitations.is_empty()).then(|| view! { <h3>{said.open}</h3> <ul class="segment-list">{rows}</ul> })
}

fn invitation(frame: &Frame, forms: &str, row: &InvitationRow) -> impl IntoView + use<> {
    let said = &frame.words().people;
    let whom = row.email.as_deref().map_or_else(|| said.for_anybody.to_owned(), plain);
    view! {
        <li class="segment">
            <div class="segment__head">
                <b class="segment__name">{whom.clone()}</b>
                <span>{(said.role)(row.role)}</span>
            </div>
            <p class="quiet">{(said.open_until)(&plain(&row.by), &format::day_short(row.ends, frame.lang))}</p>
            <div class="row-ways">
                <form method="post" action=format!("{forms}/withdraw")>
                    {csrf(&frame.csrf)}
                    {hidden_input("id", &row.id.to_string())}
                    <button class="link link--bad" type="submit" aria-label=(said.withdraw_one)(&whom)>{said.withdraw}</button>
                </form>
            </div>
        </li>
    }
}

/// The site's team, for who may give it to one.
fn team(page: &PeoplePage) -> Option<impl IntoView + use<>> {
    let (words, said) = (page.frame.words(), &page.frame.words().people);
    let may = page.frame.role >= Some(Role::Owner);
    let chosen = page.team.as_ref().map(|team| team.id);
    let options = page.teams.iter().map(|team| {
        view! { <option value=team.id.to_string() selected=Some(team.id) == chosen>{plain(&team.name)}</option> }
    });
    let options = options.collect_view();
    let form = (may && (!page.teams.is_empty() || chosen.is_some())).then(|| {
        view! {
            <form class="stack" method="post" action=routes::settings_form(&page.domain, "people/team")>
                {csrf(&page.frame.csrf)}
                <div class="field">
                    <label for="team">{said.team_label}</label>
                    <select id="team" name="team"><option value="">{said.team_none}</option>{options}</select>
                </div>
                <div class="actions"><button class="button" type="submit">{words.common.save}</button></div>
            </form>
        }
    });
    let name = page.team.as_ref().map(|team| view! { <p><b>{plain(&team.name)}</b></p> });
    (may || page.team.is_some()).then(|| {
        view! {
            <section class="card stack">
                <h2>{said.team}</h2>
                <p class="quiet">{if page.team.is_some() { said.team_why } else { said.no_team }}</p>
                {name}
                {form}
                <p><a class="way" href=routes::TEAMS>{said.teams}</a></p>
            </section>
        }
    })
}
