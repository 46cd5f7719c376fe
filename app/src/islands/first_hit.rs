//! The wait for the first hit.

use super::browser;
use leptos::prelude::*;
use std::time::Duration;

/// Whether a hit had come when the page was made, from the context on the server.
#[derive(Clone, Copy)]
pub struct FirstHitStart(pub bool);

const EVERY: Duration = Duration::from_secs(2);

/// Waits for the first hit, and says so when it is there.
///
/// Stands in an element `.wait` whose `data-url` answers `{"received": true}`; sets its attribute `data-received`,
/// which the style sheet turns into steps.
#[island]
pub fn FirstHit() -> impl IntoView {
    let Start { received, before, after } = start();
    let (received, set_received) = signal(received);
    let (waiting, said) = (before.clone(), after.clone());
    Effect::new(move || {
        if received.get_untracked() {
            return;
        }
        let url = browser::attribute_of(".wait", "data-url");
        browser::while_visible(EVERY, move || {
            let url = url.clone();
            if received.get_untracked() {
                return;
            }
            leptos::task::spawn_local(async move {
                let now = browser::get_value(&url, "received").await.and_then(|value| value.as_bool());
                if now == Some(true) {
                    if let Some(wait) = browser::find(".wait") {
                        let _ = wait.set_attribute("data-received", "true");
                    }
                    set_received.set(true);
                }
            });
        });
    });
    view! {
        <p class="wait__words" role="status" data-before=waiting data-said=said>
            {move || if received.get() { after.clone() } else { before.clone() }}
        </p>
    }
}

/// What the island begins with, and what it says before and after the first hit.
struct Start {
    received: bool,
    before: String,
    after: String,
}

#[cfg(feature = "ssr")]
fn start() -> Start {
    let words = &use_context::<crate::words::Lang>().unwrap_or_default().words().sites;
    let received = use_context::<FirstHitStart>().is_some_and(|start| start.0);
    Start { received, before: words.waiting_for_hit.to_owned(), after: words.received.to_owned() }
}

#[cfg(not(feature = "ssr"))]
fn start() -> Start {
    let word = |name| browser::attribute_of(".wait__words", name);
    Start { received: browser::attribute_of(".wait", "data-received") == "true", before: word("data-before"), after: word("data-said") }
}
