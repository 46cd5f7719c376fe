use crate::components::{Input, csrf, document, notice, plain_bar, text_field, theme_choice};
use crate::models::{Account, Field};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The signed-in person's own page.
pub fn account(page: &Account) -> String {
    let current = Input {
        name: "current",
        label: "Present password",
        kind: "password",
        autocomplete: "current-password",
        required: true,
        ..Input::default()
    };
    let password = Input {
        name: "password",
        label: "New password",
        kind: "password",
        autocomplete: "new-password",
        hint: "At least 10 characters. Ends all other sign-ins.",
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
                <div class="title"><h1>"Account"</h1></div>
                <section class="card stack">
                    <h2>"Signed in"</h2>
                    <p>{who.clone()}</p>
                    <form method="post" action=routes::SIGN_OUT>
                        {csrf(&page.frame.csrf)}
                        <button class="button" type="submit">"Sign out"</button>
                    </form>
                </section>
                <section class="card stack">
                    <h2>"Colours"</h2>
                    {theme_choice(&page.frame)}
                </section>
                <section class="card stack">
                    <h2>"Password"</h2>
                    <form class="stack" method="post" action=routes::PASSWORD>
                        {csrf(&page.frame.csrf)}
                        <input type="email" autocomplete="username" value=who.clone() aria-label="E-mail" readonly=true hidden=true/>
                        {text_field(current, &wrong(&page.current_problem))}
                        {text_field(password, &wrong(&page.password_problem))}
                        <div class="actions"><button class="button button--main" type="submit">"Change password"</button></div>
                    </form>
                </section>
            </main>
        };
        document(&page.frame, "Account".to_owned(), "", body)
    })
}
