use crate::components::{Input, csrf, document, plain_bar, text_field, zone_select};
use crate::islands::ZoneGuess;
use crate::models::AddSite;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// Add a site: its domain and its time zone.
pub fn add_site(page: &AddSite) -> String {
    let domain = Input {
        name: "domain",
        label: "Domain",
        kind: "text",
        placeholder: "example.org",
        hint: "Without https:// and www. A subdomain is another site unless you say so in the snippet.",
        required: true,
        first: true,
        ..Input::default()
    };
    render(|| {
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                <div class="title"><h1>"Add a site"</h1></div>
                <form class="card stack" method="post" action=routes::ADD_SITE>
                    {csrf(&page.frame.csrf)}
                    {text_field(domain, &page.domain)}
                    {zone_select(&page.timezone, "When a day of the site begins and ends. Past days keep theirs when you change it later.")}
                    <ZoneGuess/>
                    <div class="actions">
                        <button class="button button--main" type="submit">"Add site"</button>
                        <a class="button button--plain" href=routes::SITES>"Cancel"</a>
                    </div>
                </form>
            </main>
        };
        document(&page.frame, "Add a site".to_owned(), "", body)
    })
}
