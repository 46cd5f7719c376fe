use crate::components::{document, mark};
use crate::models::{Failure, FailureKind};
use crate::panels::plain;
use crate::render::render;
use crate::routes;
use crate::words::FailureWords;
use leptos::prelude::*;

/// When there is no page to show: what happened, and what to do next.
pub fn failure(page: &Failure) -> String {
    let said = &page.frame.words().failure;
    let (title, why) = match &page.kind {
        FailureKind::NotFound => (said.not_found, said.not_found_why.to_owned()),
        FailureKind::Forbidden => (said.forbidden, said.forbidden_why.to_owned()),
        FailureKind::BadAddress(why) => (said.bad_address, why.clone()),
        FailureKind::FormsOnly => (said.forms_only, said.forms_only_why.to_owned()),
        FailureKind::Refused(why) => (said.refused, plain(why)),
        FailureKind::TooMany(seconds) => (said.too_many, (said.too_many_why)(&wait(said, *seconds))),
        FailureKind::Behind(seconds) => (said.behind, (said.behind_why)(&wait(said, *seconds))),
        FailureKind::Crowded(seconds) => (said.crowded, (said.crowded_why)(&wait(said, *seconds))),
        FailureKind::Broken(id) => (said.broken, (said.broken_why)(id)),
    };
    let again = matches!(page.kind, FailureKind::Behind(_) | FailureKind::Crowded(_) | FailureKind::Broken(_) | FailureKind::TooMany(_));
    render(|| {
        let here = page.frame.here.clone();
        let (home, way) = if page.frame.user.is_some() { (routes::SITES, page.frame.words().common.all_sites) } else { ("/", said.home) };
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <p class="door__code">{page.kind.status()}</p>
                <h1>{title}</h1>
                <p class="door__words">{why}</p>
                <p class="actions actions--middle">
                    {(again && !here.is_empty()).then(|| view! { <a class="button button--main" href=here>{said.try_again}</a> })}
                    <a class="button" href=home>{way}</a>
                </p>
            </main>
        };
        document(&page.frame, title.to_owned(), "calm", body)
    })
}

fn wait(said: &FailureWords, seconds: u64) -> String {
    match seconds {
        0..=1 => said.a_second.to_owned(),
        2..=90 => (said.seconds)(seconds),
        _ => (said.minutes)(seconds.div_ceil(60)),
    }
}
