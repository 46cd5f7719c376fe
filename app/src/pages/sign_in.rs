use crate::components::{Input, csrf, document, hidden_input, mark, notice, text_field};
use crate::models::{Field, SignIn};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// Sign in.
pub fn sign_in(page: &SignIn) -> String {
    let words = page.frame.words();
    let email = Input {
        name: "email",
        label: words.common.email,
        kind: "email",
        autocomplete: "username",
        required: true,
        first: page.email.is_empty(),
        ..Input::default()
    };
    let password = Input {
        name: "password",
        label: words.common.password,
        kind: "password",
        autocomplete: "current-password",
        required: true,
        first: !page.email.is_empty(),
        ..Input::default()
    };
    render(|| {
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <h1>{words.doors.sign_in}</h1>
                {notice(&page.notice)}
                <form class="card door__card stack" method="post" action=routes::SIGN_IN>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("next", &page.next)}
                    {text_field(email, &Field::of(page.email.clone()))}
                    {text_field(password, &Field::default())}
                    <button class="button button--main" type="submit">{words.doors.sign_in}</button>
                </form>
            </main>
        };
        document(&page.frame, words.doors.sign_in.to_owned(), "calm", body)
    })
}
