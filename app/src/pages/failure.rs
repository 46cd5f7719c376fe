use crate::components::{document, mark};
use crate::models::{Failure, FailureKind};
use crate::render::render;
use crate::routes;
use leptos::prelude::*;

/// When there is no page to show: what happened, and what to do next.
pub fn failure(page: &Failure) -> String {
    let (title, words) = match &page.kind {
        FailureKind::NotFound => ("Nobody walks here", "There is no such page, or it is not yours to see.".to_owned()),
        FailureKind::Forbidden => (
            "That form was too old",
            "It was opened before you signed in, or came from another place. Go back, load the page again and send it once more."
                .to_owned(),
        ),
        FailureKind::BadAddress(why) => ("That address makes no sense", why.clone()),
        FailureKind::TooMany(seconds) => ("Slow down a little", format!("There were too many attempts. Try again in {}.", wait(*seconds))),
        FailureKind::Behind(seconds) => {
            ("Catching up", format!("Hits are safe, but counting them is behind. Try again in {}.", wait(*seconds)))
        }
        FailureKind::Broken(id) => ("Something broke", format!("It is our fault, and it is in the log as {id}. No hit was lost.")),
    };
    let again = matches!(page.kind, FailureKind::Behind(_) | FailureKind::Broken(_) | FailureKind::TooMany(_));
    render(|| {
        let here = page.frame.here.clone();
        let home = if page.frame.user.is_some() { routes::SITES } else { "/" };
        let body = view! {
            <main class="door" id="main">
                <div class="door__mark">{mark(40)}</div>
                <p class="door__code">{page.kind.status()}</p>
                <h1>{title}</h1>
                <p class="door__words">{words}</p>
                <p class="actions actions--middle">
                    {(again && !here.is_empty()).then(|| view! { <a class="button button--main" href=here>"Try again"</a> })}
                    <a class="button" href=home>{if page.frame.user.is_some() { "All sites" } else { "Home" }}</a>
                </p>
            </main>
        };
        document(&page.frame, title.to_owned(), "calm", body)
    })
}

fn wait(seconds: u64) -> String {
    match seconds {
        0..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
