//! An invitation, as who opens its link sees it.

use crate::components::{Input, csrf, document, hidden_input, mark, text_field};
use crate::models::{Field, JoinPage};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// Accept an invitation: as who is signed in, or with a new account.
pub fn join(page: &JoinPage) -> String {
    let said = &page.frame.words().people;
    let to = plain(&page.to);
    render(|| {
        let way = match &page.frame.user {
            Some(user) if page.only.as_ref().is_none_or(|only| only == user) => accept(page, user).into_any(),
            Some(user) => other(page, user).into_any(),
            None => new_account(page).into_any(),
        };
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <h1>{(said.join)(&to)}</h1>
                <p class="door__words">{(said.join_why)(&plain(&page.by), &to, (said.role)(page.role))}</p>
                {way}
            </main>
        };
        document(&page.frame, (said.join)(&to), "calm", body)
    })
}

fn accept(page: &JoinPage, user: &str) -> impl IntoView + use<> {
    let said = &page.frame.words().people;
    view! {
        <form class="card door__card stack" method="post" action=routes::JOIN>
            {csrf(&page.frame.csrf)}
            {hidden_input("token", &page.token)}
            <button class="button button--main" type="submit">{(said.join_as)(&plain(user))}</button>
        </form>
    }
}

fn other(page: &JoinPage, user: &str) -> impl IntoView + use<> {
    let words = page.frame.words();
    let only = page.only.as_deref().map(plain).unwrap_or_default();
    view! {
        <form class="card door__card stack" method="post" action=routes::SIGN_OUT>
            {csrf(&page.frame.csrf)}
            <p>{(words.people.join_other)(&only, &plain(user))}</p>
            <button class="button" type="submit">{words.common.sign_out}</button>
        </form>
    }
}

fn new_account(page: &JoinPage) -> impl IntoView + use<> {
    let words = page.frame.words();
    let email = Input {
        name: "email",
        label: words.common.email,
        kind: "email",
        autocomplete: "username",
        required: true,
        first: true,
        ..Input::default()
    };
    let password = Input {
        name: "password",
        label: words.common.password,
        kind: "password",
        autocomplete: "new-password",
        required: true,
        hint: words.doors.password_hint,
        ..Input::default()
    };
    let secret = Field { value: String::new(), problem: page.password_problem.clone() };
    let fixed = page.only.as_ref().map(|only| {
        let wrong = page.email.problem.clone();
        view! {
            <div class="field" class:field--wrong=wrong.is_some()>
                <label for="email">{words.common.email}</label>
                <input id="email" name="email" type="email" autocomplete="username" readonly=true value=only.clone()/>
                {crate::components::problem(wrong.as_deref(), "email-problem".to_owned())}
            </div>
        }
    });
    let back: String = encoded(&format!("{}?token={}", routes::JOIN, page.token));
    view! {
        <form class="card door__card stack" method="post" action=routes::JOIN>
            {csrf(&page.frame.csrf)}
            {hidden_input("token", &page.token)}
            {page.only.is_none().then(|| text_field(email, &page.email))}
            {fixed}
            {text_field(password, &secret)}
            <button class="button button--main" type="submit">{words.people.join_new}</button>
            <p><a class="way" href=format!("{}?next={back}", routes::SIGN_IN)>{words.people.join_sign_in}</a></p>
        </form>
    }
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    crate::site_page::encode(text, &mut out);
    out
}
