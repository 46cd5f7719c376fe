use crate::components::{Input, csrf, document, hidden_input, mark, text_field};
use crate::models::{Field, FirstRun};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The first run: the owner's account is made.
pub fn first_run(page: &FirstRun) -> String {
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
    render(|| {
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <h1>{words.doors.welcome_to}</h1>
                <p class="door__words">{words.doors.owner}</p>
                <form class="card door__card stack" method="post" action=routes::SETUP>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("token", &page.token)}
                    {text_field(email, &page.email)}
                    {text_field(password, &secret)}
                    <button class="button button--main" type="submit">{words.doors.create_account}</button>
                </form>
            </main>
        };
        document(&page.frame, words.doors.welcome.to_owned(), "calm", body)
    })
}
