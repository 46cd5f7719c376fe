use crate::components::{Input, csrf, document, hidden_input, mark, text_field};
use crate::models::{Field, FirstRun, PASSWORD_MIN};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The first run: the owner's account is made.
pub fn first_run(page: &FirstRun) -> String {
    const { assert!(PASSWORD_MIN == 10, "the hint below says the number") };
    let email =
        Input { name: "email", label: "E-mail", kind: "email", autocomplete: "username", required: true, first: true, ..Input::default() };
    let password = Input {
        name: "password",
        label: "Password",
        kind: "password",
        autocomplete: "new-password",
        required: true,
        hint: "At least 10 characters. It is kept as an Argon2id hash.",
        ..Input::default()
    };
    let secret = Field { value: String::new(), problem: page.password_problem.clone() };
    render(|| {
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <h1>"Welcome to Footfall"</h1>
                <p class="door__words">"Make the owner’s account. It stays on this machine, like everything else."</p>
                <form class="card door__card stack" method="post" action=routes::SETUP>
                    {csrf(&page.frame.csrf)}
                    {hidden_input("token", &page.token)}
                    {text_field(email, &page.email)}
                    {text_field(password, &secret)}
                    <button class="button button--main" type="submit">"Create account"</button>
                </form>
            </main>
        };
        document(&page.frame, "Welcome".to_owned(), "calm", body)
    })
}
