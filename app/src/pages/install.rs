use crate::components::{document, footsteps, notice, plain_bar, snippet};
use crate::islands::{FirstHit, FirstHitStart};
use crate::models::Install;
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// The snippet, and the wait for the first hit.
pub fn install(page: &Install) -> String {
    render(|| {
        let words = page.frame.words();
        provide_context(page.frame.lang);
        provide_context(FirstHitStart(page.received));
        let received = if page.received { "true" } else { "false" };
        let again =
            (!page.received).then(|| view! { <a class="wait__again" href=routes::install(&page.domain)>{words.sites.look_again}</a> });
        let body = view! {
            {plain_bar(&page.frame)}
            <main class="wrap wrap--narrow" id="main">
                {notice(&page.notice)}
                <div class="title"><h1>{page.domain.clone()}</h1></div>
                <section class="card stack">
                    <h2>{words.sites.put_line}</h2>
                    <p class="quiet">{words.sites.put_line_why}</p>
                    {snippet(words, &page.origin, &page.script, &page.domain)}
                    <p class="quiet">
                        {words.sites.already_before}<code>"/api/event"</code>{words.sites.already_after}
                    </p>
                </section>
                <section class="card wait" data-url=routes::first_hit(&page.domain) data-received=received>
                    <div class="wait__steps" aria-hidden="true">{footsteps()}</div>
                    <FirstHit/>
                    {again}
                    <a class="button button--main wait__go" href=routes::site(&page.domain)>{words.common.see_numbers}</a>
                </section>
            </main>
        };
        document(&page.frame, page.domain.clone(), "", body)
    })
}
