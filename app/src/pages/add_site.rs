use crate::components::{Input, csrf, document, plain_bar, text_field, zone_select};
use crate::islands::ZoneGuess;
use crate::models::AddSite;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// Add a site: its domain and its time zone.
pub fn add_site(page: &AddSite) -> String {
    let words = page.frame.words();
    let domain = Input {
        name: "domain",
        label: words.sites.domain,
        kind: "text",
        placeholder: "example.org",
        hint: words.sites.domain_hint,
        required: true,
        first: true,
        ..Input::default()
    };
    render(|| {
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                <div class="title"><h1>{words.common.add_site}</h1></div>
                <form class="card stack" method="post" action=routes::ADD_SITE>
                    {csrf(&page.frame.csrf)}
                    {text_field(domain, &page.domain)}
                    {zone_select(words, &page.timezone, words.sites.zone_hint)}
                    <ZoneGuess/>
                    <div class="actions">
                        <button class="button button--main" type="submit">{words.sites.add}</button>
                        <a class="button button--plain" href=routes::SITES>{words.common.cancel}</a>
                    </div>
                </form>
            </main>
        };
        document(&page.frame, words.common.add_site.to_owned(), "", body)
    })
}
