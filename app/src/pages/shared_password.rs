use crate::components::{Input, csrf, document, hidden_input, mark, text_field};
use crate::door::AUTH;
use crate::models::{Field, SharedPassword};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// Asks for the password of a link.
pub fn shared_password(page: &SharedPassword) -> String {
    let words = page.frame.words();
    let password = Input {
        name: "password",
        label: words.common.password,
        kind: "password",
        autocomplete: "off",
        required: true,
        first: true,
        ..Input::default()
    };
    render(|| {
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <h1>{words.outside.password_title}</h1>
                <p>{(words.outside.password_of)(&page.domain)}</p>
                <form class="card door__card stack" method="post" action=routes::authenticate(&page.domain)>
                    {csrf(&page.frame.csrf)}
                    {hidden_input(AUTH, &page.slug)}
                    {hidden_input("query", &page.query)}
                    {text_field(password, &Field { value: String::new(), problem: page.problem.clone() })}
                    <button class="button button--main" type="submit">{words.outside.open}</button>
                </form>
            </main>
        };
        document(&page.frame, words.outside.password_title.to_owned(), "calm", body)
    })
}
